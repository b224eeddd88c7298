import type { Input, Litescope } from '../../api';
import type { LayersComparison } from '../../studies/accuracy/page/compare-layers';
import type { OutputsComparison } from '../../studies/accuracy/shared/outputs-comparison';
import type { GivenSample } from '../../api/samples';
import type { CallOptions } from '../../threads/shared/methods';
import type { RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import { usualAcceptedMse } from '../../quantize/metrics';
import type { BenchmarkPlan } from '../../report/benchmark';
import type { ComparisonPlan } from '../../report/comparison';
import type { Report } from '../../report/report';
import type { NumberedOps } from '../graph/op-number-sets.svelte';
import { comparing as text } from '../../messages/comparing';
import { lentNames } from '../rows/lent-names';
import { layerNumbers } from './layer-numbers';
import type { SampleFile, InputSet } from './sample-files';
import type { InputChoice } from '../setup/input-choice.svelte';
import type { Setup } from '../setup/setup';
import type { Progress } from '../../studies/progress';

/** On what latency is compared: nothing, what is set up, or both runtimes for speed on one thread and on all. */
export type LatencyChoice = 'none' | 'setup' | 'all';

/** What was compared, with what it was compared on. */
export interface ComparedOutputs {
  readonly comparison: OutputsComparison;
  readonly requested: RequestedConfiguration;
  readonly samples: readonly GivenSample[];
  /** The picture of each sample, where it is one. */
  readonly pictures: readonly (Blob | null)[];
  /** One for each configuration on which latency was measured. */
  readonly reports: readonly Report[];
}

/** One sample of the latest comparison, looked at with the results of both models. */
export interface LookedAtSample {
  readonly index: number;
  /** Of this sample and these two models alone, with results. */
  readonly comparison: OutputsComparison;
}

/** More inputs tell little more of a layer, and each takes a run of both models on slow kernels. */
const layerSamples = 4;

export interface LatencyPlan {
  readonly configurations: readonly RequestedConfiguration[];
  readonly plan: BenchmarkPlan;
  readonly comparison: ComparisonPlan;
}

/** How a model's outputs are compared with those of others, and what came of it last. A failure leaves it as it is. */
export class OutputsState {
  #alsoCompared = $state.raw<readonly string[]>([]);
  #set = $state.raw<InputSet | null>(null);
  #taking = $state(false);
  #flagMse = $state(usualAcceptedMse);
  #latency = $state<LatencyChoice>('setup');
  #finished = $state.raw<ComparedOutputs | null>(null);
  #shownId = $state<string | null>(null);
  #look = $state.raw<LookedAtSample | null>(null);
  #layers = $state.raw<{ readonly otherId: string; readonly comparison: LayersComparison } | null>(null);

  /** Ids of models that are compared beside the one that is chosen. */
  get alsoCompared(): readonly string[] { return this.#alsoCompared; }
  /** Null for the inputs that are set up. */
  get set(): InputSet | null { return this.#set; }
  get taking(): boolean { return this.#taking; }
  get flagMse(): number { return this.#flagMse; }
  get latency(): LatencyChoice { return this.#latency; }
  get finished(): ComparedOutputs | null { return this.#finished; }
  get look(): LookedAtSample | null { return this.#look; }
  /** Layer by layer, with the model that it was compared with last. */
  get layers(): { readonly otherId: string; readonly comparison: LayersComparison } | null { return this.#layers; }

  /** Position, in the latest comparison, of the model whose differences are shown. */
  get shown(): number {
    const position = this.#finished?.comparison.models.findIndex(({ id }, index) => index > 0 && id === this.#shownId) ?? -1;
    return position === -1 ? 1 : position;
  }

  compareAlso(ids: readonly string[]): void { this.#alsoCompared = ids; }
  chooseSet(set: InputSet | null): void { this.#set = set; }

  /** Takes files that are still to be read; nothing is compared on what was there before meanwhile. @throws what `read` throws */
  async takeSet(read: () => Promise<InputSet>): Promise<void> {
    this.#taking = true;
    try {
      this.#set = await read();
    } finally {
      this.#taking = false;
    }
  }

  flagAbove(mse: number): void { this.#flagMse = mse; }
  measureLatency(choice: LatencyChoice): void { this.#latency = choice; }

  show(id: string): void {
    this.#shownId = id;
    this.#look = null;
  }

  /**
   * Compares outputs, and then latency: what the first gave stays when the second is cancelled.
   * @throws LitescopeError what the API throws; INVALID_INPUT when an input has no values yet
   */
  async compare(litescope: Litescope, setup: Setup, others: readonly Pick<Setup, 'model'>[], requested: RequestedConfiguration, latency: LatencyPlan, onReport: (report: Report) => Promise<void>, options: CallOptions<Progress>): Promise<void> {
    const samples = this.#samples(setup);
    const ids = [setup, ...others].map(({ model }) => model.id);
    const one = samples.length === 1;
    const comparison = await litescope.compare(ids, requested, samples, { ...this.#options(setup, options), results: one });
    const pictures = this.#set === null ? [setup.inputs.pictured?.picture?.blob ?? null] : this.#set.samples.map((sample) => (sample.kind === 'picture' ? sample.file : null));
    this.#finished = { comparison, requested, samples, pictures, reports: [] };
    this.#look = one ? { index: 0, comparison } : null;
    for (const configuration of latency.configurations) {
      const report = await litescope.benchmark(ids, [configuration], latency.plan, samples[0]?.inputs ?? {}, { ...options, ...setup.signature.options, comparison: latency.comparison });
      await onReport(report);
      this.#finished = { ...this.#finished, reports: [...this.#finished.reports, report] };
    }
  }

  /** Runs one sample of the latest comparison on the reference and the model that is shown, to see their results. */
  async lookAt(litescope: Litescope, setup: Setup, index: number, options: CallOptions<Progress>): Promise<void> {
    const { finished } = this;
    const sample = finished?.samples[index];
    const other = finished?.comparison.models[this.shown]?.id;
    if (finished === null || sample === undefined || other === undefined) return;
    const comparison = await litescope.compare([setup.model.id, other], finished.requested, [sample], { ...this.#options(setup, options), results: true });
    this.#look = { index, comparison };
  }

  /** Compares layer by layer on the first inputs, and gives the graphs of both models the numbers. */
  async compareLayers(litescope: Litescope, setup: Setup & NumberedOps, other: Pick<Setup, 'model'> & NumberedOps, options: CallOptions<Progress>): Promise<void> {
    const comparison = await litescope.compareLayers([setup.model.id, other.model.id], this.#samples(setup).slice(0, layerSamples), { ...options, shapes: setup.signature.options.shapes });
    this.#layers = { otherId: other.model.id, comparison };
    setup.opNumbers.put(layerNumbers(comparison, 'a', other.model));
    other.opNumbers.put(layerNumbers(comparison, 'b', setup.model));
  }

  #samples(setup: Setup): readonly GivenSample[] {
    return this.#set === null ? [setupSample(setup)] : this.#set.samples.map((file) => fileSample(setup, file));
  }

  #options(setup: Setup, options: CallOptions<Progress>) {
    const { labels, choice } = setup.decoding;
    // Whoever brings labels takes the outputs for classes, where nobody has said something else.
    const decoder = setup.decoding.decoder ?? (choice === 'auto' && this.#set?.labelledBy ? { kind: 'classification' as const, top: 5 } : undefined);
    return { ...options, ...setup.signature.options, decoder, labels: labels ?? lentNames(setup, this.#set?.samples ?? []) ?? undefined, flag_mse: this.#flagMse };
  }
}

/** What is left to defaults is left to each model's own. */
function inputOf(choice: InputChoice): Input | null {
  const { input } = choice;
  if (input?.kind === 'image' && !choice.isPreprocessingOwn) return { kind: 'image', image: input.image };
  return input?.kind === 'audio' && !choice.sound.isOwn ? { kind: 'audio', clip: input.clip, start_s: input.start_s } : input;
}

function setupSample(setup: Setup): GivenSample {
  const inputs = Object.fromEntries(Object.entries(setup.inputs.sources).map(([name, source]): [string, Input] => {
    const choice = setup.inputs.list.find(({ tensor }) => tensor.name === name);
    return [name, (choice === undefined ? null : inputOf(choice)) ?? source];
  }));
  return { inputs, name: setup.inputs.pictured?.picture?.name ?? text.setUp };
}

/** A picture or a sound goes into the first input that takes one, values into the first of all; the other inputs are as they are set up. */
function fileSample(setup: Setup, sample: SampleFile): GivenSample {
  const { kind, name, label } = sample;
  const labelled = label === null ? {} : { label };
  if (kind === 'row') return { inputs: sample.inputs, name, ...labelled };
  const { list } = setup.inputs;
  const target = (kind === 'npy' ? undefined : list.find(({ preprocessing, sound }) => (kind === 'picture' ? preprocessing : sound.preparation) !== null)) ?? list[0];
  const others = list.filter((choice) => choice !== target && !setup.inputs.fillsIn(choice)).flatMap((choice): [string, Input][] => {
    const input = inputOf(choice);
    return input === null ? [] : [[choice.tensor.name, input]];
  });
  return { inputs: Object.fromEntries([...others, [target?.tensor.name ?? '', ownInput(sample, target)]]), name, ...labelled };
}

/** The way in that a person has chosen, else each model's own. */
function ownInput({ file, kind }: Exclude<SampleFile, { kind: 'row' }>, target: InputChoice | undefined): Input {
  switch (kind) {
    case 'npy': return { kind: 'file', file, format: 'npy' };
    case 'sound': return { kind: 'audio', clip: file, ...(target?.sound.isOwn === true && target.sound.preparation !== null ? { preparation: target.sound.preparation } : {}) };
    case 'picture': return { kind: 'image', image: file, ...(target?.isPreprocessingOwn === true && target.preprocessing !== null ? { preprocessing: target.preprocessing } : {}) };
  }
}
