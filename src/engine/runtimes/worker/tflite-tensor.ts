import type { DType } from '../../../tensor/dtype';

/**
 * Word offsets in TensorFlow Lite's `struct TfLiteTensor` (tensorflow/lite/core/c/common.h) with 32-bit pointers:
 * type, data pointer, dims pointer, scale, zero point, allocation type, bytes, allocation, name pointer.
 */
const record = { type: 0, data: 1, dims: 2, bytes: 6, name: 8 } as const;

/** `TfLiteType` counts from 1 in another order than the file's TensorType. */
const runtimeTypes: Partial<Record<DType, number>> = {
  float32: 1, int32: 2, uint8: 3, int64: 4, string: 5, bool: 6, int16: 7, complex64: 8, int8: 9, float16: 10, float64: 11,
  complex128: 12, uint64: 13, resource: 14, variant: 15, uint32: 16, uint16: 17, int4: 18, bfloat16: 19,
};

export interface WantedTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly name: string;
  readonly bytes: number;
}

/**
 * Finds where the interpreter keeps a tensor's elements, by looking in its heap for the one record that agrees in
 * type, byte count, every dimension and the name. Nothing is assumed where anything differs.
 * @returns address of the first element, or null when no record agrees
 */
export function findTensorData(heap: Uint8Array, wanted: WantedTensor): number | null {
  const type = runtimeTypes[wanted.dtype];
  if (type === undefined) return null;
  const words = new Uint32Array(heap.buffer, heap.byteOffset, heap.byteLength >>> 2);
  const name = new TextEncoder().encode(wanted.name);
  const last = words.length - record.name - 1;
  for (let at = 0; at < last; at++) {
    if (words[at + record.type] !== type || words[at + record.bytes] !== wanted.bytes) continue;
    const data = words[at + record.data] as number;
    if (data === 0 || data + wanted.bytes > heap.byteLength) continue;
    if (!sameDimensions(words, words[at + record.dims] as number, wanted.shape)) continue;
    if (sameName(heap, words[at + record.name] as number, name)) return data;
  }
  return null;
}

/** `TfLiteIntArray`: the count, then the values. */
function sameDimensions(words: Uint32Array, pointer: number, shape: readonly number[]): boolean {
  if (pointer === 0 || pointer % 4 !== 0) return false;
  const at = pointer >>> 2;
  return words[at] === shape.length && shape.every((dimension, index) => words[at + 1 + index] === dimension);
}

function sameName(heap: Uint8Array, pointer: number, name: Uint8Array): boolean {
  if (pointer === 0 || pointer + name.length >= heap.byteLength) return false;
  return name.every((byte, index) => heap[pointer + index] === byte) && heap[pointer + name.length] === 0;
}
