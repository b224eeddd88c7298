/** Types only: what crosses the boundary to the worker that cuts models. */
import type { ModelSummary } from '../../../tflite/analysis/summary';
import type { OlderInputs } from '../../bench/shared/protocol';
import type { OpTime } from '../../../report/op-profile';

/** What is known of an op without running it. */
export type OpFacts = Pick<OpTime, 'op' | 'kind' | 'name' | 'macs' | 'bytes'>;

/** A model to be cut, as it is run: its file by reference, and the subgraph. */
export interface SliceRequest {
  readonly model: Blob;
  readonly subgraph: number;
}

export interface SlicedOp extends OpFacts {
  /** It is computed once, when a model is loaded, and is in no run. */
  readonly once: boolean;
  /** It clamps what the running op before it computes, and nobody else reads that: runtimes do both at once. */
  readonly joined: boolean;
  /** Size of its weights. */
  readonly weightBytes: number;
  /** Size of what it writes in a run. */
  readonly writtenBytes: number;
  /** A guess of its time, to be compared with other ops' alone. */
  readonly weight: number;
}

/** Some ops of a model as a model of its own. */
export interface SlicedModel {
  readonly blob: Blob;
  readonly summary: ModelSummary;
}

/** Some ops from the midst of a model. */
export interface SlicedPart extends SlicedModel {
  readonly older: OlderInputs;
}

/** Ops from one to another, both included. */
export interface OpSpan {
  readonly first: number;
  readonly last: number;
}
