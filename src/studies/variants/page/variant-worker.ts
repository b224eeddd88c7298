import { transfer } from 'comlink';
import { withWorker } from '../../../threads/page/owned-worker';
import type { RemoteMethods } from '../../../threads/shared/methods';
import type { OutputPair } from '../shared/protocol';
import type { VariantMethods } from '../worker/variant.worker';
import { loadWorker } from '../../../threads/page/load-worker';

/** What makes variants of models, in a worker of its own. All methods throw LitescopeError. */
export type VariantMaker = RemoteMethods<VariantMethods>;

/** Starts a worker for one piece of work and ends it with the work. */
export function withMaker<T>(work: (maker: VariantMaker) => Promise<T>): Promise<T> {
  return withWorker<VariantMethods, T>(() => loadWorker((Worker) => new Worker(new URL('../worker/variant.worker.ts', import.meta.url), { type: 'module', name: 'litescope-variants' })), work);
}

/** Outputs on their way to the worker, to which they are moved. */
export function movedOutputs(pair: OutputPair): OutputPair {
  return transfer(pair, [...pair.reference, ...pair.outputs].map(({ data }) => data));
}
