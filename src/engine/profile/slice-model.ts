import { deviation, mean, median, sum } from 'd3-array';
import { LitescopeError } from '../../errors';
import type { BenchmarkPlan } from '../../report/benchmark';
import type { OpProfile, OpTime } from '../../report/op-profile';
import { capabilities } from '../capabilities';
import { OwnedWorker } from '../owned-worker';
import type { InputSources } from '../protocol';
import { Session, type OpenSessionOptions, type SessionModel } from '../session';
import { SlicePlan } from './slice-plan';
import type { SlicedOp, SlicerWorker } from './slicer-protocol';

/** Ops that take less of an invoke than this are told apart only by their arithmetic. */
const finest = 0.01;
/** Sessions cost time to open: a model of thousands of ops is not cut after each. */
const mostCuts = 120;
/** Turns that the whole model and a cut one take, and how long each turn lasts at least, in milliseconds. */
const rounds = 10;
const turn_ms = 25;

/**
 * Times the ops of a runtime that cannot tell them apart: the model is cut after chosen ops, and each cut model runs in
 * turn with the whole one, so that what slows the machine slows both. An op's time is the difference of two cuts.
 * Where an op's result has to be handed out, a runtime may do more than it does inside of a model; that is in the figures.
 *
 * @param whole a session that runs the whole model; it is the caller's and stays open
 * @throws LitescopeError what the runtime throws; CANCELLED when not even the whole model was timed
 */
export async function sliceModel(model: SessionModel, whole: Session, request: { readonly inputs: InputSources; readonly plan: BenchmarkPlan }, options: OpenSessionOptions): Promise<OpProfile> {
  const { signature: key, onProgress, signal } = options;
  const signature = model.summary.signatures.find((each) => each.key === key) ?? model.summary.signatures[0];
  const subgraph = signature?.subgraph ?? 0;
  const slicer = new OwnedWorker<SlicerWorker>(new Worker(new URL('./slicer.worker.ts', import.meta.url), { type: 'module', name: 'litescope-slicer' }));
  try {
    const ops = await slicer.ask((remote) => remote.open({ model: model.blob, subgraph }), { signal });
    const running = ops.filter(({ once }) => !once);
    const { plan: { warmup_runs, warmup_min_secs, num_runs, max_secs }, inputs } = request;
    const steady = await whole.benchmark({ inputs, plan: { warmup_runs, warmup_min_secs, num_runs, min_secs: 0.2, max_secs } }, options);
    const invoke_ms = steady.latency_metrics.median_ms;
    const plan = new SlicePlan(running.map(({ weight }) => weight), finest);
    let runs = steady.samples_ms.length;
    try {
      for (let cuts = 0, at = plan.next(); at !== null && cuts < mostCuts; cuts++, at = plan.next()) {
        onProgress?.({ kind: 'slicing', cuts, fraction: plan.told });
        const last = running[at - 1];
        if (last === undefined) break;
        const cut = await slicer.ask((remote) => remote.cut(last.op), { signal });
        const compared = await compare(cut, whole, inputs, invoke_ms, options);
        plan.add(at, compared.share, compared.error);
        runs += compared.runs;
      }
    } catch (error) {
      // What is known when someone has seen enough is kept.
      if (LitescopeError.from(error).code !== 'CANCELLED') throw error;
    }
    onProgress?.({ kind: 'slicing', cuts: mostCuts, fraction: 1 });
    return profileOfShares(ops, plan, subgraph, invoke_ms, runs);
  } finally {
    slicer.terminate();
  }
}

interface Compared {
  readonly share: number;
  readonly error: number;
  readonly runs: number;
}

/** Runs a cut model and the whole one in turn, the order reversed every second time. */
async function compare(cut: SessionModel, whole: Session, inputs: InputSources, invoke_ms: number, options: OpenSessionOptions): Promise<Compared> {
  const { runtime, accelerator, threads } = whole.loaded.configuration;
  // Progress of the parts would run against that of the whole.
  const quiet: OpenSessionOptions = { signal: options.signal, watchdog_ms: options.watchdog_ms, signature: options.signature, shapes: options.shapes };
  const session = await Session.open(cut, { runtime, accelerator, threads }, await capabilities(), quiet);
  try {
    const num_runs = Math.max(3, Math.ceil(turn_ms / invoke_ms));
    const plan: BenchmarkPlan = { warmup_runs: 2, warmup_min_secs: 0, num_runs, min_secs: 0, max_secs: 10 };
    const run = async (runner: Session): Promise<number> => median((await runner.benchmark({ inputs, plan }, quiet)).samples_ms) ?? 0;
    const shares: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const first = round % 2 === 0 ? await run(whole) : null;
      const part = await run(session);
      const all = first ?? await run(whole);
      // The first turn warms the cut model up.
      if (round > 0) shares.push(part / all);
    }
    const sorted = shares.sort((one, other) => one - other);
    // The quarters at both ends are left out of the mean; the error is of all, as the mean of the middle has about the same.
    const middle = sorted.slice(Math.floor(rounds / 4), rounds - Math.floor(rounds / 4));
    return { share: mean(middle) ?? 0, error: (deviation(middle) ?? 0) / Math.sqrt(middle.length) + 1e-6, runs: 2 * num_runs * (rounds + 1) };
  } finally {
    session.close();
  }
}

function profileOfShares(ops: readonly SlicedOp[], plan: SlicePlan, subgraph: number, invoke_ms: number, runs: number): OpProfile {
  const shares = plan.shares();
  let at = 0;
  const all = ops.map(({ op, kind, name, macs, bytes, once }): OpTime => {
    const facts = { op, kind, name, macs, bytes, accelerated: null, kernel: null };
    if (once) return { ...facts, fate: { kind: 'folded' }, time_ms: 0, interval_ms: null, times_called: 0 };
    const { share, low, high } = shares[at++] ?? { share: 0, low: 0, high: 0 };
    return { ...facts, fate: { kind: 'timed' }, time_ms: share * invoke_ms, interval_ms: [low * invoke_ms, high * invoke_ms], times_called: 1 };
  });
  return { method: 'slicing', runs, invoke_ms, other_ms: Math.max(0, invoke_ms - sum(all, ({ time_ms }) => time_ms)), subgraph, ops: all };
}
