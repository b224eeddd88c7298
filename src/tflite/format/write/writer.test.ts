import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readMetadata } from '../../metadata/metadata';
import type { Model } from '../model';
import { readModel } from '../read/reader';
import { type Fields, addition, buildMetadata, buildModel, subgraph, tensor } from '../../testing/build';
import { errorOf, fixtureModel, fixtureModels, galleryModel, galleryModels, hasFixtures } from '../../testing/models';
import { joined, meaningOf, sameBytes } from '../../testing/round-trip';
import { openModel } from '../verify/verify';
import { writeModel, writeModelParts } from './writer';

/** Reads, writes and reads again; a second time writes the very same bytes. */
function roundTrip(bytes: Uint8Array): Model {
  const before = openModel(bytes);
  const written = writeModel(before);
  const after = openModel(written);
  expect(meaningOf(after)).toEqual(meaningOf(before));
  for (const { data, position } of after.buffers) if (position !== null && data.length > 0) expect(position % 16).toBe(0);
  expect(sameBytes(writeModel(after), written)).toBe(true);
  return after;
}

describe('models in use', () => {
  test.each(galleryModels)('%s', (path) => {
    const bytes = galleryModel(path);
    const after = roundTrip(bytes);
    expect(after.bytes.length).toBeLessThan(1.02 * bytes.length);
  });

  describe.skipIf(!hasFixtures)('fixture models (skipped without the shared folder)', () => {
    test.each(fixtureModels)('%s', (file) => {
      const bytes = fixtureModel(file);
      const after = roundTrip(bytes);
      expect(readMetadata(after.bytes, after)).toEqual(readMetadata(bytes, openModel(bytes)));
    });
  });
});

const operator = (changes: Fields): Fields => ({ opcode_index: 0, inputs: [0, 1], outputs: [2], ...changes });
const withOperator = (changes: Fields): Fields => addition({ subgraphs: [subgraph({ operators: [operator(changes)] })] });
const firstOperator = (model: Model) => model.subgraphs[0]?.operators[0];

describe('null and empty stay what they are', () => {
  test('custom options: an empty vector would make a builtin op invalid', () => {
    expect(firstOperator(roundTrip(buildModel(withOperator({ custom_options: new Uint8Array(0) }))))?.customOptions).toEqual(new Uint8Array(0));
    expect(firstOperator(roundTrip(buildModel(withOperator({}))))?.customOptions).toBeNull();
  });

  test('vectors that a file leaves out are left out again', () => {
    const vectorsOf = (changes: Fields): readonly boolean[] => {
      const written = writeModel(openModel(buildModel(withOperator(changes))));
      const before = written.length;
      return [before > writeModel(openModel(buildModel(withOperator({})))).length];
    };
    expect(vectorsOf({ intermediates: [] })).toEqual([true]);
    expect(vectorsOf({ mutating_variable_inputs: [] })).toEqual([true]);
    expect(vectorsOf({})).toEqual([false]);
  });

  test('vectors inside settings', () => {
    const options = (value: Fields): unknown => firstOperator(roundTrip(buildModel(withOperator({ builtin_options: { member: 'ReshapeOptions', value } }))))?.options;
    expect(options({ new_shape: [] })).toEqual({ table: 'ReshapeOptions', values: { new_shape: [] } });
    expect(options({})).toEqual({ table: 'ReshapeOptions', values: { new_shape: null } });
  });

  test('shape signatures', () => {
    const model = roundTrip(buildModel(addition({ subgraphs: [subgraph({ tensors: [tensor({ shape_signature: [] }), tensor({ buffer: 1 }), tensor({ shape_signature: [-1, 2] })] })] })));
    expect(model.subgraphs[0]?.tensors.map(({ shapeSignature }) => shapeSignature)).toEqual([[], null, [-1, 2]]);
  });
});

test('op codes beyond 127 leave 127 in the old field', () => {
  const written = writeModel(openModel(buildModel(addition({ operator_codes: [{ builtin_code: 150, version: 2 }] }))));
  const changed = written.slice();
  // Only the old field holds the byte 127 in this file; without it the code must still be found in the new one.
  const at = written.indexOf(127);
  expect(written.indexOf(127, at + 1)).toBe(-1);
  changed[at] = 0;
  expect([readModel(written), readModel(changed)].map(({ operatorCodes }) => operatorCodes[0]?.name)).toEqual(['GELU', 'GELU']);
});

test('numbers of 64 bits and exact floats', () => {
  const options = (member: string, value: Fields): unknown => firstOperator(roundTrip(buildModel(withOperator({ builtin_options: { member, value } }))))?.options?.values;
  expect(options('RandomOptions', { seed: -7, seed2: 2n ** 62n })).toEqual({ seed: -7, seed2: 2n ** 62n });
  expect(options('SoftmaxOptions', { beta: -0 })).toEqual({ beta: -0 });
  const quantization = { scale: [0.5], zero_point: [-(2 ** 40)] };
  const model = roundTrip(buildModel(addition({ subgraphs: [subgraph({ tensors: [tensor({ quantization }), tensor({ buffer: 1 }), tensor()] })] })));
  expect(model.subgraphs[0]?.tensors[0]?.quantization?.zeroPoint).toEqual([-(2 ** 40)]);
});

describe('what is shared', () => {
  const twoTensors = (): Uint8Array => buildModel(addition({
    buffers: [{}, { data: new Uint8Array(8) }, { data: new Uint8Array(8) }],
    subgraphs: [subgraph({ tensors: [tensor({ buffer: 1 }), tensor({ buffer: 1 }), tensor()] })],
  }));

  test('tensors keep their common buffer, and buffer 0 stays the empty one', () => {
    const model = roundTrip(twoTensors());
    expect(model.subgraphs[0]?.tensors.map(({ buffer }) => buffer)).toEqual([1, 1, 0]);
    expect(model.buffers.map(({ data }) => data.length)).toEqual([0, 8, 8]);
    expect(model.buffers[0]?.position).toBeNull();
  });

  test('buffers with equal content stay two, buffers that show the same bytes stay one', () => {
    const model = openModel(twoTensors());
    expect(new Set(openModel(writeModel(model)).buffers.map(({ position }) => position)).size).toBe(3);
    const data = model.buffers[1]?.data ?? new Uint8Array(8);
    const shared = { ...model, buffers: model.buffers.map((buffer) => (buffer.data.length > 0 ? { ...buffer, data } : buffer)) };
    expect(new Set(openModel(writeModel(shared)).buffers.map(({ position }) => position)).size).toBe(2);
  });

  test('many views that overlap are refused rather than multiplied', () => {
    const model = openModel(buildModel(addition()));
    const large = new Uint8Array(2 ** 20);
    const buffers = Array.from({ length: 100 }, (_, index) => ({ index, data: large.subarray(index), position: null, storage: 'inside' as const }));
    expect(errorOf(() => writeModelParts({ ...model, buffers })).code).toBe('CORRUPTED');
  });
});

describe('data behind the FlatBuffer', () => {
  const data = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const draft = (offset: number): Uint8Array => buildModel(addition({ buffers: [{}, { offset, size: 8 }, { offset, size: 8 }, { offset: 1, size: 1 }] }));
  const file = joined(draft(draft(2).length), data);

  test('stays behind it', () => {
    const { buffers, bytes } = roundTrip(file);
    expect(buffers[1]).toMatchObject({ storage: 'after', data, position: bytes.length - 8 });
    expect(buffers[2]?.position).toBe(buffers[1]?.position);
    expect(buffers[3]).toMatchObject({ storage: 'inside', position: null });
  });

  test('is all data of a FlatBuffer that would be too large', () => {
    const model = openModel(galleryModel('selfie_segmentation/selfie_segmentation.tflite'));
    const written = openModel(joined(...writeModelParts(model, 100_000)));
    expect(written.buffers.filter((buffer) => buffer.data.length > 0).every(({ storage, position }) => storage === 'after' && Number(position) % 16 === 0)).toBe(true);
    const inside = (each: Model): unknown => meaningOf({ ...each, buffers: each.buffers.map((buffer) => ({ ...buffer, storage: 'inside' })) });
    expect(inside(written)).toEqual(inside(model));
    expect(sameBytes(joined(...writeModelParts(written, 100_000)), joined(...writeModelParts(model, 100_000)))).toBe(true);
  });
});

describe('files packed behind the model', () => {
  const metadata = buildMetadata({ name: 'm', subgraph_metadata: [{ output_tensor_metadata: [{ name: 'o', associated_files: [{ name: 'labels.txt', type: 2 }] }] }] });
  const model = buildModel(addition({ description: 'longer, so that the archive moves', buffers: [{}, { data: new Uint8Array(8) }, { data: metadata }, { data: new Uint8Array(999) }], metadata: [{ name: 'TFLITE_METADATA', buffer: 2 }] }));
  const archive = zipSync({ 'labels.txt': new TextEncoder().encode('cat\ndog\n'), 'more.txt': new Uint8Array(300) });

  /** As writers leave it that open the model and append: positions count from the beginning of the model. */
  function absolute(): Uint8Array {
    const moved = archive.slice();
    const view = new DataView(moved.buffer);
    const end = moved.length - 22;
    const directory = view.getUint32(end + 16, true);
    view.setUint32(end + 16, directory + model.length, true);
    for (let at = directory; at < end; at += 46 + view.getUint16(at + 28, true)) view.setUint32(at + 42, view.getUint32(at + 42, true) + model.length, true);
    return moved;
  }
  /** Positions of the entries' headers, by a walk of its own that takes the file's beginning for position 0. */
  function headersAt(bytes: Uint8Array, base: number): readonly number[] {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const end = bytes.length - 22;
    const headers: number[] = [];
    for (let at = view.getUint32(end + 16, true) + base; at < end; at += 46 + view.getUint16(at + 28, true)) headers.push(view.getUint32(view.getUint32(at + 42, true) + base, true));
    return headers;
  }

  test('positions in the whole file are right again', () => {
    const { bytes } = roundTrip(joined(model, absolute()));
    expect(bytes.length).not.toBe(model.length + archive.length);
    expect(headersAt(bytes, 0)).toEqual([0x04034b50, 0x04034b50]);
    expect(readMetadata(bytes, openModel(bytes))?.outputs[0]?.labels).toEqual(['cat', 'dog']);
  });

  test('an archive that counts from its own beginning is not touched', () => {
    const { bytes } = roundTrip(joined(model, archive));
    expect(bytes.subarray(-archive.length)).toEqual(archive);
    expect(headersAt(bytes, bytes.length - archive.length)).toEqual([0x04034b50, 0x04034b50]);
    expect(readMetadata(bytes, openModel(bytes))?.outputs[0]?.labels).toEqual(['cat', 'dog']);
  });

  test('bytes that only look like an archive are left', () => {
    const broken = archive.slice();
    broken[0] = 0;
    expect(roundTrip(joined(model, broken)).bytes.length).toBeLessThan(model.length + 100);
    expect(roundTrip(joined(model, archive, Uint8Array.of(0))).bytes.length).toBeLessThan(model.length + 100);
  });
});
