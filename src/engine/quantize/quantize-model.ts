import { LitescopeError } from '../../errors';
import type { CalibratedTensor } from '../../quantize/calibration';
import type { FloatIslands } from '../../quantize/float-islands';
import { needsCalibration, type Recipe, withFloatIslands } from '../../quantize/recipe';
import type { Note } from '../../rewrite/pass';
import { attemptSession, type Refusal } from '../attempt-session';
import type { CallOptions } from '../owned-worker';
import type { InputSources, ProducedConfiguration } from '../protocol';
import type { Session, SessionModel } from '../session';
import { findIslands, type Budget } from './find-islands';
import { isMadeUp } from './made-up';
import type { MadeFile, QuantizedFile } from './protocol';
import { within, type ProgressShare } from './progress-share';
import type { VariantMaker } from './variant-maker';

/** With fewer samples ranges depend on chance. */
export const recommendedSamples = 100;

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
  readonly islands: FloatIslands | null;
  readonly warnings: readonly Note[];
}

/**
 * Quantizes a model by a recipe. Ranges of activations come from running the float model, with all that its ops
 * compute as outputs, on the samples; only their statistics are kept, so that memory does not grow with their number.
 *
 * @param samples inputs by name, a record for each run
 * @param budget where the variant must reach a signal to noise ratio, the fewest layers that this takes stay in float
 * @throws LitescopeError INVALID_INPUT without samples where the recipe needs them; what runtimes refuse; CANCELLED
 */
export async function quantizeModel(maker: VariantMaker, model: SessionModel, recipe: Recipe, samples: readonly InputSources[], budget: Budget | null, options: CallOptions): Promise<QuantizedModel> {
  if (!needsCalibration(recipe)) {
    await maker.prepare(model.blob, options);
    options.onProgress?.({ kind: 'quantize' });
    return { ...await maker.quantize(recipe, [], options), recipe, calibration: null, islands: null, warnings: [] };
  }
  if (samples.length === 0) throw new LitescopeError('INVALID_INPUT', 'This recipe needs samples to find the ranges of activations with, 100 or more.');
  const before = recipe.equalise ? samples.slice(0, equalisingSamples) : [];
  const share = before.length / (before.length + samples.length);
  const renamed = (list: readonly InputSources[]): readonly InputSources[] => list.map((inputs) => byTensorName(model, inputs));
  let file = await maker.prepare(model.blob, options);
  let equalisedChannels = 0;
  if (before.length > 0) {
    const { tensors } = await observeSamples(file, renamed(before), { from: 0, to: share }, options);
    const { channels, ...equalised } = await maker.equalise(tensors, options);
    file = equalised;
    equalisedChannels = channels;
  }
  const observed = await observeSamples(file, renamed(samples), { from: share, to: 1 }, options);
  options.onProgress?.({ kind: 'quantize' });
  let quantized = await maker.quantize(recipe, observed.tensors, options);
  let islands: FloatIslands | null = null;
  let chosen = recipe;
  if (budget !== null) {
    islands = await findIslands(maker, model, recipe, observed.tensors, quantized, budget, options);
    chosen = withFloatIslands(recipe, islands.islands);
    if (islands.islands.length > 0) quantized = await maker.quantize(chosen, observed.tensors, options);
  }
  return {
    ...quantized,
    recipe: chosen,
    calibration: { samples: samples.length, configuration: observed.configuration, refusals: observed.refusals, equalisedChannels },
    islands,
    warnings: warningsFor(samples),
  };
}

/** The file that is observed has no signature, which would hide its outputs: its inputs go by the tensors' own names. */
function byTensorName({ summary }: SessionModel, inputs: InputSources): InputSources {
  const edges = summary.signatures[0]?.inputs ?? [];
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [edges.find((edge) => edge.name === name)?.tensorName ?? name, input]));
}

function warningsFor(samples: readonly InputSources[]): readonly Note[] {
  const few = samples.length < recommendedSamples ? [{ place: 'calibration', text: `${samples.length} samples are few: with ${recommendedSamples} or more, ranges depend less on chance` }] : [];
  const synthetic = samples.filter(isMadeUp).length;
  return synthetic === 0 ? few : [...few, { place: 'calibration', text: `${synthetic} of ${samples.length} samples are made up: ranges of real inputs differ` }];
}

interface Observed {
  readonly tensors: readonly CalibratedTensor[];
  readonly configuration: ProducedConfiguration;
  readonly refusals: readonly Refusal[];
}

async function observeSamples({ file, summary }: MadeFile, samples: readonly InputSources[], share: ProgressShare, options: CallOptions): Promise<Observed> {
  const total = samples.length;
  const use = async (session: Session) => {
    for (const [index, inputs] of samples.entries()) {
      await session.observe({ inputs }, options);
      options.onProgress?.({ kind: 'find-ranges', samples: index + 1, total, fraction: within(share, (index + 1) / total) });
    }
    return session.observed(options);
  };
  // One thread leaves the page a core, and tfjs-tflite gives intermediate tensors out as outputs without copying them.
  const { session, value, refusals } = await attemptSession({ blob: file, summary }, { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 }, use, options);
  session.close();
  return { tensors: value, configuration: session.loaded.configuration, refusals };
}
