import { op, type Code } from '../emit/assembler';
import type { FunctionWriter } from '../emit/function-writer';

const constant = (value: number): Code => op.v128Const(value);

/** A value that is used more than once: evaluated into a local. */
function kept(f: FunctionWriter, value: Code): Code {
  const local = f.local('v128');
  f.emit(value, op.set(local));
  return op.get(local);
}

/**
 * e to the power of four floats, relative error below 2⁻²²; below −87 and above 88 it stays what it is there.
 *
 * x = n ln 2 + r with n whole and |r| at most ½ ln 2 (ln 2 in two parts, as Cody and Waite do), e^r by the polynomial of
 * Cephes' expf, and 2^n as an exponent.
 */
export function exponential(f: FunctionWriter, x: Code): Code {
  const within = kept(f, [x, constant(-87), op.f32x4PseudoMaximum, constant(88), op.f32x4PseudoMinimum]);
  const whole = kept(f, [within, constant(Math.LOG2E), op.f32x4Multiply, op.f32x4Nearest]);
  const high = kept(f, f.multiplyAdd(whole, constant(-0.693359375), within));
  const rest = kept(f, f.multiplyAdd(whole, constant(2.12194440e-4), high));
  const square = kept(f, [rest, rest, op.f32x4Multiply]);
  let polynomial: Code = constant(1.9875691500e-4);
  for (const coefficient of [1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1]) polynomial = f.multiplyAdd(polynomial, rest, constant(coefficient));
  const power = [f.multiplyAdd(polynomial, square, rest), constant(1), op.f32x4Add];
  const two = [whole, op.i32x4TruncateSaturated, op.v128ConstOf([127, 127, 127, 127]), op.i32x4Add, op.i32Const(23), op.i32x4ShiftLeft];
  return [power, two, op.f32x4Multiply];
}

/** 1 / (1 + e^−x) */
export function logistic(f: FunctionWriter, x: Code): Code {
  return [constant(1), constant(1), exponential(f, [x, op.f32x4Negate]), op.f32x4Add, op.f32x4Divide];
}

/** 1 − 2 / (1 + e^2x): within 2⁻²³ of the range, which is 2. */
export function hyperbolicTangent(f: FunctionWriter, x: Code): Code {
  return [constant(1), constant(2), constant(1), exponential(f, [x, constant(2), op.f32x4Multiply]), op.f32x4Add, op.f32x4Divide, op.f32x4Subtract];
}

/** x × (x + 3 between 0 and 6) / 6 */
export function hardSwish(f: FunctionWriter, x: Code): Code {
  const value = kept(f, x);
  const gate: Code = [value, constant(3), op.f32x4Add, constant(0), op.f32x4PseudoMaximum, constant(6), op.f32x4PseudoMinimum];
  return [value, gate, op.f32x4Multiply, constant(1 / 6), op.f32x4Multiply];
}
