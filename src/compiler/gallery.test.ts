import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { GraphRunner } from '../engine/runtimes/worker/tfjs-kernels/graph-runner';
import { prepareGraph } from '../engine/runtimes/worker/tfjs-kernels/prepare';
import { fromBytes } from '../engine/runtimes/worker/tfjs-kernels/tensors';
import { openModel } from '../tflite/format/verify/verify';
import type { Model } from '../tflite/format/model';
import { galleryModel, galleryModels } from '../tflite/testing/models';
import { compileModel } from './compile';
import { errorOf, Instance } from './testing/run';

/** What another runtime gives for the same inputs. */
function byTensorFlow(model: Model, inputs: readonly Float32Array<ArrayBuffer>[]): Float32Array[] {
  const [subgraph] = model.subgraphs;
  if (subgraph === undefined) throw new Error('there is no subgraph');
  const fed = new Map(subgraph.inputs.map((index, position): [number, tf.Tensor] => {
    const [tensor, values] = [subgraph.tensors[index], inputs[position]];
    if (tensor === undefined || values === undefined) throw new Error(`there is no input ${index}`);
    return [index, fromBytes(tensor, 0, 'float32', tensor.shape, new Uint8Array(values.buffer))];
  }));
  return new GraphRunner(prepareGraph(model, 0)).run(fed).outputs.map(({ bytes }) => new Float32Array(bytes.buffer));
}

/** A picture of soft areas in three colours. */
function picture(values: number, height: number): Float32Array<ArrayBuffer> {
  const width = values / 3 / height;
  return Float32Array.from({ length: values }, (_, index) => {
    const [channel, x, y] = [index % 3, (Math.floor(index / 3) % width) / width, Math.floor(index / 3 / width) / height];
    return 0.5 + 0.4 * Math.sin(7 * x + channel) * Math.cos(5 * y - channel);
  });
}

/** What a probability may be, however small the ones of this picture are. */
function rangeOf({ subgraphs: [subgraph] }: Model, position: number): number {
  const made = new Map(subgraph?.operators.map(({ code, outputs: [output = -1], inputs: [input = -1] }) => [output, { name: code.name, input }]));
  let maker = made.get(subgraph?.outputs[position] ?? -1);
  while (maker?.name === 'RESHAPE') maker = made.get(maker.input);
  return maker?.name === 'LOGISTIC' ? 1 : 0;
}

describe('the gallery’s models', () => {
  beforeAll(async () => { await tf.setBackend('wasm'); });

  it.each(galleryModels)('%s gives what TensorFlow.js gives', (name) => {
    const model = openModel(galleryModel(name));
    const compiled = compileModel(model, { relaxed: true });
    const inputs = compiled.inputs.map(({ bytes, tensor }) => picture(bytes / 4, model.subgraphs[0]?.tensors[tensor]?.shape[1] ?? 1));
    const expected = byTensorFlow(model, inputs);
    // These logits go from −1500 to 300 and cancel out on the way: float32 of any runtime is 1e-3 from double precision there.
    const error = (position: number): number => (name.startsWith('pose/') && position === 2 ? 2e-3 : 1e-4);
    for (const relaxed of [true, false]) {
      const instance = new Instance(compileModel(model, { relaxed }));
      // Twice, because the second run finds what the first left.
      instance.run(inputs);
      instance.run(inputs).forEach((output, position) => { expect(errorOf(output, expected[position] ?? [], rangeOf(model, position)), `output ${position}`).toBeLessThan(error(position)); });
    }
  });
});
