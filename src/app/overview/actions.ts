import { LitescopeError } from '../../errors';
import type { BenchmarkPlan } from '../../report/benchmark';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';
import { gaveWay, type WorkOptions } from '../state/activity.svelte';
import { overviewParts, type OverviewPart } from './overview-state.svelte';
import { overviewThreadCounts } from './thread-counts';

/** Long enough for an interval, short enough to be waited for; a person measures longer where it matters. */
export const quickPlan: BenchmarkPlan = { warmup_runs: 1, warmup_min_secs: 0.15, num_runs: 15, min_secs: 0.6, max_secs: 2.5 };
/** Where threads wait for each other a run takes ten times as long: few runs a turn keep that short. */
const quickTurns = { plan: { warmup_runs: 1, warmup_min_secs: 0.05, num_runs: 3, min_secs: 0.1, max_secs: 1.5 } satisfies BenchmarkPlan, rounds: 5 };

/** Models above this wait for a click: opening one should not make a device stand still. */
export const largestByItself_bytes = 50e6;

/** Runs and measures a model shortly, of the page's own accord: whatever a person asks for meanwhile comes first. */
export async function measureOverview(shared: Shared, work: WorkModel): Promise<void> {
  const { activity, configuration } = shared;
  const { overview, model } = work;
  await activity.performAside('overview', model.id, async ({ signal, onProgress }) => {
    overview.begin();
    // What fits the model is known only once the samples are there.
    await work.inputs.loadSamples();
    const options = { signal, onProgress, watchdog_ms: configuration.watchdogSeconds * 1000 };
    const measure = parts(shared, work, options);
    for (const part of overviewParts) {
      overview.enter(part);
      try {
        if (signal.aborted) throw new LitescopeError('CANCELLED');
        await measure[part]();
      } catch (error) {
        if (LitescopeError.from(error).code === 'CANCELLED') {
          overview.end(signal.reason === gaveWay ? 'interrupted' : 'cancelled');
          return;
        }
        overview.fail(part, error);
        // What does not run cannot be measured either.
        if (part === 'run') break;
      }
    }
    overview.end('done');
  });
}

/** Measures what is not known yet; where a person has measured it, that holds. */
function parts({ litescope, benchmark, configuration, device, sweep }: Shared, work: WorkModel, options: WorkOptions & { readonly watchdog_ms: number }): Readonly<Record<OverviewPart, () => Promise<void>>> {
  const { model, overview, profile, run } = work;
  const { requested } = configuration;
  const produced = () => {
    const { runtime, accelerator, threads } = run.finished?.result.configuration ?? requested;
    return { runtime, accelerator, threads };
  };
  return {
    run: async () => {
      if (run.finished === null) await run.run(litescope, work, requested, options);
    },
    latency: async () => {
      if (benchmark.shownFor(model.id) === null) await benchmark.measure(litescope, work, requested, options, quickPlan);
    },
    ops: async () => {
      if (profile.finished !== null) return;
      const { runtime, accelerator, threads } = produced();
      // LiteRT has no clock for ops: cutting the model takes a minute, and is done only where nothing else runs it.
      const timer = runtime === 'litert' && accelerator === 'wasm' ? 'tfjs-tflite' : runtime;
      await profile.measure(litescope, work, { runtime: timer, accelerator, threads }, quickPlan, options);
    },
    threads: async () => {
      if (sweep.of(model.id) !== null) return;
      const { runtime, accelerator } = produced();
      if (runtime === 'auto') return;
      const counts = overviewThreadCounts(runtime, accelerator, device.capabilities ?? await litescope.capabilities());
      if (counts.length > 1) await sweep.measureQuickly(litescope, work, runtime, counts, quickTurns, options);
    },
    smaller: async () => {
      if (overview.estimate === null) overview.keepEstimate(await litescope.estimateRecipe(model.id, 'int8', options));
    },
  };
}
