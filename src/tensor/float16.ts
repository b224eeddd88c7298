import { setFloat16 } from '@petamoriken/float16';

const scratch = new DataView(new ArrayBuffer(2));

/** The bits of the half precision number nearest to `value`, ties to even; beyond ±65504 it is infinite. */
export function toFloat16Bits(value: number): number {
  setFloat16(scratch, 0, value);
  return scratch.getUint16(0);
}

let known: Float32Array | null = null;

/** Every half precision number by its bits. Made once: weights hold millions of them, and a look-up costs a hundredth of decoding each. */
function table(): Float32Array {
  known ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
  return known;
}

/** The value of half precision bits. */
export function fromFloat16Bits(bits: number): number {
  return table()[bits] ?? NaN;
}
