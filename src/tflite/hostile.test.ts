import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LitescopeError } from '../errors';
import { modelSchema } from './schema';
import { fixShapes, freeDimensions } from './shapes';
import { summarize } from './summarize';
import { Source } from './table';
import { addition, buildMetadata, buildModel, subgraph, tensor } from './testing/build';
import { errorOf, galleryModel } from './testing/models';
import { openModel } from './verify';

const codes = ['EMPTY_FILE', 'NOT_TFLITE', 'WRONG_IDENTIFIER', 'UNSUPPORTED_SCHEMA_VERSION', 'TRUNCATED', 'CORRUPTED', 'INVALID_QUANTIZATION', 'UNSUPPORTED_DTYPE'];

/** Opens and uses a file in every way; anything but a typed error fails the test. */
function attempt(bytes: Uint8Array): string {
  try {
    const model = openModel(bytes);
    summarize(model);
    fixShapes(bytes, model, Object.fromEntries(freeDimensions(model).map(({ tensorName }) => [tensorName, [2, 2]])));
    return 'parsed';
  } catch (error) {
    if (!(error instanceof LitescopeError)) throw error;
    expect([...codes, 'INVALID_SHAPE']).toContain(error.code);
    return error.code;
  }
}

const metadata = buildMetadata({ name: 'm', subgraph_metadata: [{ output_tensor_metadata: [{ name: 'o', associated_files: [{ name: 'labels.txt', type: 2 }] }] }] });
const rich = buildModel(addition({
  buffers: [{}, { data: new Uint8Array(8) }, { data: metadata }],
  metadata: [{ name: 'TFLITE_METADATA', buffer: 2 }],
  signature_defs: [{ signature_key: 'serve', inputs: [{ name: 'x', tensor_index: 0 }], outputs: [{ name: 'y', tensor_index: 2 }], subgraph_index: 0 }],
  subgraphs: [subgraph({
    tensors: [
      tensor({ name: 'a', shape_signature: [-1, 2], quantization: { scale: [0.5], zero_point: [3] } }),
      tensor({ name: 'b', buffer: 1, sparsity: { traversal_order: [0, 1], dim_metadata: [{ dense_size: 1 }, { format: 1, array_segments: { member: 'Uint8Vector', value: { values: Uint8Array.of(0, 1) } } }] } }),
      tensor({ name: 'out', shape_signature: [-1, 2] }),
    ],
  })],
}));
const small = galleryModel('face_detection/face_detection_short_range.tflite').slice();
const models = [rich, buildModel(addition()), small];

/** A small generator with a seed, so that a failure can be repeated. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Where a mutation falls: in a file's first or last bytes, because between them lie weights, which nothing reads. */
function structuralByte(length: number, random: () => number): number {
  const [head, tail] = [Math.min(length, 1000), Math.min(length, 24_000)];
  return Math.floor(random() < 0.25 ? random() * head : length - random() * tail);
}
const structuralWord = (length: number, random: () => number): number => Math.min(4 * Math.floor(structuralByte(length, random) / 4), length - 4);
const mutations: readonly ((bytes: Uint8Array, random: () => number) => Uint8Array)[] = [
  function flipBit(bytes, random) {
    const at = structuralByte(bytes.length, random);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    return bytes;
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, Math.floor(random() * bytes.length));
  },
  function swapWords(bytes, random) {
    const [one, other] = [structuralWord(bytes.length, random), structuralWord(bytes.length, random)];
    const kept = bytes.slice(one, one + 4);
    bytes.copyWithin(one, other, other + 4);
    bytes.set(kept, other);
    return bytes;
  },
  function hugeWord(bytes, random) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const at = structuralWord(bytes.length, random);
    const huge = [0xffffffff, 0x7fffffff, 0x80000000, 0x00ffffff, bytes.length, bytes.length - at][Math.floor(random() * 6)] ?? 0;
    view.setUint32(at, huge, true);
    return bytes;
  },
  function insertByte(bytes, random) {
    const at = structuralByte(bytes.length, random);
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes.subarray(0, at));
    longer.set(bytes.subarray(at), at + 1);
    return longer;
  },
];

describe('hostile bytes', () => {
  test.each(mutations.map((mutation) => [mutation.name, mutation] as const))('700 times %s', (_, mutation) => {
    const random = randomNumbers(20260801);
    const outcomes = new Map<string, number>();
    const started = performance.now();
    for (let round = 0; round < 700; round += 1) {
      const original = models[round % models.length] ?? rich;
      const outcome = attempt(mutation(original.slice(), random));
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect((performance.now() - started) / 700).toBeLessThan(50);
    expect([...outcomes.keys()].filter((outcome) => outcome !== 'parsed').length).toBeGreaterThan(0);
  }, 60_000);

  test('any bytes behind the identifier', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(64), (tail, root) => {
      attempt(Uint8Array.of(root, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33, ...tail));
    }), { numRuns: 2000 });
  });

  test('any word of a small file set to any value', () => {
    fc.assert(fc.property(fc.nat(Math.floor(rich.length / 4) - 1), fc.integer(), (word, value) => {
      const bytes = rich.slice();
      new DataView(bytes.buffer).setInt32(4 * word, value, true);
      attempt(bytes);
    }), { numRuns: 2000 });
  });

  test('a shape of a million dimensions behind ten thousand tensors', () => {
    const file = buildModel(addition());
    const bytes = new Uint8Array(aligned(file.length) + 4 + 40_000 + 16 + 12 + 4 + 4_000_000);
    bytes.set(file);
    const view = new DataView(bytes.buffer);
    const vector = aligned(file.length);
    const table = vector + 4 + 40_000;
    const [graph] = new Source(modelSchema, file).root('Model').tables('subgraphs', () => '');
    const field = graph?.vector('tensors', 4)?.field ?? 0;
    view.setUint32(field, vector - field, true);
    view.setUint32(vector, 10_000, true);
    for (let index = 0; index < 10_000; index += 1) view.setUint32(vector + 4 + 4 * index, table - (vector + 4 + 4 * index), true);
    // The table: its vtable lies 8 bytes on, and holds one field, the shape.
    view.setInt32(table, -8, true);
    view.setUint32(table + 4, 16, true);
    view.setUint16(table + 8, 6, true);
    view.setUint16(table + 10, 8, true);
    view.setUint16(table + 12, 4, true);
    view.setUint32(table + 20, 1_000_000, true);
    const started = performance.now();
    const error = errorOf(() => openModel(bytes));
    expect(error).toMatchObject({ code: 'CORRUPTED', details: expect.stringContaining('too often') });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

function aligned(length: number): number {
  return Math.ceil(length / 4) * 4;
}
