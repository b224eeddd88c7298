import { deviation, mean, quantile } from 'd3-array';
import type { BenchmarkPlan } from '../../../report/benchmark';
import { capabilities } from '../../../engine/builds/page/capabilities';
import type { InputSources } from '../../../engine/session/shared/protocol';
import type { BenchmarkRequest, PartSurroundings } from '../../bench/shared/protocol';
import type { OpenSessionOptions, SessionModel } from '../../../engine/session/page/session';
import { sessions, type StudySession } from '../../session/page/sessions';
import type { Progress } from '../../progress';

export interface Compared {
  /** The part's time, of the whole's; where a run that computes nothing was no shorter, 0 or less. */
  readonly share: number;
  /** Standard error of the share. */
  readonly error: number;
  readonly runs: number;
}

/** How long each turn lasts at least, in seconds. */
const turn_secs = 0.025;
/** Below this many milliseconds a clock's steps are too coarse for single runs: they are 5 µs where a page is isolated, and 100 µs elsewhere. */
const coarse_ms = (): number => (globalThis.crossOriginIsolated ? 0.1 : 2);
/**
 * Sessions of one model differ by about as much, by where their memory lies (measured: bench part `overhead`, fresh
 * workers); no number of turns in one session tells it.
 */
const sessionError = 0.01;
/** To a part that takes so many times as long as a run that computes nothing, it does not matter how that changes from round to round. */
const idleMatters = 20;

export interface TurnsRequest {
  readonly part: SessionModel;
  /** A session that runs the whole model; it stays open. */
  readonly whole: StudySession;
  readonly wholeInputs: InputSources;
  readonly partInputs: InputSources;
  /** What happens around the part in the whole; left out for a part that begins where the model does. */
  readonly surroundings?: PartSurroundings | undefined;
  /** A session whose runs compute nothing, and what happens around it; it stays open. Its time is taken off the part's. */
  readonly idle?: { readonly session: StudySession; readonly surroundings: PartSurroundings } | undefined;
  /** Turns that each takes. */
  readonly rounds: number;
}

/** Runs a part of a model, in a session of its own, and the whole one in turn, the order reversed every second time. */
export async function timeInTurns({ part, whole, wholeInputs, partInputs, surroundings, idle, rounds }: TurnsRequest, options: OpenSessionOptions<Progress>): Promise<Compared> {
  const { runtime, accelerator, threads } = whole.loaded.configuration;
  // Progress of the parts would run against that of the whole.
  const quiet: OpenSessionOptions<Progress> = { signal: options.signal, watchdog_ms: options.watchdog_ms, signature: options.signature, shapes: options.shapes };
  const session = await sessions.open(part, { runtime, accelerator, threads }, await capabilities(), quiet);
  let runs = 0;
  const plan: BenchmarkPlan = { warmup_runs: 2, warmup_min_secs: 0, num_runs: 4, min_secs: turn_secs, max_secs: 10 };
  const turn = async (runner: StudySession, request: Omit<BenchmarkRequest, 'plan'>): Promise<number> => {
    const { samples_ms } = await runner.remote.benchmark({ ...request, plan }, quiet);
    runs += samples_ms.length;
    return typical(samples_ms);
  };
  try {
    const shares: number[] = [];
    let nothing = 0;
    for (let round = 0; round <= rounds; round++) {
      const first = round % 2 === 0 ? await turn(whole, { inputs: wholeInputs }) : null;
      const own = await turn(session, { inputs: partInputs, surroundings });
      if (idle !== undefined && (round === 0 || own < idleMatters * nothing)) nothing = await turn(idle.session, { inputs: {}, surroundings: idle.surroundings });
      const all = first ?? await turn(whole, { inputs: wholeInputs });
      // The first turn warms the part up.
      if (round > 0) shares.push((own - nothing) / all);
    }
    const sorted = shares.sort((one, other) => one - other);
    // The quarters at both ends are left out of the mean; the error is of all, as the mean of the middle has about the same.
    const middle = sorted.slice(Math.floor(rounds / 4), rounds - Math.floor(rounds / 4));
    const share = mean(middle) ?? 0;
    return { share, error: Math.hypot((deviation(sorted) ?? 0) / Math.sqrt(rounds), sessionError * share) + 1e-6, runs };
  } finally {
    session.close();
  }
}

/**
 * A turn's time for a run. What else a machine does only ever adds to a run, so the fast quarter tells most; where the
 * clock is too coarse for that, the mean of all but the slowest does.
 */
function typical(samples_ms: readonly number[]): number {
  const quarter = quantile(samples_ms, 0.25) ?? 0;
  if (quarter >= coarse_ms()) return quarter;
  const slowest = quantile(samples_ms, 0.9) ?? 0;
  return mean(samples_ms.filter((sample) => sample <= slowest)) ?? 0;
}
