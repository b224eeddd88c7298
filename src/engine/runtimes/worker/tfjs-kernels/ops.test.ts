import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { errorOf } from '../../../../threads/testing/errors';
import { supportedOps } from './op-table';
import { cases } from './testing/cases';
import { expectedOf, numbers, runOne, type Case, type Numbers } from './testing/one-op';
import { recurrentCases } from './testing/recurrent';

/** Quantized results may be a step apart where a double and a float fall on different sides of a half. */
function expectClose(actual: Numbers, expected: Numbers, error: number, scale: number | undefined): void {
  expect(actual.shape).toEqual(expected.shape);
  const greatest = expected.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const allowed = scale === undefined ? error * Math.max(greatest, 1e-6) : scale * 1.0001;
  actual.values.forEach((value, index) => {
    const wanted = expected.values[index] ?? NaN;
    if (!(Math.abs(value - wanted) <= allowed)) expect(value, `element ${index}`).toBe(wanted);
  });
  if (scale === undefined) return;
  const equal = actual.values.filter((value, index) => Math.abs(value - (expected.values[index] ?? NaN)) < scale / 2).length;
  expect(equal / actual.values.length).toBeGreaterThanOrEqual(0.97);
}

describe.each(['cpu', 'wasm'])('on the %s backend', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it.each(cases.map((each): [string, Case] => [`${each.op}${each.what === undefined ? '' : `: ${each.what}`}`, each]))('%s', async (_, one) => {
    await tf.setBackend(backend);
    const { outputs = [{}], error = 2e-6 } = one;
    const results = runOne({ ...one, outputs });
    const wanted = expectedOf(one);
    expect(results).toHaveLength(wanted.length);
    results.forEach((result, position) => { expectClose(result, wanted[position] as Numbers, error, outputs[position]?.quantization?.scale[0]); });
  });
});

describe('the table', () => {
  it('has a case for every op and none for another', () => {
    const tested = new Set([...cases, ...recurrentCases].map(({ op }) => op));
    expect([...tested].sort()).toEqual([...supportedOps.builtins, ...supportedOps.customs].sort());
    expect(tested.size).toBe(116);
  });

  it('names an op that it lacks, with its place', () => {
    const missing = errorOf(() => runOne({ op: 'MyOp', inputs: [numbers([2])], outputs: [{}] }));
    expect([missing.code, missing.details, missing.place]).toEqual(['UNSUPPORTED_OP', 'tfjs-kernels lacks custom op MyOp.', 'subgraph 0, op 0, MyOp']);
  });

  it('names an op whose settings are not there, and one that a kernel refuses', () => {
    const bare = errorOf(() => runOne({ op: 'CONV_2D', inputs: [numbers([1, 2, 2, 1]), numbers([1, 1, 1, 1]), null], outputs: [{}] }));
    expect([bare.code, bare.details, bare.place]).toEqual(['MODEL_REFUSED', 'CONV_2D: it has no Conv2DOptions.', 'subgraph 0, op 0, CONV_2D']);
    const torn = errorOf(() => runOne({ op: 'BATCH_MATMUL', options: { member: 'BatchMatMulOptions', value: {} }, inputs: [numbers([2, 3]), numbers([4, 5])], outputs: [{}] }));
    expect([torn.code, torn.place]).toEqual(['INVOKE_FAILED', 'subgraph 0, op 0, BATCH_MATMUL']);
  });

  it('refuses types of which values would be lost', () => {
    expect(errorOf(() => runOne({ op: 'ABS', inputs: [{ ...numbers([2]), dtype: 'float64' }], outputs: [{ dtype: 'float64' }] })).code).toBe('UNSUPPORTED_DTYPE');
  });
});
