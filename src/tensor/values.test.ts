import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueDtypes, type ValueDType } from './dtype';
import { tensorStatistics } from './statistics';
import { bytesPerElement, realValueAt, realValues, viewOf, type ValueTensor } from './values';

function tensor(dtype: ValueDType, shape: readonly number[], elements: ArrayBufferView<ArrayBuffer>, quantization?: ValueTensor['quantization']): ValueTensor {
  return { dtype, shape, quantization, data: elements.buffer };
}

describe('viewOf', () => {
  it.each(valueDtypes)('shows %s without a copy', (dtype) => {
    const buffer = new ArrayBuffer(32);
    const view = viewOf(dtype, buffer, 8, 2);
    expect(view.buffer).toBe(buffer);
    expect(view.byteOffset).toBe(8);
    expect(view.byteLength).toBe(2 * bytesPerElement(dtype));
  });

  it('refuses what does not fit', () => {
    expect(() => viewOf('float32', new ArrayBuffer(8), 2)).toThrow(RangeError);
    expect(() => viewOf('int64', new ArrayBuffer(8), 0, 2)).toThrow(RangeError);
  });
});

describe('realValues', () => {
  it('dequantises per tensor', () => {
    const values = realValues(tensor('int8', [3], Int8Array.of(-128, 0, 127), { scale: [0.5], zeroPoint: [-128], dimension: 0 }));
    expect([...values]).toEqual([0, 64, 127.5]);
  });

  it('dequantises per channel, along any dimension', () => {
    const along = (dimension: number): number[] => [...realValues(tensor('int8', [2, 2], Int8Array.of(1, 2, 3, 4), { scale: [1, 10], zeroPoint: [0, 1], dimension }))];
    expect(along(0)).toEqual([1, 2, 20, 30]);
    expect(along(1)).toEqual([1, 10, 3, 30]);
  });

  it('lets one zero point hold for all channels', () => {
    expect([...realValues(tensor('uint8', [2], Uint8Array.of(3, 3), { scale: [1, 2], zeroPoint: [1], dimension: 0 }))]).toEqual([2, 4]);
  });

  it('decodes half precision, bool and 64-bit integers', () => {
    expect([...realValues(tensor('float16', [4], Uint16Array.of(0x3c00, 0xc100, 0x7c00, 0x0001)))]).toEqual([1, -2.5, Infinity, 2 ** -24]);
    expect([...realValues(tensor('bool', [3], Uint8Array.of(0, 1, 255)))]).toEqual([0, 1, 1]);
    expect([...realValues(tensor('int64', [2], BigInt64Array.of(-(2n ** 53n), 7n)))]).toEqual([-(2 ** 53), 7]);
    expect([...realValues(tensor('uint64', [1], BigUint64Array.of(2n ** 64n - 1n)))]).toEqual([2 ** 64]);
  });

  it('keeps wide integers exact', () => {
    expect([...realValues(tensor('int32', [2], Int32Array.of(2 ** 31 - 1, -(2 ** 31))))]).toEqual([2 ** 31 - 1, -(2 ** 31)]);
  });

  it('leaves floats as they are, whatever parameters a converter left on them', () => {
    expect([...realValues(tensor('float32', [1], Float32Array.of(3), { scale: [2], zeroPoint: [1], dimension: 0 }))]).toEqual([3]);
  });

  it('takes the scales of a list along its only dimension, whichever the file names', () => {
    const bias = tensor('int32', [3], Int32Array.of(10, -20, 4), { scale: [0.5, 2, 0.25], zeroPoint: [0, 0, 0], dimension: 3 });
    expect([...realValues(bias)]).toEqual([5, -40, 1]);
    expect([0, 1, 2].map((index) => realValueAt(bias, index))).toEqual([5, -40, 1]);
  });

  it('takes a scalar and a tensor without elements', () => {
    expect([...realValues(tensor('float32', [], Float32Array.of(3)))]).toEqual([3]);
    expect(realValues(tensor('int8', [0, 2], new Int8Array(), { scale: [1, 2], zeroPoint: [0, 0], dimension: 1 }))).toHaveLength(0);
  });

  it('refuses data of another length and scales that fit no dimension', () => {
    expect(() => realValues(tensor('float32', [2], new Float32Array(3)))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    const wrong = tensor('int8', [3], new Int8Array(3), { scale: [1, 2], zeroPoint: [0, 0], dimension: 0 });
    expect(() => realValues(wrong)).toThrow(expect.objectContaining({ code: 'INVALID_QUANTIZATION' }));
    expect(() => realValueAt(wrong, 0)).toThrow(expect.objectContaining({ code: 'INVALID_QUANTIZATION' }));
  });
});

describe('realValueAt', () => {
  it('agrees with realValues for every type, with and without parameters', () => {
    fc.assert(fc.property(
      fc.constantFrom(...valueDtypes),
      fc.uint8Array({ minLength: 48, maxLength: 48 }),
      fc.constantFrom('nothing', 'tensor', 0, 1, 2),
      fc.float({ min: Math.fround(1e-3), max: 10, noNaN: true }),
      (dtype, bytes, along, scale) => {
        const shape = [2, 3, 48 / bytesPerElement(dtype) / 6];
        const channels = typeof along === 'string' ? 1 : (shape[along] ?? 1);
        const quantization = along === 'nothing' ? undefined : {
          scale: Array.from({ length: channels }, (_, channel) => scale * (channel + 1)),
          zeroPoint: Array.from({ length: channels }, (_, channel) => channel - 1),
          dimension: typeof along === 'string' ? 0 : along,
        };
        const subject = tensor(dtype, shape, bytes.slice(), quantization);
        const all = realValues(subject);
        expect(Array.from(all, (_, index) => realValueAt(subject, index))).toEqual([...all]);
      },
    ));
  });

  it('is NaN outside', () => {
    const subject = tensor('uint8', [2], Uint8Array.of(1, 2));
    expect([-1, 2, 0.5].map((index) => realValueAt(subject, index))).toEqual([NaN, NaN, NaN]);
  });
});

describe('tensorStatistics', () => {
  it('counts what is not finite and leaves it out', () => {
    expect(tensorStatistics(tensor('float32', [5], Float32Array.of(1, NaN, 4, -Infinity, -2)))).toEqual({ min: -2, max: 4, mean: 1, notFinite: 2 });
  });

  it('has no range without finite values', () => {
    expect(tensorStatistics(tensor('float32', [1], Float32Array.of(NaN)))).toEqual({ min: null, max: null, mean: null, notFinite: 1 });
    expect(tensorStatistics(tensor('float32', [0], new Float32Array()))).toEqual({ min: null, max: null, mean: null, notFinite: 0 });
  });

  it('works on dequantised values and does not overflow', () => {
    expect(tensorStatistics(tensor('uint8', [2], Uint8Array.of(128, 130), { scale: [0.5], zeroPoint: [128], dimension: 0 }))).toEqual({ min: 0, max: 1, mean: 0.5, notFinite: 0 });
    expect(tensorStatistics(tensor('float64', [3], Float64Array.of(1.5e308, 1.5e308, 1.5e308))).mean).toBeCloseTo(1.5e308, -300);
  });
});
