/** What the profiler says beside what is measured without it, and what slicing says beside the profiler. */
import type { Litescope } from '../../../src/api';
import { isMeasured } from '../../../src/report/report';
import type { Profiling, ProfilingRequest } from '../types';

const configuration = { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 } as const;

/** Rounds of a benchmark, a profile, and the benchmark again; slicing once, behind them. */
export async function profiling(litescope: Litescope, { source, rounds, seconds, slicing }: ProfilingRequest): Promise<Profiling> {
  const model = 'gallery' in source ? await litescope.openFromGallery(source.gallery) : await litescope.open(source.address);
  const plan = { warmup_runs: 1, warmup_min_secs: seconds, num_runs: 20, min_secs: seconds };
  const benchmark = async (): Promise<readonly number[]> => {
    const [row] = (await litescope.benchmark([model.id], [configuration], plan, {}, { fallback: false })).results;
    if (row === undefined || !isMeasured(row)) throw new Error(row?.error.details ?? 'nothing was measured');
    return row.samples_ms;
  };
  const before: (readonly number[])[] = [];
  const after: (readonly number[])[] = [];
  const profiles: Profiling['profiles'][number][] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      before.push(await benchmark());
      profiles.push((await litescope.profile(model.id, configuration, {}, { plan: { ...plan, num_runs: 40 }, fallback: false })).op_profile);
      after.push(await benchmark());
    }
    const sliced = slicing ? (await litescope.profile(model.id, configuration, {}, { plan, fallback: false, method: 'slicing' })).op_profile : null;
    return { before, after, profiles, sliced };
  } finally {
    litescope.close(model.id);
  }
}
