import type { KnownTimes } from '../../studies/bench/shared/run-plan';
import type { BenchmarkState } from '../benchmark/benchmark-state.svelte';
import type { WorkModel } from './work-model.svelte';

/** What was seen of a model's times so far, by which the page says how long a measurement will take. A session's first run is none of them: it is slower than those that follow. */
export function knownTimes(benchmark: Pick<BenchmarkState, 'shownFor'>, { model, run }: Pick<WorkModel, 'model' | 'run'>): KnownTimes {
  const measured = benchmark.shownFor(model.id)?.result.latency_metrics;
  const ran = run.finished?.result;
  return {
    run_ms: measured?.median_ms ?? (ran !== undefined && ran.run > 1 ? ran.timings.invoke_ms : null),
    load_ms: measured?.init_ms ?? ran?.loaded.init_ms ?? null,
  };
}
