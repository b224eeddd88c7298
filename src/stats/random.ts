/**
 * Uniform numbers in [0, 1) in steps of 2⁻³²: Tommy Ettinger's mulberry32 (public domain), which needs a single
 * 32-bit state and 32-bit multiplications only, so that every JavaScript engine gives the same sequence.
 * @param seed used modulo 2³²
 */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
