import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../errors';
import { type Fields, addition, buildModel, subgraph, tensor } from '../../testing/build';
import { errorOf, fixtureModel, fixtureModels, galleryModel, galleryModels, hasFixtures } from '../../testing/models';
import { openModel } from './verify';

describe('models in use verify clean', () => {
  test.each(galleryModels)('%s', (path) => {
    expect(openModel(galleryModel(path)).subgraphs.length).toBeGreaterThan(0);
  });

  describe.skipIf(!hasFixtures)('fixture models (skipped without the shared folder)', () => {
    test.each(fixtureModels)('%s', (file) => {
      expect(openModel(fixtureModel(file)).subgraphs.length).toBeGreaterThan(0);
    });
  });
});

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const valid = buildModel(addition());
const withIdentifier = (identifier: string): Uint8Array => {
  const copy = valid.slice();
  copy.set(ascii(identifier), 4);
  return copy;
};

describe('files that are no model', () => {
  const cases: readonly (readonly [what: string, bytes: Uint8Array, code: ErrorCode, details: RegExp])[] = [
    ['an empty file', new Uint8Array(0), 'EMPTY_FILE', /^$/],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13), 'NOT_TFLITE', /^$/],
    ['a web page', ascii('<!doctype html><title>404</title>'), 'NOT_TFLITE', /web page/],
    ['a Git LFS pointer', ascii('version https://git-lfs.github.com/spec/v1\noid sha256:0'), 'NOT_TFLITE', /Git LFS/],
    ['three bytes', Uint8Array.of(1, 2, 3), 'NOT_TFLITE', /3 bytes/],
    ['the first six bytes', valid.subarray(0, 6), 'TRUNCATED', /6 bytes/],
    ['another kind of FlatBuffer', withIdentifier('ARW1'), 'WRONG_IDENTIFIER', /ARW1/],
    ['an older identifier', withIdentifier('TFL2'), 'UNSUPPORTED_SCHEMA_VERSION', /TFL2/],
    ['another version in the header', buildModel(addition({ version: 4 })), 'UNSUPPORTED_SCHEMA_VERSION', /version 4/],
    ['half a model', valid.subarray(0, valid.length / 2), 'TRUNCATED', /the file has \d+ bytes/],
    ['a model without its last byte', galleryModel('selfie_segmentation/selfie_segmentation.tflite').subarray(0, -1), 'TRUNCATED', /reaches/],
    ['a root offset of 4 GB', Uint8Array.of(255, 255, 255, 255, ...ascii('TFL3'), 0, 0, 0, 0), 'CORRUPTED', /root/],
    ['a root offset of 0', Uint8Array.of(0, 0, 0, 0, ...ascii('TFL3'), 0, 0, 0, 0), 'CORRUPTED', /itself/],
  ];

  test.each(cases)('%s', (_, bytes, code, details) => {
    const error = errorOf(() => openModel(bytes));
    expect(error.code).toBe(code);
    expect(error.details).toMatch(details);
  });
});

describe('models that contradict themselves', () => {
  const operator = (changes: Fields): Fields => addition({ subgraphs: [subgraph({ operators: [{ opcode_index: 0, inputs: [0, 1], outputs: [2], ...changes }] })] });
  const tensors = (...changes: Fields[]): Fields => addition({ subgraphs: [subgraph({ tensors: [0, 1, 2].map((index) => tensor({ ...(index === 1 ? { buffer: 1 } : {}), ...changes[index] })) })] });
  const quantized = (quantization: Fields): Fields => tensors({ type: 9, quantization });
  /** A constant of strings with this head, and four bytes of text. */
  const strings = (...head: number[]): Fields => ({
    ...tensors({ type: 5, shape: [2] }, { type: 5, shape: [2] }, { type: 5, shape: [2] }), buffers: [{}, { data: new Uint8Array([...new Uint8Array(Int32Array.from(head).buffer), 97, 98, 99, 100]) }],
  });
  const calling = (...called: number[][]): Fields => addition({
    operator_codes: [{ builtin_code: 119 }],
    subgraphs: called.map((indices) => subgraph({
      operators: [{ inputs: [0, 1], outputs: [2] }, ...indices.map((index) => ({ inputs: [2], outputs: [], builtin_options: { member: 'WhileOptions', value: { cond_subgraph_index: index, body_subgraph_index: index } } }))],
    })),
  });

  const cases: readonly (readonly [what: string, model: Fields, code: ErrorCode, place: string, details: RegExp])[] = [
    ['no subgraph', addition({ subgraphs: [] }), 'CORRUPTED', 'model', /no subgraph/],
    ['an op code out of range', operator({ opcode_index: 7 }), 'CORRUPTED', 'subgraph 0, op 0', /operator code 7 of 1/],
    ['an op code below 0', addition({ operator_codes: [{ deprecated_builtin_code: -3, builtin_code: -3 }] }), 'CORRUPTED', 'operator code 0', /-3/],
    ['a custom op without a name', addition({ operator_codes: [{ builtin_code: 32 }] }), 'CORRUPTED', 'operator code 0', /no name/],
    ['an input tensor out of range', operator({ inputs: [0, 9] }), 'CORRUPTED', 'subgraph 0, op 0, ADD, input 1', /tensor 9 of 3/],
    ['an input tensor of −2', operator({ inputs: [-2, 1] }), 'CORRUPTED', 'subgraph 0, op 0, ADD, input 0', /tensor -2/],
    ['an output tensor out of range', operator({ outputs: [3] }), 'CORRUPTED', 'subgraph 0, op 0, ADD, output 0', /tensor 3 of 3/],
    ['an intermediate tensor out of range', operator({ intermediates: [4] }), 'CORRUPTED', 'subgraph 0, op 0, ADD, intermediate 0', /tensor 4/],
    ['an op that consumes its own output', operator({ inputs: [0, 2] }), 'CORRUPTED', 'subgraph 0, op 0, ADD, input 1', /its own output/],
    ['an input that nothing produces', tensors({}, { buffer: 0 }), 'CORRUPTED', 'subgraph 0, op 0, ADD, input 1', /nothing produces tensor 1/],
    ['ops that wait for each other', addition({ subgraphs: [subgraph({ tensors: [tensor(), tensor(), tensor()], operators: [{ inputs: [0, 2], outputs: [1] }, { inputs: [1], outputs: [2] }] })] }),
      'CORRUPTED', 'subgraph 0, op 0, ADD, input 1', /produced later, by op 1/],
    ['an output that nothing produces', addition({ subgraphs: [subgraph({ operators: [] })] }), 'CORRUPTED', 'subgraph 0, output 0', /nothing produces/],
    ['a graph input out of range', addition({ subgraphs: [subgraph({ inputs: [5] })] }), 'CORRUPTED', 'subgraph 0, input 0', /tensor 5/],
    ['a buffer out of range', tensors({}, {}, { buffer: 2 }), 'CORRUPTED', 'subgraph 0, tensor 2', /buffer 2 of 2/],
    ['a negative dimension', tensors({ shape: [-5, 2] }), 'CORRUPTED', 'subgraph 0, tensor 0', /-5/],
    ['a free dimension in a constant', tensors({}, { shape: [-1, 2] }), 'CORRUPTED', 'subgraph 0, tensor 1', /-1/],
    ['33 dimensions', tensors({ shape: Array.from({ length: 33 }, () => 1) }), 'CORRUPTED', 'subgraph 0, tensor 0', /33 dimensions/],
    ['a shape signature of another rank', tensors({ shape_signature: [-1] }), 'CORRUPTED', 'subgraph 0, tensor 0', /signature 1/],
    ['too few bytes for a constant', tensors({}, { shape: [3, 2] }), 'CORRUPTED', 'subgraph 0, tensor 1', /24 bytes, buffer 1 has 8/],
    ['strings beyond their buffer', strings(2, 16, 20, 24), 'CORRUPTED', 'subgraph 0, tensor 1', /string 2 begins at byte 24, outside of bytes 20 to 20, in buffer 1/],
    ['strings that run backwards', strings(2, 16, 14, 20), 'CORRUPTED', 'subgraph 0, tensor 1', /string 1 begins at byte 14/],
    ['more strings than bytes', strings(99, 16, 18, 20), 'CORRUPTED', 'subgraph 0, tensor 1', /99 strings are stated in 20 bytes/],
    ['a value that its enum does not have', operator({ builtin_options: { member: 'AddOptions', value: { fused_activation_function: 77 } } }), 'CORRUPTED', 'subgraph 0, op 0, ADD', /has no value 77/],
    ['an element type beyond the format', tensors({ type: 99 }), 'CORRUPTED', 'subgraph 0, tensor 0', /TensorType has no value 99/],
    ['more scales than zero points', quantized({ scale: [1, 2], zero_point: [0] }), 'INVALID_QUANTIZATION', 'subgraph 0, tensor 0', /2 scales have 1 zero points/],
    ['scales along a missing dimension', quantized({ scale: [1, 2], zero_point: [0, 0], quantized_dimension: 4 }), 'INVALID_QUANTIZATION', 'subgraph 0, tensor 0', /dimension 4/],
    ['scales of another count', quantized({ scale: [1, 2, 3], zero_point: [0, 0, 0], quantized_dimension: 1 }), 'INVALID_QUANTIZATION', 'subgraph 0, tensor 0', /2 long and has 3/],
    ['a scale of 0', quantized({ scale: [0], zero_point: [0] }), 'INVALID_QUANTIZATION', 'subgraph 0, tensor 0', /scale 0 is 0/],
    ['a scale that is no number', quantized({ scale: [1, NaN], zero_point: [0, 0], quantized_dimension: 1 }), 'INVALID_QUANTIZATION', 'subgraph 0, tensor 0', /scale 1 is NaN/],
    ['a zero point beyond 2⁵³', quantized({ scale: [1], zero_point: [2n ** 60n] }), 'INVALID_QUANTIZATION', 'subgraph 0, tensor 0', /1152921504606846976/],
    ['blockwise scales out of range', quantized({ details: { member: 'BlockwiseQuantization', value: { scales: 8, zero_points: -1, block_size: 32 } } }),
      'INVALID_QUANTIZATION', 'subgraph 0, tensor 0', /tensor 8/],
    ['a signature of a missing subgraph', addition({ signature_defs: [{ signature_key: 's', subgraph_index: 3 }] }), 'CORRUPTED', 'signature 0', /subgraph 3 of 1/],
    ['a signature with a missing tensor', addition({ signature_defs: [{ inputs: [{ name: 'x', tensor_index: 3 }], subgraph_index: 0 }] }), 'CORRUPTED', 'signature 0', /"x" refers to tensor 3/],
    ['metadata in a missing buffer', addition({ metadata: [{ name: 'note', buffer: 9 }] }), 'CORRUPTED', 'metadata 0', /buffer 9/],
    ['a call of a missing subgraph', calling([4]), 'CORRUPTED', 'subgraph 0, op 1, WHILE', /subgraph 4 of 1/],
    ['a subgraph that calls itself', calling([0]), 'CORRUPTED', 'subgraph 0', /circle/],
    ['subgraphs that call each other', calling([1], [2], [1]), 'CORRUPTED', 'subgraph 0', /circle/],
    ['data behind the end', addition({ buffers: [{}, { offset: 100_000, size: 8 }] }), 'TRUNCATED', 'buffer 1', /100008/],
    ['data at an impossible offset', addition({ buffers: [{}, { offset: 2n ** 63n, size: 8 }] }), 'CORRUPTED', 'buffer 1', /offset is/],
  ];

  test.each(cases)('%s', (_, model, code, place, details) => {
    const error = errorOf(() => openModel(buildModel(model)));
    expect([error.code, error.place]).toEqual([code, place]);
    expect(error.details).toMatch(details);
  });

  test.each<[string, Fields]>([
    ['an optional input', operator({ inputs: [0, -1] })],
    ['15 int4 elements in 8 bytes', tensors({}, { shape: [15], type: 17 })],
    ['8 float8 elements in 8 bytes', tensors({}, { shape: [8], type: 21 })],
    ['31 int2 elements in 8 bytes', tensors({}, { shape: [31], type: 19 })],
    ['strings of any length, the empty one too', strings(2, 16, 20, 20)],
    ['a variable tensor that nothing produces', tensors({}, { buffer: 0, is_variable: true })],
    ['a constant without elements', tensors({}, { buffer: 0, shape: [0] })],
    ['a range without scales', quantized({ min: [0], max: [6] })],
    ['free dimensions in the signature', tensors({ shape_signature: [-1, 2] })],
    ['subgraphs that call others twice', calling([1, 2, 2], [2], [])],
  ])('%s is allowed', (_, model) => {
    expect(openModel(buildModel(model)).version).toBe(3);
  });
});
