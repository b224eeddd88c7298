import { expect, test } from 'vitest';
import { clampingOps, opsThatClamp } from '../../../rewrite/fuse-activations';
import { opDescription } from '../../../tflite/analysis/op-table';
import { supportedOps } from './tfjs-kernels/op-table';
import { timedOps } from './xnnpack-profile/xnnpack-operators';

/** A name with a slip in it would stand in its table and never be met. */
test.each<[string, readonly string[], boolean]>([
  ['kernels of TensorFlow.js', supportedOps.builtins, false],
  ['kernels of TensorFlow.js for custom ops', supportedOps.customs, true],
  ['XNNPACK’s operators', timedOps.filter((name) => name !== 'Convolution2DTransposeBias'), false],
  ['XNNPACK’s operators for custom ops', timedOps.filter((name) => name === 'Convolution2DTransposeBias'), true],
  ['ops that clamp', [...clampingOps, ...opsThatClamp], false],
])('%s are named as the ops’ descriptions are', (_, names, custom) => {
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => opDescription({ name, custom }) === null)).toEqual([]);
});
