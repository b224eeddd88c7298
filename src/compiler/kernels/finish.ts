import { op, type Code } from '../emit/assembler';
import { lanes, type FunctionWriter } from '../emit/function-writer';
import { hardSwish, hyperbolicTangent, logistic } from './transcendental';

/** Functions of one number that a kernel may apply to what it has in registers. */
export const activations = ['NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1', 'RELU_0_TO_1', 'LOGISTIC', 'TANH', 'HARD_SWISH'] as const;
export type Activation = (typeof activations)[number];

/** What happens to a result before it is stored: an activation, then perhaps another tensor added, then another activation. */
export interface Finish {
  readonly activation: Activation;
  readonly residual: null | {
    /** Those that the other tensor has; the remaining ones get nothing added. */
    readonly channels: number;
    readonly activation: Activation;
  };
}

export const plain: Finish = { activation: 'NONE', residual: null };

const clamps: { readonly [A in Activation]?: readonly [low: number, high: number] } = { RELU: [0, Infinity], RELU6: [0, 6], RELU_N1_TO_1: [-1, 1], RELU_0_TO_1: [0, 1] };

export function activate(f: FunctionWriter, activation: Activation, x: Code): Code {
  const clamp = clamps[activation];
  if (clamp !== undefined) {
    const [low, high] = clamp;
    const above = [op.v128Const(low), x, op.f32x4PseudoMaximum];
    return high === Infinity ? above : [op.v128Const(high), above, op.f32x4PseudoMinimum];
  }
  switch (activation) {
    case 'LOGISTIC': return logistic(f, x);
    case 'TANH': return hyperbolicTangent(f, x);
    case 'HARD_SWISH': return hardSwish(f, x);
    default: return x;
  }
}

/**
 * Finishes a vector in its local.
 *
 * @param first the first of its channels
 * @param residual loads the other tensor's vector
 */
export function finish(f: FunctionWriter, { activation, residual }: Finish, vector: number, first: number, residualVector: () => Code): void {
  if (activation !== 'NONE') f.emit(activate(f, activation, op.get(vector)), op.set(vector));
  if (residual === null) return;
  const there = Math.min(lanes, residual.channels - first);
  if (there > 0) {
    const mask = there === lanes ? [] : [op.v128ConstOf([-1, there > 1 ? -1 : 0, there > 2 ? -1 : 0, 0]), op.v128And];
    f.emit(op.get(vector), residualVector(), mask, op.f32x4Add, op.set(vector));
  }
  if (residual.activation !== 'NONE') f.emit(activate(f, residual.activation, op.get(vector)), op.set(vector));
}
