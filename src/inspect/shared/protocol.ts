/** Types only: what crosses the boundary between the page and the worker that looks into one model. */
import type { Result } from '../../threads/shared/result';
import type { ModelComparison } from '../diff/shared/comparison';
import type { ValueStatistics, OpDescription, OpRow, TensorDescription, TensorPlace, TextPage, ValuePage } from '../describe/shared/descriptions';

/** The worker's side: one model, opened once. Failures arrive as results, because comlink drops their codes. */
export interface InspectWorker {
  /** Reads the file that all later questions are about. The Blob is passed by reference. */
  open(blob: Blob): Promise<Result<void>>;
  ops(): Promise<Result<readonly OpRow[]>>;
  op(subgraph: number, op: number): Promise<Result<OpDescription>>;
  tensor(place: TensorPlace): Promise<Result<TensorDescription>>;
  statistics(place: TensorPlace): Promise<Result<ValueStatistics>>;
  values(place: TensorPlace, first: number, count: number): Promise<Result<ValuePage>>;
  texts(place: TensorPlace, first: number, count: number): Promise<Result<TextPage>>;
  /** A `.npy` file of the values as stored; transferred. */
  npy(place: TensorPlace): Promise<Result<ArrayBuffer>>;
  opsCsv(): Promise<Result<string>>;
  /** What differs from another file. */
  compare(other: Blob): Promise<Result<ModelComparison>>;
  /** Nothing here stops half way: a worker that is too long at it is ended. */
  cancel(): void;
}
