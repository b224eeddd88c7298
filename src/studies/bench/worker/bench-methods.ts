import { mean } from 'd3-array';
import type { SessionHost } from '../../../engine/session/worker/session-host';
import { summarizeSamples } from '../../../stats/summarize';
import type { Call } from '../../../threads/shared/methods';
import type { Progress } from '../../progress';
import type { BenchmarkReply, BenchmarkRequest } from '../shared/protocol';
import { type PlanHooks, runPlan } from '../shared/run-plan';
import { measureInputGap } from './input-gap';
import { Surroundings } from './surroundings';
import { timerStep } from './timer-step';

/** A sample is this many steps of the clock or more: one step then changes it by a twentieth at most. */
const leastSteps = 20;
/** No more samples than can be kept and drawn: this many in the least time of a plan. */
const mostSamples = 50_000;

/** How runs are sampled (see `PlanHooks`). */
function samplingOf({ plan, runs_per_sample: runs = 1 }: BenchmarkRequest): NonNullable<PlanHooks['sampling']> {
  return runs === 'fit' ? { least_ms: Math.max(leastSteps * timerStep(), (plan.min_secs * 1000) / mostSamples) } : { runs };
}

/** What timing runs adds to a session. */
export function benchMethods(host: SessionHost) {
  /** One for all of a session's benchmarks: the memory that it takes may be large. */
  let kept: Surroundings | null = null;
  const surroundingsOf = ({ surroundings }: BenchmarkRequest): Surroundings | null => {
    if (surroundings === undefined) return null;
    kept ??= new Surroundings(host.session.model, surroundings);
    kept.begin();
    return kept;
  };
  return {
    /** Runs a plan; cancelled between two runs. */
    async benchmark(request: BenchmarkRequest, { report, interrupted }: Call<Progress>): Promise<BenchmarkReply> {
      const { session } = host;
      const { model } = session;
      report({ kind: 'prepare-inputs' });
      await session.fill(request.inputs);
      const initBytes = model.memoryBytes();
      const first_inference_ms = await session.invoke();
      const surroundings = surroundingsOf(request);
      const release = (): void => {
        model.release();
        surroundings?.pass();
      };
      const hooks = { invoke: model.invoke, release, now: () => performance.now(), interrupted, onProgress: report, slowedBy: request.slowedBy, sampling: samplingOf(request) };
      const { warmup_samples_ms, samples_ms, runs_per_sample, warmup_runs } = await runPlan(request.plan, hooks, first_inference_ms);
      const afterBytes = model.memoryBytes();
      return {
        latency_metrics: { init_ms: model.init_ms, first_inference_ms, average_warm_up_ms: mean(warmup_samples_ms) ?? first_inference_ms, ...summarizeSamples(samples_ms) },
        memory_metrics: {
          before_kb: session.beforeBytes / 1024,
          init_footprint_kb: (initBytes - session.beforeBytes) / 1024,
          overall_footprint_kb: (afterBytes - session.beforeBytes) / 1024,
          // WASM memory never shrinks, so its size at the end is its peak.
          peak_mem_mb: afterBytes / 1024 / 1024,
        },
        warmup_samples_ms,
        samples_ms,
        runs_per_sample,
        num_warmup_runs: warmup_runs,
        input_gap: model.speedInDoubt === true ? await measureInputGap(model, interrupted) : null,
      };
    },
  };
}
