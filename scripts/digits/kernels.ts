/** Runs models of the project in Node, on TensorFlow.js' kernels. */
import * as tf from '@tensorflow/tfjs-core';
import { GraphRunner, type SeenTensor } from '../../src/engine/runtimes/worker/tfjs-kernels/graph-runner';
import { prepareGraph } from '../../src/engine/runtimes/worker/tfjs-kernels/prepare';
import { type CalibratedTensor, TensorCalibration } from '../../src/quantize/calibration';
import { equaliseChannels } from '../../src/quantize/equalisation';
import { observableTensors, prepareForQuantization } from '../../src/quantize/prepare';
import { quantizeModel } from '../../src/quantize/quantize';
import { recipes } from '../../src/quantize/recipe';
import type { Model } from '../../src/tflite/format/model';
import { openModel } from '../../src/tflite/format/verify/verify';
import { writeModel } from '../../src/tflite/format/write/writer';
import { type Digit, side } from './data';

/** Runs a model of one picture input on each digit. */
export function runDigits(model: Model, digits: readonly Digit[], wanted: (tensor: number) => boolean, onRun: (outputs: readonly SeenTensor[], seen: readonly SeenTensor[], digit: Digit) => void): void {
  const runner = new GraphRunner(prepareGraph(model, 0));
  const [input = -1] = model.subgraphs[0]?.inputs ?? [];
  for (const digit of digits) {
    const { outputs, seen } = runner.run(new Map([[input, tf.tensor4d(Float32Array.from(digit.pixels), [1, side, side, 1])]]), wanted);
    onRun(outputs, seen, digit);
  }
  runner.dispose();
}

/** The share of digits that a classifier with one float output gets right. */
export function accuracy(file: Uint8Array, digits: readonly Digit[]): number {
  let right = 0;
  runDigits(openModel(file), digits, () => false, ([output], _, { label }) => {
    const scores = [...new Float32Array(output?.bytes.buffer ?? new ArrayBuffer(0))];
    if (scores.indexOf(Math.max(...scores)) === label) right += 1;
  });
  return right / digits.length;
}

/** Int8 throughout with float edges. */
export function quantized(file: Uint8Array, samples: readonly Digit[]): Uint8Array<ArrayBuffer> {
  const { model: prepared } = prepareForQuantization(openModel(file));
  const { model: equalised } = equaliseChannels(prepared, calibrate(prepared, samples.slice(0, 32)));
  const { model } = quantizeModel(equalised, { ...recipes.int8, floatTail: 0 }, calibrate(equalised, samples));
  return writeModel(model);
}

function calibrate(model: Model, samples: readonly Digit[]): ReadonlyMap<number, CalibratedTensor> {
  const tensors = model.subgraphs[0]?.tensors ?? [];
  const calibrations = new Map(observableTensors(model).map((index) => [index, new TensorCalibration(tensors[index]?.shape.at(-1) ?? 1)]));
  runDigits(model, samples, (index) => calibrations.has(index), (_, seen) => {
    for (const { index, bytes } of seen) calibrations.get(index)?.add(new Float32Array(bytes.buffer));
  });
  return new Map([...calibrations].map(([index, calibration]) => [index, calibration.result()]));
}
