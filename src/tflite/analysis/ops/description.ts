import type { InputRole, IntegerDoubt } from '../../../messages/tflite-ops';
import type { BuiltinOperator } from '../../format/schema/operators';
import { type Count, perOutput } from './arithmetic';
import type { ShapeRule } from './context';
import * as shape from './shape-rules';

/**
 * What the project knows of an op. Each room takes its part: costs and shapes are found here in `tflite`, `inspect` names
 * inputs and settings, `graph` colours families, `rewrite` finds weights, `quantize` follows the rules of integers.
 */
export interface OpDescription {
  /** Nothing is known of its arithmetic: of costs only bytes can be told. */
  readonly unknownArithmetic?: true;
  /** What inputs are for, by position; those beyond the list have no name of their own. */
  readonly roles?: readonly InputRole[];
  /** Positions of inputs that are weights. */
  readonly weights?: readonly number[];
  /** Positions of inputs that are biases. */
  readonly biases?: readonly number[];
  /** Of ops that multiply with weights for each output channel: the dimension of the first weights along which output channels lie. */
  readonly channels?: number;
  /** The input that is multiplied with the weights; the first one unless it says otherwise. */
  readonly activation?: number;
  /** The first dimension of the first weights that moves over the input, and the one behind the last. */
  readonly kernel?: readonly [from: number, to: number];
  readonly macs?: Count;
  /** Operations beyond those of MACs and biases. */
  readonly operations?: Count;
  /** Without a rule the file's shapes are all that is known. */
  readonly shape?: ShapeRule;
  /** Positions of inputs whose values, and not their shapes alone, say how large its outputs are: new shapes, paddings, axes, conditions. */
  readonly sizedBy?: readonly number[];
  /** Reads of its first inputs only as much as it writes: lookups and cuts. */
  readonly reads?: 'written';
  /** How it computes with integers; without a rule it stays in float. */
  readonly quantized?: IntegerRule;
  /** A positive factor of a channel passes through from its first input to its output: f(s × x) = s × f(x), clamps above zero aside. */
  readonly passesFactors?: true;
  /** Its outputs hold values of its inputs, moved or chosen, none of them changed: what is cut off behind it may be cut off before. */
  readonly movesValues?: true;
  /** Outside of these limits it gives what it gives at the limit. */
  readonly flatBeyond?: { readonly min: number; readonly max: number };
}

/** How an op computes with integers, by TFLite's quantization specification. */
export interface IntegerRule {
  /**
   * `weights`: multiplies with weights that have a scale for each channel. `same`: only moves or compares numbers, so
   * that inputs and outputs share one scale. `fixed`: its output's scale is part of the specification. `free`: any scales.
   */
  readonly kind: 'weights' | 'same' | 'fixed' | 'free';
  /** The first version of the op that takes activations of so many bits; without one it cannot. */
  readonly versions: { readonly 8: number; readonly 16?: number };
  readonly output?: FixedOutput;
  /** Why nobody should quantize it although it can be; a recipe may still name it. */
  readonly better?: IntegerDoubt;
}

interface FixedOutput {
  readonly 8: { readonly scale: number; readonly zeroPoint: number };
  readonly 16?: { readonly scale: number; readonly zeroPoint: number };
}

/** Built-in ops of one family, by name. */
export type OpGroup = { readonly [Name in BuiltinOperator]?: OpDescription };

export const unknownArithmetic: OpDescription = { unknownArithmetic: true };
export const weighted = ['input', 'weights', 'bias'] as const;

/** One input, one output, `operations` for each element. */
export const each = (operations: number): OpDescription => ({ operations: perOutput(operations), shape: shape.same });
export const moved = (rule: ShapeRule, ...sizedBy: readonly number[]): OpDescription => ({ shape: rule, ...(sizedBy.length === 0 ? {} : { sizedBy }) });
export const cut = (rule: ShapeRule, ...sizedBy: readonly number[]): OpDescription => ({ ...moved(rule, ...sizedBy), reads: 'written' });

export const byChannel = (int8: number, int16?: number): IntegerRule => ({ kind: 'weights', versions: versions(int8, int16) });
export const sharedScale = (int8: number, int16?: number): IntegerRule => ({ kind: 'same', versions: versions(int8, int16) });
export const ownScale = (int8: number, int16?: number): IntegerRule => ({ kind: 'free', versions: versions(int8, int16) });
export const fixedScale = (output: FixedOutput, int8: number, int16?: number): IntegerRule => ({ kind: 'fixed', versions: versions(int8, int16), output });

function versions(int8: number, int16: number | undefined): IntegerRule['versions'] {
  return int16 === undefined ? { 8: int8 } : { 8: int8, 16: int16 };
}
