/**
 * The page's automation API, `window.litescope`: the one way in for the page itself, the command line, the tests and
 * embedders. All of it is asynchronous, takes an AbortSignal and a progress callback, and throws LitescopeError.
 *
 * @example
 * const model = await litescope.open('models/face_detection_short_range.tflite');
 * const result = await litescope.run(model.id, { runtime: 'litert' }, { input: { kind: 'image', image: photo } });
 * const report = await litescope.benchmark([model.id], [{ runtime: 'tfjs-tflite' }, { runtime: 'litert' }]);
 */
import { attemptSession, type Refusal } from '../engine/attempt-session';
import { measureRows } from '../engine/bench/benchmark';
import type { RowSubject } from '../engine/bench/row';
import { capabilities } from '../engine/capabilities';
import { samplesFor } from '../engine/comparing/samples';
import { measureEnvironment } from '../engine/environment';
import type { CallOptions } from '../engine/owned-worker';
import type { Input, InputSource, InputSources, RequestedConfiguration } from '../engine/protocol';
import { profileModel } from '../engine/profile/profile-model';
import { measurePeak } from '../engine/roofline/measure-peak';
import { previewPasses, quantizeAndProve, rewriteModel } from '../engine/quantize/make-variant';
import type { Session, SessionOptions } from '../engine/session';
import { Stream, type StreamTarget } from '../engine/stream/stream';
import { LitescopeError } from '../errors';
import { galleryModels, galleryUrl } from '../gallery/gallery';
import { preprocessingFor, resultDefaults, streamSettings } from '../gallery/model-defaults';
import { nameOf, openable, publicAddress } from '../gallery/named-source';
import { openSource } from '../gallery/open';
import { recipes } from '../quantize/recipe';
import { defaultPlan } from '../report/benchmark';
import { defaultComparisonPlan, sweepRounds } from '../report/comparison';
import { readReportLink, reportLink } from '../share/links';
import type { ModelSummary } from '../tflite/summary';
import { frameSources } from '../vision/sources';
import type { BenchmarkOptions, Litescope, OpenModel, StreamOptions } from './types';

interface LiveSession {
  readonly key: string;
  readonly session: Session;
  readonly refusals: readonly Refusal[];
}

function complete(configuration: Partial<RequestedConfiguration>): RequestedConfiguration {
  return { runtime: 'auto', accelerator: 'auto', threads: 'auto', ...configuration };
}

/** Makes the API. The page has one; tests and embedders may have their own, which share nothing but compiled runtimes. */
export function createLitescope(): Litescope {
  const models = new Map<string, OpenModel>();
  const sessions = new Map<string, LiveSession>();
  /** Of runs that hand out tensors on the way: a look at one does not cost a model the session that its other runs have. */
  const observing = new Map<string, LiveSession>();
  /** The streams that are not closed, with the model that each one runs. */
  const streams = new Map<Stream, string>();
  /** Each model's latest run: two at once would open two sessions, of which one would be lost. */
  const turns = new Map<string, Promise<unknown>>();

  function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(id) ?? Promise.resolve()).then(work, work);
    turns.set(id, turn);
    return turn;
  }

  function model(id: string): OpenModel {
    const found = models.get(id);
    if (found === undefined) throw new LitescopeError('UNKNOWN_MODEL', `No model “${id}” is open.`);
    return found;
  }

  /** Fills in what the caller left to the model's defaults. */
  function sourcesFor(target: OpenModel, inputs: Readonly<Record<string, Input>>, options: SessionOptions): InputSources {
    const signature = target.summary.signatures.find(({ key }) => key === options.signature) ?? target.summary.signatures[0];
    return Object.fromEntries(Object.entries(inputs).map(([name, input]): [string, InputSource] => {
      if (input.kind !== 'image' || input.preprocessing !== undefined) return [name, input as InputSource];
      const tensor = signature?.inputs.find((candidate) => candidate.name === name);
      const preprocessing = tensor === undefined ? null : preprocessingFor(target, { ...tensor, shape: options.shapes?.[name] ?? tensor.shape.map((d) => (d === -1 ? 1 : d)) });
      if (preprocessing === null) throw new LitescopeError('INVALID_INPUT', `Input “${name}” does not look like a picture; say how it becomes one (preprocessing).`);
      return [name, { ...input, preprocessing }];
    }));
  }

  function endSession(id: string, kept = [sessions, observing]): void {
    for (const each of kept) {
      each.get(id)?.session.close();
      each.delete(id);
    }
  }

  /** Before something is timed: the thread pool of a session that waits may spin and would be timed too. */
  function endSessions(): void {
    for (const id of [...sessions.keys(), ...observing.keys()]) endSession(id);
  }

  /** @throws LitescopeError INVALID_INPUT for a model that takes no pictures */
  function streamTarget(target: OpenModel, configuration: Partial<RequestedConfiguration>, options: StreamOptions): StreamTarget {
    return { model: target, requested: complete(configuration), settings: streamSettings(target, options.settings ?? {}, options), options };
  }

  /** Keeps in mind which model a stream runs, so that it ends with the model; the model may have been closed meanwhile. */
  function follow(stream: Stream, id: string): void {
    for (const known of streams.keys()) if (known.live.state.kind === 'closed') streams.delete(known);
    streams.set(stream, id);
    if (!models.has(id)) stream.endSession();
  }

  const litescope: Litescope = {
    capabilities,
    gallery: galleryModels,
    models: () => [...models.values()],

    async openFromGallery(id, options = {}) {
      const entry = (await galleryModels()).find((candidate) => candidate.id === id);
      if (entry === undefined) throw new LitescopeError('UNKNOWN_MODEL', `The gallery has no model “${id}”.`);
      return litescope.open(galleryUrl(entry), { ...options, name: options.name ?? entry.title, sha256: entry.sha256 });
    },

    async open(source, options = {}) {
      const opened = await openSource(openable(source, options.sha256), options);
      const entry = (await galleryModels()).find(({ sha256 }) => sha256 === opened.sha256) ?? null;
      const id = opened.sha256.slice(0, 16);
      const added: OpenModel = { ...opened, id, name: options.name ?? nameOf(source), entry, url: publicAddress(source) };
      models.set(id, added);
      return added;
    },

    close(id) {
      endSession(id);
      for (const [stream, running] of streams) if (running === id) stream.endSession();
      models.delete(id);
    },

    run: (id, configuration = {}, inputs = {}, options = {}) => inTurn(id, async () => {
      const target = model(id);
      const requested = complete(configuration);
      const request = { inputs: sourcesFor(target, inputs, options), decoder: options.decoder, labels: options.labels, tensors: options.tensors };
      const use = async (session: Session) => {
        const started = performance.now();
        const reply = await session.run(request, options);
        return { reply, round_trip_ms: performance.now() - started };
      };
      const key = JSON.stringify([requested, options.signature, options.shapes, options.fallback, options.heapTrial]);
      const kept = options.tensors === undefined ? sessions : observing;
      let live = kept.get(id);
      let done;
      if (live !== undefined && live.key === key && live.session.alive) {
        done = await use(live.session);
      } else {
        endSession(id, [kept]);
        const { session, refusals, value } = await attemptSession(target, requested, use, options);
        live = { key, session, refusals };
        // The model may have been closed meanwhile, and then nobody would end its session.
        if (models.has(id)) kept.set(id, live);
        else session.close();
        done = value;
      }
      const { loaded } = live.session;
      return { ...done.reply, round_trip_ms: done.round_trip_ms, configuration: loaded.configuration, loaded, refusals: live.refusals };
    }),

    async profile(id, configuration = {}, inputs = {}, options = {}) {
      const target = model(id);
      endSessions();
      return profileModel(target, complete(configuration), { inputs: sourcesFor(target, inputs, options), plan: { ...defaultPlan, ...options.plan } }, options);
    },

    async crossCheck(id, inputs = {}, options = {}) {
      const target = model(id);
      endSession(id);
      const { crossCheck } = await import('../engine/cross-check/cross-check');
      const copies = Object.fromEntries(Object.entries(options.copies ?? {}).map(([runtime, copy]) => [runtime, model(copy)]));
      return crossCheck(target, copies, sourcesFor(target, inputs, { shapes: options.shapes }), options);
    },

    async compare(ids, configuration = {}, samples = [{ inputs: {} }], options = {}) {
      const targets = ids.map(model);
      endSessions();
      const { compareOutputs } = await import('../engine/comparing/compare-outputs');
      const subjects = targets.map((target) => ({ id: target.id, name: target.name, model: target }));
      const defaults = targets[0] === undefined ? {} : resultDefaults(targets[0], options);
      return compareOutputs(subjects, complete(configuration), samplesFor(targets, samples, (target, inputs) => sourcesFor(target, inputs, options), options), { ...defaults, ...options });
    },

    async compareLayers(ids, samples = [{ inputs: {} }], options = {}) {
      const [a, b] = [model(ids[0]), model(ids[1])];
      const { compareLayers } = await import('../engine/comparing/compare-layers');
      return compareLayers(a, b, samplesFor([a, b], samples, (target, inputs) => sourcesFor(target, inputs, options), options), options);
    },

    previewPasses: async (id, options = {}) => previewPasses(model(id), options),

    async rewrite(id, rewriting, inputs = [], options = {}) {
      const target = model(id);
      endSession(id);
      const made = await rewriteModel(target, rewriting, inputs.map((each) => sourcesFor(target, each, {})), options);
      return asVariant(made, options.name ?? `${target.name}, rewritten`, options);
    },

    async quantize(id, recipe, samples = [], options = {}) {
      const target = model(id);
      endSession(id);
      const sources = (each: readonly Readonly<Record<string, Input>>[]) => each.map((inputs) => sourcesFor(target, inputs, {}));
      const made = await quantizeAndProve(target, typeof recipe === 'string' ? recipes[recipe] : recipe, sources(samples), sources(options.heldOut ?? []), options);
      return asVariant(made, options.name ?? `${target.name}, ${typeof recipe === 'string' ? recipe : 'quantized'}`, options);
    },

    sources: frameSources,
    reportLink,
    readReportLink,

    async stream(id, source, watcher, configuration = {}, options = {}) {
      let target;
      try {
        target = streamTarget(model(id), configuration, options);
      } catch (error) {
        source.close();
        throw error;
      }
      endSession(id);
      const stream = await Stream.open(target, source, watcher, options.cap_fps ?? null);
      follow(stream, id);
      return stream;
    },

    async switchStream(stream, id, configuration = {}, options = {}) {
      if (await stream.switchTo(streamTarget(model(id), configuration, options))) follow(stream, id);
    },

    benchmark: (ids, configurations, ...rest) => litescope.benchmarkRows(ids.flatMap((id) => configurations.map((configuration) => ({ id, configuration }))), ...rest),

    async benchmarkRows(rows, plan = {}, inputs = {}, options = {}) {
      const fullPlan = { ...defaultPlan, ...plan };
      const subjects = rows.map(({ id, configuration }, row) => rowSubject(model(id), complete(configuration), inputs, options, options.handicaps?.[row] ?? 0));
      endSessions();
      const measured = await measureRows(subjects, fullPlan, { ...defaultComparisonPlan, ...options.comparison }, options);
      return { schema: 1, created: new Date().toISOString(), environment: measureEnvironment(await capabilities()), plan: fullPlan, ...measured };
    },

    async sweep(ids, configurations, threadCounts, plan = {}, inputs = {}, options = {}) {
      const fullPlan = { ...defaultPlan, ...plan };
      const available = await capabilities();
      const counts = threadCounts ?? Array.from({ length: available.cores }, (_, index) => index + 1);
      const subjects = ids.map(model).flatMap((target) => configurations.map((configuration) => ({
        name: [target.name, configuration.runtime ?? 'auto', configuration.accelerator ?? 'wasm'].join(' · '),
        rows: counts.map((threads) => rowSubject(target, complete({ accelerator: 'wasm', ...configuration, threads }), inputs, options, 0)),
      })));
      endSessions();
      // Its fits need a solver that no other part of the page needs.
      const { sweepThreads } = await import('../engine/bench/sweep');
      const measured = await sweepThreads(subjects, fullPlan, { ...defaultComparisonPlan, rounds: sweepRounds, ...options.comparison }, options);
      return { schema: 1, created: new Date().toISOString(), environment: measureEnvironment(available), plan: fullPlan, ...measured };
    },

    async peak(threadCounts, options = {}) {
      const available = await capabilities();
      endSessions();
      return measurePeak(available, threadCounts ?? [1, available.cores], options);
    },

    async timeUnfolding(id, configuration, options = {}) {
      const target = model(id);
      endSessions();
      const { timeUnfolding } = await import('../engine/bench/unfolding');
      return timeUnfolding(target, configuration, options);
    },
  };

  async function asVariant<Made extends { readonly file: Blob; readonly summary: ModelSummary }>({ file, summary: _, ...rest }: Made, name: string, options: CallOptions) {
    return { ...rest, model: await litescope.open(new File([file], `${name}.tflite`), { signal: options.signal, name }) };
  }

  /** What a row of a report is made of. Inputs belong to the models that have one of their name. */
  function rowSubject(target: OpenModel, requested: RequestedConfiguration, inputs: Readonly<Record<string, Input>>, options: BenchmarkOptions, handicap: number): RowSubject {
    const own = Object.fromEntries(Object.entries(inputs).filter(([input]) => target.summary.signatures.some((signature) => signature.inputs.some((tensor) => tensor.name === input))));
    return {
      name: [target.name, requested.runtime, requested.accelerator, `${requested.threads} threads`].join(' · '),
      identity: { name: target.name, sha256: target.sha256, bytes: target.bytes, ...(target.url === undefined ? {} : { url: target.url }) },
      model: target,
      requested,
      inputs: () => sourcesFor(target, own, options),
      handicap,
    };
  }

  return litescope;
}
