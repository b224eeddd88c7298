import { describe, expect, test } from 'vitest';
import { type ScoreCalibration, calibrate } from './score-calibration';

// The formula is stated in the comments of ScoreCalibrationOptions in MediaPipe's metadata_schema.fbs:
// f(x) = scale / (1 + e^-(slope * g(x) + offset)), g(x) = x, log(x) or log(x) - log(1 - x).
const of = (transformation: ScoreCalibration['transformation']): ScoreCalibration => ({ transformation, defaultScore: 0.125, classes: [{ scale: 0.5, slope: 2, offset: 1, leastScore: 0.2 }, null] });

describe('calibrated scores', () => {
  test('follow the schema’s formula', () => {
    // With g(0.5) = log 1 = 0 the sigmoid is that of the offset alone.
    expect(calibrate(of('inverse-logistic'), 0, 0.5)).toBeCloseTo(0.5 / (1 + Math.exp(-1)), 12);
    // e^-(2 x + 1) at x = -0.5 is 1; log(e^-0.5) = -0.5.
    expect(calibrate(of('log'), 0, Math.exp(-0.5))).toBeCloseTo(0.25, 12);
    expect(calibrate(of('identity'), 0, 1)).toBeCloseTo(0.5 / (1 + Math.exp(-3)), 12);
  });

  test('are the default for classes without parameters, out of the list, and below the least score', () => {
    expect([calibrate(of('log'), 1, 0.9), calibrate(of('log'), 2, 0.9), calibrate(of('log'), -1, 0.9), calibrate(of('log'), 0, 0.19)]).toEqual([0.125, 0.125, 0.125, 0.125]);
  });

  test('keep to their range and order for scores at which a logarithm ends', () => {
    const steep: ScoreCalibration = { transformation: 'inverse-logistic', defaultScore: 0, classes: [{ scale: 1, slope: 0.05, offset: 0 }] };
    const scores = [-1, -1e-9, 0, 1e-20, 0.5, 1, 1.5].map((score) => calibrate(steep, 0, score));
    expect(scores).toEqual([...scores].sort((one, other) => one - other));
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
  });
});
