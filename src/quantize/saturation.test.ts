import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelOf, type OperatorOf, type TensorOf } from '../rewrite/testing/models';
import type { Model } from '../tflite/format/model';
import { TensorCalibration } from './calibration';
import { calibratedRange } from './ranges';
import { cutOff, saturationLimits } from './saturation';

const flat = (...names: readonly string[]): TensorOf[] => names.map((name) => ({ name, shape: [1, 4] }));
const op = (name: string, inputs: readonly string[], outputs: readonly string[]): OperatorOf => ({ name, inputs, outputs });
const concatenation = (inputs: readonly string[], output: string): OperatorOf => ({ name: 'CONCATENATION', inputs, outputs: [output], options: { member: 'ConcatenationOptions', value: { axis: 1 } } });

function limitsByName(model: Model, bits: 8 | 16 = 8): Readonly<Record<string, readonly [number, number]>> {
  return Object.fromEntries([...saturationLimits(model, bits)].map(([index, { min, max }]) => [model.subgraphs[0]?.tensors[index]?.name ?? '', [min, max]]));
}

describe('saturationLimits', () => {
  const logit = Math.log(511);

  it('are where the readers of a tensor stop to change, through ops that only move numbers', () => {
    const model = modelOf(
      flat('in', 'a', 'b', 'c', 'd', 'p', 'q', 'r', 's', 'out'),
      [
        op('NEG', ['in'], ['a']), op('NEG', ['in'], ['b']), op('NEG', ['in'], ['c']), op('NEG', ['in'], ['d']),
        { name: 'CONCATENATION', inputs: ['a', 'b'], outputs: ['p'], options: { member: 'ConcatenationOptions', value: { axis: 1 } } },
        op('LOGISTIC', ['p'], ['q']), op('HARD_SWISH', ['b'], ['r']), op('RELU6', ['c'], ['s']), concatenation(['q', 'r', 's', 'd'], 'out'),
      ],
      ['in'], ['out'],
    );
    // “b” is read by HARD_SWISH, too, which follows its input upwards; “d” ends in an output, “in” in ops that never saturate.
    expect(limitsByName(model)).toEqual({ a: [-logit, logit], b: [-logit, Infinity], c: [0, 6], p: [-logit, logit] });
    expect(limitsByName(model, 16)['p']).toEqual([-Math.log(65535), Math.log(65535)]);
  });

  it('do not hold for outputs of the model and for what any other op reads', () => {
    const model = modelOf(flat('in', 'a', 'b', 'p', 'q', 'r'), [op('NEG', ['in'], ['a']), op('NEG', ['in'], ['b']), op('TANH', ['a'], ['p']), op('TANH', ['b'], ['q']), op('NEG', ['b'], ['r'])], ['in'], ['a', 'p', 'q', 'r']);
    expect(limitsByName(model)).toEqual({});
  });

  it('are where a sum that is cut off takes no more notice of a term', () => {
    const add = (inputs: readonly string[], output: string, fused: number): OperatorOf => ({ name: 'ADD', inputs, outputs: [output], options: { member: 'AddOptions', value: { fused_activation_function: fused } } });
    const model = modelOf(
      flat('in', 'a', 'b', 'sum', 'c', 'd', 'six', 'e', 'f', 'plain', 'p', 'out'),
      [
        ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => op('NEG', ['in'], [name])),
        add(['a', 'b'], 'sum', 1), add(['c', 'd'], 'six', 3), add(['e', 'f'], 'plain', 0), op('HARD_SWISH', ['plain'], ['p']), concatenation(['sum', 'six', 'p'], 'out'),
      ],
      ['in'], ['out'],
    );
    const tensors = model.subgraphs[0]?.tensors ?? [];
    const reach: Readonly<Record<string, readonly [number, number]>> = { a: [-9, 5], b: [-1, 2], c: [-3, 4], d: [-2, 8], e: [-7, 1], f: [-1, 2] };
    const calibrated = new Map(Object.entries(reach).map(([name, values]) => {
      const calibration = new TensorCalibration(1);
      calibration.add(Float64Array.from(values));
      return [tensors.findIndex((tensor) => tensor.name === name), calibration.result()] as const;
    }));
    const limits = Object.fromEntries([...saturationLimits(model, 8, calibrated)].map(([index, { min, max }]) => [tensors[index]?.name ?? '', [min, max]]));
    expect(limits).toEqual({
      // Cut off at 0: −2 and 2 leave nothing, −5 and 5 neither.
      a: [-2, Infinity], b: [-5, Infinity],
      // Cut off at 6, too, which 8 beside −2 just reaches, and 9 beside −3.
      c: [-8, 8], d: [-4, 9],
      // What HARD_SWISH reads is cut off at −3.
      e: [-5, Infinity], f: [-4, Infinity], plain: [-3, Infinity],
    });
    // The sum with either term cut off is the same for all that calibration saw.
    for (let a = -9; a <= 5; a++) for (let b = -1; b <= 2; b++) expect(Math.max(0, a + b)).toBe(Math.max(0, Math.max(a, -2) + b));
    for (let c = -3; c <= 4; c++) for (let d = -2; d <= 8; d++) expect(Math.min(6, Math.max(0, c + d))).toBe(Math.min(6, Math.max(0, c + Math.min(9, Math.max(-4, d)))));
  });

  it('leave LOGISTIC and TANH at most half a step of their integers', () => {
    const model = modelOf(flat('in', 'a', 'p', 'b', 'q'), [op('NEG', ['in'], ['a']), op('LOGISTIC', ['a'], ['p']), op('NEG', ['in'], ['b']), op('TANH', ['b'], ['q'])], ['in'], ['p', 'q']);
    for (const [bits, steps] of [[8, [256, 128]], [16, [32768, 32768]]] as const) {
      const limits = limitsByName(model, bits);
      expect(1 - 1 / (1 + Math.exp(-(limits['a']?.[1] ?? NaN)))).toBeCloseTo(0.5 / steps[0], 12);
      expect(1 - Math.tanh(limits['b']?.[1] ?? NaN)).toBeCloseTo(0.5 / steps[1], 12);
    }
  });
});

describe('cutOff', () => {
  it('is what calibration would have seen of values cut off before, to a bin', () => {
    const value = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), fc.double({ min: -100, max: 0, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }), (values, min, max) => {
      const given = new TensorCalibration(1);
      given.add(Float64Array.from(values));
      const seen = given.result();
      const cut = cutOff(seen, { min, max });
      const within = values.map((each) => Math.min(max, Math.max(min, each)));
      expect([cut.min, cut.max]).toEqual([Math.min(...within), Math.max(...within)]);
      expect(cut.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(seen.histogram.counts.reduce((sum, count) => sum + count, 0));
      const middle = cut.histogram.counts.length / 2;
      for (const [bin, count] of cut.histogram.counts.entries()) {
        if (count > 0) expect((bin - middle) * cut.histogram.width, `bin ${bin}`).toBeLessThanOrEqual(max);
        if (count > 0) expect((bin + 1 - middle) * cut.histogram.width, `bin ${bin}`).toBeGreaterThanOrEqual(min);
      }
      const range = calibratedRange(cut, { kind: 'mse' }, 255, false);
      expect(range.min).toBeGreaterThanOrEqual(Math.min(0, min));
      expect(range.max).toBeLessThanOrEqual(Math.max(0, max));
    }), { numRuns: 300 });
  });

  it('keeps a logit of −400 from making the steps of all others coarse', () => {
    const logits = new TensorCalibration(1);
    logits.add(Float64Array.from({ length: 1000 }, (_, index) => (index < 900 ? -400 + index / 3 : (index - 950) / 10)));
    const limit = Math.log(511);
    expect(calibratedRange(logits.result(), { kind: 'min-max' }, 255, false)).toEqual({ min: -400, max: 4.9 });
    expect(calibratedRange(cutOff(logits.result(), { min: -limit, max: limit }), { kind: 'min-max' }, 255, false)).toEqual({ min: -limit, max: 4.9 });
  });
});
