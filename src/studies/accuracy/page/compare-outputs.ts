import { transfer } from 'comlink';
import { LitescopeError } from '../../../errors';
import { usualAcceptedMse } from '../../../quantize/metrics';
import type { Decoder } from '../../../vision/shared/types';
import type { Refusal } from '../../../engine/configuration/shared/refusal';
import { signatureOf } from '../../../engine/runtimes/shared/requirements';
import { remembers } from '../../../engine/session/shared/state';
import { OwnedWorker } from '../../../threads/page/owned-worker';
import type { CallOptions } from '../../../threads/shared/methods';
import type { InputSources, LoadReply, RunReply } from '../../../engine/session/shared/protocol';
import type { RequestedConfiguration } from '../../../engine/configuration/shared/configuration';
import type { SessionModel, SessionOptions } from '../../../engine/session/page/session';
import type { ComparedModel, OutputsComparison, SampleFailure, SampleRow } from '../shared/outputs-comparison';
import type { Progress } from '../../progress';
import type { ModelErrors, RunOutputs } from '../shared/protocol';
import type { ComparingMethods } from '../worker/comparing.worker';
import { sessions, type StudySession } from '../../session/page/sessions';
import { loadWorker } from '../../../threads/page/load-worker';

export interface ComparisonSubject {
  readonly id: string;
  readonly name: string;
  readonly model: SessionModel & { readonly bytes: number };
}

export interface ComparisonSample {
  readonly name: string;
  readonly label: string | null;
  /** For the model at this position. @throws LitescopeError INVALID_INPUT */
  sourcesFor(model: number): InputSources;
}

export interface ComparisonSettings extends CallOptions<Progress>, SessionOptions {
  /** What the outputs mean; without it agreement is in numbers alone. */
  readonly decoder?: Decoder | undefined;
  readonly labels?: readonly string[] | undefined;
  /** The mean squared error above which an output is flagged, in squared units of the output; 1e-5 when left out. */
  readonly flag_mse?: number | undefined;
  /** Keeps what was decoded of each sample, to be drawn; meant for few samples. */
  readonly results?: boolean | undefined;
  /** False to fail with the first choice's own error instead of trying the next runtime. */
  readonly fallback?: boolean | undefined;
}

/** A model on its way through the samples. */
interface Runner {
  readonly subject: ComparisonSubject;
  /** Null before it is open and once it is lost. */
  session: StudySession | null;
  loaded: LoadReply | null;
  error: LitescopeError | null;
  refusals: readonly Refusal[];
  first: RunReply | null;
  wasm_memory_bytes: number | null;
  /** Whether its session has run since it began and would carry what it remembers into the next sample. */
  stale: boolean;
}

const nothing: ModelErrors = { outputs: [], unmatched: [], samples: 0, agreement: null, decodeError: null, accuracy: null, confusion: null, flips: null };

/**
 * Runs every sample on every model, in turn, and compares what comes out with the first model's. Each model has a session of
 * its own; a model that fails is told in its place, and the others go on. A sample that cannot be used fails alone.
 *
 * @throws LitescopeError why the first model, the reference, does not run at all; CANCELLED
 */
export async function compareOutputs(subjects: readonly ComparisonSubject[], requested: RequestedConfiguration, samples: readonly ComparisonSample[], settings: ComparisonSettings): Promise<OutputsComparison> {
  const { decoder, labels, flag_mse = usualAcceptedMse, results = false } = settings;
  const quiet = { signal: settings.signal, watchdog_ms: settings.watchdog_ms };
  const worker = new OwnedWorker<ComparingMethods>(loadWorker((Worker) => new Worker(new URL('../worker/comparing.worker.ts', import.meta.url), { type: 'module', name: 'litescope-comparing' })));
  const runners: Runner[] = subjects.map((subject) => ({ subject, session: null, loaded: null, error: null, refusals: [], first: null, wasm_memory_bytes: null, stale: false }));
  const [reference] = runners;
  try {
    await worker.remote.begin({ models: subjects.length, decoder, labels, flag_mse, results }, quiet);
    for (const runner of runners) await start(runner, requested, settings);
    if (reference?.error) throw reference.error;
    const rows: SampleRow[] = [];
    for (const [index, sample] of samples.entries()) {
      settings.onProgress?.({ kind: 'compare-outputs', samples: index, total: samples.length, fraction: index / samples.length });
      if (reference?.session === null) break;
      rows.push(await compareSample(worker, runners, index, sample, settings));
    }
    settings.onProgress?.({ kind: 'compare-outputs', samples: samples.length, total: samples.length, fraction: 1 });
    const errors = await worker.remote.result(undefined, quiet);
    return {
      models: runners.map((runner, index) => asCompared(runner, errors[index] ?? nothing)),
      samples: rows,
      flag_mse,
      decoder: decoder ?? null,
      unknownLabels: rows.filter(({ label, truth }) => label !== null && truth === null).length,
    };
  } finally {
    worker.terminate();
    for (const { session } of runners) session?.close();
  }
}

/** The first run is of random values: a sample that cannot be read must not be taken for a model that does not run. */
async function start(runner: Runner, requested: RequestedConfiguration, { onProgress, signal, watchdog_ms, signature, shapes, fallback }: ComparisonSettings): Promise<void> {
  await orError(runner, async () => {
    // A signature that a model lacks is that model's error.
    const afresh = remembers(signatureOf(runner.subject.model.summary, signature));
    const options = { signal, watchdog_ms, signature, shapes, fallback, afresh };
    const { session, value, refusals } = await sessions.attempt(runner.subject.model, requested, (opened) => opened.run({ inputs: {} }, options), { ...options, onProgress });
    Object.assign(runner, { session, loaded: session.loaded, refusals, first: value, wasm_memory_bytes: value.wasm_memory_bytes });
  });
}

/** A session that remembers nothing, as the one before was configured. */
async function beginAnew(runner: Runner, { signal, watchdog_ms, signature, shapes }: ComparisonSettings): Promise<void> {
  const { loaded, session: before } = runner;
  if (loaded === null) return;
  before?.close();
  runner.session = null;
  const { runtime, accelerator, threads } = loaded.configuration;
  await orError(runner, async () => {
    const { session } = await sessions.attempt(runner.subject.model, { runtime, accelerator, threads }, () => Promise.resolve(), { signal, watchdog_ms, signature, shapes, fallback: false });
    Object.assign(runner, { session, stale: false });
  });
}

async function orError(runner: Runner, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const typed = LitescopeError.from(error);
    if (typed.code === 'CANCELLED') throw typed;
    runner.error = typed;
  }
}

async function compareSample({ remote }: OwnedWorker<ComparingMethods>, runners: readonly Runner[], index: number, sample: ComparisonSample, settings: ComparisonSettings): Promise<SampleRow> {
  const options = { signal: settings.signal, watchdog_ms: settings.watchdog_ms };
  const { name, label } = sample;
  const failures = new Map<number, SampleFailure>();
  const runs: (RunOutputs | null)[] = [];
  for (const [position, runner] of runners.entries()) {
    if (runner.stale) await beginAnew(runner, settings);
    const ran = position > 0 && (runs[0] ?? null) === null ? null : await runOne(runner, position, sample, options);
    runner.stale = runner.session !== null && remembers(signatureOf(runner.subject.model.summary, settings.signature));
    if (ran !== null && 'failed' in ran) failures.set(position, ran);
    runs.push(ran === null || 'failed' in ran ? null : ran);
  }
  const [first, ...others] = runs;
  if (first === undefined || first === null) return { index, name, label, truth: null, models: runners.map((_, position) => failures.get(position) ?? null) };
  // All outputs are moved to the worker, where they end.
  const moved = [first, ...others].flatMap((run) => run?.outputs.map(({ data }) => data) ?? []);
  const { truth, models } = await remote.add(transfer({ label, runs: [first, ...others] as const }, moved), options);
  return { index, name, label, truth, models: models.map((model, position) => failures.get(position) ?? model) };
}

async function runOne(runner: Runner, position: number, sample: ComparisonSample, options: CallOptions<Progress>): Promise<RunOutputs | SampleFailure | null> {
  const { session } = runner;
  if (session === null) return null;
  try {
    const { outputs, placement, wasm_memory_bytes } = await session.run({ inputs: sample.sourcesFor(position) }, options);
    runner.wasm_memory_bytes = wasm_memory_bytes;
    return { outputs, placement };
  } catch (error) {
    const typed = LitescopeError.from(error);
    if (typed.code === 'CANCELLED') throw typed;
    if (!session.alive) {
      runner.session = null;
      runner.error = typed;
    }
    return { failed: typed.serialize() };
  }
}

function asCompared({ subject, loaded, error, refusals, first, wasm_memory_bytes }: Runner, errors: ModelErrors): ComparedModel {
  return {
    ...errors,
    id: subject.id,
    name: subject.name,
    bytes: subject.model.bytes,
    error: error?.serialize() ?? null,
    configuration: loaded?.configuration ?? null,
    refusals,
    init_ms: loaded?.init_ms ?? null,
    first_inference_ms: first?.timings.invoke_ms ?? null,
    wasm_memory_bytes,
  };
}
