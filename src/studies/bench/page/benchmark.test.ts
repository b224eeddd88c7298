import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LitescopeError } from '../../../errors';
import { defaultPlan } from '../../../report/benchmark';
import { isMeasured } from '../../../report/report';
import type { Conditions } from '../../../report/warnings';
import { summarizeSamples } from '../../../stats/summarize';
import type { AttemptOptions } from '../../../engine/session/page/sessions';
import type { BenchmarkRequest } from '../shared/protocol';
import type { RequestedConfiguration } from '../../../engine/configuration/shared/configuration';
import { rejectionOf } from '../../../threads/testing/errors';
import { summaryOf } from '../../../engine/testing/summary';
import { measureRows } from './benchmark';
import type { Progress } from '../../progress';
import type { RowSubject } from './row';

const conditions: Conditions = {
  calibration: { before_ms: 4, after_ms: 4, ratio: 1 }, timer_step_ms: 0.005, isolated: true, hidden: true, late_ms: 0, frames_per_second: 60, on_battery: false, window_extra: null,
};
let watches = 0;
vi.mock('./conditions', () => ({
  ConditionWatch: { begin: () => { watches++; return Promise.resolve({ end: () => Promise.resolve(conditions), stop: () => { watches--; } }); } },
}));

interface Opening {
  readonly requested: RequestedConfiguration;
  readonly fallback: boolean | undefined;
  readonly request: BenchmarkRequest;
}

/** Sessions in the order in which they were opened; how many were alive at once. */
const opened: Opening[] = [];
let alive = 0;
let mostAlive = 0;
let sessionsOpened = 0;
let behaviour: (opening: Opening) => readonly number[];
/** How many runs a sample takes where that is to be found out. */
let fitting = 1;

vi.mock('../../session/page/sessions', () => ({
  sessions: { attempt: async (_: unknown, requested: RequestedConfiguration, use: (session: unknown) => Promise<unknown>, options: AttemptOptions<Progress>) => {
    mostAlive = Math.max(mostAlive, ++alive);
    sessionsOpened += 1;
    const session = {
      loaded: { configuration: { runtime: requested.runtime === 'auto' ? 'litert' : requested.runtime, accelerator: 'wasm', threads: requested.threads, variant: 'simd', version: '1', fullyAccelerated: null } },
      close: () => { alive--; },
      remote: { benchmark: (request: BenchmarkRequest) => {
        const opening = { requested, request, fallback: options.fallback };
        opened.push(opening);
        const samples_ms = behaviour(opening);
        return Promise.resolve({
          latency_metrics: { init_ms: opened.length, first_inference_ms: 9, average_warm_up_ms: 9, ...summarizeSamples(samples_ms) },
          memory_metrics: { before_kb: 1, init_footprint_kb: 2, overall_footprint_kb: 3, peak_mem_mb: opened.length },
          warmup_samples_ms: [9], samples_ms, input_gap: null, num_warmup_runs: 1,
          runs_per_sample: request.runs_per_sample === 'fit' ? fitting : request.runs_per_sample,
        });
      } },
    };
    try {
      return { session, value: await use(session), refusals: [] };
    } catch (error) {
      session.close();
      throw error;
    }
  } },
}));

function subject(runtime: RequestedConfiguration['runtime'], threads = 1, slowedBy = 0): RowSubject {
  return {
    name: `model · ${runtime} · ${threads}`, identity: { name: 'model', sha256: 'ab'.repeat(32), bytes: 1024 }, model: { blob: new Blob(), summary: summaryOf() },
    requested: { runtime, accelerator: 'wasm', threads }, inputs: () => ({}), slowedBy,
  };
}

const comparison = { rounds: 10, seed: 3, confidence: 0.95 };

beforeEach(() => {
  opened.length = 0;
  alive = 0;
  mostAlive = 0;
  sessionsOpened = 0;
  watches = 0;
  behaviour = ({ requested }) => Array.from({ length: 5 }, (_, index) => (requested.runtime === 'litert' ? 2 : 1) * (10 + index / 10));
});

describe('a single row', () => {
  it('has one session for the whole plan, and no comparison', async () => {
    const { results, comparison: compared, calibration } = await measureRows([subject('tfjs-tflite')], defaultPlan, comparison, {});
    expect(opened.map(({ request }) => request.plan)).toEqual([defaultPlan]);
    expect(compared).toBeUndefined();
    expect(calibration).toEqual(conditions.calibration);
    expect(results[0]).not.toHaveProperty('bursts');
    expect([alive, watches]).toEqual([0, 0]);
  });

  it('carries the doubts that the page’s conditions raise', async () => {
    const [result] = (await measureRows([subject('tfjs-tflite')], defaultPlan, comparison, {})).results;
    expect(result !== undefined && isMeasured(result) ? result.warnings.map(({ code }) => code) : null).toEqual(['HIDDEN_TAB']);
  });
});

describe('rows that take turns', () => {
  const rows = [subject('tfjs-tflite'), subject('litert'), subject('tfjs-tflite', 2)];

  it('are measured once in every round, one session at a time, in an order that changes', async () => {
    await measureRows(rows, defaultPlan, comparison, {});
    expect(mostAlive).toBe(1);
    const orders = Array.from({ length: 10 }, (_, round) => opened.slice(round * 3, round * 3 + 3).map(({ requested }) => `${requested.runtime} ${requested.threads}`));
    for (const order of orders) expect([...order].sort()).toEqual(['litert 1', 'tfjs-tflite 1', 'tfjs-tflite 2']);
    expect(new Set(orders.map((order) => order.join())).size).toBeGreaterThan(2);
    // The same seed, the same order.
    const before = opened.splice(0).map(({ requested }) => requested);
    await measureRows(rows, defaultPlan, comparison, {});
    expect(opened.map(({ requested }) => requested.runtime)).toEqual(before.map(({ runtime }) => runtime));
  });

  it('share the plan’s runs and seconds among the rounds', async () => {
    await measureRows(rows, { ...defaultPlan, num_runs: 100, min_secs: 2 }, comparison, {});
    expect(opened[0]?.request.plan).toEqual({ warmup_runs: 1, warmup_min_secs: 0.05, num_runs: 10, min_secs: 0.2, max_secs: 15 });
  });

  it('are compared with the first, and keep every sample with its round', async () => {
    const { results, comparison: compared } = await measureRows(rows, defaultPlan, comparison, {});
    expect(compared?.ratios).toEqual([
      { row: 1, reference: 0, ratio: 2, interval: [2, 2], verdict: 'slower' },
      { row: 2, reference: 0, ratio: 1, interval: [1, 1], verdict: 'no measurable difference' },
    ]);
    expect(results[1]).toMatchObject({ bursts: Array(10).fill(5), misc_metrics: { num_runs: 50, num_warmup_runs: 10 }, latency_metrics: { median_ms: 20.4 } });
  });

  it('keep a session each over all rounds where that is asked for, and none after them', async () => {
    const { results } = await measureRows(rows, defaultPlan, comparison, { keepSessions: true });
    expect([mostAlive, alive, sessionsOpened, opened.length]).toEqual([3, 0, 3, 30]);
    expect(results[1]).toMatchObject({ bursts: Array(10).fill(5) });
  });

  it('that keep sessions end them when they are cancelled', async () => {
    behaviour = ({ requested }) => {
      if (opened.length === 5) throw new LitescopeError('CANCELLED', requested.runtime);
      return [1, 2, 3];
    };
    expect((await rejectionOf(measureRows(rows, defaultPlan, comparison, { keepSessions: true }))).code).toBe('CANCELLED');
    expect(alive).toBe(0);
  });

  it('sample as the first session of each found fit, and count runs', async () => {
    fitting = 16;
    const { results } = await measureRows(rows, defaultPlan, comparison, {});
    fitting = 1;
    expect([opened.slice(0, 3), opened.slice(3)].map((some) => [...new Set(some.map(({ request }) => request.runs_per_sample))])).toEqual([['fit'], [16]]);
    expect(results[1]).toMatchObject({ runs_per_sample: 16, misc_metrics: { num_runs: 50 * 16, num_warmup_runs: 10 } });
  });

  it('try fallbacks in the first session only, and then run what ran', async () => {
    await measureRows([subject('auto'), subject('tfjs-tflite')], defaultPlan, comparison, {});
    const ofAuto = opened.filter(({ requested }) => requested.runtime !== 'tfjs-tflite');
    expect(ofAuto.map(({ requested, fallback }) => [requested.runtime, fallback])).toEqual([['auto', undefined], ...Array(9).fill(['litert', false]) as unknown[]]);
  });

  it('leave out a row that fails, and go on', async () => {
    behaviour = ({ requested }) => {
      if (requested.runtime === 'litert' && opened.length > 6) throw new LitescopeError('INVOKE_FAILED', 'no');
      return [10, 10, 10];
    };
    const told: string[] = [];
    const { results, comparison: compared } = await measureRows(rows, defaultPlan, comparison, { onResult: ({ name }) => { told.push(name); } });
    expect(results.map(isMeasured)).toEqual([true, false, true]);
    expect(results[1]).toMatchObject({ error: { code: 'INVOKE_FAILED' } });
    expect(compared?.ratios.map(({ row }) => row)).toEqual([2]);
    expect(told).toEqual(rows.map(({ name }) => name));
    expect(opened.filter(({ requested }) => requested.runtime === 'litert').length).toBeLessThan(10);
  });

  it('tell of their rounds, never backwards', async () => {
    const progress: Progress[] = [];
    await measureRows(rows, defaultPlan, comparison, { onProgress: (step) => { progress.push(step); } });
    const turns = progress.flatMap((step) => (step.kind === 'take-turns' ? [step] : []));
    expect(turns).toHaveLength(30);
    expect(turns.map(({ fraction }) => fraction)).toEqual(turns.map(({ fraction }) => fraction).toSorted((a, b) => a - b));
    expect(turns.at(-1)).toMatchObject({ round: 10, rounds: 10 });
  });

  it('stop when they are cancelled, and leave nothing behind', async () => {
    behaviour = () => { throw new LitescopeError('CANCELLED'); };
    expect((await rejectionOf(measureRows(rows, defaultPlan, comparison, {}))).code).toBe('CANCELLED');
    expect([opened.length, alive, watches]).toEqual([1, 0, 0]);
  });

  it('tell the session by how much each row is slowed', async () => {
    await measureRows([subject('tfjs-tflite'), subject('litert', 1, 0.5)], defaultPlan, comparison, {});
    expect(new Set(opened.map(({ requested, request }) => `${requested.runtime} ${request.slowedBy}`))).toEqual(new Set(['tfjs-tflite 0', 'litert 0.5']));
  });
});
