import { median } from 'd3-array';
import { LitescopeError, type SerializedError } from '../../../errors';
import { studies as text } from '../../../messages/studies';
import { usualAcceptedMse } from '../../../quantize/metrics';
import { fewestValues, defaultConfidence, pairedRatio, type RatioEstimate } from '../../../stats/bootstrap';
import type { Decoder } from '../../../vision/shared/types';
import type { CallOptions } from '../../../threads/shared/methods';
import type { InputSource, InputSources, RunReply } from '../../../engine/session/shared/protocol';
import type { RequestedConfiguration, RuntimeName } from '../../../engine/configuration/shared/configuration';
import type { SessionModel } from '../../../engine/session/page/session';
import { writeNpy } from '../../../tensor/npy';
import type { PartReference } from '../shared/protocol';
import { isMadeUp } from './made-up';
import { within, type ProgressShare } from './progress-share';
import { movedOutputs, type VariantMaker } from './variant-worker';
import type { Acceptance, RuntimeProof } from './runtime-proof';
import { judgeFidelity, judgeSize, judgeSpeed, type Verdicts } from './verdicts';
import { sessions, type StudySession } from '../../session/page/sessions';
import type { Progress } from '../../progress';

/**
 * Passes that only reorder additions must stay near single precision. Where numbers are rounded, the noise is a share of
 * the signal: 3 % of it (root mean square) at 30 dB, about what 8-bit weights alone come to (28 to 34 dB on a picture in the
 * gallery's face detection and selfie segmentation); 10 % at 20 dB, which shows in what is found now and then; 32 % at
 * 10 dB, below which an output cannot be recognised.
 */
export const acceptances = {
  exact: { least_sqnr_db: 60, usable_sqnr_db: 60, good_sqnr_db: 60, flag_mse: usualAcceptedMse },
  rounding: { least_sqnr_db: 10, usable_sqnr_db: 20, good_sqnr_db: 30, flag_mse: usualAcceptedMse },
} as const satisfies Readonly<Record<string, Acceptance>>;

export interface Proof {
  /** Inputs that both were run on and compared. */
  readonly samples: number;
  readonly runtimes: readonly RuntimeProof[];
  readonly verdicts: Verdicts;
  /**
   * `good` only where what comes out is good on every runtime, and nothing got worse: neither size nor speed. `mixed`: what comes out is good or usable, and `reasons` say at what price. `wrong`: it computes something else.
   */
  readonly verdict: 'good' | 'mixed' | 'doubtful' | 'wrong' | 'unproven';
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
  /** What the outputs mean; without it they are compared as numbers. Those of a part mean something else. */
  readonly decoder?: Decoder | undefined;
  readonly labels?: readonly string[] | undefined;
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
  return { samples: Math.max(1, request.samples.length), runtimes, ...judge(runtimes, { bytes: request.variant.blob.size, original_bytes: request.original.blob.size }, request.acceptance) };
}

async function proveOn(runtime: RuntimeName, maker: VariantMaker, { original, variant, samples, acceptance, reference: wished, given, decoder, labels }: ProofRequest, share: ProgressShare, options: CallOptions<Progress>): Promise<RuntimeProof> {
  const requested = { runtime, accelerator: 'wasm', threads: 1 } as const;
  // What a session says while it loads would tell little among progress that counts.
  const quiet = { signal: options.signal, watchdog_ms: options.watchdog_ms };
  const open: StudySession[] = [];
  let reference: RuntimeName | null = null;
  const failed = (error: unknown, lost: boolean): RuntimeProof => {
    const typed = LitescopeError.from(error);
    if (typed.code === 'CANCELLED') throw typed;
    return { runtime, error: typed.serialize(), reference, lost, outputs: [], task: { agreement: null, decodeError: null }, before_ms: null, after_ms: null, time_ratio: null };
  };
  const first = { inputs: samples[0] ?? {} };
  try {
    const before = await sessions.attempt(original, { ...requested, runtime: wished ?? runtime }, (session) => session.run(first, quiet), { ...quiet, fallback: wished === undefined });
    open.push(before.session);
    reference = before.session.loaded.configuration.runtime;
    // What flows inside the whole is what the part runs on.
    const inputsAfter = (reply: RunReply, inputs: InputSources): InputSources => (given === undefined ? inputs : givenInputs(given, reply, inputs));
    let after;
    try {
      after = await sessions.attempt(variant, requested, (session) => session.run({ inputs: inputsAfter(before.value, first.inputs) }, quiet), { ...quiet, fallback: false });
    } catch (error) {
      return failed(error, reference === runtime || (wished !== undefined && await runsHere(original, requested, first.inputs, quiet)));
    }
    open.push(after.session);
    const inTurn = reference === runtime && given === undefined;
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
      if (turn < compared) {
        const meaning = decoder === undefined || given !== undefined || isMadeUp(request.inputs) ? undefined : { decoder, labels, placement: wanted.placement };
        await maker.compare(movedOutputs({ reference: wanted.outputs.filter(({ name }) => !isGiven(name)), outputs: got.outputs, meaning }), quiet);
      }
      told(turn);
    }
    const { outputs: errors, task } = await maker.compared(undefined, quiet);
    const outputs = errors.map((output) => ({ ...output, flagged: !(output.metrics.mse <= acceptance.flag_mse) }));
    return {
      runtime, error: null, reference, lost: false, outputs, task,
      before_ms: inTurn ? median(times.before) ?? null : null, after_ms: median(times.after) ?? null, time_ratio: inTurn ? timeRatio(times.before, times.after) : null,
    };
  } catch (error) {
    // What was compared before the failure belongs to nothing.
    await maker.compared().catch(() => undefined);
    return failed(error, reference === runtime);
  } finally {
    for (const session of open) session.close();
  }
}

async function runsHere(model: SessionModel, requested: RequestedConfiguration, inputs: InputSources, options: CallOptions<Progress>): Promise<boolean> {
  try {
    const { session } = await sessions.attempt(model, requested, (opened) => opened.run({ inputs }, options), { ...options, fallback: false });
    session.close();
    return true;
  } catch (error) {
    if (LitescopeError.from(error).code === 'CANCELLED') throw error;
    return false;
  }
}

/** Turns in which a clock showed no time at all say nothing. */
function timeRatio(before_ms: readonly number[], after_ms: readonly number[]): RatioEstimate | null {
  const turns = before_ms.flatMap((before, turn): [number, number][] => { const after = after_ms[turn] ?? 0; return before > 0 && after > 0 ? [[before, after]] : []; });
  if (turns.length < Math.max(before_ms.length / 2, fewestValues(defaultConfidence))) return null;
  return pairedRatio(turns.map(([, after]) => after), turns.map(([before]) => before));
}

/** Values cross as files, exactly as they are stored. */
function givenInputs(given: PartReference['given'], reply: RunReply, inputs: InputSources): InputSources {
  return Object.fromEntries(given.flatMap(({ input, from, name }): [string, InputSource][] => {
    if (from === 'input') { const own = inputs[name]; return own === undefined ? [] : [[input, own]]; }
    const output = reply.outputs.find((each) => each.name === name);
    return output === undefined ? [] : [[input, { kind: 'file', file: new Blob([writeNpy(output)]), format: 'npy' }]];
  }));
}

/** @internal for tests: the verdicts over what the runtimes gave */
export function judge(runtimes: readonly RuntimeProof[], { bytes, original_bytes }: { readonly bytes: number; readonly original_bytes: number }, acceptance: Acceptance): Omit<Proof, 'runtimes' | 'samples'> {
  const [size, speed, fidelity] = [judgeSize(bytes, original_bytes), judgeSpeed(runtimes), judgeFidelity(runtimes, acceptance)];
  const verdicts = { size, speed, fidelity };
  if (fidelity.verdict === 'wrong') return { verdicts, verdict: 'wrong', reasons: fidelity.reasons, error: new LitescopeError('OUTPUTS_DIFFER', text.sentences(fidelity.reasons)).serialize() };
  if (fidelity.verdict === 'unproven') return { verdicts, verdict: 'unproven', reasons: runtimes.map(({ runtime, error }) => text.onRuntime(runtime, error?.title ?? text.nothingCompared)), error: null };
  const reasons = [
    ...fidelity.reasons,
    ...runtimes.flatMap(({ runtime, lost, error }) => (error === null ? [] : [text.onRuntime(runtime, lost ? text.lost(error.title) : text.notProvedThere(error.title))])),
    ...speed.runtimes.flatMap(({ runtime, verdict, ratio }) => (verdict === 'slower' && ratio !== null ? [text.onRuntime(runtime, text.slower(Number(ratio.toPrecision(3))))] : [])),
    ...(size.verdict === 'larger' ? [text.larger(Number((bytes / original_bytes).toPrecision(3)))] : []),
  ];
  return { verdicts, verdict: fidelity.verdict === 'doubtful' ? 'doubtful' : reasons.length > 0 ? 'mixed' : 'good', reasons, error: null };
}
