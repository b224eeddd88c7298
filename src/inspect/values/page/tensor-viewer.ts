import { transfer } from 'comlink';
import { OwnedWorker } from '../../../threads/page/owned-worker';
import type { CallOptions, RemoteMethods } from '../../../threads/shared/methods';
import type { ValueTensor } from '../../../tensor/values';
import type { TensorOverview } from '../shared/viewer-types';
import type { ViewerMethods } from '../worker/viewer.worker';
import { loadWorker } from '../../../threads/page/load-worker';

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
    const worker = new OwnedWorker<ViewerMethods>(loadWorker((Worker) => new Worker(new URL('../worker/viewer.worker.ts', import.meta.url), { type: 'module', name: 'litescope-viewer' })));
    try {
      const { dtype, shape, quantization, data } = tensor;
      return new TensorViewer(worker, await worker.remote.open(transfer({ dtype, shape, quantization, data }, [data]), options));
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  /** What can be asked of the tensor; bitmaps and files are moved here, who asked closes or shows them. */
  get remote(): RemoteMethods<ViewerMethods> {
    return this.#worker.remote;
  }

  /** Ends the worker, and with it the tensor; pending questions reject with SESSION_CLOSED. */
  close(): void {
    this.#worker.terminate();
  }
}
