import { OwnedWorker } from '../../threads/page/owned-worker';
import type { RemoteMethods } from '../../threads/shared/methods';
import type { GraphMethods } from '../worker/graph.worker';
import { loadWorker } from '../../threads/page/load-worker';

/** The page's side of the worker that reads a model's graphs, lays them out, searches and exports them. Errors are LitescopeErrors. */
export class GraphClient {
  readonly #worker = new OwnedWorker<GraphMethods>(loadWorker((Worker) => new Worker(new URL('../worker/graph.worker.ts', import.meta.url), { type: 'module', name: 'litescope-graph' })));

  get remote(): RemoteMethods<GraphMethods> {
    return this.#worker.remote;
  }

  /** Ends the worker; calls that are under way reject with SESSION_CLOSED. */
  close(): void {
    this.#worker.terminate();
  }
}
