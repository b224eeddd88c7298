import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNpy } from '../../tensor/npy';
import { fixtureModel, hasFixtures } from '../testing/models';
import { openModel } from '../format/verify/verify';
import { writeModelParts } from '../format/write/writer';
import { ConstantReader } from '../../inspect/values/worker/constant-reader';
import type { ValueStatistics } from '../../inspect/describe/shared/descriptions';
import { InspectedModel } from '../../inspect/describe/shared/inspected';
import { float32, inspectGallery, int32, oneOp } from '../../inspect/testing/models';

const at = (tensor: number) => ({ subgraph: 0, tensor });

/** Half precision by its definition: sign, 5 bits of exponent, 10 of fraction. */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** Mean and deviation from sums of the values and of their squares, another way than the one that is tested. */
function figures(values: readonly number[]): Pick<ValueStatistics, 'elements' | 'min' | 'max' | 'mean' | 'std' | 'zeros'> {
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  const sorted = [...values].sort((one, other) => one - other);
  const mean = sum / values.length;
  return {
    elements: values.length, min: sorted[0] ?? null, max: sorted.at(-1) ?? null,
    mean, std: Math.sqrt(squares / values.length - mean * mean), zeros: values.filter((value) => value === 0).length,
  };
}

function expectFigures(statistics: ValueStatistics, values: readonly number[]): void {
  const expected = figures(values);
  expect({ ...statistics, mean: 0, std: 0 }).toMatchObject({ ...expected, mean: 0, std: 0 });
  expect(statistics.mean).toBeCloseTo(expected.mean ?? NaN, 9);
  expect(statistics.std).toBeCloseTo(expected.std ?? NaN, 6);
  expect(statistics.bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
}

test('float16 weights: figures, rows and .npy agree with the file’s bytes', () => {
  const face = inspectGallery('face_detection/face_detection_short_range.tflite');
  const tensor = face.origin(0, 224);
  expect(tensor).toMatchObject({ index: 1, name: 'conv2d/Kernel', dtype: 'float16', shape: [24, 5, 5, 3] });
  const { bytes } = face.model;
  const position = face.model.buffers[tensor?.buffer ?? -1]?.position ?? NaN;
  const stored = Array.from({ length: 1800 }, (_, index) => (bytes[position + 2 * index] ?? 0) | ((bytes[position + 2 * index + 1] ?? 0) << 8));
  const reader = new ConstantReader(face);
  expectFigures(reader.statistics(at(1)), stored.map(half));
  expect(reader.statistics(at(1))).toMatchObject({ min: -0.81005859375, max: 0.51806640625, zeros: 0, notFinite: 0 });
  expect(reader.page(at(1), 1790, 50)).toEqual({ first: 1790, total: 1800, stored: null, real: stored.slice(1790).map(half) });
  const npy = readNpy(reader.npy(at(1)));
  expect(npy).toMatchObject({ dtype: 'float16', shape: [24, 5, 5, 3] });
  expect(new Uint8Array(npy.data)).toEqual(bytes.slice(position, position + 3600));
});

test('sparse weights are spread over their shape', () => {
  const sparse = inspectGallery('face_detection/face_detection_full_range_sparse.tflite');
  const tensor = sparse.tensor(0, 14);
  const stored = sparse.model.buffers[tensor.buffer]?.data ?? new Uint8Array(0);
  const rows = tensor.sparsity?.dimensions[3];
  // 8 output channels of 32 weights each; `segments` says which of the stored ones belong to a channel, `indices` where they lie.
  const expected = new Array<number>(256).fill(0);
  const [segments, indices] = [rows?.segments?.bytes ?? new Uint8Array(0), rows?.indices?.bytes ?? new Uint8Array(0)];
  for (let row = 0; row < 8; row += 1) {
    for (let entry = segments[row] ?? 0; entry < (segments[row + 1] ?? 0); entry += 1) {
      expected[32 * row + (indices[entry] ?? 0)] = half((stored[2 * entry] ?? 0) | ((stored[2 * entry + 1] ?? 0) << 8));
    }
  }
  const reader = new ConstantReader(sparse);
  expect(reader.page(at(14), 0, 256).real).toEqual(expected);
  expectFigures(reader.statistics(at(14)), expected);
  expect(reader.statistics(at(14)).zeros).toBe(256 - 77);
  expect(readNpy(reader.npy(at(14))).data.byteLength).toBe(512);
});

describe('made constants', () => {
  const addTo = (data: Uint8Array, shape: readonly number[], type: number, quantization?: Record<string, unknown>) =>
    new ConstantReader(oneOp('ADD', [{ shape, type }, { shape, type, data, ...(quantization === undefined ? {} : { quantization }) }, { shape, type }]));

  test('int8 per channel along the first dimension', () => {
    const reader = addTo(Uint8Array.of(254, 0, 2, 4, 127, 128), [2, 3], 9, { scale: [0.5, 2], zero_point: [0, 1], quantized_dimension: 0 });
    expect(reader.page(at(1), 0, 6)).toEqual({ first: 0, total: 6, stored: ['-2', '0', '2', '4', '127', '-128'], real: [-1, 0, 1, 6, 252, -258] });
    expectFigures(reader.statistics(at(1)), [-1, 0, 1, 6, 252, -258]);
    expect(new Int8Array(readNpy(reader.npy(at(1))).data)).toEqual(Int8Array.of(-2, 0, 2, 4, 127, -128));
  });

  test('int4, two a byte, the first in the low bits', () => {
    const reader = addTo(Uint8Array.of(0x21, 0xf8, 0x07), [5], 17, { scale: [0.25], zero_point: [0] });
    expect(reader.page(at(1), 0, 9)).toEqual({ first: 0, total: 5, stored: ['1', '2', '-8', '-1', '7'], real: [0.25, 0.5, -2, -0.25, 1.75] });
    expect(readNpy(reader.npy(at(1)))).toMatchObject({ dtype: 'int8', shape: [5] });
    // Bins hold whole steps of the scale: one for each of the 16 values of 4 bits.
    const { bins } = reader.statistics(at(1));
    expect(bins).toHaveLength(16);
    expect(bins[0]).toEqual({ from: -2.125, to: -1.875, count: 1 });
    expect(bins.filter(({ count }) => count > 0)).toHaveLength(5);
  });

  test('uint4, bfloat16, bool and int64', () => {
    expect(addTo(Uint8Array.of(0xf1), [2], 20).page(at(1), 0, 2).real).toEqual([1, 15]);
    // 1.0 is 3f80, −2.5 is c020.
    expect(addTo(Uint8Array.of(0x80, 0x3f, 0x20, 0xc0), [2], 18).page(at(1), 0, 2).real).toEqual([1, -2.5]);
    expect(addTo(Uint8Array.of(1, 0), [2], 6).statistics(at(1))).toMatchObject({ min: 0, max: 1, mean: 0.5, std: 0.5, zeros: 1 });
    expect(addTo(new Uint8Array(BigInt64Array.of(-3n, 5n).buffer), [2], 4).page(at(1), 0, 2).real).toEqual([-3, 5]);
  });

  test('floats of 8 bits, by the tables of their specification', () => {
    // OCP 8-bit Floating Point Specification: one, the greatest, the least normal and subnormal numbers, and what is none.
    expect(addTo(Uint8Array.of(0x38, 0x7e, 0x08, 0x01, 0xb8, 0x80), [6], 21).page(at(1), 0, 6).real).toEqual([1, 448, 2 ** -6, 2 ** -9, -1, -0]);
    expect(addTo(Uint8Array.of(0x3c, 0x7b, 0x04, 0x01, 0xbc, 0x80), [6], 22).page(at(1), 0, 6).real).toEqual([1, 57344, 2 ** -14, 2 ** -16, -1, -0]);
    expect(addTo(Uint8Array.of(0x7f, 0xff, 0x40), [3], 21).statistics(at(1))).toMatchObject({ notFinite: 2, min: 2, max: 2 });
    expect(addTo(Uint8Array.of(0x7c, 0xfc, 0x7d, 0x40), [4], 22).statistics(at(1))).toMatchObject({ notFinite: 3, min: 2, max: 2 });
  });

  test('figures leave out what is not finite, and equal values share one bin', () => {
    const reader = addTo(float32(1, NaN, Infinity, 3), [4], 0);
    expect(reader.statistics(at(1))).toMatchObject({ elements: 4, notFinite: 2, min: 1, max: 3, mean: 2, std: 1 });
    expect(addTo(float32(0, 0), [2], 0).statistics(at(1)).bins).toEqual([{ from: -0.5, to: 0.5, count: 2 }]);
    expect(addTo(int32(7, 7), [2], 2).statistics(at(1)).bins).toEqual([{ from: 6.5, to: 7.5, count: 2 }]);
    expect(addTo(float32(NaN), [1], 0).statistics(at(1))).toMatchObject({ min: null, std: null, bins: [] });
  });

  test('strings: one a row, the empty one and what is not ASCII among them', () => {
    const words = ['cat', '', 'naïve 猫', 'x'.repeat(1001)].map((word) => new TextEncoder().encode(word));
    const ends = words.map((_, index) => words.slice(0, index + 1).reduce((sum, { length }) => sum + length, 24));
    const data = new Uint8Array([...int32(4, 24, ...ends), ...words.flatMap((word) => [...word])]);
    const reader = addTo(data, [4], 5);
    expect(reader.texts(at(1), 0, 50)).toEqual({ first: 0, total: 4, texts: ['cat', '', 'naïve 猫', `${'x'.repeat(1000)} …`] });
    expect(reader.texts(at(1), 1, 2)).toEqual({ first: 1, total: 4, texts: ['', 'naïve 猫'] });
    expect(() => reader.statistics(at(1))).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DTYPE', details: 'Strings are no numbers.' }));
    expect(() => addTo(float32(1), [1], 0).texts(at(1), 0, 1)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DTYPE' }));
  });

  test('damaged strings are an error, whatever they say', () => {
    expect(() => addTo(int32(1, 12, 13), [1], 5).texts(at(1), 0, 1)).toThrow(expect.objectContaining({ code: 'CORRUPTED' }));
    expect(() => addTo(int32(2 ** 31 - 1, 12), [1], 5).texts(at(1), 0, 1)).toThrow(expect.objectContaining({ code: 'CORRUPTED' }));
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (data) => {
      try {
        const { texts, total } = addTo(data, [1], 5).texts(at(1), 0, 10);
        expect(texts).toHaveLength(Math.min(total, 10));
      } catch (error) {
        expect(error).toMatchObject({ code: 'CORRUPTED' });
      }
    }));
  });

  test('values that lie behind the FlatBuffer', () => {
    const made = oneOp('ADD', [{ shape: [2] }, { shape: [2], data: float32(1.5, -2) }, { shape: [2] }]);
    // Nothing may stay inside.
    const file = Buffer.concat(writeModelParts(made.model, 0));
    const model = openModel(new Uint8Array(file));
    expect(model.buffers[1]?.storage).toBe('after');
    expect(new ConstantReader(new InspectedModel(model)).page(at(1), 0, 2).real).toEqual([1.5, -2]);
  });

  test('scales that belong to no dimension leave values as they are stored', () => {
    const reader = addTo(Uint8Array.of(1, 2, 3, 254), [2, 2], 9, { scale: [0.5, 0.25], zero_point: [0, 0], quantized_dimension: 7 });
    expect(reader.page(at(1), 0, 4)).toEqual({ first: 0, total: 4, stored: null, real: [1, 2, 3, -2] });
  });

  test.each([[7, [2]], [12, [2]], [3, [1, 1]]])('%i bytes for float32 %j are no values, and say why', (bytes, shape) => {
    const expected = 4 * shape.reduce((product, size) => product * size, 1);
    expect(() => addTo(new Uint8Array(bytes), shape, 0).statistics(at(1))).toThrow(expect.objectContaining({
      code: 'UNSUPPORTED_DTYPE', details: expect.stringContaining(`takes ${expected} bytes, buffer 1 has ${bytes}`) as string,
    }));
  });

  test('what has no values says why', () => {
    const reader = addTo(float32(1), [1], 0);
    expect(() => reader.statistics(at(0))).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_DTYPE', details: 'It is computed when the model runs.' }));
    expect(() => reader.statistics(at(9))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

describe.skipIf(!hasFixtures)('fixtures', () => {
  test('the first convolution’s per-channel int8 weights of MobileNet v2', () => {
    const mobile = new InspectedModel(openModel(fixtureModel('tf2_mobilenet_v2_1.0_224_ptq.tflite')));
    const tensor = mobile.tensor(0, 3);
    expect(tensor).toMatchObject({ dtype: 'int8', shape: [32, 3, 3, 3] });
    const stored = mobile.model.buffers[tensor.buffer]?.data ?? new Uint8Array(0);
    expect(tensor.quantization).toMatchObject({ dimension: 0, scale: { length: 32 } });
    const scales = tensor.quantization?.scale ?? [];
    const values = Array.from(stored, (byte, index) => Math.fround((byte > 127 ? byte - 256 : byte) * (scales[Math.floor(index / 27)] ?? NaN)));
    expectFigures(new ConstantReader(mobile).statistics(at(3)), values);
  });
});
