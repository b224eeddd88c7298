import { describe, expect, it } from 'vitest';
import { errorMetrics } from '../../../quantize/metrics';
import type { OutputTensor } from '../../../vision/shared/types';
import { matchOutputs } from './match-outputs';
import { OutputComparer } from './output-comparer';
import type { RunOutputs } from '../shared/protocol';

const floats = (name: string, ...values: readonly number[]): OutputTensor => ({ name, dtype: 'float32', shape: [1, values.length], data: Float32Array.from(values).buffer });
const int8 = (name: string, scale: number, ...values: readonly number[]): OutputTensor =>
  ({ name, dtype: 'int8', shape: [1, values.length], quantization: { scale: [scale], zeroPoint: [4], dimension: 0 }, data: Int8Array.from(values, (value) => Math.round(value / scale) + 4).buffer });
const run = (...outputs: readonly OutputTensor[]): RunOutputs => ({ outputs, placement: null });
const setup = (models: number) => ({ models, decoder: undefined, labels: undefined, flag_mse: 1e-5, results: false });

describe('matchOutputs', () => {
  const shaped = (name: string, ...shape: readonly number[]) => ({ name, shape });

  it('goes by name, then by place among outputs of the same size, and tells sizes that differ', () => {
    expect(matchOutputs([shaped('a', 2), shaped('b', 3), shaped('c', 4), shaped('d', 9)], [shaped('x', 5), shaped('y', 2, 2), shaped('b', 3), shaped('z', 2)])).toEqual([
      { name: 'a', other: 'z', by: 'position', sizes: null, position: 3 },
      { name: 'b', other: 'b', by: 'name', sizes: null, position: 2 },
      { name: 'c', other: 'y', by: 'position', sizes: null, position: 1 },
      { name: 'd', other: 'x', by: 'position', sizes: { reference: 9, other: 5 }, position: 0 },
    ]);
    expect(matchOutputs([shaped('a', 2)], [])).toEqual([{ name: 'a', other: null, by: null, sizes: null, position: null }]);
    expect(matchOutputs([shaped('a', 2)], [shaped('a', 3)])).toMatchObject([{ by: 'name', sizes: { reference: 2, other: 3 } }]);
  });
});

describe('OutputComparer', () => {
  it('sums errors up over samples as if they were one, whatever the types', () => {
    const comparison = new OutputComparer(setup(3));
    const first = comparison.add(null, [run(floats('scores', 0, 1, 3), floats('boxes', 1, 2)), run(int8('boxes', 0.25, 1, 2.25), int8('scores', 0.25, 0, 1, 3)), null]);
    comparison.add(null, [run(floats('scores', 5, 1, 3), floats('boxes', 3, 4)), run(int8('boxes', 0.25, 3, 4), int8('scores', 0.25, 5, 1, 6)), null]);
    const [reference, other, absent] = comparison.result();
    expect(reference).toMatchObject({ outputs: [], samples: 2, agreement: null });
    expect(absent).toMatchObject({ outputs: [], samples: 0 });
    expect(other?.outputs.map(({ name, by, flagged }) => ({ name, by, flagged }))).toEqual([{ name: 'scores', by: 'name', flagged: true }, { name: 'boxes', by: 'name', flagged: true }]);
    expect(other?.outputs.map(({ metrics }) => metrics)).toEqual([errorMetrics([0, 1, 3, 5, 1, 3], [0, 1, 3, 5, 1, 6]), errorMetrics([1, 2, 3, 4], [1, 2.25, 3, 4])]);
    expect(other?.outputs[0]?.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(6);
    // The worst output of the sample: the boxes.
    expect(first.models).toEqual([
      { best: [], error: null, agreement: null, disagreement: null },
      { best: [], error: { mse: 0.03125, max_abs: 0.25, sqnr_db: expect.closeTo(10 * Math.log10(5 / 0.0625), 9) }, agreement: null, disagreement: null },
      null,
    ]);
  });

  it('flags what is above the line, and what is no number', () => {
    const comparison = new OutputComparer({ ...setup(2), flag_mse: 0.25 });
    comparison.add(null, [run(floats('at', 0), floats('above', 0), floats('none', 0, 1)), run(floats('at', 0.5), floats('above', 0.51), floats('none', NaN, 1))]);
    expect(comparison.result()[1]?.outputs.map(({ name, flagged }) => [name, flagged])).toEqual([['at', false], ['above', true], ['none', true]]);
  });

  it('tells accuracy, confusion and what flipped, by labels of the model', () => {
    const comparison = new OutputComparer({ ...setup(2), decoder: { kind: 'classification', top: 1, scoreThreshold: 0.9 }, labels: ['cat', 'dog', 'cow'] });
    const cat = floats('p', 0.7, 0.2, 0.1);
    const dog = floats('p', 0.2, 0.7, 0.1);
    const cow = floats('p', 0.1, 0.2, 0.7);
    const samples: [string | null, OutputTensor, OutputTensor][] = [['cat', cat, dog], ['dog', cat, dog], ['cow', cow, cow], ['2', dog, cat], ['horse', cat, dog], [null, cat, cat]];
    const read = samples.map(([label, reference, other]) => comparison.add(label, [run(reference), run(other)]));
    expect(read.map(({ truth }) => truth)).toEqual([0, 1, 2, 2, null, null]);
    expect(read[0]?.models[1]?.best.map(({ label }) => label)).toEqual(['dog', 'cat', 'cow']);
    const [reference, other] = comparison.result();
    expect(reference).toMatchObject({ accuracy: { labelled: 4, right: 2, right5: 4 }, confusion: { classes: [0, 1, 2], counts: [[1, 0, 0], [1, 0, 0], [0, 1, 1]] }, flips: null });
    expect(other).toMatchObject({ accuracy: { labelled: 4, right: 2, right5: 4 }, confusion: { classes: [0, 1, 2], counts: [[0, 1, 0], [0, 1, 0], [1, 0, 1]] }, flips: { lost: [0], gained: [1] } });
    expect(other?.agreement).toEqual({ kind: 'classes', samples: 6, top1: 2, top5: 6 });
  });

  it('says why nothing was decoded, and compares the numbers all the same', () => {
    const comparison = new OutputComparer({ ...setup(2), decoder: { kind: 'classification', top: 5 } });
    const square = { ...floats('p', 1, 2, 3, 4), shape: [2, 2] };
    comparison.add('1', [run(floats('p', 1, 2, 3, 4)), run(square)]);
    const [reference, other] = comparison.result();
    expect(reference?.decodeError).toBeNull();
    expect(other).toMatchObject({ decodeError: { code: 'UNSUPPORTED_DECODER' }, agreement: null, accuracy: null, outputs: [{ metrics: { mse: 0 } }] });
  });
});
