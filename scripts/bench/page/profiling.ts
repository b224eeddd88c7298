/** What the profiler says beside what is measured without it, and what slicing says beside the profiler. */
import type { Litescope } from '../../../src/api';
import type { Profiling, ProfilingRequest, Slicing, SlicingRequest } from '../types';
import { sessions } from '../../../src/studies/session/page/sessions';

const configuration = { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 } as const;

function open(litescope: Litescope, source: ProfilingRequest['source']) {
  return 'gallery' in source ? litescope.openFromGallery(source.gallery) : litescope.open(source.address);
}

/**
 * Rounds of a profile, timed runs right behind it and more of them behind those. The timed runs are all of one session
 * without the profiler, as sessions differ from each other by more than what is looked for.
 */
export async function profiling(litescope: Litescope, { source, rounds, seconds }: ProfilingRequest): Promise<Profiling> {
  const model = await open(litescope, source);
  const plan = { warmup_runs: 1, warmup_min_secs: seconds / 2, num_runs: 16, min_secs: seconds, max_secs: 30 };
  const session = await sessions.open(model, configuration, await litescope.capabilities(), {});
  const benchmark = async (): Promise<readonly number[]> => (await session.remote.benchmark({ inputs: {}, plan })).samples_ms;
  const after: (readonly number[])[] = [];
  const apart: (readonly number[])[] = [];
  const profiles: Profiling['profiles'][number][] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      profiles.push((await litescope.profile(model.id, configuration, {}, { plan, fallback: false })).op_profile);
      after.push(await benchmark());
      apart.push(await benchmark());
    }
    return { after, apart, profiles };
  } finally {
    session.close();
    litescope.close(model.id);
  }
}

/** Slicing between profiles, in rounds. */
export async function slicing(litescope: Litescope, { source, rounds }: SlicingRequest): Promise<Slicing> {
  const model = await open(litescope, source);
  const plan = { warmup_runs: 1, warmup_min_secs: 0.3, num_runs: 40, min_secs: 1 };
  const profile = async (method?: 'slicing') => (await litescope.profile(model.id, configuration, {}, { plan, fallback: false, method })).op_profile;
  try {
    const profiles = [await profile()];
    const sliced: Slicing['sliced'][number][] = [];
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now();
      sliced.push(await profile('slicing'));
      seconds.push((performance.now() - begun) / 1000);
      profiles.push(await profile());
    }
    return { profiles, sliced, seconds };
  } finally {
    litescope.close(model.id);
  }
}
