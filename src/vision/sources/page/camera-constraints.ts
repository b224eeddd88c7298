import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';

/** What is asked of a camera; what is left out is the browser's choice. */
export interface CameraWish {
  /** From `listCameras`; an empty one is as none. */
  readonly deviceId?: string | undefined;
  /** Pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Frames a second. */
  readonly frameRate?: number | undefined;
  /** Which of a phone's cameras. A chosen device goes first. */
  readonly facing?: 'user' | 'environment' | undefined;
}

const limits = { width: 16_384, height: 16_384, frameRate: 1000 } as const;

/** @throws LitescopeError INVALID_CONFIGURATION for a rate that no source can have */
export function checkFrameRate(frameRate: number): number {
  if (!(frameRate > 0 && frameRate <= limits.frameRate)) {
    throw new LitescopeError('INVALID_CONFIGURATION', text.frameRate(frameRate, limits.frameRate));
  }
  return frameRate;
}

function checkSize(name: 'width' | 'height', pixels: number): number {
  if (!Number.isInteger(pixels) || pixels < 1 || pixels > limits[name]) {
    throw new LitescopeError('INVALID_CONFIGURATION', text.pictureSide(name, pixels, limits[name]));
  }
  return pixels;
}

/**
 * The constraints to ask `getUserMedia` for, one after the other: first all as it is wished, then the nearest that the
 * camera has. A chosen device is never exchanged for another one.
 *
 * @throws LitescopeError INVALID_CONFIGURATION
 */
export function cameraConstraints(wish: CameraWish): readonly MediaTrackConstraints[] {
  const chosen = wish.deviceId === undefined || wish.deviceId === '' ? {} : { deviceId: { exact: wish.deviceId } };
  const facing = wish.facing === undefined || 'deviceId' in chosen ? {} : { facingMode: wish.facing };
  const wished = {
    ...(wish.width === undefined ? {} : { width: checkSize('width', wish.width) }),
    ...(wish.height === undefined ? {} : { height: checkSize('height', wish.height) }),
    ...(wish.frameRate === undefined ? {} : { frameRate: checkFrameRate(wish.frameRate) }),
    ...facing,
  };
  const as = (strength: 'exact' | 'ideal'): MediaTrackConstraints => ({
    ...Object.fromEntries(Object.entries(wished).map(([name, value]) => [name, { [strength]: value }])),
    ...chosen,
  });
  return Object.keys(wished).length === 0 ? [as('ideal')] : [as('exact'), as('ideal')];
}

/**
 * Whether the camera looks at the person.
 * @param facingMode of the track's settings; desktop cameras have none
 * @param handheld a phone or a tablet, whose cameras look anywhere
 */
export function facesPerson(facingMode: string | undefined, handheld: boolean): boolean {
  return facingMode === undefined || facingMode === '' ? !handheld : facingMode === 'user';
}
