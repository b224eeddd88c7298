import type { ActivationBits, TensorParameters } from './parameters';

/** How an op computes with integers, by TFLite's quantization specification. */
export interface OpRule {
  /**
   * `weights`: multiplies with weights that have a scale for each channel. `same`: only moves or compares numbers, so
   * that inputs and outputs share one scale. `fixed`: its output's scale is part of the specification. `free`: any scales.
   */
  readonly kind: 'weights' | 'same' | 'fixed' | 'free';
  /** The first version of the op that takes activations of so many bits; without one it cannot. */
  readonly versions: { readonly 8: number; readonly 16?: number };
  readonly output?: { readonly 8: TensorParameters; readonly 16?: TensorParameters };
  /** Why nobody should quantize it although it can be; a recipe may still name it. */
  readonly better?: string;
}

const weights = (int8: number, int16?: number): OpRule => ({ kind: 'weights', versions: versions(int8, int16) });
const same = (int8: number, int16?: number): OpRule => ({ kind: 'same', versions: versions(int8, int16) });
const free = (int8: number, int16?: number): OpRule => ({ kind: 'free', versions: versions(int8, int16) });

function versions(int8: number, int16: number | undefined): OpRule['versions'] {
  return int16 === undefined ? { 8: int8 } : { 8: int8, 16: int16 };
}

/** From −1 to 1. */
const signedUnit = { 8: { scale: 1 / 128, zeroPoint: 0 }, 16: { scale: 1 / 32768, zeroPoint: 0 } } as const;
/** From 0 to 1. */
const unit = { 8: { scale: 1 / 256, zeroPoint: -128 }, 16: { scale: 1 / 32768, zeroPoint: 0 } } as const;

const rules: Readonly<Record<string, OpRule>> = {
  CONV_2D: weights(3, 4), DEPTHWISE_CONV_2D: weights(3, 5), FULLY_CONNECTED: weights(4, 7), TRANSPOSE_CONV: weights(3),

  SOFTMAX: { kind: 'fixed', versions: { 8: 2, 16: 3 }, output: unit },
  LOGISTIC: { kind: 'fixed', versions: { 8: 2, 16: 3 }, output: unit },
  TANH: { kind: 'fixed', versions: { 8: 2, 16: 3 }, output: signedUnit },
  L2_NORMALIZATION: { kind: 'fixed', versions: { 8: 2 }, output: { 8: signedUnit[8] } },

  RESHAPE: same(1, 1), SQUEEZE: same(1, 1), EXPAND_DIMS: same(1, 1), CONCATENATION: same(2, 3), PAD: same(2, 3), MIRROR_PAD: same(2, 2), TRANSPOSE: same(2),
  MAX_POOL_2D: same(2, 3), AVERAGE_POOL_2D: same(2, 3), MAXIMUM: same(2), MINIMUM: same(2),
  SLICE: same(2), STRIDED_SLICE: same(2), SPLIT: same(2), SPLIT_V: same(2), PACK: same(2), UNPACK: same(2), TILE: same(2), GATHER: same(2),
  RESIZE_BILINEAR: same(2), RESIZE_NEAREST_NEIGHBOR: same(2), SPACE_TO_DEPTH: same(2), DEPTH_TO_SPACE: same(2), SPACE_TO_BATCH_ND: same(2), BATCH_TO_SPACE_ND: same(2),

  ADD: free(2, 4), SUB: free(2, 5), MUL: free(2, 4), MEAN: free(2, 3), SUM: free(2), RELU: free(2, 3), RELU6: free(2, 3), LEAKY_RELU: free(2, 2), PRELU: free(1),
  HARD_SWISH: { ...free(1), better: 'XNNPACK has no integer kernel for it, so that it would take longer than in float' },
};

/** The rule of a built-in op; undefined for one that stays in float. */
export function opRule(name: string): OpRule | undefined {
  return Object.hasOwn(rules, name) ? rules[name] : undefined;
}

export function ruleVersion(rule: OpRule, bits: ActivationBits): number | undefined {
  return rule.versions[bits];
}
