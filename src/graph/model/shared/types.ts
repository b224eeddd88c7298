import type { DType } from '../../../tensor/dtype';
import type { Family } from './families';

/** A constant that an op reads, shown inside its node. */
export interface FoldedConstant {
  /** The tensor that the op reads; another one than `tensor` where an op unfolds the stored values first. */
  readonly input: number;
  /** The tensor that the file stores, behind what unfolds it. */
  readonly tensor: number;
  readonly shape: readonly number[];
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
  /** Only unfolds constants (DEQUANTIZE of float16 weights and the like): hidden unless asked for. */
  readonly unfolds: boolean;
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

/** Tensors that an op reads and that a run computes or is fed: not those that only unpack constants. */
export function activationsOf({ inputs, constants }: GraphOp): readonly number[] {
  const unpacked = new Set(constants.map(({ input }) => input));
  return inputs.filter((tensor) => !unpacked.has(tensor));
}
