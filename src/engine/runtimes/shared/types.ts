/** Types only: what runtimes are given and give, beside the bytes of tensors. */
import type { ValueDType } from '../../../tensor/dtype';
import type { Quantization } from '../../../tensor/quantization';
import type { OutputTensor } from '../../../vision/shared/types';

export interface TensorInfo {
  readonly name: string;
  readonly dtype: ValueDType;
  readonly shape: readonly number[];
  readonly quantization?: Quantization | undefined;
}

/** A tensor between input and output as it was during a run. */
export interface ObservedTensor extends OutputTensor {
  /** In the signature's subgraph. */
  readonly index: number;
}

/** What another runtime computed of a tensor in the signature's subgraph. */
export type GivenTensor = Pick<ObservedTensor, 'index' | 'dtype' | 'shape' | 'data'>;

/**
 * A trial of what a heap's earlier content does to a model's speed, for Litescope's own tests and benchmarks. Only
 * `litert` on WebAssembly heeds it.
 */
export interface DirtyHeap {
  /** Before the model is loaded, this many bytes of the heap are filled with small integers and given back. */
  readonly filled_bytes: number;
  /** Whether the unused lanes of packed weights are counted and left as they are, as the runtime itself leaves them. */
  readonly leavePadding: boolean;
}
