import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { describe, expect, it } from 'vitest';
import { expectedOf, runOne } from './testing/one-op';
import { recurrentCases } from './testing/recurrent';

describe.each(['cpu', 'wasm'])('an LSTM on the %s backend', (backend) => {
  it.each(recurrentCases)('$what', async (form) => {
    await tf.setBackend(backend);
    const [result] = runOne({ ...form, outputs: [{}] });
    const [expected] = expectedOf(form);
    expect(result?.shape).toEqual(expected?.shape);
    const apart = (expected?.values ?? []).map((value, index) => Math.abs(value - (result?.values[index] ?? NaN)));
    expect(Math.max(...apart)).toBeLessThan(2e-6);
    expect(Math.max(...(expected?.values ?? []).map(Math.abs))).toBeGreaterThan(0.1);
  });
});
