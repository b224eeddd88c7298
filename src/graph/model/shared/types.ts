import type { DType } from '../../../tensor/dtype';
import type { Family } from './families';

/** A constant that an op reads, as it is stored or computed from stored ones, shown inside its node. */
export interface FoldedConstant {
  /** The tensor that the op reads; another one than `tensor` where ops compute it from the stored values first. */
  readonly input: number;
  /** The tensor that the file stores, behind what computes with it; of several the first. */
  readonly tensor: number;
  readonly shape: readonly number[];
  /** The stored one, where the op reads the stored values in another form. */
  readonly dtype: DType;
}

/** One op as the drawing needs it. */
export interface GraphOp {
  readonly index: number;
  /** `CONV_2D`, or the custom op's own name. */
  readonly name: string;
  readonly custom: boolean;
  readonly family: Family;
  /** What sets this op apart from others of its kind: `3×3 s2 · ReLU6`; may be empty. */
  readonly fact: string;
  readonly constants: readonly FoldedConstant[];
  /** Tensors that are computed or fed, by index. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Name scopes from the outermost, without the op's own name. */
  readonly scope: readonly string[];
  /** Reads constants alone and gives them to other ops (DEQUANTIZE of float16 weights and the like): hidden unless asked for. */
  readonly foldable: boolean;
  /** Subgraphs that the op calls: bodies of control flow. */
  readonly calls: readonly number[];
  readonly values: Readonly<Record<CostName, number>>;
}

/** Numbers that every op has. */
export const costNames = ['macs', 'weightBytes', 'activationBytes'] as const;
export type CostName = (typeof costNames)[number];

export interface GraphTensor {
  readonly name: string;
  readonly dtype: DType;
  /** Free dimensions as −1. */
  readonly shape: readonly number[];
}

/** One subgraph; `ops` and `tensors` stand at their own indices. */
export interface Graph {
  readonly index: number;
  readonly name: string;
  readonly ops: readonly GraphOp[];
  readonly tensors: readonly GraphTensor[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** What a model's drawing is made from; survives structured clone. */
export interface GraphModel {
  readonly graphs: readonly Graph[];
}

/** Tensors that an op reads and that a run computes or is fed: not those that are constants. */
export function activationsOf({ inputs, constants }: GraphOp): readonly number[] {
  const constant = new Set(constants.map(({ input }) => input));
  return inputs.filter((tensor) => !constant.has(tensor));
}
