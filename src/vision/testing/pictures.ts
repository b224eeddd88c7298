/** Pictures for tests: bytes without a pattern, in every format, with gaps between rows and planes where wanted. */
import type { PixelFormat, PixelSource, YuvColour } from '../frames/worker/pixels';

function pseudoRandomBytes(length: number, seed: number): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(length);
  let state = seed * 2654435761 + 1;
  for (let index = 0; index < data.length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[index] = state >>> 24;
  }
  return data;
}

/** @param gap bytes before each plane and after each row that belong to no pixel */
export function pseudoRandomPicture(width: number, height: number, seed: number, format: PixelFormat = 'RGBA', gap = 0, colour: YuvColour = { matrix: 'bt601', range: 'limited' }): PixelSource {
  const halfWidth = Math.floor((width + 1) / 2);
  const halfHeight = Math.floor((height + 1) / 2);
  const sizes = format === 'I420' ? [[width, height], [halfWidth, halfHeight], [halfWidth, halfHeight]]
    : format === 'NV12' ? [[width, height], [2 * halfWidth, halfHeight]]
      : [[4 * width, height]];
  let end = 0;
  const planes = sizes.map(([rowBytes = 0, rows = 0]) => {
    const plane = { offset: end + gap, stride: rowBytes + gap };
    end = plane.offset + plane.stride * rows;
    return plane;
  });
  const data = pseudoRandomBytes(end, seed);
  return format === 'I420' || format === 'NV12' ? { format, width, height, data, planes, colour } : { format, width, height, data, planes };
}
