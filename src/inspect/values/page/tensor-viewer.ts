import { transfer } from 'comlink';
import { OwnedWorker } from '../../../threads/page/owned-worker';
import type { CallOptions } from '../../../threads/shared/methods';
import type { ValueTensor } from '../../../tensor/values';
import type { ValuePage } from '../../describe/shared/descriptions';
import type { ChannelQuestion, DrawnChannel, TensorOverview } from '../shared/viewer-types';
import type { ViewerMethods } from '../worker/viewer.worker';

/**
 * One tensor of a run in a worker of its own, which reads, counts and draws it. It lives until it is closed.
 *
 * All methods throw LitescopeError: CANCELLED, SESSION_HUNG, SESSION_CRASHED, SESSION_CLOSED.
 */
export class TensorViewer {
  readonly #worker: OwnedWorker<ViewerMethods>;
  readonly overview: TensorOverview;

  private constructor(worker: OwnedWorker<ViewerMethods>, overview: TensorOverview) {
    this.#worker = worker;
    this.overview = overview;
  }

  /**
   * @param tensor its data are moved to the worker and are gone from the page
   * @throws LitescopeError INVALID_INPUT when the data are not as long as the shape says, INVALID_QUANTIZATION
   */
  static async open(tensor: ValueTensor, options: CallOptions = {}): Promise<TensorViewer> {
    const worker = new OwnedWorker<ViewerMethods>(new Worker(new URL('../worker/viewer.worker.ts', import.meta.url), { type: 'module', name: 'litescope-viewer' }));
    try {
      const { dtype, shape, quantization, data } = tensor;
      return new TensorViewer(worker, await worker.remote.open(transfer({ dtype, shape, quantization, data }, [data]), options));
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  /** Values from the flat index `first` on. */
  values(first: number, count: number): Promise<ValuePage> {
    return this.#worker.remote.values({ first, count });
  }

  /** The values as stored, as a `.npy` file. */
  npy(): Promise<ArrayBuffer> {
    return this.#worker.remote.npy();
  }

  /** Pictures of channels, moved here; who asked closes or shows them. */
  channels(question: ChannelQuestion): Promise<readonly DrawnChannel[]> {
    return this.#worker.remote.channels(question);
  }

  /** Ends the worker, and with it the tensor; pending questions reject with SESSION_CLOSED. */
  close(): void {
    this.#worker.terminate();
  }
}
