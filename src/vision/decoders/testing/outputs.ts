import type { ValueDType } from '../../../tensor/dtype';
import type { Quantization } from '../../../tensor/quantization';
import { placementFor } from '../../frames/shared/placement';
import type { OutputTensor, Placement } from '../../shared/types';

/** A float32 output with the given values, for tests. */
export function floatOutput(name: string, shape: readonly number[], values: ArrayLike<number>): OutputTensor {
  return { name, dtype: 'float32', shape, data: Float32Array.from(values).buffer };
}

/** An output of any type from raw bytes, for tests. */
export function rawOutput(name: string, dtype: ValueDType, shape: readonly number[], bytes: Uint8Array, quantization?: Quantization): OutputTensor {
  return { name, dtype, shape, quantization, data: Uint8Array.from(bytes).buffer };
}

/** A 640 × 480 picture letterboxed into a square input: the picture fills the width, bars lie above and below. */
export function letterboxed(size: number): Placement {
  return placementFor('letterbox', 640, 480, size, size);
}

/** The logit whose sigmoid is `score`. */
export function logit(score: number): number {
  return Math.log(score / (1 - score));
}
