import { transfer } from 'comlink';
import { LitescopeError } from '../../../errors';
import { studies as text } from '../../../messages/studies';
import { calibrationBuffers } from '../../../quantize/calibration';
import type { FloatLayers } from '../../../quantize/float-layers';
import { needsCalibration, type Recipe, withFloatLayers } from '../../../quantize/recipe';
import type { Note } from '../../../rewrite/pass';
import type { Refusal } from '../../../engine/configuration/shared/refusal';
import type { CallOptions } from '../../../threads/shared/methods';
import type { InputSources } from '../../../engine/session/shared/protocol';
import type { ProducedConfiguration } from '../../../engine/configuration/shared/configuration';
import type { SessionModel } from '../../../engine/session/page/session';
import { findFloatLayers, type Budget } from './find-float-layers';
import type { MadeFile, QuantizedFile } from '../shared/protocol';
import { within, type ProgressShare } from './progress-share';
import { recommendedSamples, sampleWarnings } from './sample-warnings';
import type { VariantMaker } from './variant-worker';
import { sessions, type StudySession } from '../../session/page/sessions';
import type { Progress } from '../../progress';

/** How far channels reach is known from fewer. */
const equalisingSamples = 32;

export interface QuantizedModel extends QuantizedFile {
  /** What calibrated, null for a recipe without calibration. */
  readonly calibration: {
    readonly samples: number;
    readonly configuration: ProducedConfiguration;
    readonly refusals: readonly Refusal[];
    /** Channels whose scale was moved between layers. */
    readonly equalisedChannels: number;
  } | null;
  /** The recipe that was followed in the end, with the layers that a search kept in float. */
  readonly recipe: Recipe;
  /** What a search for layers that must stay in float found; null where none was asked for. */
  readonly floatLayers: FloatLayers | null;
  readonly warnings: readonly Note[];
}

/**
 * Quantizes a model by a recipe. Ranges of activations come from running the float model, with all that its ops
 * compute as outputs, on the samples; only their statistics are kept, so that memory does not grow with their number.
 *
 * @param samples inputs by name, a record for each run
 * @param heldOut how many more samples judge the variant
 * @param budget where the variant must reach a signal to noise ratio, the fewest layers that this takes stay in float
 * @throws LitescopeError INVALID_INPUT without samples where the recipe needs them; what runtimes refuse; CANCELLED
 */
export async function quantizeModel(maker: VariantMaker, model: SessionModel, recipe: Recipe, samples: readonly InputSources[], heldOut: number, budget: Budget | null, options: CallOptions<Progress>): Promise<QuantizedModel> {
  if (!needsCalibration(recipe)) {
    await maker.prepare(model.blob, options);
    options.onProgress?.({ kind: 'quantize' });
    return { ...await maker.quantize(recipe, options), recipe, calibration: null, floatLayers: null, warnings: [] };
  }
  if (samples.length === 0) throw new LitescopeError('INVALID_INPUT', text.samplesNeeded(recommendedSamples));
  const before = recipe.equalise ? samples.slice(0, equalisingSamples) : [];
  const share = before.length / (before.length + samples.length);
  const renamed = (list: readonly InputSources[]): readonly InputSources[] => list.map((inputs) => byTensorName(model, inputs));
  let file = await maker.prepare(model.blob, options);
  let equalisedChannels = 0;
  if (before.length > 0) {
    await observeSamples(maker, file, renamed(before), { from: 0, to: share }, options);
    const { channels, ...equalised } = await maker.equalise(undefined, options);
    file = equalised;
    equalisedChannels = channels;
  }
  const observed = await observeSamples(maker, file, renamed(samples), { from: share, to: 1 }, options);
  options.onProgress?.({ kind: 'quantize' });
  let quantized = await maker.quantize(recipe, options);
  let floatLayers: FloatLayers | null = null;
  let chosen = recipe;
  if (budget !== null) {
    floatLayers = await findFloatLayers(maker, model, recipe, quantized, budget, options);
    chosen = withFloatLayers(recipe, floatLayers.layers);
    if (floatLayers.layers.length > 0) quantized = await maker.quantize(chosen, options);
  }
  return {
    ...quantized,
    recipe: chosen,
    calibration: { samples: samples.length, configuration: observed.configuration, refusals: observed.refusals, equalisedChannels },
    floatLayers,
    warnings: sampleWarnings(samples, heldOut),
  };
}

/** The file that is observed has no signature, which would hide its outputs: its inputs go by the tensors' own names. */
function byTensorName({ summary }: SessionModel, inputs: InputSources): InputSources {
  const edges = summary.signatures[0]?.inputs ?? [];
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [edges.find((edge) => edge.name === name)?.tensorName ?? name, input]));
}

interface Observed {
  readonly configuration: ProducedConfiguration;
  readonly refusals: readonly Refusal[];
}

/** Runs samples, and gives what was seen of them to the maker. */
async function observeSamples(maker: VariantMaker, { file, summary }: MadeFile, samples: readonly InputSources[], share: ProgressShare, options: CallOptions<Progress>): Promise<Observed> {
  const total = samples.length;
  const use = async (session: StudySession) => {
    for (const [index, inputs] of samples.entries()) {
      await session.remote.observe(inputs, options);
      options.onProgress?.({ kind: 'find-ranges', samples: index + 1, total, fraction: within(share, (index + 1) / total) });
    }
    return session.remote.observed(undefined, options);
  };
  // One thread leaves the page a core, and tfjs-tflite gives intermediate tensors out as outputs without copying them.
  const { session, value, refusals } = await sessions.attempt({ blob: file, summary }, { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 }, use, options);
  session.close();
  // Some megabytes, which the page would copy in a long task.
  await maker.takeObserved(transfer(value, calibrationBuffers(value)), options);
  return { configuration: session.loaded.configuration, refusals };
}
