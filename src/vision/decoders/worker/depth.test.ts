import { describe, expect, it } from 'vitest';
import { placementFor } from '../../frames/shared/placement';
import type { DecodedAs, Decoder, OutputTensor, Placement } from '../../shared/types';
import { decode } from '.';
import { floatOutput, rawOutput } from '../testing/outputs';

const whole = placementFor('stretch', 640, 480, 64, 64);

function depth(outputs: readonly OutputTensor[], decoder: Partial<Extract<Decoder, { kind: 'depth' }>> = {}, placement: Placement = whole): DecodedAs<'depth'> {
  const decoded = decode({ kind: 'depth', ...decoder }, outputs, placement);
  if (decoded.kind !== 'depth') throw new Error(decoded.kind);
  return decoded;
}

describe('depth', () => {
  it.each([[[1, 2, 4, 1]], [[1, 2, 4]], [[2, 4]], [[1, 1, 2, 4]]])('of the form %s goes from the least value, far, to the greatest, near', (shape) => {
    const decoded = depth([floatOutput('depth', shape, [10, 20, 30, 40, 50, 60, 61, 61])]);
    expect(decoded).toMatchObject({ width: 4, height: 2, farthest: 10, nearest: 61, placement: { targetWidth: 4, targetHeight: 2, scaleX: 4 / 640 } });
    // 255 ÷ 51 = 5 for each step of 1.
    expect([...decoded.nearness]).toEqual([0, 50, 100, 150, 200, 250, 255, 255]);
  });

  it('is a distance where lower values are nearer', () => {
    const decoded = depth([floatOutput('depth', [1, 1, 3, 1], [0, 10, 51])], { nearer: 'lower' });
    expect(decoded).toMatchObject({ farthest: 51, nearest: 0 });
    expect([...decoded.nearness]).toEqual([255, 205, 0]);
  });

  it('dequantises, and takes what is no number for far', () => {
    expect(depth([rawOutput('depth', 'uint8', [1, 1, 3, 1], Uint8Array.of(10, 60, 112), { scale: [0.5], zeroPoint: [10], dimension: 0 })])).toMatchObject({ farthest: 0, nearest: 51 });
    expect([...depth([floatOutput('depth', [1, 1, 4, 1], [NaN, 0, Infinity, 51])]).nearness]).toEqual([0, 0, 255, 255]);
    expect([...depth([floatOutput('depth', [1, 1, 2, 1], [7, 7])]).nearness]).toEqual([0, 0]);
    expect(depth([floatOutput('depth', [1, 1, 2, 1], [NaN, NaN])])).toMatchObject({ farthest: 0, nearest: 0 });
  });

  it('takes no notice of what lies in a letterbox’s bars', () => {
    // A wide picture fills the middle two rows of four.
    const placement = placementFor('letterbox', 640, 320, 64, 64);
    const decoded = depth([floatOutput('depth', [1, 4, 2, 1], [-900, -900, 0, 17, 34, 51, 900, 900])], {}, placement);
    expect(decoded).toMatchObject({ farthest: 0, nearest: 51 });
    expect([...decoded.nearness.slice(2, 6)]).toEqual([0, 85, 170, 255]);
  });

  it('refuses other models', () => {
    for (const shape of [[1, 4, 4, 3], [4], [1, 0, 4, 1]]) {
      const outputs = [floatOutput('x', shape, new Float32Array(shape.reduce((product, size) => product * size, 1)))];
      expect(() => depth(outputs)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DECODER' }));
    }
  });
});
