import type { Kernel } from '../kernels/kernel';

/** A kernel that is called with tensors. */
export interface KernelStep {
  readonly kind: 'kernel';
  readonly kernel: Kernel;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Nothing is done: the output is the input in another shape. */
export interface ReshapeStep {
  readonly kind: 'reshape';
  readonly input: number;
  readonly output: number;
}

/** Tensors one behind the other along an axis of the output, of which nothing is done for those that are computed in their place. */
export interface JoinStep {
  readonly kind: 'join';
  readonly inputs: readonly number[];
  readonly output: number;
  /** Among the four. */
  readonly axis: number;
}

export type Step = KernelStep | ReshapeStep | JoinStep;
