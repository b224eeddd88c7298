import { describe, expect, it } from 'vitest';
import { channelForm, channelPicture, channelRange, samplingSteps } from './channels';

/** Grey levels, row by row; red pixels as −1. */
function greys({ data }: { readonly data: Uint8ClampedArray }): number[] {
  return Array.from({ length: data.length / 4 }, (_, pixel) => {
    const [red, green, blue, alpha] = data.subarray(pixel * 4);
    expect(alpha).toBe(255);
    if (red === green && green === blue) return red ?? NaN;
    expect([red, green, blue]).toEqual([220, 0, 0]);
    return -1;
  });
}

describe('which tensors are drawn, and how', () => {
  it.each([
    [[1, 3, 5, 2], { kind: 'picture', batches: 1, height: 3, width: 5, channels: 2 }],
    [[4, 3, 5, 1], { kind: 'picture', batches: 4, height: 3, width: 5, channels: 1 }],
    [[3, 5, 2], { kind: 'picture', batches: 1, height: 3, width: 5, channels: 2 }],
    [[1, 896, 16], { kind: 'matrix', batches: 1, height: 896, width: 16, channels: 1 }],
    [[7, 3], { kind: 'matrix', batches: 1, height: 7, width: 3, channels: 1 }],
    [[2, 1, 9, 4], { kind: 'matrix', batches: 2, height: 9, width: 4, channels: 1 }],
  ])('%j', (shape, form) => {
    expect(channelForm(shape)).toEqual(form);
  });

  it.each([[[]], [[5]], [[1, 1001]], [[1, 1, 1, 8]], [[1, 9, 1]], [[1, 2, 3, 4, 5]], [[1, 0, 4, 2]], [[1, -1, 4, 2]]])('%j is no picture', (shape) => {
    expect(channelForm(shape)).toBeNull();
  });
});

describe('a channel', () => {
  // [2, 2, 3, 2]: each value tells its batch, row, column and channel.
  const shape = [2, 2, 3, 2] as const;
  const form = channelForm(shape);
  if (form === null) throw new Error('it is a picture');
  const values = Float32Array.from({ length: 24 }, (_, index) => {
    const [batch, y, x, channel] = [Math.floor(index / 12), Math.floor(index / 6) % 2, Math.floor(index / 2) % 3, index % 2];
    return batch * 1000 + channel * 100 + y * 10 + x;
  });

  it('is taken out of its batch by rows and columns', () => {
    expect(channelRange(values, form, 1, 1)).toEqual({ black: 1100, white: 1112 });
    // A range of 255 that begins at the batch's and channel's own first value shows rows and columns as they are.
    expect(greys(channelPicture(values, form, 1, 1, { black: 1100, white: 1355 }))).toEqual([0, 1, 2, 10, 11, 12]);
    expect(greys(channelPicture(values, form, 0, 0, { black: 0, white: 255 }))).toEqual([0, 1, 2, 10, 11, 12]);
  });

  it('saturates at its ends and marks what is no number', () => {
    const two = channelForm([2, 3]);
    if (two === null) throw new Error('it is a matrix');
    const mixed = [-5, 0, 0.5, 1, NaN, -Infinity];
    expect(greys(channelPicture(mixed, two, 0, 0, { black: 0, white: 1 }))).toEqual([0, 0, 128, 255, -1, -1]);
    expect(channelRange(mixed, two, 0, 0)).toEqual({ black: -5, white: 1 });
    expect(channelRange([NaN, NaN, NaN, Infinity, NaN, NaN], two, 0, 0)).toBeNull();
    expect(greys(channelPicture([7, 7, 7, 7, 7, 7], two, 0, 0, { black: 7, white: 7 }))).toEqual([128, 128, 128, 128, 128, 128]);
    const most = Number.MAX_VALUE;
    expect(greys(channelPicture([-most, most, 0, 0, 0, 0], two, 0, 0, { black: -most, white: most }))).toEqual([0, 255, 128, 128, 128, 128]);
  });

  it('is thinned out where it is larger than can be seen', () => {
    const large = channelForm([3, 2049]);
    if (large === null) throw new Error('it is a matrix');
    expect([samplingSteps(form), samplingSteps({ height: 1024, width: 3 }), samplingSteps(large)]).toEqual([{ rows: 1, columns: 1 }, { rows: 1, columns: 1 }, { rows: 1, columns: 3 }]);
    const { width, height, data } = channelPicture(Array.from({ length: 3 * 2049 }, (_, index) => index % 2049), large, 0, 0, { black: 0, white: 2048 });
    expect([width, height, data.length]).toEqual([683, 3, 3 * 683 * 4]);
    expect(greys({ data }).at(-1)).toBe(Math.round((2046 / 2048) * 255));
  });
});
