import { type FloatLayers, searchFloatLayers } from '../../../quantize/float-layers';
import { type Recipe, withFloatLayers } from '../../../quantize/recipe';
import type { CallOptions } from '../../../threads/shared/methods';
import type { InputSources } from '../../../engine/session/shared/protocol';
import type { SessionModel } from '../../../engine/session/page/session';
import { capabilities } from '../../../engine/builds/page/capabilities';
import type { QuantizedFile } from '../shared/protocol';
import type { Progress } from '../../progress';
import { movedOutputs, type VariantMaker } from './variant-worker';
import { sessions } from '../../session/page/sessions';

/** What a variant must reach, and what it is tried on. */
export interface Budget {
  readonly least_sqnr_db: number;
  readonly samples: readonly InputSources[];
}

/** Each layer costs a session and this many runs of both models. */
const samplesPerTry = 4;

/**
 * Finds the layers of a quantized model that must stay in float, by trying variants against the original on a runtime.
 * @param maker has what was observed of the model
 * @param quantized the variant without a layer in float, whose integer layers are the ones to choose from
 */
export async function findFloatLayers(maker: VariantMaker, original: SessionModel, recipe: Recipe, quantized: QuantizedFile, budget: Budget, options: CallOptions<Progress>): Promise<FloatLayers> {
  const quiet = { signal: options.signal, watchdog_ms: options.watchdog_ms };
  const samples = budget.samples.slice(0, samplesPerTry);
  const layers = quantized.operators.filter(({ scheme }) => scheme === 'static').map(({ output }) => output);
  const { session: reference } = await sessions.attempt(original, { runtime: 'auto', accelerator: 'wasm', threads: 1 }, (session) => session.run({ inputs: samples[0] ?? {} }, quiet), quiet);
  let tried = 0;
  const evaluate = async (inFloat: readonly string[]): Promise<number> => {
    const { file, summary } = inFloat.length === 0 ? quantized : await maker.quantize(withFloatLayers(recipe, inFloat), quiet);
    const variant = await sessions.open({ blob: file, summary }, { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 }, await capabilities(), quiet);
    try {
      for (const inputs of samples) {
        const wanted = await reference.run({ inputs }, quiet);
        const got = await variant.run({ inputs }, quiet);
        await maker.compare(movedOutputs({ reference: wanted.outputs, outputs: got.outputs }), quiet);
      }
      const sqnr_db = Math.min(...(await maker.compared(undefined, quiet)).outputs.map(({ metrics }) => metrics.sqnr_db));
      options.onProgress?.({ kind: 'search-float-layers', tried: ++tried, sqnr_db });
      return sqnr_db;
    } finally {
      variant.close();
    }
  };
  try {
    return await searchFloatLayers(layers, budget.least_sqnr_db, evaluate);
  } finally {
    reference.close();
  }
}
