/** Types only: what crosses between the page and the worker that compares runtimes tensor by tensor. */
import type { ModelSummary } from '../../../tflite/analysis/summary';
import type { OutputTensor } from '../../../vision/shared/types';
import type { RuntimeName } from '../../../engine/configuration/shared/configuration';
import type { Difference, Tolerance } from './differences';

/** A tensor that an op computes, in the order in which a run comes to it. */
export interface CheckedTensor {
  /** In the first subgraph, as `op` is. */
  readonly tensor: number;
  readonly name: string;
  readonly op: number;
  readonly kind: string;
}

/** Tensors that fit a session's memory together. */
export interface TensorPart {
  /** In order of execution. */
  readonly tensors: readonly CheckedTensor[];
  /** What ops of this part read and earlier parts compute. */
  readonly read: readonly number[];
}

export interface TensorPlan {
  /** In order of execution. */
  readonly parts: readonly TensorPart[];
  /** How many tensors are not looked at, because not all runtimes give out what they hold: state, and by type. */
  readonly left: Readonly<Record<string, number>>;
  /** Ops of other subgraphs, which are not looked at: bodies of control flow, and what other signatures run. */
  readonly elsewhere: number;
}

/** A model that gives out tensors from its middle; the file crosses by reference. */
export interface ExposedModel {
  readonly blob: Blob;
  readonly summary: ModelSummary;
}

/** How two runtimes differ at one tensor after all ops before it. */
export interface PairDifference extends Difference {
  readonly pair: readonly [RuntimeName, RuntimeName];
}

/** How a runtime's op differs from the reference kernel on the very same inputs. */
export interface LocalDifference extends Difference {
  readonly runtime: RuntimeName;
}

/** What one runtime computed, in the order of the tensors that were asked for. */
export interface RuntimeTensors {
  readonly runtime: RuntimeName;
  readonly tensors: readonly OutputTensor[];
  /** What the reference kernels make of this runtime's inputs, op by op; null where they do not run the model, and for themselves. */
  readonly expected: readonly OutputTensor[] | null;
}

export interface TensorDifferences {
  readonly pairs: readonly PairDifference[];
  readonly local: readonly LocalDifference[];
}

/** Values of all runtimes at the same tensors. */
export interface Opinions {
  readonly runtimes: readonly RuntimeTensors[];
  readonly tolerance: Tolerance;
}
