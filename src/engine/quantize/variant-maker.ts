import { transfer } from 'comlink';
import type { CalibratedTensor } from '../../quantize/calibration';
import type { RecipeEstimate } from '../../quantize/estimate';
import type { Recipe } from '../../quantize/recipe';
import type { OutputTensor } from '../../vision/types';
import { type CallOptions, OwnedWorker } from '../owned-worker';
import type { ComparedOutputs, MadeFile, PassPreview, QuantizedFile, Rewriting, RewrittenFile, VariantWorker } from './protocol';
import type { OutputMeaning } from './task-agreement';

/** Makes variants of models in a worker of its own, which ends with `close`. All methods throw LitescopeError. */
export class VariantMaker {
  readonly #worker: OwnedWorker<VariantWorker>;

  constructor(worker = new OwnedWorker<VariantWorker>(new Worker(new URL('./variant.worker.ts', import.meta.url), { type: 'module', name: 'litescope-variants' }))) {
    this.#worker = worker;
  }

  previewPasses(model: Blob, options?: CallOptions): Promise<readonly PassPreview[]> {
    return this.#worker.ask((remote) => remote.previewPasses(model), options);
  }

  rewrite(model: Blob, rewriting: Rewriting, options?: CallOptions): Promise<RewrittenFile> {
    return this.#worker.ask((remote) => remote.rewrite(model, rewriting), options);
  }

  estimateRecipe(model: Blob, recipe: Recipe, options?: CallOptions): Promise<RecipeEstimate> {
    return this.#worker.ask((remote) => remote.estimateRecipe(model, recipe), options);
  }

  prepare(model: Blob, options?: CallOptions): Promise<MadeFile> {
    return this.#worker.ask((remote) => remote.prepare(model), options);
  }

  equalise(observed: readonly CalibratedTensor[], options?: CallOptions): Promise<MadeFile & { readonly channels: number }> {
    return this.#worker.ask((remote) => remote.equalise(observed), options);
  }

  quantize(recipe: Recipe, observed: readonly CalibratedTensor[], options?: CallOptions): Promise<QuantizedFile> {
    return this.#worker.ask((remote) => remote.quantize(recipe, observed), options);
  }

  /** Outputs are moved to the worker. */
  compare(reference: readonly OutputTensor[], outputs: readonly OutputTensor[], meaning?: OutputMeaning, options?: CallOptions): Promise<void> {
    const buffers = [...reference, ...outputs].map(({ data }) => data);
    return this.#worker.ask((remote) => remote.compare(transfer([...reference], buffers), [...outputs], meaning), options);
  }

  compared(options?: CallOptions): Promise<ComparedOutputs> {
    return this.#worker.ask((remote) => remote.compared(), options);
  }

  close(): void {
    this.#worker.terminate();
  }
}
