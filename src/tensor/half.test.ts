import { getFloat16, setFloat16 } from '@petamoriken/float16';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfBits, halfValues } from './half';

const memory = new DataView(new ArrayBuffer(2));

function libraryBits(value: number): number {
  setFloat16(memory, 0, value);
  return memory.getUint16(0);
}

describe('halfBits', () => {
  it('gives back every half', () => {
    for (let half = 0; half < 65536; half++) {
      memory.setUint16(0, half);
      const value = getFloat16(memory, 0);
      if (!Number.isNaN(value)) expect(halfBits(value)).toBe(half);
    }
  });

  it('rounds like the library, which rounds from float64', () => {
    fc.assert(fc.property(fc.oneof(fc.float(), fc.float({ min: -70000, max: 70000 }), fc.float({ min: Math.fround(-1e-4), max: Math.fround(1e-4) })), (value) => {
      expect(halfBits(value)).toBe(libraryBits(value));
    }), { numRuns: 2000 });
    for (const value of [0, -0, 1, -1, 65504, 65519, 65520, -65520, Infinity, -Infinity, NaN, 2 ** -24, 2 ** -25, 3 * 2 ** -25, 2 ** -14 - 2 ** -25]) {
      expect(halfBits(value)).toBe(libraryBits(value));
    }
  });
});

describe('halfValues', () => {
  it('is what the library reads, for every half', () => {
    const values = halfValues(Uint16Array.from({ length: 65536 }, (_, half) => half));
    const expected = Float32Array.from({ length: 65536 }, (_, half) => {
      memory.setUint16(0, half);
      return getFloat16(memory, 0);
    });
    expect(values).toEqual(expected);
    expect(Object.is(values[0x8000], -0)).toBe(true);
  });
});
