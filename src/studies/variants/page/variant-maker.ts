import { transfer } from 'comlink';
import { calibrationBuffers, type CalibratedTensor } from '../../../quantize/calibration';
import type { RecipeEstimate } from '../../../quantize/estimate';
import type { Recipe } from '../../../quantize/recipe';
import type { OutputTensor } from '../../../vision/shared/types';
import { OwnedWorker } from '../../../threads/page/owned-worker';
import type { CallOptions } from '../../../threads/shared/methods';
import type { Progress } from '../../progress';
import type { ComparedOutputs, MadeFile, OutputMeaning, PassPreview, QuantizedFile, Rewriting, RewrittenFile } from '../shared/protocol';
import type { VariantMethods } from '../worker/variant.worker';

/** Makes variants of models in a worker of its own, which ends with `close`. All methods throw LitescopeError. */
export class VariantMaker {
  readonly #worker: OwnedWorker<VariantMethods>;

  constructor(worker = new OwnedWorker<VariantMethods>(new Worker(new URL('../worker/variant.worker.ts', import.meta.url), { type: 'module', name: 'litescope-variants' }))) {
    this.#worker = worker;
  }

  previewPasses(model: Blob, options?: CallOptions<Progress>): Promise<readonly PassPreview[]> {
    return this.#worker.remote.previewPasses(model, options);
  }

  rewrite(model: Blob, rewriting: Rewriting, options?: CallOptions<Progress>): Promise<RewrittenFile> {
    return this.#worker.remote.rewrite({ model, rewriting }, options);
  }

  estimateRecipe(model: Blob, recipe: Recipe, options?: CallOptions<Progress>): Promise<RecipeEstimate> {
    return this.#worker.remote.estimateRecipe({ model, recipe }, options);
  }

  prepare(model: Blob, options?: CallOptions<Progress>): Promise<MadeFile> {
    return this.#worker.remote.prepare(model, options);
  }

  equalise(observed: readonly CalibratedTensor[], options?: CallOptions<Progress>): Promise<MadeFile & { readonly channels: number }> {
    return this.#worker.remote.equalise(observed, options);
  }

  /** @param keep whether what was observed is needed again here; else it is moved to the worker, and the page copies nothing */
  quantize(recipe: Recipe, observed: readonly CalibratedTensor[], keep: boolean, options?: CallOptions<Progress>): Promise<QuantizedFile> {
    return this.#worker.remote.quantize(transfer({ recipe, observed }, keep ? [] : calibrationBuffers(observed)), options);
  }

  /** Outputs are moved to the worker. */
  compare(reference: readonly OutputTensor[], outputs: readonly OutputTensor[], meaning?: OutputMeaning, options?: CallOptions<Progress>): Promise<void> {
    const buffers = [...reference, ...outputs].map(({ data }) => data);
    return this.#worker.remote.compare(transfer({ reference, outputs, meaning }, buffers), options);
  }

  compared(options?: CallOptions<Progress>): Promise<ComparedOutputs> {
    return this.#worker.remote.compared(undefined, options);
  }

  close(): void {
    this.#worker.terminate();
  }
}
