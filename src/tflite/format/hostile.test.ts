import { cpuUsage } from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import { getHeapStatistics } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LitescopeError } from '../../errors';
import type { Model } from './model';
import { modelSchema } from './schema/tables';
import { fixShapes, freeDimensions } from '../analysis/shapes';
import { summarize } from '../analysis/summarize';
import { rootTable } from './read/table';
import { addition, buildModel } from '../testing/build';
import { errorOf, galleryModel } from '../testing/models';
import { type Mutation, mutations } from '../testing/mutations';
import { meaningOf } from '../testing/round-trip';
import { calling, perChannel, rich } from '../testing/varied';
import { openModel } from './verify/verify';
import { writeModel } from './write/writer';

const codes = ['EMPTY_FILE', 'NOT_TFLITE', 'WRONG_IDENTIFIER', 'UNSUPPORTED_SCHEMA_VERSION', 'TRUNCATED', 'CORRUPTED', 'INVALID_QUANTIZATION', 'UNSUPPORTED_DTYPE'];

/** Opens and uses a file in every way; anything but a typed error fails the test. */
function attempt(bytes: Uint8Array): string {
  try {
    const model = openModel(bytes);
    summarize(model);
    const written = writeModel(model);
    expect(written.length).toBeLessThan(8 * bytes.length + 2 ** 21);
    if (!sameMeaning(written, model)) throw new Error('the written model is another one');
    fixShapes(bytes, model, Object.fromEntries(freeDimensions(model).map(({ tensorName }) => [tensorName, [2, 2]])));
    return 'parsed';
  } catch (error) {
    if (!(error instanceof LitescopeError)) throw error;
    expect([...codes, 'INVALID_SHAPE']).toContain(error.code);
    return error.code;
  }
}

/** Whether the written file says what the model said; for large ones only whether it can be opened. */
function sameMeaning(written: Uint8Array, model: Model): boolean {
  try {
    const again = openModel(written);
    return written.length > 20_000 || isDeepStrictEqual(meaningOf(again), meaningOf(model));
  } catch {
    return false;
  }
}

const small = galleryModel('face_detection/face_detection_short_range.tflite').slice();
const segmentation = galleryModel('selfie_segmentation/selfie_segmentation.tflite').slice();
const sparse = galleryModel('face_detection/face_detection_full_range_sparse.tflite').slice();
const rewritten = [rich, calling].map((bytes) => writeModel(openModel(bytes)));

/** Bytes in use by values and by array buffers. */
function usedBytes(): number {
  const { used_heap_size: heap, external_memory: outside } = getHeapStatistics();
  return heap + outside;
}

/** How long it takes on a machine that does nothing else: the processor's time, where waiting for other programs took longer. */
function milliseconds(work: () => void): number {
  const [started, before] = [performance.now(), cpuUsage()];
  work();
  const { user, system } = cpuUsage(before);
  return Math.min(performance.now() - started, (user + system) / 1000);
}

describe('damaged files end in a model or a typed error, each in at most 50 ms and 64 MB', () => {
  function fuzz(files: readonly Uint8Array[], count: number, seed: number): ReadonlyMap<string, number> {
    const outcomes = new Map<string, number>();
    const doubtful: Mutation[] = [];
    const large: string[] = [];
    for (const mutation of mutations(files, count, seed)) {
      const before = usedBytes();
      let outcome = '';
      if (milliseconds(() => { outcome = attempt(mutation.bytes); }) > 50) doubtful.push(mutation);
      if (usedBytes() - before > 64 * 2 ** 20) large.push(mutation.name);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    // The garbage collector, the compiler and other programs take time too, but not each time.
    const slow = doubtful.filter(({ bytes }) => !Array.from({ length: 10 }).some(() => milliseconds(() => { attempt(bytes); }) <= 50)).map(({ name }) => name);
    expect({ slow, large }).toEqual({ slow: [], large: [] });
    return outcomes;
  }

  test('17,000 of handmade models', () => {
    const outcomes = fuzz([rich, buildModel(addition()), calling, perChannel, ...rewritten], 17_000, 20260801);
    expect([...outcomes.keys()].sort()).toEqual(expect.arrayContaining(['CORRUPTED', 'INVALID_QUANTIZATION', 'NOT_TFLITE', 'TRUNCATED', 'WRONG_IDENTIFIER', 'parsed']));
  }, 120_000);

  test('3,000 of gallery models', () => {
    const outcomes = fuzz([small, segmentation, sparse], 3000, 20260802);
    expect(outcomes.get('parsed')).toBeGreaterThan(500);
    expect(outcomes.get('CORRUPTED')).toBeGreaterThan(500);
  }, 120_000);
});

test('mutations are the same each time', () => {
  const names = (seed: number): readonly string[] => Array.from(mutations([rich, calling], 40, seed), ({ name, bytes }) => `${name} ${bytes.length} ${bytes.reduce((sum, byte) => (sum * 31 + byte) % 65521, 0)}`);
  expect(names(1)).toEqual(names(1));
  expect(names(1)).not.toEqual(names(2));
  expect(new Set(names(1)).size).toBe(40);
});

describe('hostile bytes', () => {
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
    const [graph] = rootTable(modelSchema, file, 'Model').tables('subgraphs', () => '');
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
