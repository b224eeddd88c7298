import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalibratedTensor, TensorCalibration } from './calibration';
import { calibratedRange } from './ranges';

/** Values that lie clearly on one side of a bin's limit. */
const finite = fc.integer({ min: -(2 ** 20), max: 2 ** 20 }).map((value) => value / 16);

function calibrated(samples: readonly (readonly number[])[], channels = 1): CalibratedTensor {
  const calibration = new TensorCalibration(channels);
  for (const sample of samples) calibration.add(Float32Array.from(sample));
  return calibration.result();
}

describe('TensorCalibration', () => {
  it('finds range, means and greatest values by channel, as looking at everything at once does', () => {
    const sample = fc.array(fc.tuple(finite, finite, finite), { minLength: 1, maxLength: 20 });
    fc.assert(fc.property(fc.array(sample, { minLength: 1, maxLength: 6 }), (samples) => {
      const all = samples.flat();
      const result = calibrated(samples.map((rows) => rows.flat()), 3);
      const values = all.flat().map(Math.fround);
      expect([result.min, result.max]).toEqual([Math.min(...values), Math.max(...values)]);
      expect([result.samples, result.count, result.notFinite]).toEqual([samples.length, values.length, 0]);
      for (const channel of [0, 1, 2]) {
        const own = all.map((row) => row[channel] ?? NaN);
        expect(result.channelMean[channel]).toBeCloseTo(own.reduce((sum, value) => sum + value, 0) / own.length, 6);
        expect(result.channelGreatest[channel]).toBe(Math.max(...own.map(Math.abs)));
      }
    }));
  });

  it('takes numbers that are hardly more than nothing', () => {
    const calibration = new TensorCalibration(1);
    calibration.add(Float64Array.of(Number.MIN_VALUE, 0, -Number.MIN_VALUE));
    const { min, max, histogram } = calibration.result();
    expect([min, max, histogram.zeros, histogram.counts.reduce((sum, count) => sum + count, 0)]).toEqual([-Number.MIN_VALUE, Number.MIN_VALUE, 1, 2]);
  });

  it('counts every value in the bin where it lies, however late the greatest ones come', () => {
    fc.assert(fc.property(fc.array(fc.array(finite, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 6 }), (samples) => {
      const { histogram: { width, counts, zeros } } = calibrated(samples);
      const values = samples.flat().map(Math.fround);
      expect(zeros).toBe(values.filter((value) => value === 0).length);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length - zeros);
      for (const [bin, count] of counts.entries()) {
        const from = (bin - counts.length / 2) * width;
        if (count > 0 && count !== values.filter((value) => value !== 0 && value >= from && value < from + width).length) throw new Error(`bin ${bin} counts ${count}`);
      }
      // At least half of one side is in use, or the steps would be coarse for nothing.
      if (zeros < values.length) expect(Math.max(...values.map(Math.abs))).toBeGreaterThanOrEqual((width * counts.length) / 8);
    }), { numRuns: 50 });
  }, 30_000);

  it('averages ranges, newer samples counting by a tenth', () => {
    const { movingMin, movingMax } = calibrated([[-1, 1], [-2, 3]]);
    expect(movingMin).toBeCloseTo(-1.1, 12);
    expect(movingMax).toBeCloseTo(1.2, 12);
  });

  it('keeps what is not finite out of everything, and survives nothing but that', () => {
    expect(calibrated([[NaN, Infinity, 2]])).toMatchObject({ count: 1, notFinite: 2, min: 2, max: 2 });
    expect(calibrated([[NaN]])).toMatchObject({ samples: 0, count: 0, notFinite: 1, min: 0, max: 0, movingMin: 0 });
  });

  it('holds as much after a thousand samples as after one', () => {
    const size = (result: CalibratedTensor) => result.histogram.counts.length + result.channelMean.length;
    expect(size(calibrated(Array.from({ length: 1000 }, (_, index) => [index])))).toBe(size(calibrated([[1]])));
  });
});

describe('calibratedRange', () => {
  const outlier = calibrated([[...Array.from({ length: 9999 }, (_, index) => Math.sin(index)), 100]]);

  it('takes everything, and zero always', () => {
    expect(calibratedRange(outlier, { kind: 'min-max' }, 255, false).max).toBe(100);
    expect(calibratedRange(calibrated([[3, 4]]), { kind: 'min-max' }, 255, false)).toEqual({ min: 0, max: 4 });
    expect(calibratedRange(calibrated([[-3, -4]]), { kind: 'min-max' }, 255, false)).toEqual({ min: -4, max: 0 });
  });

  it('leaves a share out on each side, as sorting all values does', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => ((index * 7919) % 10_000) / 100 - 30);
    const { min, max } = calibratedRange(calibrated([values]), { kind: 'percentile', percentile: 99 }, 255, false);
    const sorted = [...values].sort((a, b) => a - b);
    // One bin is 70 ÷ 2048 wide at most.
    expect(Math.abs(min - (sorted[100] ?? NaN))).toBeLessThan(0.07);
    expect(Math.abs(max - (sorted[9899] ?? NaN))).toBeLessThan(0.07);
    expect(calibratedRange(outlier, { kind: 'percentile', percentile: 99.98 }, 255, false).max).toBeLessThan(1.2);
  });

  it('finds the range in which rounding and cutting off cost least, as trying real quantization does', () => {
    for (const seed of [1, 2]) {
      const values = Array.from({ length: 2000 }, (_, index) => Math.tan(Math.sin(index * 12.9898 + seed) * 1.5));
      const tensor = calibrated([values]);
      const cost = (min: number, max: number): number => {
        const step = (max - min) / 255;
        return values.reduce((sum, value) => {
          const kept = Math.min(max, Math.max(min, Math.round(value / step) * step));
          return sum + (value - kept) ** 2;
        }, 0);
      };
      const { min, max } = calibratedRange(tensor, { kind: 'mse' }, 255, false);
      let least = Infinity;
      for (let low = 0.1; low <= 1; low += 0.1) for (let high = 0.1; high <= 1; high += 0.1) least = Math.min(least, cost(tensor.min * low, tensor.max * high));
      expect(cost(min, max)).toBeLessThan(least * 1.03);
      expect(cost(min, max)).toBeLessThanOrEqual(cost(tensor.min, tensor.max));
    }
  });

  it('reaches equally far on both sides where zero points are fixed', () => {
    const { min, max } = calibratedRange(outlier, { kind: 'mse' }, 65534, true);
    expect(min).toBe(-max);
  });

  it('answers for tensors that are always zero', () => {
    for (const kind of ['min-max', 'mse', 'moving-average'] as const) expect(calibratedRange(calibrated([[0, 0]]), { kind }, 255, false)).toEqual({ min: 0, max: 0 });
    expect(calibratedRange(calibrated([[0, 0]]), { kind: 'percentile', percentile: 99 }, 255, false)).toEqual({ min: 0, max: 0 });
  });
});
