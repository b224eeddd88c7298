import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../errors';
import { type Fields, addition, buildModel, subgraph, tensor } from '../../testing/build';
import { errorOf, fixtureModel, fixtureModels, galleryModel, galleryModels, hasFixtures } from '../../testing/models';
import { inferSubgraph } from '../../analysis/infer-shapes';
import { modelCosts } from '../../analysis/costs';
import type { SubGraph } from '../model';
import { type NoteCode, noteCodes, noteSentence } from '../notes';
import { signaturesOf } from '../../analysis/signatures';
import { summarize } from '../../analysis/summarize';
import { meaningOf } from '../../testing/round-trip';
import { assertSoundModel, openModel, verify } from './verify';
import { writeModel } from '../write/writer';

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
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13), 'NOT_TFLITE', /picture/],
    ['a web page', ascii('<!doctype html><title>404</title>'), 'WEB_PAGE', /web page/],
    ['a Git LFS pointer', ascii('version https://git-lfs.github.com/spec/v1\noid sha256:0'), 'GIT_LFS_POINTER', /Git LFS/],
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

  const refused: readonly (readonly [what: string, model: Fields, code: ErrorCode, place: string, details: RegExp])[] = [
    ['no subgraph', addition({ subgraphs: [] }), 'CORRUPTED', 'model', /no subgraph/],
    ['a negative dimension', tensors({ shape: [-5, 2] }), 'CORRUPTED', 'subgraph 0, tensor 0', /-5/],
    ['a free dimension in a constant', tensors({}, { shape: [-1, 2] }), 'CORRUPTED', 'subgraph 0, tensor 1', /-1/],
    ['33 dimensions', tensors({ shape: Array.from({ length: 33 }, () => 1) }), 'CORRUPTED', 'subgraph 0, tensor 0', /33 dimensions/],
    ['an element type beyond the format', tensors({ type: 99 }), 'CORRUPTED', 'subgraph 0, tensor 0', /TensorType has no value 99/],
    ['a subgraph that calls itself', calling([0]), 'CORRUPTED', 'subgraph 0', /circle/],
    ['subgraphs that call each other', calling([1], [2], [1]), 'CORRUPTED', 'subgraph 0', /circle/],
    ['data behind the end', addition({ buffers: [{}, { offset: 100_000, size: 8 }] }), 'TRUNCATED', 'buffer 1', /100008/],
    ['data at an impossible offset', addition({ buffers: [{}, { offset: 2n ** 63n, size: 8 }] }), 'CORRUPTED', 'buffer 1', /offset is/],
  ];

  test.each(refused)('%s is refused', (_, model, code, place, details) => {
    const error = errorOf(() => openModel(buildModel(model)));
    expect([error.code, error.place]).toEqual([code, place]);
    expect(error.details).toMatch(details);
  });

  const contradictions: readonly (readonly [what: string, model: Fields, code: NoteCode, place: string, details: RegExp, runs?: true])[] = [
    ['an op code out of range', operator({ opcode_index: 7 }), 'UNKNOWN_OP_CODE', 'subgraph 0, op 0, OPERATOR_CODE_7', /operator code 7 of 1/],
    ['an op code below 0', addition({ operator_codes: [{ deprecated_builtin_code: -3, builtin_code: -3 }] }), 'UNKNOWN_OP_CODE', 'operator code 0', /-3/],
    ['a custom op without a name', addition({ operator_codes: [{ builtin_code: 32 }] }), 'NAMELESS_CUSTOM_OP', 'operator code 0', /no name/],
    ['an input tensor out of range', operator({ inputs: [0, 9] }), 'MISSING_TENSOR', 'subgraph 0, op 0, ADD, input 1', /tensor 9 of 3/],
    ['an input tensor of −2', operator({ inputs: [-2, 1] }), 'MISSING_TENSOR', 'subgraph 0, op 0, ADD, input 0', /tensor -2/],
    ['an output tensor out of range', operator({ outputs: [2, 3] }), 'MISSING_TENSOR', 'subgraph 0, op 0, ADD, output 1', /tensor 3 of 3/],
    ['an intermediate tensor out of range', operator({ intermediates: [4] }), 'MISSING_TENSOR', 'subgraph 0, op 0, ADD, intermediate 0', /tensor 4/],
    ['an op that consumes its own output', operator({ inputs: [0, 2] }), 'WRONG_ORDER', 'subgraph 0, op 0, ADD, input 1', /its own output/],
    ['an input that nothing produces', tensors({}, { buffer: 0 }), 'NO_PRODUCER', 'subgraph 0, op 0, ADD, input 1', /nothing produces tensor 1/],
    ['ops that wait for each other', addition({ subgraphs: [subgraph({ tensors: [tensor(), tensor(), tensor()], operators: [{ inputs: [0, 2], outputs: [1] }, { inputs: [1], outputs: [2] }] })] }),
      'WRONG_ORDER', 'subgraph 0, op 0, ADD, input 1', /produced later, by op 1/],
    ['a shape that only the settings state', addition({ operator_codes: [{ builtin_code: 22 }], subgraphs: [subgraph({ tensors: [tensor(), tensor({ type: 2, shape: [2] }), tensor()] })] }),
      'UNSTATED_SHAPE', 'subgraph 0, op 0, RESHAPE, input 1', /nothing produces tensor 1/, true],
    ['an output that nothing produces', addition({ subgraphs: [subgraph({ operators: [] })] }), 'NO_PRODUCER', 'subgraph 0, output 0', /nothing produces tensor 2/],
    ['a graph input out of range', addition({ subgraphs: [subgraph({ inputs: [0, 5] })] }), 'MISSING_TENSOR', 'subgraph 0, input 1', /tensor 5 of 3/],
    ['a buffer out of range', tensors({}, {}, { buffer: 2 }), 'MISSING_BUFFER', 'subgraph 0, tensor 2', /buffer 2 of 2/],
    ['an external buffer that is not listed', tensors({}, {}, { external_buffer: 6 }), 'MISSING_BUFFER', 'subgraph 0, tensor 2', /external buffer 6/],
    ['a shape signature of another rank', tensors({ shape_signature: [-1] }), 'SHAPE_SIGNATURE', 'subgraph 0, tensor 0', /\[1, 2\], its signature \[-1\]/],
    ['a shape signature that is no shape', tensors({ shape_signature: [-7, 2] }), 'SHAPE_SIGNATURE', 'subgraph 0, tensor 0', /signature \[-7, 2\]/],
    ['too few bytes for a constant', tensors({}, { name: 'b', shape: [3, 2] }), 'DATA_SIZE', 'subgraph 0, tensor 1 “b”', /24 bytes, buffer 1 has 8/],
    ['strings beyond their buffer', strings(2, 16, 20, 24), 'STRINGS', 'subgraph 0, tensor 1', /string 2 begins at byte 24, outside of bytes 20 to 20, in buffer 1/],
    ['strings that run backwards', strings(2, 16, 14, 20), 'STRINGS', 'subgraph 0, tensor 1', /string 1 begins at byte 14/],
    ['more strings than bytes', strings(99, 16, 18, 20), 'STRINGS', 'subgraph 0, tensor 1', /99 strings are stated in 20 bytes/],
    ['a sparse tensor of other dimensions', tensors({}, { sparsity: { traversal_order: [0], dim_metadata: [{ dense_size: 1 }] } }), 'SPARSITY', 'subgraph 0, tensor 1', /describes 1 dimensions/],
    ['a sparse tensor in an order that is none', tensors({}, { sparsity: { traversal_order: [0, 0], dim_metadata: [{ dense_size: 1 }, { dense_size: 2 }] } }), 'SPARSITY', 'subgraph 0, tensor 1', /no permutation/],
    ['a value that its enum does not have', operator({ builtin_options: { member: 'AddOptions', value: { fused_activation_function: 77 } } }), 'UNKNOWN_SETTING', 'subgraph 0, op 0, ADD', /does not have/, true],
    ['more scales than zero points', quantized({ scale: [1, 2], zero_point: [0], quantized_dimension: 1 }), 'SCALES', 'subgraph 0, tensor 0', /2 scales have 1 zero points/],
    ['scales along a missing dimension', quantized({ scale: [1, 2], zero_point: [0, 0], quantized_dimension: 4 }), 'QUANTIZED_DIMENSION', 'subgraph 0, tensor 0', /dimension 4 lies outside of its rank 2/, true],
    ['scales of another count', quantized({ scale: [1, 2, 3], zero_point: [0, 0, 0], quantized_dimension: 1 }), 'SCALES', 'subgraph 0, tensor 0', /2 long and has 3/],
    ['a scale of 0', quantized({ scale: [0], zero_point: [0] }), 'SCALE_VALUE', 'subgraph 0, tensor 0', /scale 0 is 0/, true],
    ['a scale that is no number', quantized({ scale: [1, NaN], zero_point: [0, 0], quantized_dimension: 1 }), 'SCALE_VALUE', 'subgraph 0, tensor 0', /scale 1 is NaN/, true],
    ['a zero point beyond 2⁵³', quantized({ scale: [1], zero_point: [2n ** 60n] }), 'ZERO_POINT', 'subgraph 0, tensor 0', /1152921504606846976/, true],
    ['blockwise scales out of range', quantized({ details: { member: 'BlockwiseQuantization', value: { scales: 8, zero_points: -1, block_size: 32 } } }), 'MISSING_TENSOR', 'subgraph 0, tensor 0', /tensor 8/],
    ['blocks without a size', quantized({ details: { member: 'BlockwiseQuantization', value: { scales: 1, zero_points: -1 } } }), 'SCALES', 'subgraph 0, tensor 0', /block size is 0/],
    ['a signature of a missing subgraph', addition({ signature_defs: [{ signature_key: 's', subgraph_index: 3 }] }), 'MISSING_SUBGRAPH', 'signature 0', /subgraph 3 of 1/],
    ['a signature with a missing tensor', addition({ signature_defs: [{ inputs: [{ name: 'x', tensor_index: 3 }], subgraph_index: 0 }] }), 'MISSING_TENSOR', 'signature 0', /“x” refers to tensor 3/],
    ['metadata in a missing buffer', addition({ metadata: [{ name: 'note', buffer: 9 }] }), 'MISSING_BUFFER', 'metadata 0', /buffer 9 of 2/],
    ['a call of a missing subgraph', calling([4]), 'MISSING_SUBGRAPH', 'subgraph 0, op 1, WHILE', /subgraph 4 of 1/],
  ];

  const noted = contradictions.map(([what, model, code, place, details, runs = false]) => ({ what, model, code, place, details, runs }));

  test.each(noted)('$what is noted', ({ model, code, place, details, runs }) => {
    const file = buildModel(model);
    const opened = openModel(file);
    const note = verify(opened).find((each) => each.code === code);
    expect([note?.place, note?.runs]).toEqual([place, runs]);
    expect(note?.details).toMatch(details);
    expect(note?.consequence).not.toBe('');
    expect(summarize(opened).notes).toEqual(verify(opened));
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
    expect(verify(openModel(buildModel(model)))).toEqual([]);
  });

  test('CONTRIBUTING lists every note', () => {
    const said = readFileSync(new URL('../../../../CONTRIBUTING.md', import.meta.url), 'utf8');
    expect(noteCodes.filter((code) => !said.includes(`\`${code}\``))).toEqual([]);
  });

  test('every note has its model above', () => {
    expect(new Set([...noted.map(({ code }) => code), 'MORE'])).toEqual(new Set(noteCodes));
  });

  describe('a model with a note', () => {
    test.each(noted)('$what can be looked at in every way', ({ model }) => {
      const opened = openModel(buildModel(model));
      expect(modelCosts(opened).perOp.length).toBe(opened.subgraphs.reduce((sum, { operators }) => sum + operators.length, 0));
      expect(inferSubgraph(opened, opened.subgraphs[0] as SubGraph).shapes.length).toBe(opened.subgraphs[0]?.tensors.length);
      expect(signaturesOf(opened).length).toBe(1);
    });

    test.each(noted.filter(({ code }) => code !== 'ZERO_POINT'))('$what is written as it was', ({ model }) => {
      const opened = openModel(buildModel(model));
      const again = openModel(writeModel(opened));
      expect(meaningOf(again)).toEqual(meaningOf(opened));
      expect(verify(again)).toEqual(verify(opened));
    });

    test('a zero point that was not read exactly is not written', () => {
      const opened = openModel(buildModel(quantized({ scale: [1], zero_point: [2n ** 60n + 1n] })));
      expect(errorOf(() => writeModel(opened))).toMatchObject({ code: 'INVALID_QUANTIZATION', place: 'subgraph 0, tensor 0' });
    });

    test.each(noted)('$what: what relies on the model refuses it by name or not at all', ({ model, place, runs }) => {
      const opened = openModel(buildModel(model));
      if (runs) { assertSoundModel(opened); return; }
      expect(errorOf(() => { assertSoundModel(opened); })).toMatchObject({ code: 'MODEL_UNSOUND', place });
    });

    test('is one sentence', () => {
      const [note] = verify(openModel(buildModel(tensors({}, {}, { name: 'bias', type: 2, shape: [2], quantization: { scale: [1, 2], zero_point: [0, 0], quantized_dimension: 3 } }))));
      expect(note === undefined ? '' : noteSentence(note)).toBe('subgraph 0, tensor 2 “bias”: its quantized dimension 3 lies outside of its rank 1; '
        + 'its scales are taken along its only dimension; tfjs-kernels runs it so, the other runtimes may refuse the model.');
    });

    test('a thousand notes are fifty, and those that keep it from running are not lost behind others', () => {
      const many = Array.from({ length: 1000 }, () => tensor({ type: 9, quantization: { scale: [0], zero_point: [0] } }));
      const opened = openModel(buildModel(addition({ subgraphs: [subgraph({ tensors: [...many, tensor({ buffer: 7 })], inputs: [0], outputs: [0], operators: [] })] })));
      const notes = verify(opened);
      expect([notes.length, notes.at(-2)?.code, notes.at(-1)?.code, notes.at(-1)?.details]).toEqual([52, 'MISSING_BUFFER', 'MORE', '950 more places contradict something']);
      expect(errorOf(() => { assertSoundModel(opened); })).toMatchObject({ code: 'MODEL_UNSOUND', place: 'subgraph 0, tensor 1000' });
    });
  });
});
