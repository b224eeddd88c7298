import type { YuvColour } from './pixels';

/** What a frame says of its colours; as VideoColorSpace, null where it does not say. */
export interface FrameColour {
  readonly matrix: string | null;
  readonly primaries: string | null;
  readonly transfer: string | null;
  readonly fullRange: boolean | null;
}

const knownMatrices: Readonly<Record<string, YuvColour['matrix']>> = { smpte170m: 'bt601', bt470bg: 'bt601', bt709: 'bt709' };

/** Primaries and transfer functions that browsers show as sRGB without a change of the numbers. */
const plainPrimaries: readonly (string | null)[] = [null, 'bt709', 'smpte170m', 'bt470bg'];
const plainTransfers: readonly (string | null)[] = [null, 'bt709', 'smpte170m', 'iec61966-2-1'];

/** Whether R, G, B of the frame are what a canvas would show. Wide gamut and HDR need a browser's colour management. */
export function isPlain({ primaries, transfer }: FrameColour): boolean {
  return plainPrimaries.includes(primaries) && plainTransfers.includes(transfer);
}

/**
 * The conversion that a browser uses to draw such a frame, null where it is none of ours. Cameras mostly do not say
 * which it is. Chromium then draws with BT.601 in limited range, and does so whatever the range when it knows only that.
 */
export function yuvColour(colour: FrameColour): YuvColour | null {
  if (!isPlain(colour)) return null;
  if (colour.matrix === null || colour.matrix === 'rgb') return { matrix: 'bt601', range: 'limited' };
  const matrix = knownMatrices[colour.matrix];
  return matrix === undefined ? null : { matrix, range: colour.fullRange === true ? 'full' : 'limited' };
}
