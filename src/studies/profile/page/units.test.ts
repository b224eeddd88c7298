import { describe, expect, it } from 'vitest';
import type { SlicedOp } from '../shared/slicer-protocol';
import { together, unitsOf, weightsOf } from './units';

const op = (index: number, facts: Partial<SlicedOp> = {}): SlicedOp =>
  ({ op: index, kind: 'CONV_2D', name: `tensor ${index}`, macs: 0, bytes: null, weightBytes: 6, writtenBytes: 4, once: false, joined: false, weight: 10, ...facts });

describe('units of ops', () => {
  it('joins what clamps to what it clamps, and leaves out what runs once', () => {
    const units = unitsOf([op(0, { once: true }), op(1), op(2, { once: true }), op(3, { joined: true, weight: 1 }), op(4)]);
    expect(units).toEqual([{ first: 1, last: 3, op: 1, kind: 'CONV_2D', weightBytes: 12, guess: 11 }, { first: 4, last: 4, op: 4, kind: 'CONV_2D', weightBytes: 6, guess: 10 }]);
  });

  it('has nothing to join the first op to', () => {
    expect(unitsOf([op(0, { joined: true })])).toEqual([{ first: 0, last: 0, op: 0, kind: 'CONV_2D', weightBytes: 6, guess: 10 }]);
  });

  it('guesses on the scale of what was timed, and calls a guess one', () => {
    const units = unitsOf([op(0), op(1, { weight: 30 }), op(2, { weight: 20 })]);
    const weights = weightsOf(units, [{ share: 0.1, error: 0 }, { share: 0.5, error: 0 }, undefined]);
    expect(weights[2]).toEqual({ weight: expect.closeTo(0.3, 12), error: 1 });
  });

  it('guesses on the scale of its own kind where one of it was timed', () => {
    const units = unitsOf([op(0), op(1, { kind: 'ADD', weight: 2 }), op(2, { kind: 'ADD', weight: 1 }), op(3, { kind: 'MEAN' })]);
    const weights = weightsOf(units, [{ share: 0.1, error: 0 }, { share: 0.2, error: 0 }, undefined, undefined]);
    expect(weights.map(({ weight }) => weight)).toEqual([expect.closeTo(0.1, 12), expect.closeTo(0.2, 12), expect.closeTo(0.1, 12), expect.closeTo(0.25, 12)]);
  });

  it('weighs a time against the guess by their variances', () => {
    const units = unitsOf([op(0, { weight: 20 }), op(1, { weight: 30 })]);
    // The scale is 0.6 / 50, so that the guesses are 0.24 and 0.36, with as much again as their deviation; the times' are 0.02 and √(0.1² + 0.24²).
    const [precise, noisy] = weightsOf(units, [{ share: 0.1, error: 0 }, { share: 0.5, error: 0.24 }]);
    expect(precise?.weight).toBeCloseTo((0.24 / 0.0576 + 0.1 / 0.0004) / (1 / 0.0576 + 1 / 0.0004), 12);
    expect(precise?.error).toBeCloseTo(1 / Math.sqrt(1 / 0.0576 + 1 / 0.0004) / 0.10096, 3);
    expect(noisy?.weight).toBeCloseTo((0.36 / 0.1296 + 0.5 / 0.0676) / (1 / 0.1296 + 1 / 0.0676), 12);
  });

  it('leaves a unit to the guess that takes no longer than nothing does', () => {
    const units = unitsOf([op(0, { kind: 'ADD', weight: 100 }), op(1, { kind: 'ADD', weight: 1 })]);
    const [, small] = weightsOf(units, [{ share: 0.1, error: 0.001 }, { share: -0.001, error: 0.002 }]);
    expect(small?.weight).toBeGreaterThan(0);
    expect(small?.weight).toBeLessThan(0.001);
  });

  it('guesses on the scale of all where its own kind took nothing that could be told', () => {
    const units = unitsOf([op(0, { weight: 40 }), op(1, { kind: 'ADD', weight: 10 }), op(2, { kind: 'ADD', weight: 10 })]);
    const [, , guessed] = weightsOf(units, [{ share: 0.51, error: 0.01 }, { share: -0.01, error: 0.01 }, undefined]);
    expect(guessed).toEqual({ weight: expect.closeTo(0.1, 12), error: 1 });
  });

  it('takes the guess as it is where nothing was timed', () => {
    expect(weightsOf(unitsOf([op(0)]), [undefined])).toEqual([{ weight: 10, error: 1 }]);
  });

  it('puts two timings of a unit together, with what they differ by as the error where that is more', () => {
    expect(together(undefined, { share: 0.2, error: 0.01 })).toEqual({ share: 0.2, error: 0.01 });
    const alike = together({ share: 0.2, error: 0.03 }, { share: 0.22, error: 0.04 });
    expect(alike.share).toBeCloseTo(0.21, 12);
    expect(alike.error).toBeCloseTo(0.025, 12);
    expect(together({ share: 0.2, error: 0.01 }, { share: 0.3, error: 0.01 }).error).toBeCloseTo(0.05, 12);
  });
});
