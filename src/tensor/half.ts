const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Smallest normal half, 2⁻¹⁴, and the smallest magnitude that has no place in its exponent, 2¹⁶, as float32 bits. */
const smallestNormal = 0x38800000;
const tooLarge = 0x47800000;

/**
 * The bits of the nearest half precision number, ties to even. A picture needs it some hundred thousand times a frame,
 * for which the general conversion of @petamoriken/float16 (exact from float64, but over 1 µs each) is too slow.
 */
export function halfBits(value: number): number {
  float[0] = value;
  const word = bits[0] as number;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude >= tooLarge) return sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00);
  // Half's exponent is biased by 15, float32's by 127; what rounding carries over runs into the exponent as it should.
  if (magnitude >= smallestNormal) return sign | ((magnitude - 0x38000000 + 0x0fff + ((magnitude >>> 13) & 1)) >>> 13);
  const steps = Math.abs(value) * 2 ** 24;
  const floor = Math.floor(steps);
  const remainder = steps - floor;
  return sign | (remainder > 0.5 || (remainder === 0.5 && floor % 2 === 1) ? floor + 1 : floor);
}

/** The numbers that halves stand for, exactly; models and pictures need millions of them. */
export function halfValues(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(halves.length);
  const words = new Uint32Array(values.buffer);
  for (let index = 0; index < halves.length; index++) {
    const half = halves[index] as number;
    const sign = (half & 0x8000) << 16;
    const magnitude = half & 0x7fff;
    if (magnitude >= 0x7c00) words[index] = sign | 0x7f800000 | ((magnitude & 0x03ff) << 13);
    else if (magnitude >= 0x0400) words[index] = sign | ((magnitude << 13) + 0x38000000);
    else values[index] = (sign === 0 ? magnitude : -magnitude) * 2 ** -24;
  }
  return values;
}
