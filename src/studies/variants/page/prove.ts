import { median } from 'd3-array';
import { LitescopeError, type SerializedError } from '../../../errors';
import { usualAcceptedMse } from '../../../quantize/metrics';
import type { CallOptions } from '../../../threads/shared/methods';
import type { InputSource, InputSources, RunReply } from '../../../engine/session/shared/protocol';
import type { RuntimeName } from '../../../engine/session/shared/configuration';
import type { SessionModel } from '../../../engine/session/page/session';
import { writeNpy } from '../../../tensor/npy';
import type { OutputError, PartReference } from '../shared/protocol';
import { within, type ProgressShare } from './progress-share';
import type { Progress } from '../../progress';
import type { VariantMaker } from './variant-maker';
import { sessions, type StudySession } from '../../session/page/sessions';

export interface Acceptance {
  /** The signal to noise ratio in dB that every output must reach on every runtime that runs the variant. */
  readonly least_sqnr_db: number;
  /** The mean squared error above which an output is flagged; no ground for refusal, because it depends on units. */
  readonly flag_mse: number;
}

/** Passes that only reorder additions must stay near single precision; integers must at least be recognisable. */
export const acceptances = {
  exact: { least_sqnr_db: 60, flag_mse: usualAcceptedMse },
  rounding: { least_sqnr_db: 10, flag_mse: usualAcceptedMse },
} as const satisfies Readonly<Record<string, Acceptance>>;

export interface RuntimeProof {
  readonly runtime: RuntimeName;
  /** Why the variant does not run here. */
  readonly error: SerializedError | null;
  /** What ran the original: the runtime that was asked for, else this one, or another where this one refuses it. */
  readonly reference: RuntimeName | null;
  readonly outputs: readonly (OutputError & { readonly flagged: boolean })[];
  /** Medians of runs taken in turn, one thread; null for an original that does not run here, and for the whole of which a part was cut. */
  readonly before_ms: number | null;
  readonly after_ms: number | null;
}

export interface Proof {
  /** Inputs that both were run on and compared. */
  readonly samples: number;
  readonly runtimes: readonly RuntimeProof[];
  /** `good` only where at least one runtime ran the variant and none computed something else. */
  readonly verdict: 'good' | 'wrong' | 'unproven';
  /** Why it is not good, one sentence each. */
  readonly reasons: readonly string[];
  /** OUTPUTS_DIFFER for a variant that is wrong; null for any other. */
  readonly error: SerializedError | null;
}

/** Runs of each that are timed at least; more where there are more samples. */
const timedRuns = 15;

/** What is to be proved, on which inputs and by what measure. */
export interface ProofRequest {
  readonly original: SessionModel;
  readonly variant: SessionModel;
  readonly samples: readonly InputSources[];
  readonly acceptance: Acceptance;
  /** What runs the original, whatever runs the variant; left out, each runtime is compared with itself, and timed against itself. */
  readonly reference?: RuntimeName | undefined;
  /** For a part of a model: what it is given, by the whole, which is the original then and runs first. */
  readonly given?: PartReference['given'] | undefined;
}

/**
 * Runs a model and a variant of it in turn on the same inputs, on both runtimes at one thread, and compares what comes
 * out. A runtime may accept a file and compute nonsense without a word; such a variant is not called good.
 */
export async function proveVariant(maker: VariantMaker, request: ProofRequest, options: CallOptions<Progress>): Promise<Proof> {
  const runtimes: RuntimeProof[] = [];
  for (const [index, runtime] of (['tfjs-tflite', 'litert'] as const).entries()) {
    runtimes.push(await proveOn(runtime, maker, request, { from: index / 2, to: (index + 1) / 2 }, options));
  }
  return { samples: Math.max(1, request.samples.length), runtimes, ...judge(runtimes, request.acceptance) };
}

async function proveOn(runtime: RuntimeName, maker: VariantMaker, { original, variant, samples, acceptance, reference: wished, given }: ProofRequest, share: ProgressShare, options: CallOptions<Progress>): Promise<RuntimeProof> {
  const requested = { runtime, accelerator: 'wasm', threads: 1 } as const;
  // What a session says while it loads would tell little among progress that counts.
  const quiet = { signal: options.signal, watchdog_ms: options.watchdog_ms };
  const open: StudySession[] = [];
  const failed = (error: unknown, reference: RuntimeName | null): RuntimeProof => {
    const typed = LitescopeError.from(error);
    if (typed.code === 'CANCELLED') throw typed;
    return { runtime, error: typed.serialize(), reference, outputs: [], before_ms: null, after_ms: null };
  };
  const first = { inputs: samples[0] ?? {} };
  try {
    const before = await sessions.attempt(original, { ...requested, runtime: wished ?? runtime }, (session) => session.run(first, quiet), { ...quiet, fallback: wished === undefined });
    open.push(before.session);
    const reference = before.session.loaded.configuration.runtime;
    // What flows inside the whole is what the part runs on.
    const inputsAfter = (reply: RunReply, inputs: InputSources): InputSources => (given === undefined ? inputs : givenInputs(given, reply, inputs));
    let after;
    try {
      after = await sessions.attempt(variant, requested, (session) => session.run({ inputs: inputsAfter(before.value, first.inputs) }, quiet), { ...quiet, fallback: false });
    } catch (error) {
      return failed(error, reference);
    }
    open.push(after.session);
    const times = { before: [] as number[], after: [] as number[] };
    const compared = Math.max(1, samples.length);
    const turns = Math.max(compared, timedRuns);
    const told = (turn: number): void => { options.onProgress?.({ kind: 'prove', runtime, fraction: within(share, (turn + 1) / turns) }); };
    for (let turn = 0; turn < turns; turn++) {
      const request = { inputs: samples[turn % compared] ?? {} };
      // What ran on another runtime, or is more than the variant, says nothing about speed: there is no need of it when all is compared.
      if (given === undefined && reference !== runtime && turn >= compared) {
        times.after.push((await after.session.run(request, quiet)).timings.invoke_ms);
        told(turn);
        continue;
      }
      // Who runs second finds warmer caches, so they change places.
      const ahead = given === undefined && turn % 2 === 1 ? await after.session.run(request, quiet) : null;
      const wanted = await before.session.run(request, quiet);
      const got = ahead ?? await after.session.run({ inputs: inputsAfter(wanted, request.inputs) }, quiet);
      times.before.push(wanted.timings.invoke_ms);
      times.after.push(got.timings.invoke_ms);
      const isGiven = (name: string): boolean => given?.some((each) => each.from === 'output' && each.name === name) ?? false;
      if (turn < compared) await maker.compare(wanted.outputs.filter(({ name }) => !isGiven(name)), got.outputs, quiet);
      told(turn);
    }
    const outputs = (await maker.compared(quiet)).map((output) => ({ ...output, flagged: !(output.metrics.mse <= acceptance.flag_mse) }));
    return { runtime, error: null, reference, outputs, before_ms: reference === runtime && given === undefined ? median(times.before) ?? null : null, after_ms: median(times.after) ?? null };
  } catch (error) {
    // What was compared before the failure belongs to nothing.
    await maker.compared().catch(() => undefined);
    return failed(error, null);
  } finally {
    for (const session of open) session.close();
  }
}

/** Values cross as files, exactly as they are stored. */
function givenInputs(given: PartReference['given'], reply: RunReply, inputs: InputSources): InputSources {
  return Object.fromEntries(given.flatMap(({ input, from, name }): [string, InputSource][] => {
    if (from === 'input') { const own = inputs[name]; return own === undefined ? [] : [[input, own]]; }
    const output = reply.outputs.find((each) => each.name === name);
    return output === undefined ? [] : [[input, { kind: 'file', file: new Blob([writeNpy(output)]), format: 'npy' }]];
  }));
}

/** @internal for tests: the verdict over what the runtimes gave */
export function judge(runtimes: readonly RuntimeProof[], acceptance: Acceptance): Omit<Proof, 'runtimes' | 'samples'> {
  const ran = runtimes.filter(({ error }) => error === null);
  const reasons = ran.flatMap(({ runtime, outputs }) => outputs.flatMap(({ name, metrics, constant }) => {
    if (metrics.notFinite > 0) return [`${runtime}: ${metrics.notFinite} values of “${name}” are infinite or no numbers`];
    if (constant) return [`${runtime}: all values of “${name}” are the same, which they were not before`];
    if (!(metrics.sqnr_db >= acceptance.least_sqnr_db)) return [`${runtime}: “${name}” is ${metrics.sqnr_db.toFixed(1)} dB from the original, less than ${acceptance.least_sqnr_db} dB`];
    return [];
  }));
  if (ran.length === 0) return { verdict: 'unproven', reasons: runtimes.map(({ runtime, error }) => `${runtime}: ${error?.title ?? 'it did not run'}`), error: null };
  if (reasons.length === 0) return { verdict: 'good', reasons, error: null };
  return { verdict: 'wrong', reasons, error: new LitescopeError('OUTPUTS_DIFFER', `${reasons.join('. ')}.`).serialize() };
}
