import { getFloat16, setFloat16 } from '@petamoriken/float16';

const scratch = new DataView(new ArrayBuffer(2));

/** The bits of the half precision number nearest to `value`, ties to even; beyond ±65504 it is infinite. */
export function toFloat16Bits(value: number): number {
  setFloat16(scratch, 0, value);
  return scratch.getUint16(0);
}

/** The value of half precision bits. */
export function fromFloat16Bits(bits: number): number {
  scratch.setUint16(0, bits);
  return getFloat16(scratch, 0);
}
