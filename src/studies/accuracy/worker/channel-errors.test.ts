import { describe, expect, it } from 'vitest';
import { errorMetrics } from '../../../quantize/metrics';
import { mulberry32 } from '../../../stats/random';
import { ChannelErrors } from './channel-errors';

const random = mulberry32(3);
const reference = Float32Array.from({ length: 400 }, () => random() - 0.5);
const shape = [1, 10, 10, 4];
const noise = Float32Array.from({ length: 400 }, () => (random() - 0.5) * 0.01);

function errorOf(change: (value: number, index: number) => number, ofShape = shape) {
  const errors = new ChannelErrors();
  const values = reference.map(change);
  // In two runs, which count as one.
  errors.add(reference.subarray(0, 200), values.subarray(0, 200), ofShape);
  errors.add(reference.subarray(200), values.subarray(200), ofShape);
  return { ...errors.result(), expected: errorMetrics(reference, values) };
}

describe('ChannelErrors', () => {
  it('is the plain error of values that differ by noise', () => {
    const { metrics, rescaled, sqnr_db, expected } = errorOf((value, index) => value + (noise[index] ?? 0));
    expect({ rescaled, metrics }).toEqual({ rescaled: false, metrics: expected });
    expect(sqnr_db).toBe(expected.sqnr_db);
  });

  it('takes the factor of each channel out, and leaves the noise', () => {
    const factors = [0.25, 1, 3, 8];
    const { rescaled, sqnr_db, expected } = errorOf((value, index) => (value + (noise[index] ?? 0)) * (factors[index % 4] ?? 1));
    expect(rescaled).toBe(true);
    expect(expected.sqnr_db).toBeLessThan(0);
    // What is left is what the noise alone gives; a fitted factor takes a little of it along.
    const alone = errorMetrics(reference, reference.map((value, index) => value + (noise[index] ?? 0))).sqnr_db;
    expect(Math.abs(sqnr_db - alone)).toBeLessThan(0.2);
  });

  it('is not deceived by a channel that holds something else, or turns its sign', () => {
    expect(errorOf((value, index) => (index % 4 === 0 ? (random() - 0.5) * 50 : value)).rescaled).toBe(false);
    expect(errorOf((value, index) => (index % 4 === 0 ? -3 * value : value)).rescaled).toBe(false);
  });

  it('never says so of channels with few values', () => {
    expect(errorOf((value, index) => value * (1 + index), [1, 400])).toMatchObject({ rescaled: false });
    expect(errorOf((value) => value)).toMatchObject({ rescaled: false, sqnr_db: Infinity });
  });
});
