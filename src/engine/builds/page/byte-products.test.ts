import { describe, expect, it } from 'vitest';
import { byteProducts, kindOfProducts, type Dot } from './byte-products';

const saturate = (value: number) => Math.max(-32_768, Math.min(32_767, value));

/** Arm's SDOT, x86's VPDPBUSD and PMADDUBSW with PMADDWD, as their manuals put them. */
const sdot: Dot = (a, b) => Int32Array.from({ length: 4 }, (_, lane) => [0, 1, 2, 3].reduce((sum, byte) => sum + (a[4 * lane + byte] ?? 0) * (b[4 * lane + byte] ?? 0), 0));
const vpdpbusd: Dot = (a, b) => {
  const unsigned = new Uint8Array(b.buffer);
  return Int32Array.from({ length: 4 }, (_, lane) => [0, 1, 2, 3].reduce((sum, byte) => sum + (a[4 * lane + byte] ?? 0) * (unsigned[4 * lane + byte] ?? 0), 0));
};
const pmaddubsw: Dot = (a, b) => {
  const unsigned = new Uint8Array(b.buffer);
  const pair = (at: number) => saturate((a[at] ?? 0) * (unsigned[at] ?? 0) + (a[at + 1] ?? 0) * (unsigned[at + 1] ?? 0));
  return Int32Array.from({ length: 4 }, (_, lane) => pair(4 * lane) + pair(4 * lane + 2));
};

describe('products of bytes', () => {
  it('tells the instructions of processors apart', () => {
    expect(kindOfProducts(sdot)).toBe('signed');
    expect(kindOfProducts(vpdpbusd)).toBe('unsigned');
    expect(kindOfProducts(pmaddubsw)).toBe('cut off');
  });

  it('answers where relaxed SIMD is known, and nowhere else', () => {
    // A module of another hand, with i8x16.relaxed_swizzle.
    const known = WebAssembly.validate(Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11]));
    if (known) expect(['signed', 'unsigned', 'cut off']).toContain(byteProducts());
    else expect(byteProducts()).toBe(null);
  });
});
