/** Frames for the bench: smooth, so that all ways of resampling come to about the same, and no two of a set alike. */
import type { FrameKind } from '../preprocess-types';

/** One byte of a picture that varies slowly in both directions. */
function level(x: number, y: number, phase: number): number {
  return 128 + Math.round(60 * Math.sin(x / 37 + phase) + 50 * Math.cos(y / 29 - phase));
}

function bytesOf(kind: Exclude<FrameKind, 'bitmap'>, width: number, height: number, phase: number): Uint8Array<ArrayBuffer> {
  if (kind === 'RGBA') {
    return Uint8Array.from({ length: width * height * 4 }, (_, index) => {
      const pixel = index >> 2;
      return index % 4 === 3 ? 255 : level(pixel % width, Math.floor(pixel / width), phase + (index % 4));
    });
  }
  const data = new Uint8Array((width * height * 3) / 2);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[y * width + x] = level(x, y, phase);
  const [chroma, halfWidth] = [(width * height) / 4, width / 2];
  for (let index = 0; index < chroma; index++) {
    const u = 128 + (level(2 * (index % halfWidth), 2 * Math.floor(index / halfWidth), phase + 1) - 128) / 4;
    const v = 128 + (level(2 * (index % halfWidth), 2 * Math.floor(index / halfWidth), phase + 2) - 128) / 4;
    data[width * height + (kind === 'I420' ? index : 2 * index)] = u;
    data[width * height + (kind === 'I420' ? chroma + index : 2 * index + 1)] = v;
  }
  return data;
}

/** Gives a new frame at each call, to be closed by the caller; the set is gone through over and over. */
export async function frameMaker(kind: FrameKind, width: number, height: number, count: number): Promise<() => Promise<VideoFrame | ImageBitmap>> {
  const set = Array.from({ length: count }, (_, index) => bytesOf(kind === 'bitmap' ? 'RGBA' : kind, width, height, index));
  let next = 0;
  const take = (): Uint8Array<ArrayBuffer> => set[next++ % count] ?? new Uint8Array(0);
  if (kind === 'bitmap') {
    return async () => createImageBitmap(new ImageData(new Uint8ClampedArray(take()), width, height));
  }
  // Without a colour space, as cameras give them.
  const colour = kind === 'RGBA' ? {} : { colorSpace: {} };
  return () => Promise.resolve(new VideoFrame(take(), { format: kind, codedWidth: width, codedHeight: height, timestamp: 0, ...colour }));
}
