/**
 * One description for each op of the format, by family: to describe another one, add a line to its family's file.
 *
 * Counting: a multiply-accumulate (MAC) is a multiplication and an addition that belong together, as papers count
 * them; operations (FLOPs, whatever the number type) are two for each MAC, one for each bias added, and one for each
 * further arithmetic operation, comparison or function. Fused activations are not counted. Ops that only move data have none.
 *
 * Three tables stand apart, and a test holds their names against this one: `format/schema/operators.ts` and `options.ts` are
 * the format itself, in the order of its numbers; the op table of `tfjs-kernels` is code in TensorFlow.js' calls; and
 * `xnnpack-operators.ts` holds another project's names, which change with a runtime's package.
 */
import type { OperatorCode } from '../format/model';
import * as count from './ops/arithmetic';
import { type OpDescription, weighted } from './ops/description';
import * as shape from './ops/shape-rules';
import { control } from './ops/families/control';
import { convolution } from './ops/families/convolution';
import { dense } from './ops/families/dense';
import { elementwise } from './ops/families/elementwise';
import { movement } from './ops/families/movement';
import { pooling } from './ops/families/pooling';
import { quantization } from './ops/families/quantization';
import type { BuiltinOperator } from '../format/schema/operators';

export type { OpDescription } from './ops/description';

const byFamily = { convolution, dense, pooling, elementwise, movement, quantization, control } as const;

/** Kinds of built-in ops that belong together. */
export type OpFamily = keyof typeof byFamily;

/** Every built-in op, or this does not compile. */
const builtins: Readonly<Record<BuiltinOperator, OpDescription>> = { ...convolution, ...dense, ...pooling, ...elementwise, ...movement, ...quantization, ...control };

const families = new Map(Object.entries(byFamily).flatMap(([family, group]) => Object.keys(group).map((name) => [name, family as OpFamily])));

/** Custom ops of which something is published: MediaPipe's, and the one in which TensorFlow's detectors end. */
const customs: Readonly<Record<string, OpDescription>> = {
  Convolution2DTransposeBias: { weights: [1], biases: [2], macs: count.transposedConvolution(0, 1), roles: weighted, kernel: [1, 3] },
  TFLite_Detection_PostProcess: { unknownArithmetic: true, shape: shape.detections },
};

/** What is known of an op; null for custom ops that nobody has published, and for ops newer than the schema. */
export function opDescription({ name, custom }: Pick<OperatorCode, 'name' | 'custom'>): OpDescription | null {
  const table: Readonly<Record<string, OpDescription | undefined>> = custom ? customs : builtins;
  return Object.hasOwn(table, name) ? table[name] ?? null : null;
}

/** What is known of a built-in op; null for any other name. */
export function builtinDescription(name: string): OpDescription | null {
  return opDescription({ name, custom: false });
}

/** The description of an op whose arithmetic is known; null for one of which only bytes can be told. */
export function opEntry(code: Pick<OperatorCode, 'name' | 'custom'>): OpDescription | null {
  const description = opDescription(code);
  return description?.unknownArithmetic === true ? null : description;
}

/** The family of a built-in op; null for any other name. */
export function opFamily(name: string): OpFamily | null {
  return families.get(name) ?? null;
}
