import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueDtypes } from './dtype';
import { encodeReals, integerRanges } from './encode';
import { fillRandom, fillZeros } from './fill';
import { fromFloat16Bits } from './float16';
import { bytesPerElement, realValues, viewOf } from './values';

describe('fillRandom', () => {
  it('gives mulberry32’s published sequence', () => {
    // Reference: the generator in C with seed 1, compiled and run.
    const view = new Float64Array(3);
    fillRandom(view, 'float64', undefined, { seed: 1, min: 0, max: 1 });
    expect([...view].map((value) => value * 2 ** 32)).toEqual([2693262067, 11749833, 2265367787]);
  });

  it('is the same for the same seed and another for another', () => {
    const fill = (seed: number): number[] => {
      const view = new Float32Array(100);
      fillRandom(view, 'float32', undefined, { seed, min: -1, max: 1 });
      return [...view];
    };
    expect(fill(7)).toEqual(fill(7));
    expect(fill(7)).not.toEqual(fill(8));
  });

  it('stays in the range, to the accuracy of the type, for every type', () => {
    fc.assert(fc.property(fc.constantFrom(...valueDtypes), fc.integer(), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), (dtype, seed, min, width) => {
      const data = new ArrayBuffer(50 * bytesPerElement(dtype));
      fillRandom(viewOf(dtype, data), dtype, undefined, { seed, min, max: min + width });
      const values = realValues({ dtype, shape: [50], data });
      if (dtype === 'bool') expect(values.every((value) => value === 0 || value === 1)).toBe(true);
      else expect(values.every((value) => value >= min && value <= min + width)).toBe(true);
    }));
  });

  it('quantizes with the tensor’s own parameters', () => {
    const view = new Int8Array(1000);
    fillRandom(view, 'int8', { scale: [2 / 255], zeroPoint: [-1], dimension: 0 }, { seed: 1, min: -1, max: 1 });
    expect(Math.min(...view)).toBeLessThan(-120);
    expect(Math.max(...view)).toBeGreaterThan(120);
    const mean = view.reduce((sum, value) => sum + value, 0) / view.length;
    expect(Math.abs(mean)).toBeLessThan(8);
  });

  it('reaches both values of a bool', () => {
    const view = new Uint8Array(200);
    fillRandom(view, 'bool', undefined, { seed: 1, min: 0, max: 1 });
    const ones = view.reduce((sum, value) => sum + value, 0);
    expect(ones).toBeGreaterThan(60);
    expect(ones).toBeLessThan(140);
  });

  it.each([[2, 1], [0, Infinity], [NaN, 1]])('refuses a range from %s to %s', (min, max) => {
    expect(() => fillRandom(new Float32Array(1), 'float32', undefined, { seed: 1, min, max })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

describe('fillZeros', () => {
  it('writes the zero point of a quantized tensor', () => {
    const view = new Uint8Array(3).fill(9);
    fillZeros(view, 'uint8', { scale: [0.1], zeroPoint: [128], dimension: 0 });
    expect([...view]).toEqual([128, 128, 128]);
  });

  it('writes each channel’s zero point', () => {
    const view = new Int8Array(4);
    fillZeros(view, 'int8', { scale: [1, 1], zeroPoint: [3, 4], dimension: 1 }, [2, 2]);
    expect([...view]).toEqual([3, 4, 3, 4]);
  });

  it('clears everything else', () => {
    const view = new BigInt64Array(2).fill(5n);
    fillZeros(view, 'int64', undefined);
    expect([...view]).toEqual([0n, 0n]);
  });
});

describe('encodeReals', () => {
  const encode = (dtype: 'int8' | 'uint64' | 'int64', reals: readonly number[]): string[] => {
    const view = viewOf(dtype, new ArrayBuffer(reals.length * bytesPerElement(dtype)));
    encodeReals(view, dtype, undefined, [reals.length], (index) => reals[index] ?? NaN);
    return Array.from(view, String);
  };

  it('rounds halves away from zero, as TFLite does', () => {
    expect(encode('int8', [0.5, -0.5, 1.5, -1.5, 2.4, -2.6])).toEqual(['1', '-1', '2', '-2', '2', '-3']);
  });

  it('saturates at the ends of every integer type', () => {
    expect(encode('int8', [1e9, -Infinity])).toEqual(['127', '-128']);
    expect(encode('int64', [1e30, -1e30])).toEqual([String(integerRanges.int64?.max), String(integerRanges.int64?.min)]);
    expect(encode('uint64', [Infinity, -1, 2 ** 63])).toEqual([String(2n ** 64n - 1n), '0', String(2n ** 63n)]);
  });

  it('refuses NaN where an integer is stored', () => {
    expect(() => encode('int8', [NaN])).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => encode('int64', [NaN])).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('rounds to half precision', () => {
    const view = new Uint16Array(3);
    encodeReals(view, 'float16', undefined, [3], (index) => [0.1, 65504, 1e6][index] ?? 0);
    expect([...view]).toEqual([0x2e66, 0x7bff, 0x7c00]);
    expect(fromFloat16Bits(0x7bff)).toBe(65504);
  });
});
