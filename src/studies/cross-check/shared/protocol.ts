/** Types only: what crosses between the page and the worker that compares runtimes tensor by tensor. */
import type { ModelSummary } from '../../../tflite/analysis/summary';
import type { OutputTensor } from '../../../vision/shared/types';
import type { RuntimeName } from '../../../engine/session/shared/protocol';
import type { Result } from '../../../threads/shared/result';
import type { Difference, Tolerance } from './differences';
import type { TensorPlan } from '../worker/tensors';

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

export interface CrossCheckWorker {
  plan(model: Blob): Promise<Result<TensorPlan>>;
  /** The model with these tensors of its first subgraph as its outputs, and its own behind them. */
  expose(model: Blob, tensors: readonly number[]): Promise<Result<ExposedModel>>;
  /** The values are moved in; the differences at each tensor come back. */
  compare(runtimes: readonly RuntimeTensors[], tolerance: Tolerance): Promise<Result<readonly TensorDifferences[]>>;
  cancel(): void;
}
