import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import { cameraConstraints, facesPerson, type CameraWish } from './camera-constraints';
import { cameraError, isOverconstrained } from './capture-errors';
import { FedSource } from './feed';
import { watchTrack } from './track-watch';
import type { FrameSource, FrameWay } from './types';
import { chooseWay, streamFeed } from './ways';

export interface CameraOptions extends CameraWish {
  /** Instead of the better of the ways that this browser has. */
  readonly way?: FrameWay | undefined;
}

export interface Camera {
  /** Empty, as the label, until the person has allowed a camera once. */
  readonly deviceId: string;
  readonly label: string;
}

function mediaDevices(): MediaDevices {
  // Not there on insecure pages, whatever the type says.
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  if (devices === undefined || !('getUserMedia' in devices)) throw new LitescopeError('NO_CAPTURE', text.noCameraAccess);
  return devices;
}

/**
 * The cameras that the browser tells of. Before any was allowed that is one without id and name, or none.
 * @throws LitescopeError NO_CAPTURE
 */
export async function listCameras(): Promise<readonly Camera[]> {
  const devices = await mediaDevices().enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ deviceId, label }));
}

/**
 * Calls `listener` whenever a camera may have come or gone.
 * @returns a function that stops it
 * @throws LitescopeError NO_CAPTURE
 */
export function watchCameras(listener: () => void): () => void {
  const devices = mediaDevices();
  devices.addEventListener('devicechange', listener);
  return () => { devices.removeEventListener('devicechange', listener); };
}

/** Asks for the first constraints that a camera meets. */
async function cameraStream(wish: CameraWish): Promise<MediaStream> {
  const devices = mediaDevices();
  const constraints = cameraConstraints(wish);
  for (const [index, video] of constraints.entries()) {
    try {
      return await devices.getUserMedia({ video, audio: false });
    } catch (error) {
      if (!isOverconstrained(error) || index === constraints.length - 1) throw cameraError(error);
    }
  }
  throw new LitescopeError('INTERNAL', text.noConstraints);
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/**
 * Opens a camera; the browser may ask the person first. Size and rate are those asked for, or the nearest that it has.
 *
 * @throws LitescopeError CAMERA_DENIED, NO_CAMERA, CAMERA_BUSY, INVALID_CONFIGURATION, NO_CAPTURE, SOURCE_LOST
 */
export async function openCamera(options: CameraOptions = {}): Promise<FrameSource> {
  const way = chooseWay(options.way);
  const stream = await cameraStream(options);
  const [track] = stream.getVideoTracks();
  if (track === undefined) {
    stopAll(stream);
    throw new LitescopeError('NO_CAMERA', text.openedNoPicture);
  }
  try {
    const { feed, free } = await streamFeed(stream, track, way);
    const settings = track.getSettings();
    const handheld = matchMedia('(hover: none) and (pointer: coarse)').matches;
    const source = new FedSource({
      kind: 'camera',
      name: track.label || text.camera,
      facesPerson: facesPerson(settings.facingMode, handheld),
      frameRate: () => track.getSettings().frameRate ?? null,
    }, feed, () => {
      unwatch();
      stopAll(stream);
      free();
    });
    const unwatch = watchTrack(track, true, () => document.hidden, (error) => { source.lose(error); });
    return source;
  } catch (error) {
    stopAll(stream);
    throw error;
  }
}
