/** How far the outputs of one runtime may lie from those of another. */
import type { EngineOutcome } from './engine';
import { expect } from './fixtures';

/** The greatest difference of two outputs as a part of the first one's range. */
function relativeDifference(one: readonly number[], other: readonly number[]): number {
  expect(other).toHaveLength(one.length);
  let [least, greatest, apart] = [Infinity, -Infinity, 0];
  one.forEach((value, index) => {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    apart = Math.max(apart, Math.abs(value - (other[index] ?? Number.NaN)));
  });
  // One value has no range of its own.
  return apart / Math.max(greatest - least, one.length === 1 ? Math.max(1, Math.abs(greatest)) : Number.MIN_VALUE);
}

/** The share of elements that are at most two quantized steps apart. */
function withinTwoSteps(one: readonly number[], other: readonly number[]): number {
  expect(other).toHaveLength(one.length);
  return one.filter((value, index) => Math.abs(value - (other[index] ?? Number.NaN)) <= 2).length / one.length;
}

/**
 * The furthest that relaxed SIMD may take LiteRT away, as a part of an output's range. Its multiply-adds round once instead
 * of twice, at most 2⁻²⁴ of a term each: over the some 100,000 terms on the longest way through these networks that is a
 * random walk of √100,000 · 2⁻²⁴ ≈ 2e-5, which cancellation may make some ten times as much. A fault in a kernel is a
 * hundred times as much.
 */
const relaxedLimit = 1e-3;

/**
 * @param third what the other runtime with XNNPACK gave: nobody can be nearer to both than they are to each other, but for all
 *   that LiteRT stays within the limit of relaxed SIMD
 */
export function expectAgreement(reference: EngineOutcome, other: EngineOutcome, third: EngineOutcome | null = null, tolerance = 1e-4): void {
  for (const [index, { name, dtype, values }] of reference.outputs.entries()) {
    const compared = other.outputs[index]?.values ?? [];
    const what = `${name} on ${other.configuration.runtime}`;
    const between = third === null ? 0 : 1.1 * relativeDifference(compared, third.outputs[index]?.values ?? []);
    if (dtype === 'float32') expect(relativeDifference(values, compared), what).toBeLessThan(Math.max(tolerance, Math.min(between, relaxedLimit)));
    else expect(withinTwoSteps(values, compared), what).toBeGreaterThanOrEqual(0.99);
  }
}

/**
 * Holds what TensorFlow.js' kernels gave against what the runtimes with XNNPACK gave.
 * @param others one or two, tfjs-tflite first
 */
export function expectAgreementWithBoth(reference: EngineOutcome, others: readonly EngineOutcome[], tolerance: number): void {
  expect(others.length).toBeGreaterThan(0);
  for (const [index, other] of others.entries()) expectAgreement(reference, other, others[1 - index] ?? null, tolerance);
  // The one without relaxed SIMD is within the tolerance in any case.
  const [strict] = others;
  if (strict?.configuration.runtime === 'tfjs-tflite') expectAgreement(reference, strict, null, tolerance);
}
