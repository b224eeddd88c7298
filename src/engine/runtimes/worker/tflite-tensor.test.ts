import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTensorData, type WantedTensor } from './tflite-tensor';

const heapBytes = 4096;
const wanted: WantedTensor = { dtype: 'int64', shape: [2, 3], name: 'tokens', bytes: 48 };
const dataAt = 1024;

/** Addresses of the pieces; each may be moved or spoilt by a test. */
interface Layout {
  record: number;
  data: number;
  dims: number;
  name: number;
  type: number;
  bytes: number;
  shape: readonly number[];
  text: string;
}

/** A heap with one `TfLiteTensor` in it, as 32-bit code lays it out. */
function heapWith(changes: Partial<Layout> = {}): Uint8Array {
  const layout: Layout = { record: 256, data: dataAt, dims: 512, name: 768, type: 4, bytes: 48, shape: [2, 3], text: 'tokens', ...changes };
  const heap = new Uint8Array(heapBytes);
  const view = new DataView(heap.buffer);
  // type, data, dims, scale, zero point, allocation type, bytes, allocation, name
  for (const [word, value] of [layout.type, layout.data, layout.dims, 0, 0, 2, layout.bytes, 0, layout.name].entries()) {
    view.setUint32(layout.record + word * 4, value, true);
  }
  if (layout.dims % 4 === 0 && layout.dims + 4 * (layout.shape.length + 1) <= heapBytes) {
    for (const [index, value] of [layout.shape.length, ...layout.shape].entries()) view.setInt32(layout.dims + index * 4, value, true);
  }
  const text = new TextEncoder().encode(`${layout.text}\0`);
  if (layout.name + text.length <= heapBytes) heap.set(text, layout.name);
  return heap;
}

describe('findTensorData', () => {
  it('finds the elements of the record that agrees', () => {
    expect(findTensorData(heapWith(), wanted)).toBe(dataAt);
  });

  it('finds it behind a copy of it that is spoilt', () => {
    const heap = heapWith();
    heap.copyWithin(64, 256, 256 + 36);
    new DataView(heap.buffer).setUint32(64 + 8, 0, true);
    expect(findTensorData(heap, wanted)).toBe(dataAt);
  });

  it('finds a scalar and a name that is not ASCII', () => {
    expect(findTensorData(heapWith({ shape: [], bytes: 8, text: 'größe' }), { dtype: 'int64', shape: [], name: 'größe', bytes: 8 })).toBe(dataAt);
  });

  it('takes a tensor that ends where the heap ends', () => {
    expect(findTensorData(heapWith({ data: heapBytes - 48 }), wanted)).toBe(heapBytes - 48);
  });

  // TfLiteType of tensorflow/lite/core/c/c_api_types.h.
  it.each([['float32', 1], ['int32', 2], ['uint8', 3], ['int64', 4], ['bool', 6], ['int16', 7], ['int8', 9], ['float16', 10]] as const)('knows %s as %i', (dtype, type) => {
    expect(findTensorData(heapWith({ type }), { ...wanted, dtype })).toBe(dataAt);
    expect(findTensorData(heapWith({ type: type + 20 }), { ...wanted, dtype })).toBeNull();
  });

  const differences: readonly [string, Partial<Layout>][] = [
    ['another type', { type: 2 }],
    ['another size', { bytes: 40 }],
    ['another dimension', { shape: [2, 4] }],
    ['the dimensions in another order', { shape: [3, 2] }],
    ['another rank', { shape: [2, 3, 1] }],
    ['another name', { text: 'tokenz' }],
    ['a shorter name', { text: 'token' }],
    ['a longer name', { text: 'tokens2' }],
    ['no data', { data: 0 }],
    ['no dimensions', { dims: 0 }],
    ['dimensions at an odd address', { dims: 514 }],
    ['no name', { name: 0 }],
    ['data that would leave the heap', { data: heapBytes - 47 }],
    ['data far outside', { data: 0xffffffff }],
    ['dimensions far outside', { dims: 0xfffffffc }],
    ['dimensions that leave the heap', { dims: heapBytes - 8 }],
    ['a name far outside', { name: 0xffffffff }],
    ['a name that leaves the heap', { name: heapBytes - 3 }],
  ];
  it.each(differences)('does not take a record with %s', (_, changes) => {
    expect(findTensorData(heapWith(changes), wanted)).toBeNull();
  });

  it.each([0, 4, 32, 36, 40])('finds nothing in a heap of %i bytes', (bytes) => {
    expect(findTensorData(new Uint8Array(bytes), wanted)).toBeNull();
  });

  it('finds nothing for a type that the interpreter does not have', () => {
    expect(findTensorData(heapWith(), { ...wanted, dtype: 'int2' })).toBeNull();
  });

  it('never throws nor leaves the heap, whatever lies in it', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 64, maxLength: 512 }), fc.nat(100), (bytes, at) => {
      const heap = new Uint8Array(bytes.length & ~3);
      heap.set(bytes.subarray(0, heap.length));
      // A record that agrees in type and size, so that its pointers, which are noise, are followed.
      const view = new DataView(heap.buffer);
      const record = Math.min(at * 4, heap.length - 40);
      view.setUint32(record, 4, true);
      view.setUint32(record + 24, 48, true);
      const found = findTensorData(heap, wanted);
      expect(found === null || found + 48 <= heap.length).toBe(true);
    }));
  });
});
