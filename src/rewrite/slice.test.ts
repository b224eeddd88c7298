import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensorsFromConstants } from '../tflite/analysis/liveness';
import type { Model } from '../tflite/format/model';
import { addition, buildModel, subgraph, tensor } from '../tflite/testing/build';
import { errorOf, galleryModel, galleryModels } from '../tflite/testing/models';
import { arbitraryNetwork } from '../tflite/testing/networks';
import { openModel } from '../tflite/format/verify/verify';
import { writeModel } from '../tflite/format/write/writer';
import { cutAfter, edgesOf, sliceModel } from './slice';

/** out = ((a + b) × b) − c, with a custom op behind a × b that nobody else reads. */
const chain = openModel(buildModel(addition({
  operator_codes: [{ deprecated_builtin_code: 0 }, { deprecated_builtin_code: 18, builtin_code: 18 }, { deprecated_builtin_code: 41, builtin_code: 41 }, { deprecated_builtin_code: 32, builtin_code: 32, custom_code: 'Strange' }],
  buffers: [{}, { data: new Uint8Array(new Float32Array([3, 4]).buffer) }, { data: new Uint8Array(new Float32Array([5, 6]).buffer) }, { data: new Uint8Array([1, 2]) }],
  metadata: [{ name: 'min_runtime_version', buffer: 3 }],
  signature_defs: [{ signature_key: 'serve', subgraph_index: 0, inputs: [{ name: 'x', tensor_index: 0 }], outputs: [{ name: 'y', tensor_index: 5 }] }],
  subgraphs: [subgraph({
    tensors: [tensor({ name: 'a' }), tensor({ name: 'b', buffer: 1 }), tensor({ name: 'sum' }), tensor({ name: 'product' }), tensor({ name: 'c', buffer: 2 }), tensor({ name: 'out' }), tensor({ name: 'strange' })],
    outputs: [5],
    operators: [
      { opcode_index: 0, inputs: [0, 1], outputs: [2] }, { opcode_index: 1, inputs: [2, 1], outputs: [3] }, { opcode_index: 3, inputs: [3], outputs: [6] }, { opcode_index: 2, inputs: [3, 4], outputs: [5] },
    ],
  })],
})));

const written = (model: Model): Model => openModel(writeModel(model));

describe('a model cut after an op', () => {
  it('gives what the op computed, without the weights and op codes behind it', () => {
    const cut = written(cutAfter(chain, 0, 1));
    expect(cut.operatorCodes.map(({ name }) => name)).toEqual(['ADD', 'MUL']);
    expect(cut.subgraphs[0]?.tensors.map(({ name }) => name)).toEqual(['a', 'b', 'sum', 'product']);
    expect(cut.buffers.map(({ data }) => data.length)).toEqual([0, 8, 2]);
    expect(cut.metadata.map(({ name, buffer }) => [name, [...cut.buffers[buffer]?.data ?? []]])).toEqual([['min_runtime_version', [1, 2]]]);
    expect(cut.signatures).toMatchObject([{ key: 'serve', subgraph: 0, inputs: [{ name: 'x', tensor: 0 }], outputs: [{ name: 'product', tensor: 3 }] }]);
  });

  it('gives what nobody reads too, so that all of its ops run', () => {
    const { subgraphs } = written(cutAfter(chain, 0, 2));
    expect(subgraphs[0]?.outputs.map((index) => subgraphs[0]?.tensors[index]?.name)).toEqual(['product', 'strange']);
  });

  it('leaves the model as it was', () => {
    expect([chain.buffers.length, chain.operatorCodes.length, chain.subgraphs[0]?.tensors.length]).toEqual([4, 4, 7]);
  });
});

describe('a part between tensors', () => {
  it('has the inputs that it was given', () => {
    const part = written(sliceModel(chain, { subgraph: 0, inputs: [3], outputs: [5] }));
    expect(part.subgraphs[0]?.operators.map(({ code }) => code.name)).toEqual(['SUB']);
    expect(part.signatures).toMatchObject([{ inputs: [{ name: 'product' }], outputs: [{ name: 'y' }] }]);
  });

  it('needs the edges that a run of ops has', () => {
    expect(edgesOf(chain, 0, 1, 3)).toEqual({ subgraph: 0, inputs: [2], outputs: [6, 5] });
  });

  it.each([
    ['a tensor that is not there', { subgraph: 0, outputs: [99] }, 'tensor 99'],
    ['a subgraph that is not there', { subgraph: 4, outputs: [0] }, 'subgraph 4'],
    ['no output', { subgraph: 0, outputs: [] }, 'no output'],
    ['outputs that need another input', { subgraph: 0, inputs: [4], outputs: [2] }, '“a”'],
  ])('with %s is refused', (_, slice, reason) => {
    expect(errorOf(() => sliceModel(chain, slice))).toMatchObject({ code: 'INVALID_SLICE', details: expect.stringContaining(reason) as string });
  });
});

/** Kinds of the ops that run, without those that are computed when a model is loaded. */
function running(model: Model): string[] {
  const [graph] = model.subgraphs;
  if (graph === undefined) return [];
  const constants = tensorsFromConstants(model, graph);
  return graph.operators.filter(({ outputs }) => !outputs.every((index) => constants.has(index))).map(({ code }) => code.name);
}

it('cuts made networks anywhere into valid models whose two halves are the whole', () => {
  fc.assert(fc.property(arbitraryNetwork, fc.nat(), (network, at) => {
    const model = openModel(buildModel(network));
    const count = model.subgraphs[0]?.operators.length ?? 0;
    const last = at % count;
    const head = written(cutAfter(model, 0, last));
    expect(running(head)).toEqual(running(model).slice(0, last + 1));
    if (last === count - 1) return;
    const tail = written(sliceModel(model, edgesOf(model, 0, last + 1, count - 1)));
    expect(running(tail)).toEqual(running(model).slice(last + 1));
  }), { numRuns: 60 });
});

it.each(galleryModels)('%s is cut in the middle into a valid model with less than all of its weights', (file) => {
  const model = openModel(galleryModel(file));
  const middle = Math.floor((model.subgraphs[0]?.operators.length ?? 0) / 2);
  const bytes = writeModel(cutAfter(model, 0, middle));
  const cut = openModel(bytes);
  expect(bytes.length).toBeLessThan(model.bytes.length);
  const head = running(model).slice(0, running(cut).length);
  expect(running(cut)).toEqual(head);
});
