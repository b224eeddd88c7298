import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../../errors';
import { errorMetrics } from '../../../quantize/metrics';
import { errorOf } from '../../../tflite/testing/models';
import type { OutputTensor } from '../../../vision/shared/types';
import { OutputErrors } from '../worker/output-errors';
import { acceptances, judge, type RuntimeProof } from './prove';

const float = (name: string, ...values: number[]): OutputTensor => ({ name, dtype: 'float32', shape: [values.length], data: Float32Array.from(values).buffer });
const int8 = (name: string, scale: number, ...values: number[]): OutputTensor => ({ name, dtype: 'int8', shape: [values.length], quantization: { scale: [scale], zeroPoint: [0], dimension: 0 }, data: Int8Array.from(values).buffer });

describe('OutputErrors', () => {
  it('compares real numbers, whatever types hold them, matched by name and added up over runs', () => {
    const errors = new OutputErrors();
    errors.add([float('a', 1, 2), float('b', 4)], [int8('b', 0.5, 9), int8('a', 0.5, 2, 5)]);
    errors.add([float('a', 0, 0), float('b', 0)], [float('a', 0, 1), float('b', 0)]);
    const [a, b] = errors.result();
    expect(a).toMatchObject({ name: 'a', metrics: errorMetrics([1, 2, 0, 0], [1, 2.5, 0, 1]) });
    expect(b).toMatchObject({ name: 'b', metrics: errorMetrics([4, 0], [4.5, 0]) });
  });

  it('notices an output that is the same everywhere', () => {
    const errors = new OutputErrors();
    errors.add([float('a', 1, 2), float('b', 3, 3)], [float('a', 1.5, 1.5), float('b', 3, 3)]);
    expect(errors.result().map(({ constant }) => constant)).toEqual([true, false]);
  });

  it.each<[string, OutputTensor[]]>([['another number of outputs', [float('a', 1, 2), float('b', 1)]], ['another number of values', [float('a', 1)]]])('refuses %s', (_, outputs) => {
    expect(errorOf(() => { new OutputErrors().add([float('a', 1, 2)], outputs); }).code).toBe('INTERNAL');
  });
});

describe('judge', () => {
  const output = (reference: number[], values: number[], constant = false): RuntimeProof['outputs'][number] => (
    { name: 'out', metrics: errorMetrics(reference, values), histogram: { from: 0, to: 0, counts: [] }, constant, flagged: false });
  const ran = (...outputs: RuntimeProof['outputs']): RuntimeProof => ({ runtime: 'litert', error: null, reference: 'litert', outputs, before_ms: 1, after_ms: 1 });
  const refused: RuntimeProof = { runtime: 'tfjs-tflite', error: new LitescopeError('UNSUPPORTED_OP').serialize(), reference: 'litert', outputs: [], before_ms: null, after_ms: null };

  it('calls good what runs and computes the same, on one runtime at least', () => {
    expect(judge([refused, ran(output([1, 2], [1, 2.01]))], acceptances.rounding)).toEqual({ verdict: 'good', reasons: [], error: null });
  });

  it.each<[string, RuntimeProof['outputs'][number], RegExp]>([
    ['too far from the original', output([1, 2], [2, 1]), /litert: “out” is .* dB/],
    ['no number', output([1, 2], [1, NaN]), /1 values of “out” are infinite or no numbers/],
    ['the same everywhere', output([1, 1.001], [1, 1], true), /the same, which they were not/],
  ])('never calls good what is %s', (_, one, reason) => {
    const { verdict, reasons, error } = judge([ran(output([1], [1])), ran(one)], acceptances.rounding);
    expect([verdict, error?.code]).toEqual(['wrong', 'OUTPUTS_DIFFER']);
    expect(reasons[0]).toMatch(reason);
  });

  it('asks more of what should only reorder additions', () => {
    expect(judge([ran(output([1, 2], [1, 2.01]))], acceptances.exact).verdict).toBe('wrong');
  });

  it('proves nothing where nothing ran', () => {
    expect(judge([refused], acceptances.rounding)).toEqual({ verdict: 'unproven', reasons: ['tfjs-tflite: The runtime does not have an op of this model'], error: null });
  });
});
