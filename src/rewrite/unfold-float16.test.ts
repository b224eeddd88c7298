import { describe, expect, it, test } from 'vitest';
import { fromFloat16Bits } from '../tensor/float16';
import { type Model, isConstant } from '../tflite/format/model';
import { addition, buildModel, type Fields, subgraph, tensor } from '../tflite/testing/build';
import { galleryModel, galleryModels } from '../tflite/testing/models';
import { openModel } from '../tflite/format/verify/verify';
import { writeModel } from '../tflite/format/write/writer';
import { unfoldFloat16 } from './unfold-float16';

const float16 = 1;
/** 3 and −0.333251953125 as halves. */
const halves = new Uint8Array(new Uint16Array([0x4200, 0xb555]).buffer);
const [add, dequantize, cast] = [0, 1, 2];
const codes = [0, 6, 53].map((code) => ({ deprecated_builtin_code: code, builtin_code: code, version: 1 }));

/** `out = a + unfolded(half)`, and what `changes` adds to it or replaces. */
function halfAddition(changes: Fields = {}, model: Fields = {}): Model {
  return openModel(buildModel(addition({
    operator_codes: codes,
    buffers: [{}, { data: halves }],
    subgraphs: [subgraph({
      tensors: [tensor({ name: 'a' }), tensor({ name: 'half', type: float16, buffer: 1 }), tensor({ name: 'unfolded' }), tensor({ name: 'out' }), tensor({ name: 'again' })],
      outputs: [3],
      operators: [{ opcode_index: dequantize, inputs: [1], outputs: [2] }, { opcode_index: add, inputs: [0, 2], outputs: [3] }],
      ...changes,
    })],
    ...model,
  })));
}

function rewritten(model: Model): { readonly constants: number; readonly model: Model } {
  const { model: unfolded, constants } = unfoldFloat16(model);
  return { constants, model: openModel(writeModel(unfolded)) };
}

const described = (model: Model) => model.subgraphs.map(({ tensors, operators }) => ({
  tensors: tensors.map(({ name, dtype, buffer }) => [name, dtype, buffer]),
  operators: operators.map(({ code, inputs, outputs }) => [code.name, inputs, outputs]),
}));

const floats = (data: Uint8Array | undefined) => new Float32Array(data?.slice().buffer ?? new ArrayBuffer(0));

describe('unfoldFloat16', () => {
  it('stores a constant as float32 and takes its DEQUANTIZE away', () => {
    const original = halfAddition();
    const { constants, model } = rewritten(original);
    expect(constants).toBe(1);
    expect(described(model)).toEqual([{
      tensors: [['a', 'float32', 0], ['half', 'float32', 1], ['out', 'float32', 0], ['again', 'float32', 0]],
      operators: [['ADD', [0, 1], [2]]],
    }]);
    expect(model.subgraphs[0]?.outputs).toEqual([2]);
    expect([...floats(model.buffers[1]?.data)]).toEqual([3, -0.333251953125]);
    expect(described(original)[0]?.tensors[1]).toEqual(['half', 'float16', 1]);
  });

  it('lets every reader of a constant that is unfolded twice read the same', () => {
    const { constants, model } = rewritten(halfAddition({
      operators: [
        { opcode_index: dequantize, inputs: [1], outputs: [2] }, { opcode_index: dequantize, inputs: [1], outputs: [4] },
        { opcode_index: add, inputs: [2, 4], outputs: [3] },
      ],
    }));
    expect(constants).toBe(1);
    expect(described(model)[0]?.operators).toEqual([['ADD', [1, 1], [2]]]);
  });

  it('widens what subgraphs share once', () => {
    const one = subgraph({
      tensors: [tensor({ name: 'a' }), tensor({ name: 'half', type: float16, buffer: 1 }), tensor({ name: 'unfolded' }), tensor({ name: 'out' })],
      outputs: [3],
      operators: [{ opcode_index: dequantize, inputs: [1], outputs: [2] }, { opcode_index: add, inputs: [0, 2], outputs: [3] }],
    });
    const { constants, model } = rewritten(halfAddition({}, { subgraphs: [one, one] }));
    expect(constants).toBe(2);
    expect(model.buffers.map(({ data }) => data.length)).toEqual([0, 8]);
    expect(model.subgraphs.map(({ tensors }) => tensors[1]?.buffer)).toEqual([1, 1]);
  });

  it('moves a signature’s tensors with the subgraph’s', () => {
    const { model } = rewritten(halfAddition({}, {
      signature_defs: [{ signature_key: 'main', subgraph_index: 0, inputs: [{ name: 'x', tensor_index: 0 }], outputs: [{ name: 'y', tensor_index: 3 }] }],
    }));
    expect(model.signatures[0]?.outputs).toEqual([{ name: 'y', tensor: 2 }]);
  });

  it('gives a widened constant a buffer of its own where a float16 tensor needs the old one', () => {
    const { constants, model } = rewritten(halfAddition({
      tensors: [tensor({ name: 'a' }), tensor({ name: 'half', type: float16, buffer: 1 }), tensor({ name: 'unfolded' }), tensor({ name: 'out' }), tensor({ name: 'kept', type: float16, buffer: 1 }), tensor({ name: 'cast' })],
      operators: [
        { opcode_index: dequantize, inputs: [1], outputs: [2] }, { opcode_index: cast, inputs: [4], outputs: [5] },
        { opcode_index: add, inputs: [5, 2], outputs: [3] },
      ],
    }));
    expect(constants).toBe(1);
    expect(described(model)[0]?.tensors).toEqual([['a', 'float32', 0], ['half', 'float32', 2], ['out', 'float32', 0], ['kept', 'float16', 1], ['cast', 'float32', 0]]);
    expect([...model.buffers[1]?.data ?? []]).toEqual([...halves]);
  });

  it.each<[string, Fields]>([
    ['that another op reads, too', { operators: [
      { opcode_index: dequantize, inputs: [1], outputs: [2] }, { opcode_index: cast, inputs: [1], outputs: [4] }, { opcode_index: add, inputs: [4, 2], outputs: [3] },
    ] }],
    ['that is an output when unfolded', { outputs: [3, 2] }],
    ['that is an output itself', { outputs: [3, 1] }],
    ['that is an input with a default', { inputs: [0, 1] }],
    ['that nothing reads', { operators: [{ opcode_index: add, inputs: [0, 0], outputs: [3] }] }],
    ['that is unfolded to another type', { tensors: [
      tensor({ name: 'a' }), tensor({ name: 'half', type: float16, buffer: 1 }), tensor({ name: 'unfolded', type: 2 }), tensor({ name: 'out' }),
    ] }],
  ])('leaves a constant %s', (_, changes) => {
    const original = halfAddition(changes);
    expect(unfoldFloat16(original)).toEqual({ model: original, constants: 0 });
  });

  it('leaves other types alone', () => {
    const original = halfAddition({ tensors: [tensor({ name: 'a' }), tensor({ name: 'small', type: 9, buffer: 1, shape: [1, 4] }), tensor({ name: 'unfolded' }), tensor({ name: 'out' })] });
    expect(unfoldFloat16(original).model).toBe(original);
  });
});

// The heaviest model takes seconds, and says what the others say.
test.each(galleryModels.filter((path) => !path.includes('heavy')))('%s has no float16 left, and every value that it had', (path) => {
  const original = openModel(galleryModel(path));
  const before = original.subgraphs[0];
  const { constants, model } = rewritten(original);
  const after = model.subgraphs[0];
  const halved = before?.tensors.filter((entry) => entry.dtype === 'float16' && isConstant(original, entry)) ?? [];
  expect(constants).toBe(halved.length);
  expect(after?.tensors.filter(({ dtype }) => dtype === 'float16')).toEqual([]);
  expect(after?.operators.filter(({ code }) => code.name === 'DEQUANTIZE')).toEqual([]);
  const unfolding = (subgraphOf: typeof before) => subgraphOf?.operators.filter(({ code }) => code.name !== 'DEQUANTIZE').map(({ code }) => code.name);
  expect(unfolding(after)).toEqual(unfolding(before));
  const byName = new Map(after?.tensors.map((entry) => [entry.name, entry]));
  let checked = 0;
  for (const { name, buffer } of halved) {
    const stored = original.buffers[buffer]?.data ?? new Uint8Array(0);
    const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
    const values = floats(model.buffers[byName.get(name)?.buffer ?? 0]?.data);
    if (values.length * 2 !== stored.length) throw new Error(`${name} has ${values.length} values`);
    // One by one through the library would take a minute for the largest model: every 1,021st is enough to notice a shift.
    for (let index = 0; index < values.length; index += 1021) {
      if (!Object.is(values[index], fromFloat16Bits(view.getUint16(index * 2, true)))) throw new Error(`${name}[${index}] is ${values[index]}`);
      checked += 1;
    }
  }
  expect(checked > 0).toBe(halved.length > 0);
});
