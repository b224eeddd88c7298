import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, expect, it } from 'vitest';
import { galleryModel } from '../../../../tflite/testing/models';
import { openModel } from '../../../../tflite/format/verify/verify';
import { errorOf } from '../../../../threads/testing/errors';
import { GraphRunner } from './graph-runner';
import { prepareGraph } from './prepare';

/** 164 ops, of which 74 unfold weights, once. */
const model = openModel(galleryModel('face_detection/face_detection_short_range.tflite'));
const [input = -1] = model.subgraphs[0]?.inputs ?? [];
const picture = () => new Map([[input, tf.fill([1, 128, 128, 3], 0.25)]]);

beforeAll(async () => {
  await tf.setBackend('wasm');
});

it('leaves nothing behind after runs of any kind, failures among them, nor after its end', () => {
  const before = tf.memory().numTensors;
  const runner = new GraphRunner(prepareGraph(model, 0));
  const ready = tf.memory().numTensors;
  const plain = runner.run(picture());
  expect(tf.memory().numTensors).toBe(ready);
  const watched = runner.run(picture(), () => true);
  expect(watched.outputs).toEqual(plain.outputs);
  expect(watched.seen).toHaveLength(91);
  expect(tf.memory().numTensors).toBe(ready);
  // Another's values take the place of a tensor in the middle, which changes what follows; one is for a tensor that no op makes.
  const middle = watched.seen[40];
  const given = new Map([[middle?.index ?? -1, tf.zeros([...middle?.shape ?? []])], [99_999, tf.zeros([1])]]);
  expect(runner.run(picture(), undefined, given).outputs).not.toEqual(plain.outputs);
  expect(tf.memory().numTensors).toBe(ready);
  // Half way something comes that the next op cannot take.
  expect(errorOf(() => runner.run(picture(), undefined, new Map([[middle?.index ?? -1, tf.zeros([1, 7, 5, 3])]]))).code).toBe('INVOKE_FAILED');
  expect(tf.memory().numTensors).toBe(ready);
  runner.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it('frees a tensor after the last op that reads it, unless it was asked for, and then too', () => {
  const runner = new GraphRunner(prepareGraph(model, 0));
  const ready = tf.memory().numTensors;
  let most = 0;
  const look = (): boolean => {
    most = Math.max(most, tf.memory().numTensors - ready);
    return true;
  };
  expect(runner.run(picture(), look).ops).toHaveLength(90);
  runner.dispose();
  // Two ways side by side and what an op makes of them; later the four heads, which wait for each other.
  expect(most).toBeGreaterThan(2);
  expect(most).toBeLessThanOrEqual(8);
});
