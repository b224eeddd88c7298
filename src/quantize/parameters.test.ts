import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activationParameters, quantizeValues } from './parameters';
import { correctedBias } from './bias-correction';
import { leastWeightScales, quantizeBias, quantizeWeights } from './weights';

const real = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e4, max: 1e4 });

describe('activationParameters', () => {
  it('follows TFLite’s specification in known cases', () => {
    expect(activationParameters({ min: 0, max: 255 }, 8)).toEqual({ scale: 1, zeroPoint: -128 });
    expect(activationParameters({ min: -1, max: 1 }, 8)).toEqual({ scale: Math.fround(2 / 255), zeroPoint: -1 });
    expect(activationParameters({ min: -3, max: 1 }, 16)).toEqual({ scale: Math.fround(3 / 32767), zeroPoint: 0 });
  });

  it('represents zero exactly and everything within the range to half a step', () => {
    fc.assert(fc.property(fc.tuple(real, real), real, ([a, b], value) => {
      const range = { min: Math.min(0, a, b), max: Math.max(0, a, b) };
      const parameters = activationParameters(range, 8);
      expect(Number.isInteger(parameters.zeroPoint) && parameters.zeroPoint >= -128 && parameters.zeroPoint <= 127).toBe(true);
      const within = Math.min(range.max, Math.max(range.min, value));
      const [zero = NaN, stored = NaN] = quantizeValues([0, within], parameters, 8);
      expect(zero).toBe(parameters.zeroPoint);
      // The zero point is rounded too, which moves the range by up to half a step.
      expect(Math.abs(parameters.scale * (stored - parameters.zeroPoint) - within)).toBeLessThanOrEqual(parameters.scale * 1.0001);
    }));
  });

  it('gives no zero point a sign', () => {
    expect(activationParameters({ min: -1.1596058141494225e-10, max: 0 }, 8).zeroPoint).not.toBe(-0);
  });

  it('gives a tensor that is always zero a scale above zero', () => {
    expect(activationParameters({ min: 0, max: 0 }, 8).scale).toBeGreaterThan(0);
    expect(activationParameters({ min: 0, max: 0 }, 16).scale).toBeGreaterThan(0);
  });
});

describe('quantizeWeights', () => {
  it('is symmetric within ±127, with a scale for each channel along the dimension that is asked for', () => {
    // Two output channels of three weights.
    const { integers, scale, dimension } = quantizeWeights([1, -2, 0.5, 0.1, 0.2, -0.1], [2, 3], 0, 'channel');
    expect(scale).toEqual([Math.fround(2 / 127), Math.fround(0.2 / 127)]);
    expect([...integers]).toEqual([64, -127, 32, 64, 127, -64]);
    expect(dimension).toBe(0);
    expect(quantizeWeights([1, -2, 0.5, 0.1, 0.2, -0.1], [2, 3], 1, 'channel').scale).toEqual([1, 2, 0.5].map((greatest) => Math.fround(greatest / 127)));
    expect(quantizeWeights([1, -2, 0.5, 0.1], [2, 2], 0, 'tensor').scale).toEqual([Math.fround(2 / 127)]);
  });

  it('never leaves −128 and never errs by more than half a step', () => {
    fc.assert(fc.property(fc.array(real, { minLength: 4, maxLength: 40 }).map((values) => values.slice(0, values.length - (values.length % 2))), (values) => {
      const { integers, scale } = quantizeWeights(values, [2, values.length / 2], 0, 'channel');
      for (const [index, value] of values.entries()) {
        const own = scale[index < values.length / 2 ? 0 : 1] ?? NaN;
        expect(Math.abs(integers[index] ?? NaN)).toBeLessThanOrEqual(127);
        expect(Math.abs((integers[index] ?? NaN) * own - value)).toBeLessThanOrEqual(own * 0.50001);
      }
    }));
  });

  it('takes a coarser scale where the bias would not fit into 32 bits', () => {
    const bias = [1e9];
    const { scale } = quantizeWeights([1e-6], [1, 1], 0, 'channel', leastWeightScales(bias, 1e-3));
    const [integer = NaN] = quantizeBias(bias, scale.map((weight) => Math.fround(weight * 1e-3)), 32) as Int32Array;
    expect(integer).toBeLessThanOrEqual(2 ** 30 + 2 ** 10);
    expect(integer * (scale[0] ?? NaN) * 1e-3).toBeCloseTo(1e9, -3);
  });
});

describe('correctedBias', () => {
  it('takes the mean error of rounded weights out', () => {
    const weights = [0.3, -0.7, 1, 0.26, 0.9, -1];
    const quantized = quantizeWeights(weights, [2, 1, 1, 3], 0, 'channel');
    const mean = [5, 2, -1];
    const corrected = correctedBias([1, 2], weights, quantized, [2, 1, 1, 3], mean);
    for (const row of [0, 1]) {
      const exact = (row === 0 ? 1 : 2) + [0, 1, 2].reduce((sum, i) => sum + (weights[row * 3 + i] ?? 0) * (mean[i] ?? 0), 0);
      const rounded = (corrected[row] ?? NaN) + [0, 1, 2].reduce((sum, i) => sum + (quantized.integers[row * 3 + i] ?? 0) * (quantized.scale[row] ?? 0) * (mean[i] ?? 0), 0);
      expect(rounded).toBeCloseTo(exact, 12);
    }
  });

  it('knows that a depthwise convolution reads the channel that it writes', () => {
    const weights = [0.3, -0.71, 0.62, 0.25];
    const quantized = quantizeWeights(weights, [1, 1, 2, 2], 3, 'channel');
    const corrected = correctedBias([0, 0], weights, quantized, [1, 1, 2, 2], [10, 100]);
    const error = (channel: number): number => [channel, channel + 2].reduce((sum, i) => sum + (quantized.integers[i] ?? 0) * (quantized.scale[channel] ?? 0) - (weights[i] ?? 0), 0);
    expect(corrected[0]).toBeCloseTo(-10 * error(0), 12);
    expect(corrected[1]).toBeCloseTo(-100 * error(1), 12);
  });
});
