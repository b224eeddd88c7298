import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outputsOf } from '../rewrite/testing/interpreter';
import { numbers } from '../engine/runtimes/worker/tfjs-kernels/testing/one-op';
import { addition, buildModel, subgraph, tensor } from '../tflite/testing/build';
import { openModel } from '../tflite/format/verify/verify';
import { builtinOperators } from '../tflite/format/schema/operators';
import { errorOf as thrownBy, galleryModel } from '../tflite/testing/models';
import { arbitraryNetwork } from '../tflite/testing/networks';
import { compileModel } from './compile';
import { arrange } from './plan/arena';
import { errorOf, Instance, runChecked } from './testing/run';

const floats = (values: readonly number[]): { readonly data: Uint8Array } => ({ data: new Uint8Array(Float32Array.from(values).buffer) });
const integers = (values: readonly number[]): { readonly data: Uint8Array } => ({ data: new Uint8Array(Int32Array.from(values).buffer) });
const code = (name: (typeof builtinOperators)[number]) => ({ deprecated_builtin_code: Math.min(127, builtinOperators.indexOf(name)), builtin_code: builtinOperators.indexOf(name), version: 1 });

describe('compiled networks', () => {
  it('give what double precision gives, whatever their layers, and touch nothing but their plan’s memory', () => {
    fc.assert(fc.property(arbitraryNetwork, fc.nat(), fc.boolean(), (network, seed, relaxed) => {
      const model = openModel(buildModel(network));
      const inputs = (model.subgraphs[0]?.inputs ?? []).map((index) => numbers(model.subgraphs[0]?.tensors[index]?.shape ?? [], seed).values);
      const expected = outputsOf(model, inputs);
      runChecked(model, inputs, relaxed).forEach((output, position) => { expect(errorOf(output, expected[position] ?? [])).toBeLessThan(1e-4); });
    }), { numRuns: 200 });
  });

  it('give the same in every run, whatever the one before left in memory', () => {
    const compiled = compileModel(openModel(galleryModel('face_detection/face_detection_short_range.tflite')), { relaxed: true });
    const instance = new Instance(compiled);
    const [one, other] = [1, 2].map((seed) => numbers([128 * 128 * 3], seed).values) as [readonly number[], readonly number[]];
    const first = instance.run([one]);
    expect(instance.run([other])).not.toEqual(first);
    expect(instance.run([one])).toEqual(first);
  });
});

/** input [1,4,4,4] → convolution 1×1 and RELU → PAD → convolution 3×3, added to the first with more channels → RESHAPE beside another one → output. */
function branching(): Uint8Array {
  const conv = { stride_w: 1, stride_h: 1, padding: 1 };
  return buildModel({
    version: 3,
    operator_codes: ['CONV_2D', 'RELU', 'PAD', 'ADD', 'RESHAPE', 'CONCATENATION'].map((name) => code(name as 'CONV_2D')),
    buffers: [{}, floats(numbers([4 * 4], 1).values), floats(numbers([6 * 9 * 4], 2).values), integers([0, 0, 1, 1, 1, 1, 0, 0]), integers([0, 0, 0, 0, 0, 0, 0, 2]), integers([1, 96]), integers([1, 64]), floats([1, 2, 3, 4, 5, 6])],
    subgraphs: [{
      name: 'main', inputs: [0], outputs: [14],
      tensors: [
        { shape: [1, 4, 4, 4] }, { shape: [4, 1, 1, 4], buffer: 1 }, { shape: [6, 3, 3, 4], buffer: 2 }, { shape: [4, 2], type: 2, buffer: 3 }, { shape: [4, 2], type: 2, buffer: 4 }, { shape: [2], type: 2, buffer: 5 }, { shape: [2], type: 2, buffer: 6 },
        { shape: [1, 4, 4, 4] }, { shape: [1, 4, 4, 4] }, { shape: [1, 6, 6, 4] }, { shape: [1, 4, 4, 6] }, { shape: [1, 4, 4, 6] }, { shape: [1, 4, 4, 6] }, { shape: [1, 96] }, { shape: [1, 160] }, { shape: [1, 64] }, { shape: [6], buffer: 7 },
      ].map((each) => tensor(each)),
      operators: [
        { opcode_index: 0, inputs: [0, 1], outputs: [7], builtin_options: { member: 'Conv2DOptions', value: conv } },
        { opcode_index: 1, inputs: [7], outputs: [8] },
        { opcode_index: 2, inputs: [8, 3], outputs: [9], builtin_options: { member: 'PadOptions', value: {} } },
        { opcode_index: 0, inputs: [9, 2, 16], outputs: [10], builtin_options: { member: 'Conv2DOptions', value: conv } },
        { opcode_index: 2, inputs: [8, 4], outputs: [11], builtin_options: { member: 'PadOptions', value: {} } },
        { opcode_index: 3, inputs: [10, 11], outputs: [12], builtin_options: { member: 'AddOptions', value: { fused_activation_function: 3 } } },
        { opcode_index: 4, inputs: [12, 5], outputs: [13] },
        { opcode_index: 4, inputs: [8, 6], outputs: [15] },
        { opcode_index: 5, inputs: [13, 15], outputs: [14], builtin_options: { member: 'ConcatenationOptions', value: { axis: 1 } } },
      ],
    }],
  });
}

describe('the plan', () => {
  it('says which ops became which call: pads, activations and additions went into convolutions, what is joined lies where it belongs', () => {
    const model = openModel(branching());
    expect(compileModel(model, { relaxed: true }).plan.split('\n')).toEqual([
      // Read by a convolution with margins and joined to the output, where there is no room for any.
      '0 convolution 1×1: 4×4×4 → 4×4×4 (ops 0, 1)',
      '1 copy: 4×4×4 → 4×4×4',
      '2 convolution 3×3: 4×4×4 + 4×4×4 → 4×4×6 (ops 2, 3, 4, 5)',
    ]);
    const input = numbers([1, 4, 4, 4], 5).values;
    expect(errorOf(runChecked(model, [input])[0] ?? [], outputsOf(model, [input])[0] ?? [])).toBeLessThan(1e-6);
  });

  it('of face detection has 41 calls for 164 ops, one of which only moves elements', () => {
    const model = openModel(galleryModel('face_detection/face_detection_short_range.tflite'));
    const { plan, memoryBytes, calls } = compileModel(model, { relaxed: true });
    expect([model.subgraphs[0]?.operators.length, calls.length, plan.split('\n').filter((line) => /copy|concatenation|reshape/.test(line)).length]).toEqual([164, 41, 1]);
    expect(memoryBytes).toBeLessThan(2.5e6);
  });

  it('reuses memory: what is needed at the same time lies apart, the rest together', () => {
    const blocks = [{ bytes: 100, from: 0, to: 1 }, { bytes: 200, from: 1, to: 2 }, { bytes: 100, from: 2, to: 3 }, { bytes: 60, from: 0, to: 3 }];
    const { offsets, bytes } = arrange(blocks);
    expect(offsets).toEqual([256, 0, 256, 384]);
    expect(bytes).toBe(448);
  });
});

describe('what cannot be compiled', () => {
  it('names every op without a kernel, and the place of the first', () => {
    const model = openModel(buildModel({
      version: 3, operator_codes: [code('SIN'), code('ADD'), code('COS')], buffers: [{}],
      subgraphs: [subgraph({ tensors: [tensor(), tensor(), tensor(), tensor()], inputs: [0], outputs: [3], operators: [{ opcode_index: 1, inputs: [0, 0], outputs: [1], builtin_options: { member: 'AddOptions', value: {} } }, { opcode_index: 0, inputs: [1], outputs: [2] }, { opcode_index: 2, inputs: [2], outputs: [3] }] })],
    }));
    const error = thrownBy(() => compileModel(model, { relaxed: true }));
    expect([error.code, error.details, error.place]).toEqual(['UNSUPPORTED_OP', 'The compiler has no kernel for SIN, COS.', 'subgraph 0, op 1, SIN']);
  });

  it('takes and gives float32 alone', () => {
    const model = openModel(buildModel(addition({ subgraphs: [subgraph({ tensors: [tensor({ name: 'a', type: 9 }), tensor({ buffer: 1 }), tensor({ name: 'out' })] })] })));
    const error = thrownBy(() => compileModel(model, { relaxed: true }));
    expect([error.code, error.details]).toEqual(['UNSUPPORTED_DTYPE', 'The compiler takes and gives float32; “a” is int8.']);
  });
});
