/** Types only: what crosses between the page and the worker that compares two models layer by layer. */
import type { OutputTensor } from '../../../vision/shared/types';
import type { Result } from '../../../threads/shared/result';
import type { TensorError } from '../worker/channel-errors';
import type { LayerPlan } from '../worker/layer-plan';

/** The worker's side; it serves one comparison. */
export interface LayersWorker {
  /** Files cross by reference. */
  plan(a: Blob, b: Blob): Promise<Result<LayerPlan>>;
  /** Tensors of one part and run, in the order of its pairs; moved in. */
  add(part: number, a: readonly OutputTensor[], b: readonly OutputTensor[]): Promise<Result<void>>;
  /** In the order of the plan's pairs. */
  result(): Promise<Result<readonly TensorError[]>>;
  cancel(): void;
}
