import { max, rollup, sum } from 'd3-array';
import { LitescopeError } from '../../../errors';
import type { BenchmarkPlan } from '../../../report/benchmark';
import { invokeBalance } from '../../../report/invoke-balance';
import type { OpProfile, OpTime } from '../../../report/op-profile';
import { OwnedWorker } from '../../../threads/page/owned-worker';
import { capabilities } from '../../../engine/builds/page/capabilities';
import type { InputSources } from '../../../engine/session/shared/protocol';
import type { OpenSessionOptions, SessionModel } from '../../../engine/session/page/session';
import { type Share, SlicePlan } from './slice-plan';
import type { SlicedOp } from '../shared/slicer-protocol';
import type { SlicerMethods } from '../worker/slicer.worker';
import { type TimedUnit, type Unit, together, unitsOf, weightsOf } from './units';
import { timeInTurns } from './turns';
import { sessions, type StudySession } from '../../session/page/sessions';
import type { Progress } from '../../progress';
import { loadWorker } from '../../../threads/page/load-worker';

/** The time up to a place in the model is asked for until it is known to this share of the whole, as a standard error. */
const precision = 0.01;
/** A unit that is thought to take less of an invoke is not timed alone, unless it is the largest of its kind. */
const smallestAlone = 0.002;
/** Sessions cost time to open: of a model of thousands of ops not each is timed alone, nor is it cut behind each. */
const mostParts = 200;
/** More than this no cache holds; in bytes. */
const mostSurroundings = 64 * 1024 * 1024;
/** An error of an op alone is a share of its own time, an error of a cut one of the whole model's: so cuts take more turns. */
const aloneRounds = 3;
const cutRounds = 12;
/** Units from this share of an invoke on are timed once more, in other sessions and at another time: both tell more than more turns. */
const largeAlone = 0.01;
/** How much of all progress is the ops alone, first and once more. */
const [aloneShare, againShare] = [0.5, 0.3];

/**
 * Times the ops of a runtime that cannot tell them apart, by models that are parts of the one in question and run in
 * turn with the whole, so that what slows the machine slows both. First each op runs alone, as it is in the model, with
 * what clamps its result, and with the caches as the rest of the model would leave them; what a run takes that computes
 * nothing is taken off. That is an imitation; hence the model is also cut after chosen ops, and the differences of these
 * cuts, which have all that goes on in a real run, say what each stretch takes in all. Where an op's result has to be handed out, a runtime may do more than it
 * does inside of a model; that is in the figures.
 *
 * @param whole a session that runs the whole model; it is the caller's and stays open
 * @throws LitescopeError what the runtime throws; CANCELLED when not even the whole model was timed
 */
export async function sliceModel(model: SessionModel, whole: StudySession, request: { readonly inputs: InputSources; readonly plan: BenchmarkPlan }, options: OpenSessionOptions<Progress>): Promise<OpProfile> {
  const { signature: key, onProgress, signal } = options;
  const signature = model.summary.signatures.find((each) => each.key === key) ?? model.summary.signatures[0];
  const subgraph = signature?.subgraph ?? 0;
  let idle: StudySession | undefined;
  const slicer = new OwnedWorker<SlicerMethods>(loadWorker((Worker) => new Worker(new URL('../worker/slicer.worker.ts', import.meta.url), { type: 'module', name: 'litescope-slicer' })));
  try {
    const ops = await slicer.remote.open({ model: model.blob, subgraph }, { signal });
    const { plan: { warmup_runs, warmup_min_secs, num_runs, max_secs }, inputs } = request;
    const begun = performance.now();
    const steady = await whole.remote.benchmark({ inputs, plan: { warmup_runs, warmup_min_secs, num_runs, min_secs: 0.2, max_secs } }, options);
    const units = unitsOf(ops);
    const traffic = Math.min(mostSurroundings, sum(ops, ({ weightBytes, writtenBytes }) => weightBytes + writtenBytes));
    const timed: (TimedUnit | undefined)[] = units.map(() => undefined);
    const planned = (): SlicePlan => new SlicePlan(weightsOf(units, timed), precision);
    let plan: SlicePlan | null = null;
    let [parts, runs] = [0, steady.samples_ms.length];
    const ofPart: OpenSessionOptions<Progress> = { ...options, onProgress: undefined, signature: undefined, shapes: undefined, feedback: undefined };
    const goesOn = (): boolean => parts < mostParts && performance.now() - begun < max_secs * 1000;
    const told = (fraction: number): void => { onProgress?.({ kind: 'slicing', parts, fraction }); };
    try {
      idle = await unlessRefused(async () => sessions.open(await slicer.remote.nothing(undefined, { signal }), whole.loaded.configuration, await capabilities(), ofPart));
      await timeEach(worthwhile(units), [0, aloneShare]);
      await timeEach(worthwhile(units).filter((index) => (timed[index]?.share ?? 0) >= largeAlone), [aloneShare, againShare]);
      plan = planned();
      for (let at = plan.next(); at !== null && goesOn(); at = plan.next()) {
        told(aloneShare + againShare + (1 - aloneShare - againShare) * plan.told);
        const last = units[at - 1]?.last;
        if (last === undefined) break;
        const cut = await slicer.remote.cut(last, { signal });
        const { share, error, runs: more } = await timeInTurns({ part: cut, whole, wholeInputs: inputs, partInputs: inputs, rounds: cutRounds }, options);
        plan.add(at, share, error);
        parts += 1;
        runs += more;
      }
    } catch (error) {
      // What is known when someone has seen enough is kept.
      if (LitescopeError.from(error).code !== 'CANCELLED') throw error;
    }
    told(1);
    return profileOfShares(ops, units, (plan ?? planned()).shares(), subgraph, steady.latency_metrics.median_ms, runs);

    async function timeEach(indices: readonly number[], [from, length]: readonly [number, number]): Promise<void> {
      const guessed = sum(indices, (index) => units[index]?.guess);
      let done = 0;
      for (const index of indices) {
        const unit = units[index];
        if (unit === undefined || !goesOn()) break;
        told(from + (length * done) / guessed);
        done += unit.guess;
        const own = await alone(unit);
        if (own !== undefined) timed[index] = together(timed[index], own);
      }
    }

    /** Undefined for what cannot run by itself; its time is then a matter of cuts, or of a guess. */
    function alone({ first, last, weightBytes }: Unit): Promise<TimedUnit | undefined> {
      return unlessRefused(async () => {
        const part = await slicer.remote.part({ first, last }, { signal });
        const surroundings = { bytes: traffic - Math.min(traffic, weightBytes), older: { names: part.older.names, bytes: Math.min(mostSurroundings, part.older.bytes) } };
        const { share, error, runs: more } = await timeInTurns({ part, whole, wholeInputs: inputs, partInputs: {}, surroundings, idle: idle && { session: idle, surroundings: { bytes: traffic, older: { names: [], bytes: 0 } } }, rounds: aloneRounds }, ofPart);
        parts += 1;
        runs += more;
        return { share, error };
      });
    }
  } finally {
    idle?.close();
    slicer.terminate();
  }
}

/** Undefined where a runtime does not take a part of a model that it runs whole. */
async function unlessRefused<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    const { code } = LitescopeError.from(error);
    if (code === 'CANCELLED' || code === 'INTERNAL') throw error;
    return undefined;
  }
}

/** The units that are worth a session of their own, the largest first, so that a cancel leaves the most known. */
function worthwhile(units: readonly Unit[]): readonly number[] {
  const all = sum(units, ({ guess }) => guess);
  const largest = rollup(units, (own) => max(own, ({ guess }) => guess), ({ kind }) => kind);
  const large = units.flatMap(({ kind, guess }, index) => (units.length > 1 && (guess >= smallestAlone * all || guess === largest.get(kind)) ? [{ guess, index }] : []));
  return large.sort((one, other) => other.guess - one.guess).map(({ index }) => index);
}

function profileOfShares(ops: readonly SlicedOp[], units: readonly Unit[], shares: readonly Share[], subgraph: number, invoke_ms: number, runs: number): OpProfile {
  const shareOf = new Map(units.map(({ op }, index) => [op, shares[index]]));
  const unitOf = new Map(units.flatMap(({ first, last, op }) => Array.from({ length: last - first + 1 }, (_, at) => [first + at, op] as const)));
  const all = ops.map(({ op, kind, name, macs, bytes, once }): OpTime => {
    const facts = { op, kind, name, macs, bytes, accelerated: null, kernel: null };
    const share = shareOf.get(op);
    const nothing = { time_ms: 0, interval_ms: null, times_called: 0 };
    if (once) return { ...facts, ...nothing, fate: { kind: 'folded' } };
    if (share === undefined) return { ...facts, ...nothing, fate: { kind: 'fused', into: unitOf.get(op) ?? op } };
    return { ...facts, fate: { kind: 'timed' }, time_ms: share.share * invoke_ms, interval_ms: [share.low * invoke_ms, share.high * invoke_ms], times_called: 1 };
  });
  return { method: 'slicing', runs, invoke_ms, ...invokeBalance(invoke_ms, all), subgraph, ops: all };
}
