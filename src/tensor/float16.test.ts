import { getFloat16 } from '@petamoriken/float16';
import { describe, expect, it } from 'vitest';
import { fromFloat16Bits, toFloat16Bits } from './float16';

describe('half precision', () => {
  it('decodes every one of the 65536 bit patterns as the float16 package does, and encodes it back', () => {
    const view = new DataView(new ArrayBuffer(2));
    for (let bits = 0; bits < 2 ** 16; bits++) {
      view.setUint16(0, bits);
      const expected = getFloat16(view, 0);
      const value = fromFloat16Bits(bits);
      if (!Object.is(value, expected)) expect(value, bits.toString(16)).toBe(expected);
      if (!Number.isNaN(value) && toFloat16Bits(value) !== bits) expect(toFloat16Bits(value), bits.toString(16)).toBe(bits);
    }
  });
});
