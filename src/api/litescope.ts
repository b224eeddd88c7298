/**
 * The page's automation API, `window.litescope`: the one way in for the page itself, the command line, the tests and
 * embedders. All of it is asynchronous, takes an AbortSignal and a progress callback, and throws LitescopeError.
 *
 * @example
 * const model = await litescope.open('models/face_detection_short_range.tflite');
 * const result = await litescope.run(model.id, { runtime: 'litert' }, { input: { kind: 'image', image: photo } });
 * const report = await litescope.benchmark([model.id], [{ runtime: 'tfjs-tflite' }, { runtime: 'litert' }]);
 */
import { capabilities } from '../engine/builds/page/capabilities';
import { samplesFor, type GivenSample } from './samples';
import { measureEnvironment } from '../studies/bench/page/environment';
import type { CallOptions } from '../threads/shared/methods';
import type { Capabilities, RequestedConfiguration } from '../engine/configuration/shared/configuration';
import type { RunRequest } from '../engine/session/shared/protocol';
import type { VariantSettings } from '../studies/variants/page/make-variant';
import type { SessionOptions } from '../engine/session/page/session';
import type { StreamTarget } from '../engine/live/page/stream';
import type { SoundTarget } from '../engine/live/page/sound-stream';
import { LitescopeError } from '../errors';
import type { SavedRun } from '../golden/shared/format';
import { golden as goldenText } from '../messages/golden';
import { galleryModels, galleryUrl } from '../gallery/page/gallery';
import { automaticDecoder, labelsOf, outputsOf, recognisedAs, resultDefaults, soundSettings, streamSettings } from '../gallery/page/model-defaults';
import { nameOf, openable, publicAddress } from '../gallery/page/named-source';
import { openSource, startOpener } from '../gallery/page/open';
import { api as text } from '../messages/api';
import { recipes, type Recipe, type RecipeName } from '../quantize/recipe';
import { type BenchmarkPlan, defaultPlan } from '../report/benchmark';
import { defaultComparisonPlan, sweepRounds } from '../report/comparison';
import { readReportLink, reportLink } from '../share/page/links';
import type { ModelSummary } from '../tflite/analysis/summary';
import { soundSources } from '../audio/page/index';
import { frameSources } from '../vision/sources/page/index';
import { withCheckedArguments } from './arguments';
import { sessions } from '../studies/session/page/sessions';
import { detectorFor } from './detectors';
import { Gate } from './gate';
import { assertOwners, soundAmong, sourcesFor, withSoundShapes } from './inputs';
import { OpenModels } from './models';
import { unknownGalleryModel } from './near-models';
import { complete, rowSubjects, type AskedRow } from './rows';
import { KeptSessions } from './sessions';
import { beginsAnew, statePairsOf, withFeedback } from './state';
import { OpenStreams } from './streams';
import type { BenchmarkOptions, BenchmarkRow, Inputs, InputsOfModels, Litescope, OpenModel, OpenOptions, RunOptions, RunResult, SoundOptions, StreamOptions } from './types';
import type { Progress } from '../studies/progress';

/** What only some pages of the many ask for is fetched when it is asked for. */
const variants = () => import('../studies/variants/page/make-variant');

function recipeOf(recipe: Recipe | RecipeName): Recipe {
  return typeof recipe === 'string' ? recipes[recipe] : recipe;
}

/** How a run's outputs are decoded, and with `auto` what the model was taken for. */
function decodingFor(target: OpenModel, { decoder, labels, ...options }: RunOptions): Pick<RunRequest, 'decoder' | 'labels'> & Pick<RunResult, 'recognised'> {
  if (decoder !== 'auto') return { decoder, labels };
  const outputs = outputsOf(target, options);
  return { decoder: automaticDecoder(target, outputs, labels) ?? undefined, labels: labels ?? labelsOf(target) ?? undefined, recognised: recognisedAs(target, outputs, labels) };
}

/** What a report says before its rows: when and where it was measured, and how. */
function reportHead(available: Capabilities, plan: BenchmarkPlan) {
  return { schema: 1 as const, created: new Date().toISOString(), environment: measureEnvironment(available), plan };
}

/** Makes the API. The page has one; tests and embedders may have their own, which share nothing but compiled runtimes. */
export function createLitescope(): Litescope {
  const models = new OpenModels();
  const kept = new KeptSessions();
  const streams = new OpenStreams((id) => models.has(id));
  /** What is timed runs alone, all else that runs models beside each other. */
  const gate = new Gate();

  /** Models may be closed while work waits. @throws LitescopeError UNKNOWN_MODEL */
  function assertOpen(ids: readonly string[]): void {
    for (const id of ids) models.get(id);
  }

  /** Does work whose figures anything else that runs would spoil. */
  function timed<T>(ids: readonly string[], work: () => Promise<T>, { signal }: CallOptions<Progress>): Promise<T> {
    return gate.alone(async () => {
      assertOpen(ids);
      kept.freeAll();
      const goOn = streams.hold();
      try {
        return await work();
      } finally {
        goOn();
      }
    }, signal);
  }

  /** Does work that opens sessions of its own for these models, and needs the memory of those that are kept. */
  function beside<T>(ids: readonly string[], work: () => Promise<T>, { signal }: CallOptions<Progress>): Promise<T> {
    return gate.shared(async () => {
      for (const id of ids) await kept.free(id, signal);
      assertOpen(ids);
      return work();
    }, signal);
  }

  /** A proof times what it runs; a file alone does not. */
  function making<T>(id: string, work: () => Promise<T>, settings: VariantSettings): Promise<T> {
    return settings.prove === false ? beside([id], work, settings) : timed([id], work, settings);
  }

  function comparedSamples(targets: readonly OpenModel[], samples: readonly GivenSample[], options: SessionOptions) {
    return samplesFor(targets, samples, (target, inputs) => sourcesFor(target, inputs, options), options);
  }

  /** @throws LitescopeError INVALID_INPUT for a model that takes no pictures, UNKNOWN_MODEL, UNSUPPORTED_PIPELINE */
  function streamTarget(id: string, configuration: Partial<RequestedConfiguration>, asked: StreamOptions): StreamTarget {
    const target = models.get(id);
    const options = withFeedback(target, asked);
    const settings = streamSettings(target, options.settings ?? {}, options);
    const detector = options.detector === undefined ? undefined : detectorFor(target, settings, models.get(options.detector));
    return { model: target, requested: complete(configuration), settings, detector, options };
  }

  /** @throws LitescopeError INVALID_INPUT for a model that takes no sound, UNKNOWN_MODEL */
  function soundTarget(id: string, configuration: Partial<RequestedConfiguration>, options: SoundOptions): SoundTarget {
    const target = models.get(id);
    const session = withSoundShapes(target, options.settings?.input, withFeedback(target, options));
    return { model: target, requested: complete(configuration), settings: soundSettings(target, options.settings ?? {}, session), options: session };
  }

  async function benchmarkRows(rows: readonly BenchmarkRow[], plan: Parameters<Litescope['benchmarkRows']>[1] = {}, inputs: InputsOfModels = {}, options: BenchmarkOptions = {}) {
    const fullPlan = { ...defaultPlan, ...plan };
    const asked = rows.map(({ id, configuration, inputs: own }, row): AskedRow => ({ model: models.get(id), requested: complete(configuration), inputs: own, slowedBy: options.slowedBy?.[row] }));
    assertOwners(inputs, asked.map(({ model }) => model));
    const subjects = rowSubjects(asked, inputs, options);
    return timed(rows.map(({ id }) => id), async () => {
      const { measureRows } = await import('../studies/bench/page/benchmark');
      const measured = await measureRows(subjects, fullPlan, { ...defaultComparisonPlan, ...options.comparison }, options);
      return { ...reportHead(await capabilities(), fullPlan), ...measured };
    }, options);
  }

  /** What a model needs to be opened and run comes while it does. */
  function begin({ runOn }: OpenOptions): void {
    startOpener();
    if (runOn !== undefined) void sessions.ahead(complete(runOn));
  }

  const litescope: Litescope = {
    capabilities,
    gallery: galleryModels,
    models: () => models.all,

    async openFromGallery(id, options = {}) {
      begin(options);
      const entries = await galleryModels();
      const entry = entries.find((candidate) => candidate.id === id);
      if (entry === undefined) throw unknownGalleryModel(id, entries);
      return litescope.open(galleryUrl(entry), { ...options, name: options.name ?? entry.title, sha256: entry.sha256 });
    },

    async open(source, options = {}) {
      begin(options);
      const { member, ...opened } = await openSource(openable(source, options.sha256, options.member), options);
      const entry = (await galleryModels()).find(({ sha256 }) => sha256 === opened.sha256) ?? null;
      const id = opened.sha256.slice(0, 16);
      const added: OpenModel = { ...opened, id, name: options.name ?? nameOf(source, member), entry, url: member === undefined ? publicAddress(source) : undefined, madeFrom: options.madeFrom };
      models.add(added);
      return added;
    },

    close(id) {
      kept.close(id);
      streams.endSessionsOf(id);
      models.remove(id);
    },

    async run(id, configuration = {}, inputs = {}, asked = {}) {
      models.get(id);
      return gate.shared(async () => {
        const target = models.get(id);
        const options = withSoundShapes(target, soundAmong(inputs), asked);
        const { recognised, ...decoding } = decodingFor(target, options);
        const session = withFeedback(target, options);
        const request = { inputs: sourcesFor(target, inputs, session), ...decoding, tensors: options.tensors, reset: beginsAnew(inputs, options.reset), keepInputs: options.keepInputs };
        const result = await kept.run(target, complete(configuration), request, session);
        return recognised === undefined ? result : { ...result, recognised };
      }, asked.signal);
    },

    async saveRun(id, run, inputs = {}, options = {}) {
      const target = models.get(id);
      const [{ packRun }, { runToSave }] = await Promise.all([import('../golden/page/golden'), import('./saved-runs')]);
      return packRun(await runToSave(target, run, inputs, options, await capabilities()), { signal: options.signal });
    },

    async replay(file, configuration, options = {}) {
      const [{ compareOutputs, unpackRun }, { inputsOfRun, isSameConfiguration, savedConfiguration }] = await Promise.all([import('../golden/page/golden'), import('./saved-runs')]);
      const read = await unpackRun(file, { signal: options.signal });
      const { about } = read;
      const model = await modelOf(about, options);
      const result = await litescope.run(model.id, configuration ?? savedConfiguration(about), inputsOfRun(read), {
        ...options, reset: true, signature: about.signature, shapes: about.shapes, feedback: about.sequence?.feedback,
      });
      const outputs = await compareOutputs(read.outputs, result.sequence?.outputs ?? result.outputs, { signal: options.signal });
      return { saved: about, model, result, sameConfiguration: isSameConfiguration(about, result), equal: outputs.every(({ equal }) => equal), outputs };
    },

    statePairs: (id, signature) => statePairsOf(models.get(id), signature),

    async profile(id, configuration = {}, inputs = {}, asked = {}) {
      const target = models.get(id);
      const options = withSoundShapes(target, soundAmong(inputs), asked);
      const request = { inputs: sourcesFor(target, inputs, options), plan: { ...defaultPlan, ...options.plan } };
      return timed([id], async () => {
        const { profileModel } = await import('../studies/profile/page/profile-model');
        return profileModel(target, complete(configuration), request, options);
      }, options);
    },

    async crossCheck(id, inputs = {}, options = {}) {
      const target = models.get(id);
      const copies = Object.fromEntries(Object.entries(options.copies ?? {}).flatMap(([runtime, copy]) => (copy === undefined ? [] : [[runtime, models.get(copy)]])));
      const sources = sourcesFor(target, inputs, { shapes: options.shapes });
      return beside([id], async () => {
        const { crossCheck } = await import('../studies/cross-check/page/cross-check');
        return crossCheck(target, copies, sources, options);
      }, options);
    },

    async compare(ids, configuration = {}, samples = [{ inputs: {} }], options = {}) {
      const targets = ids.map((id) => models.get(id));
      return beside(ids, async () => {
        const { compareOutputs } = await import('../studies/accuracy/page/compare-outputs');
        const subjects = targets.map((target) => ({ id: target.id, name: target.name, model: target }));
        const defaults = targets[0] === undefined ? {} : resultDefaults(targets[0], options);
        return compareOutputs(subjects, complete(configuration), comparedSamples(targets, samples, options), { ...defaults, ...options });
      }, options);
    },

    async compareLayers(ids, samples = [{ inputs: {} }], options = {}) {
      const [a, b] = [models.get(ids[0]), models.get(ids[1])];
      return beside(ids, async () => {
        const { compareLayers } = await import('../studies/accuracy/page/compare-layers');
        return compareLayers(a, b, comparedSamples([a, b], samples, options), options);
      }, options);
    },

    async previewPasses(id, options = {}) {
      const target = models.get(id);
      return (await variants()).previewPasses(target, options);
    },

    async estimateRecipe(id, recipe, options = {}) {
      const target = models.get(id);
      return (await variants()).estimateRecipe(target, recipeOf(recipe), options);
    },

    async rewrite(id, rewriting, inputs = [], options = {}) {
      const target = models.get(id);
      const sources = inputs.map((each) => sourcesFor(target, each, {}));
      const made = await making(id, async () => (await variants()).rewriteModel(target, rewriting, sources, { ...resultDefaults(target, {}), ...options }), options);
      return asVariant(target, made, options.name ?? text.rewritten(target.name), options);
    },

    async quantize(id, recipe, samples = [], options = {}) {
      const target = models.get(id);
      const sources = (each: readonly Inputs[]) => each.map((inputs) => sourcesFor(target, inputs, {}));
      const [found, judged] = [sources(samples), sources(options.heldOut ?? [])];
      const made = await making(id, async () => (await variants()).quantizeAndProve(target, recipeOf(recipe), found, judged, { ...resultDefaults(target, {}), ...options }), options);
      return asVariant(target, made, options.name ?? (typeof recipe === 'string' ? `${target.name}, ${recipe}` : text.quantized(target.name)), options);
    },

    sources: frameSources,
    reportLink,
    readReportLink,

    async stream(id, source, watcher, configuration = {}, options = {}) {
      const target = streamTarget(id, configuration, options);
      return beside([id], async () => {
        const { Stream } = await import('../engine/live/page/stream');
        const stream = await Stream.open(sessions, target, source, watcher, options.cap_fps ?? null);
        streams.follow(stream, id);
        return stream;
      }, options);
    },

    sounds: soundSources,

    async listen(id, clip, configuration = {}, options = {}) {
      const target = soundTarget(id, configuration, options);
      return beside([id], async () => {
        const [{ listen }, { asWav }] = await Promise.all([import('../engine/live/page/sound-stream'), import('../audio/page/decode-clip')]);
        return listen(sessions, target, await asWav(clip));
      }, options);
    },

    async streamSound(id, source, watcher, configuration = {}, options = {}) {
      const target = soundTarget(id, configuration, options);
      return beside([id], async () => {
        const { openSoundStream } = await import('../engine/live/page/sound-stream');
        const stream = await openSoundStream(sessions, target, source, watcher);
        streams.follow(stream, id);
        return stream;
      }, options);
    },

    async switchStream(stream, id, configuration = {}, options = {}) {
      const target = streamTarget(id, configuration, options);
      return gate.shared(async () => {
        if (await stream.switchTo(target)) streams.follow(stream, id);
      }, options.signal);
    },

    benchmark: async (ids, configurations, ...rest) => benchmarkRows(ids.flatMap((id) => configurations.map((configuration) => ({ id, configuration }))), ...rest),
    benchmarkRows,

    async sweep(ids, configurations, threadCounts, plan = {}, inputs = {}, options = {}) {
      const fullPlan = { ...defaultPlan, ...plan };
      const targets = ids.map((id) => models.get(id));
      assertOwners(inputs, targets);
      const available = await capabilities();
      const counts = threadCounts ?? Array.from({ length: available.cores }, (_, index) => index + 1);
      const series = targets.flatMap((model) => configurations.map((configuration) => ({ model, configuration })));
      const rows = series.flatMap(({ model, configuration }) => counts.map((threads): AskedRow => ({ model, requested: complete({ accelerator: 'wasm', ...configuration, threads }) })));
      const subjects = rowSubjects(rows, inputs, options);
      const sweeps = series.map(({ model, configuration }, index) => ({
        name: [model.name, configuration.runtime ?? 'auto', configuration.accelerator ?? 'wasm'].join(' · '),
        rows: subjects.slice(index * counts.length, (index + 1) * counts.length),
      }));
      return timed(ids, async () => {
        // Its fits need a solver that no other part of the page needs.
        const { sweepThreads } = await import('../studies/bench/page/sweep');
        const measured = await sweepThreads(sweeps, fullPlan, { ...defaultComparisonPlan, rounds: sweepRounds, ...options.comparison }, options);
        return { ...reportHead(available, fullPlan), ...measured };
      }, options);
    },

    async peak(threadCounts, options = {}) {
      const available = await capabilities();
      return timed([], async () => {
        const { measurePeak } = await import('../studies/roofline/page/measure-peak');
        return measurePeak(available, threadCounts ?? [1, available.cores], options);
      }, options);
    },

    async timeUnfolding(id, configuration, options = {}) {
      const target = models.get(id);
      return timed([id], async () => {
        const { timeUnfolding } = await import('../studies/variants/page/unfolding');
        return timeUnfolding(target, configuration, options);
      }, options);
    },

    async timeSigning(id, configuration, inputs = {}, options = {}) {
      const target = models.get(id);
      const sources = sourcesFor(target, inputs, options);
      return timed([id], async () => {
        const { timeSigning } = await import('../studies/variants/page/signing');
        return timeSigning(target, configuration, sources, options);
      }, options);
    },
  };

  /** The model that a run was saved of: an open one, or the gallery's. @throws LitescopeError RUN_NEEDS_MODEL */
  async function modelOf({ model: { name, sha256 } }: SavedRun, options: CallOptions<Progress>): Promise<OpenModel> {
    const found = models.all.find((model) => model.sha256 === sha256);
    if (found !== undefined) return found;
    const entry = (await galleryModels()).find((each) => each.sha256 === sha256);
    if (entry === undefined) throw new LitescopeError('RUN_NEEDS_MODEL', goldenText.needsModel(name, sha256));
    return litescope.openFromGallery(entry.id, options);
  }

  async function asVariant<Made extends { readonly file: Blob; readonly summary: ModelSummary }>({ id }: OpenModel, { file, summary: _, ...rest }: Made, name: string, options: CallOptions<Progress>) {
    return { ...rest, model: await litescope.open(new File([file], `${name}.tflite`), { signal: options.signal, name, madeFrom: id }) };
  }

  return withCheckedArguments(litescope);
}
