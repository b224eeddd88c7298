import { describe, expect, it } from 'vitest';
import { assignNpy, assignRaw, assignValues, type AssignmentTarget } from './assign';
import { elementCount, type ValueDType } from './dtype';
import { LitescopeError } from '../errors';
import type { NpyArray } from './npy';
import { bytesPerElement, viewOf } from './values';

function array(dtype: ValueDType, shape: readonly number[], elements: ArrayBufferView<ArrayBuffer>): NpyArray {
  return { dtype, shape, data: elements.buffer };
}

function assigned(target: AssignmentTarget, source: NpyArray): (number | bigint)[] {
  // At an offset, as tensors lie in a runtime's memory.
  const view = viewOf(target.dtype, new ArrayBuffer(16 + elementCount(target.shape) * bytesPerElement(target.dtype)), 16);
  assignNpy(target, view, source);
  return Array.from<number | bigint>(view as ArrayLike<number | bigint>);
}

function refusal(work: () => void): LitescopeError {
  try {
    work();
  } catch (error) {
    if (error instanceof LitescopeError) return error;
  }
  throw new Error('Nothing was refused.');
}

const quantization = { scale: [0.5], zeroPoint: [10], dimension: 0 };

describe('assignNpy', () => {
  it('copies equal types as they are stored, quantized or not', () => {
    expect(assigned({ dtype: 'float32', shape: [2] }, array('float32', [2], Float32Array.of(1.5, NaN)))).toEqual([1.5, NaN]);
    expect(assigned({ dtype: 'int8', shape: [2], quantization }, array('int8', [2], Int8Array.of(-128, 3)))).toEqual([-128, 3]);
    expect(assigned({ dtype: 'int64', shape: [1] }, array('int64', [1], BigInt64Array.of(-(2n ** 63n))))).toEqual([-(2n ** 63n)]);
  });

  it('lets shapes differ while the numbers of elements agree', () => {
    expect(assigned({ dtype: 'uint8', shape: [1, 2, 1] }, array('uint8', [2], Uint8Array.of(1, 2)))).toEqual([1, 2]);
  });

  it('names both shapes when the numbers of elements differ', () => {
    const error = refusal(() => assigned({ dtype: 'float32', shape: [1, 3] }, array('float64', [2, 2], new Float64Array(4))));
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.details).toContain('float64[2, 2]');
    expect(error.details).toContain('float32[1, 3]');
  });

  it('quantizes floats for a quantized tensor, saturating', () => {
    expect(assigned({ dtype: 'uint8', shape: [4], quantization }, array('float32', [4], Float32Array.of(0, 1, -100, 1e9)))).toEqual([10, 12, 0, 255]);
    expect(assigned({ dtype: 'uint8', shape: [2], quantization }, array('float16', [2], Uint16Array.of(0x3c00, 0)))).toEqual([12, 10]);
    const perChannel = { scale: [1, 2], zeroPoint: [0, 0], dimension: 1 };
    expect(assigned({ dtype: 'int8', shape: [2, 2], quantization: perChannel }, array('float64', [2, 2], Float64Array.of(4, 4, 6, 6)))).toEqual([4, 2, 6, 3]);
  });

  it('takes integers of another type for stored values of a quantized tensor', () => {
    expect(assigned({ dtype: 'uint8', shape: [2], quantization }, array('int64', [2], BigInt64Array.of(0n, 255n)))).toEqual([0, 255]);
  });

  const kept: readonly [ValueDType, NpyArray, (number | bigint)[]][] = [
    ['int32', array('int64', [1], BigInt64Array.of(-5n)), [-5]],
    ['int64', array('int32', [1], Int32Array.of(-5)), [-5n]],
    ['uint64', array('int64', [1], BigInt64Array.of(2n ** 62n)), [2n ** 62n]],
    ['int64', array('float64', [1], Float64Array.of(2 ** 60)), [2n ** 60n]],
    ['int8', array('float32', [1], Float32Array.of(-128)), [-128]],
    ['float32', array('float64', [1], Float64Array.of(0.1)), [Math.fround(0.1)]],
    ['float32', array('float64', [1], Float64Array.of(Infinity)), [Infinity]],
    ['float32', array('float16', [1], Uint16Array.of(0x3c00)), [1]],
    ['float16', array('float32', [2], Float32Array.of(1, 0.1)), [0x3c00, 0x2e66]],
    ['float32', array('int32', [1], Int32Array.of(2 ** 24)), [2 ** 24]],
    ['float32', array('uint8', [1], Uint8Array.of(255)), [255]],
    ['float64', array('uint64', [1], BigUint64Array.of(2n ** 63n)), [2 ** 63]],
    ['float32', array('bool', [2], Uint8Array.of(0, 1)), [0, 1]],
    ['bool', array('int64', [2], BigInt64Array.of(0n, 1n)), [0, 1]],
    ['bool', array('float32', [2], Float32Array.of(0, 1)), [0, 1]],
    ['uint8', array('bool', [1], Uint8Array.of(1)), [1]],
  ];
  it.each(kept)('puts into %s: $1.dtype', (dtype, source, expected) => {
    expect(assigned({ dtype, shape: source.shape }, source)).toEqual(expected);
  });

  const lost: readonly [ValueDType, NpyArray][] = [
    ['int8', array('int32', [1], Int32Array.of(128))],
    ['uint8', array('int8', [1], Int8Array.of(-1))],
    ['uint64', array('int64', [1], BigInt64Array.of(-1n))],
    ['int64', array('uint64', [1], BigUint64Array.of(2n ** 63n))],
    ['int64', array('float64', [1], Float64Array.of(2 ** 63))],
    ['int32', array('float32', [1], Float32Array.of(0.5))],
    ['int32', array('float32', [1], Float32Array.of(NaN))],
    ['int64', array('float32', [1], Float32Array.of(Infinity))],
    ['float32', array('int32', [1], Int32Array.of(2 ** 24 + 1))],
    ['float64', array('int64', [1], BigInt64Array.of(2n ** 53n + 1n))],
    ['float32', array('float64', [1], Float64Array.of(1e300))],
    ['float16', array('float32', [1], Float32Array.of(1e6))],
    ['bool', array('uint8', [1], Uint8Array.of(2))],
  ];
  it.each(lost)('refuses for %s what would lose its value: $1.dtype', (dtype, source) => {
    const error = refusal(() => assigned({ dtype, shape: source.shape }, source));
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.details).toContain('Element 0');
  });

  it('refuses NaN for a quantized tensor', () => {
    expect(refusal(() => assigned({ dtype: 'uint8', shape: [1], quantization }, array('float32', [1], Float32Array.of(NaN)))).code).toBe('INVALID_INPUT');
  });
});

describe('assignRaw', () => {
  it('copies the bytes', () => {
    const view = new Float32Array(2);
    assignRaw({ dtype: 'float32', shape: [2] }, view, Float32Array.of(1, 2).buffer);
    expect([...view]).toEqual([1, 2]);
  });

  it('makes bools 0 and 1', () => {
    const view = new Uint8Array(2);
    assignRaw({ dtype: 'bool', shape: [2] }, view, Uint8Array.of(0, 9).buffer);
    expect([...view]).toEqual([0, 1]);
  });

  it('refuses another number of bytes, naming both', () => {
    const error = refusal(() => { assignRaw({ dtype: 'float32', shape: [2] }, new Float32Array(2), new ArrayBuffer(7)); });
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.details).toMatch(/7 bytes.*float32\[2\].*8/);
  });
});

describe('assignValues', () => {
  const given = (target: AssignmentTarget, values: readonly number[]) => {
    const view = viewOf(target.dtype, new ArrayBuffer(16 + elementCount(target.shape) * bytesPerElement(target.dtype)), 16);
    assignValues(target, view, values);
    return Array.from<number | bigint>(view as ArrayLike<number | bigint>);
  };

  it('stores real values: as floats, as whole numbers, quantized per tensor and per channel, halves away from zero', () => {
    expect(given({ dtype: 'float32', shape: [1, 3] }, [5.5, -2, 0])).toEqual([5.5, -2, 0]);
    expect(given({ dtype: 'int64', shape: [2] }, [7, -7])).toEqual([7n, -7n]);
    expect(given({ dtype: 'bool', shape: [2] }, [1, 0])).toEqual([1, 0]);
    expect(given({ dtype: 'uint8', shape: [4], quantization }, [-5, 0, 0.25, 122.5])).toEqual([0, 10, 11, 255]);
    expect(given({ dtype: 'int8', shape: [2, 2], quantization: { scale: [1, 0.5], zeroPoint: [0, 1], dimension: 1 } }, [3, 3, -4, -4])).toEqual([3, 7, -4, -7]);
  });

  it.each<[string, AssignmentTarget, readonly number[], string]>([
    ['WRONG_VALUE_COUNT', { dtype: 'float32', shape: [1, 4] }, [1, 2, 3], 'There are 3 values, and float32[1, 4] takes 4.'],
    ['VALUE_OUT_OF_RANGE', { dtype: 'uint8', shape: [2], quantization }, [0, 123], 'Value 2 is 123, and the input’s scale and zero point hold −5 to 122.5.'],
    ['VALUE_OUT_OF_RANGE', { dtype: 'int32', shape: [2] }, [0, 1.5], 'Value 2 is 1.5, which int32 cannot hold.'],
    ['VALUE_OUT_OF_RANGE', { dtype: 'float16', shape: [1] }, [70000], 'Value 1 is 70000, which float16 cannot hold.'],
    ['VALUE_OUT_OF_RANGE', { dtype: 'bool', shape: [1] }, [2], 'Value 1 is 2, which bool cannot hold.'],
  ])('has %s for what the tensor cannot take', (code, target, values, details) => {
    const error = refusal(() => { given(target, values); });
    expect([error.code, error.details]).toEqual([code, details]);
  });
});
