import type { Peak, Roofline } from '../../../report/comparison';
import { OwnedWorker } from '../../../threads/page/owned-worker';
import type { CallOptions } from '../../../threads/shared/methods';
import type { Capabilities } from '../../../engine/session/shared/configuration';
import type { Progress } from '../../progress';
import type { PeakMethods } from '../worker/peak.worker';

/** Far more than caches hold, shared among the threads. */
const memoryBytes = 192 * 2 ** 20;
const duration_ms = 60;
/** Until all workers have heard of it. */
const startDelay_ms = 30;
/** The best of some: others on the machine only ever take from a peak. */
const attempts = 5;

/**
 * What this browser can do at best: multiply-adds of float32 SIMD, and reading memory, on each number of threads.
 * Workers of their own do it, so that it needs no isolated page. Takes about a second.
 * @throws LitescopeError CANCELLED, OUT_OF_MEMORY
 */
export async function measurePeak(capabilities: Capabilities, threadCounts: readonly number[], options: Pick<CallOptions<Progress>, 'signal' | 'onProgress'> = {}): Promise<Roofline> {
  options.onProgress?.({ kind: 'calibrate' });
  const peaks: Peak[] = [];
  for (const threads of [...new Set(threadCounts)].sort((left, right) => left - right)) peaks.push(await peakOf(threads, capabilities.relaxedSimd, options.signal));
  return { instruction: capabilities.relaxedSimd ? 'f32x4.relaxed_madd' : 'f32x4.mul and f32x4.add', peaks };
}

async function peakOf(threads: number, relaxed: boolean, signal: AbortSignal | undefined): Promise<Peak> {
  const workers = Array.from({ length: threads }, () =>
    new OwnedWorker<PeakMethods>(new Worker(new URL('../worker/peak.worker.ts', import.meta.url), { type: 'module', name: 'litescope-peak' })));
  try {
    await Promise.all(workers.map((worker) => worker.remote.prepare({ relaxed, memoryBytes: memoryBytes / threads }, { signal })));
    const together = async (what: 'multiplyAdd' | 'read'): Promise<number> => {
      let best = 0;
      for (let attempt = 0; attempt < attempts; attempt++) {
        const start_ms = performance.timeOrigin + performance.now() + startDelay_ms;
        const rates = await Promise.all(workers.map((worker) => worker.remote.measure({ what, start_ms, duration_ms }, { signal })));
        best = Math.max(best, rates.reduce((sum, rate) => sum + rate, 0));
      }
      return best;
    };
    return { threads, gflops: (await together('multiplyAdd')) / 1e9, bandwidth_gbs: (await together('read')) / 1e9 };
  } finally {
    for (const worker of workers) worker.terminate();
  }
}
