import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../../errors';
import { errorMetrics } from '../../../quantize/metrics';
import { errorOf } from '../../../tflite/testing/models';
import type { OutputTensor } from '../../../vision/shared/types';
import { OutputErrors } from '../worker/output-errors';
import { acceptances, judge } from './prove';
import type { RuntimeProof } from './runtime-proof';

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

const nothing = { agreement: null, decodeError: null };
const sizes = { bytes: 50_000, original_bytes: 100_000 };

const output = (reference: number[], values: number[], constant = false): RuntimeProof['outputs'][number] => (
  { name: 'out', metrics: errorMetrics(reference, values), histogram: { from: 0, to: 0, counts: [] }, constant, flagged: false });
const ran = (...outputs: RuntimeProof['outputs']): RuntimeProof => (
  { runtime: 'litert', error: null, reference: 'litert', lost: false, outputs, task: nothing, before_ms: 2, after_ms: 1, time_ratio: { ratio: 0.5, interval: [0.48, 0.52] } });
const refused: RuntimeProof = (
  { runtime: 'tfjs-tflite', error: new LitescopeError('UNSUPPORTED_OP').serialize(), reference: 'litert', lost: false, outputs: [], task: nothing, before_ms: null, after_ms: null, time_ratio: null });
/** Of 100 as the signal, an error of 1 is 40 dB, of 5 it is 26 dB, of 20 it is 14 dB. */
const off = (error: number): RuntimeProof['outputs'][number] => output([100], [100 + error]);

describe('judge', () => {
  it('calls good what runs and computes the same, on both runtimes', () => {
    const one = ran(output([1, 2], [1, 2.01]));
    expect(judge([{ ...one, runtime: 'tfjs-tflite', reference: 'tfjs-tflite' }, one], sizes, acceptances.rounding)).toMatchObject({
      verdict: 'good', reasons: [], error: null, verdicts: { size: { verdict: 'smaller' }, speed: { verdict: 'faster' }, fidelity: { verdict: 'good', basis: 'numbers' } },
    });
  });

  it('never calls good what a runtime does not run, although the other one finds it good', () => {
    expect(judge([refused, ran(output([1, 2], [1, 2.01]))], sizes, acceptances.rounding)).toMatchObject({
      verdict: 'mixed', reasons: ['tfjs-tflite: it does not run the variant, nor the original: The runtime does not have an op of this model'], error: null, verdicts: { fidelity: { verdict: 'good' } },
    });
  });

  it.each<[string, RuntimeProof['outputs'][number], RegExp]>([
    ['too far from the original', output([1, 2], [2, 1]), /litert: “out” is .* dB/],
    ['no number', output([1, 2], [1, NaN]), /1 values of “out” are infinite or no numbers/],
    ['the same everywhere', output([1, 1.001], [1, 1], true), /the same, which they were not/],
  ])('never calls good what is %s', (_, one, reason) => {
    const { verdict, reasons, error } = judge([ran(output([1], [1])), ran(one)], sizes, acceptances.rounding);
    expect([verdict, error?.code]).toEqual(['wrong', 'OUTPUTS_DIFFER']);
    expect(reasons[0]).toMatch(reason);
  });

  it('asks more of what should only reorder additions', () => {
    expect(judge([ran(output([1, 2], [1, 2.01]))], sizes, acceptances.exact).verdict).toBe('wrong');
  });

  it('proves nothing where nothing ran', () => {
    expect(judge([refused], sizes, acceptances.rounding)).toMatchObject({
      verdict: 'unproven', reasons: ['tfjs-tflite: The runtime does not have an op of this model'], error: null, verdicts: { speed: { verdict: 'unproven' }, fidelity: { verdict: 'unproven' } },
    });
  });

  it.each([[1, 'good', 'good'], [5, 'usable', 'mixed'], [20, 'doubtful', 'doubtful'], [40, 'wrong', 'wrong']] as const)('says of an error of %i %% that it is %s', (error, fidelity, overall) => {
    const { verdict, verdicts, reasons } = judge([ran(off(error))], sizes, acceptances.rounding);
    expect([verdicts.fidelity.verdict, verdict]).toEqual([fidelity, overall]);
    expect(reasons).toEqual({ 1: [], 5: ['litert: SQNR of “out” is 26 dB, good from 30 dB'], 20: ['litert: SQNR of “out” is 14 dB, good from 30 dB'], 40: ['litert: “out” is 8.0 dB from the original, less than 10 dB'] }[error]);
  });

  it('never calls good what takes longer, however small and near it is', () => {
    const { verdict, verdicts, reasons } = judge([{ ...ran(off(1)), time_ratio: { ratio: 31.2, interval: [30, 33] } }], sizes, acceptances.rounding);
    expect([verdict, verdicts.speed.verdict, verdicts.fidelity.verdict]).toEqual(['mixed', 'slower', 'good']);
    expect(reasons).toEqual(['litert: it takes 31.2 times as long as the original']);
  });

  it('never calls good what is slower on one runtime, although it is faster on the other', () => {
    const { verdict, verdicts } = judge([{ ...ran(off(1)), runtime: 'tfjs-tflite', time_ratio: { ratio: 2, interval: [1.9, 2.1] } }, ran(off(1))], sizes, acceptances.rounding);
    expect([verdict, verdicts.speed.verdict, verdicts.speed.runtimes.map((each) => each.verdict)]).toEqual(['mixed', 'mixed', ['slower', 'faster']]);
  });

  it.each<[readonly [number, number], string]>([
    [[0.9, 1.2], 'no measurable difference'], [[1.01, 1.03], 'no measurable difference'], [[0.96, 0.99], 'no measurable difference'], [[1.06, 1.2], 'slower'], [[0.8, 0.94], 'faster'],
  ])('says of times %j of the original’s: %s', (interval, expected) => {
    const { verdict, verdicts } = judge([{ ...ran(off(1)), time_ratio: { ratio: 1, interval } }], sizes, acceptances.rounding);
    expect(verdicts.speed).toMatchObject({ verdict: expected, runtimes: [{ verdict: expected, interval, reason: null }] });
    expect(verdict).toBe(expected === 'slower' ? 'mixed' : 'good');
  });

  it.each([[50_000, 'smaller', 'good'], [99_500, 'same', 'good'], [100_900, 'same', 'good'], [200_000, 'larger', 'mixed']] as const)('says of %i bytes for 100,000 that they are %s', (bytes, size, overall) => {
    const { verdict, verdicts } = judge([ran(off(1))], { ...sizes, bytes }, acceptances.rounding);
    expect([verdicts.size.verdict, verdict]).toEqual([size, overall]);
  });

  it('does not call good what a runtime refuses that ran the original', () => {
    const { verdict, reasons } = judge([{ ...refused, reference: 'tfjs-tflite', lost: true }, ran(off(1))], sizes, acceptances.rounding);
    expect([verdict, reasons]).toEqual(['mixed', ['tfjs-tflite: it runs the original and not the variant: The runtime does not have an op of this model']]);
  });

  const masks = (mean_iou: number): RuntimeProof['task'] => ({ agreement: { kind: 'mask', samples: 4, mean_iou, least_iou: mean_iou }, decodeError: null });

  it('goes by what was found where the task is known, unless an output cannot be recognised', () => {
    const near = judge([{ ...ran(off(20)), task: masks(0.95) }], sizes, acceptances.rounding);
    expect([near.verdict, near.verdicts.fidelity]).toMatchObject(['good', { verdict: 'good', basis: 'task', figures: [{ runtime: 'litert', name: 'IoU of masks', value: 0.95, grade: 'good' }] }]);
    const far = judge([{ ...ran(off(1)), task: masks(0.6) }], sizes, acceptances.rounding);
    expect([far.verdict, far.reasons]).toEqual(['doubtful', ['litert: IoU of masks is 0.6, good from 0.9']]);
    const lost = judge([{ ...ran(off(1)), task: masks(0.2) }], sizes, acceptances.rounding);
    expect([lost.verdict, lost.error?.code]).toEqual(['wrong', 'OUTPUTS_DIFFER']);
    expect(judge([{ ...ran(off(40)), task: masks(0.95) }], sizes, acceptances.rounding).verdict).toBe('wrong');
  });

  it('goes by the numbers where neither model found anything', () => {
    const empty: RuntimeProof['task'] = { agreement: { kind: 'detections', samples: 4, matched: 0, missing: 0, extra: 0, mean_iou: null, least_iou: null, score_difference: null }, decodeError: null };
    expect(judge([{ ...ran(off(5)), task: empty }], sizes, acceptances.rounding).verdicts.fidelity).toMatchObject({ verdict: 'usable', basis: 'numbers' });
  });

  it('asks no less of what is good than of what is right', () => {
    const { verdicts } = judge([ran(off(1))], sizes, { ...acceptances.rounding, least_sqnr_db: 35 });
    expect(verdicts.fidelity.figures[0]?.lines).toEqual({ good: 35, usable: 35, doubtful: 35 });
  });
});
