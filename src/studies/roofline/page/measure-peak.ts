import { max, sum } from 'd3-array';
import type { Peak, Roofline } from '../../../report/comparison';
import { bandwidthFor } from '../../../report/roof';
import type { Capabilities } from '../../../engine/configuration/shared/configuration';
import { OwnedWorker } from '../../../threads/page/owned-worker';
import type { CallOptions } from '../../../threads/shared/methods';
import type { Progress } from '../../progress';
import { arithmeticLoops, type Arithmetic } from '../shared/arithmetic-loops';
import { bestRates, burstCount, planBursts } from '../shared/bursts';
import type { PeakTask } from '../shared/peak-task';
import type { PeakMethods } from '../worker/peak.worker';
import { readingLoops } from '../shared/reading-loops';
import { loadWorker } from '../../../threads/page/load-worker';

/** Far more than caches hold, shared among the threads. */
const memoryBytes = 192 * 2 ** 20;
/** A page of WebAssembly's memory. */
const pageBytes = 2 ** 16;
/** What each thread reads again and again: from what any nearest cache holds to what only shared ones do. */
const cachedBytes = [2 ** 15, 2 ** 17, 2 ** 19, 2 ** 21, 2 ** 23, 2 ** 25];
/** The steps of a page's clock, in milliseconds, as browsers have them where the page is isolated and elsewhere. */
const isolatedStep_ms = 0.005;
const otherStep_ms = 0.1;
/** Until all workers have heard of it. */
const startDelay_ms = 30;

interface MeasuredPeak {
  readonly peak: Peak;
  readonly instruction: string;
}

/**
 * What this browser can do at best: multiply-adds of float32 and int8 SIMD, and reading memory and caches, on each number
 * of threads. Several loops compete in many short bursts, of which the fastest counts: others on the machine only ever
 * take from a peak. Workers of their own do it, so that it needs no isolated page. Takes some two seconds for each number.
 * @throws LitescopeError CANCELLED, OUT_OF_MEMORY
 */
export async function measurePeak(capabilities: Capabilities, threadCounts: readonly number[], options: Pick<CallOptions<Progress>, 'signal' | 'onProgress'> = {}): Promise<Roofline> {
  options.onProgress?.({ kind: 'calibrate' });
  const measured: MeasuredPeak[] = [];
  for (const threads of [...new Set(threadCounts)].sort((left, right) => left - right)) {
    const { instruction, peak } = await peakOf(threads, capabilities.relaxedSimd, options.signal);
    measured.push({ instruction, peak: atLeast(peak, measured.at(-1)?.peak) });
  }
  return { instruction: measured[0]?.instruction ?? '', peaks: measured.map(({ peak }) => peak) };
}

/**
 * What fewer threads reached, more can do too: on a busy machine several workers seldom have their cores at once.
 * @param fewer the peak on fewer threads, if one is known
 */
export function atLeast(peak: Peak, fewer: Peak | undefined): Peak {
  if (fewer === undefined) return peak;
  const bandwidth_gbs = Math.max(peak.bandwidth_gbs, fewer.bandwidth_gbs);
  const int8_gops = Math.max(peak.int8_gops ?? 0, fewer.int8_gops ?? 0);
  return {
    ...peak, gflops: Math.max(peak.gflops, fewer.gflops), bandwidth_gbs, ...(int8_gops > 0 ? { int8_gops } : {}),
    ...(peak.caches === undefined ? {} : { caches: peak.caches.map((cache) => ({ ...cache, bandwidth_gbs: Math.max(cache.bandwidth_gbs, bandwidthFor(fewer, cache.bytes), bandwidth_gbs) })) }),
  };
}

/** How long the peak takes on each of these numbers of threads together, in seconds, without starting its workers. */
export function peakSeconds({ relaxedSimd, isolated }: Pick<Capabilities, 'relaxedSimd' | 'isolated'>, threadCounts: readonly number[]): number {
  return sum(new Set(threadCounts), (threads) => {
    const { plan, burst_ms } = planBursts(tasksOf(threads, relaxedSimd).tasks.length, isolated ? isolatedStep_ms : otherStep_ms);
    return (burstCount(plan) * burst_ms) / 1000;
  });
}

/** Of the memory, a thread's own part. */
function ownBytesOf(threads: number): number {
  return pageBytes * Math.floor(memoryBytes / pageBytes / threads);
}

function tasksOf(threads: number, relaxed: boolean) {
  const loops = arithmeticLoops(relaxed);
  // What is near to the whole of the memory tells nothing of caches.
  const cached = cachedBytes.filter((bytes) => bytes * threads <= memoryBytes / 4);
  const tasks: readonly PeakTask[] = [
    ...loops.map(({ code, operations }): PeakTask => ({ kind: 'arithmetic', loop: code.name, operations })),
    ...[...cached, ownBytesOf(threads)].flatMap((bytes) => readingLoops.map(({ name }): PeakTask => ({ kind: 'read', loop: name, bytes }))),
  ];
  return { loops, cached, tasks };
}

async function peakOf(threads: number, relaxed: boolean, signal: AbortSignal | undefined): Promise<MeasuredPeak> {
  const ownBytes = ownBytesOf(threads);
  const workers = Array.from({ length: threads }, () =>
    new OwnedWorker<PeakMethods>(loadWorker((Worker) => new Worker(new URL('../worker/peak.worker.ts', import.meta.url), { type: 'module', name: 'litescope-peak' }))));
  try {
    const steps = await Promise.all(workers.map((worker) => worker.remote.prepare({ relaxed, memoryBytes: ownBytes }, { signal })));
    const { loops, cached, tasks } = tasksOf(threads, relaxed);
    const { plan, burst_ms } = planBursts(tasks.length, max(steps) ?? 0);
    const start_ms = performance.timeOrigin + performance.now() + startDelay_ms;
    const rates = bestRates(plan, await Promise.all(workers.map((worker) => worker.remote.measure({ tasks, plan, start_ms, burst_ms }, { signal }))));
    const ofArithmetic = (arithmetic: Arithmetic): number => max(loops, (loop, index) => (loop.arithmetic === arithmetic ? rates[index] : undefined)) ?? 0;
    const float = ofArithmetic('float32');
    const int8 = ofArithmetic('int8');
    // What more bytes are read with, fewer can be read with too.
    const reading = (bytes: number): number => (max(tasks, (task, index) => (task.kind === 'read' && task.bytes >= bytes ? rates[index] : undefined)) ?? 0) / 1e9;
    return {
      instruction: loops.find((loop, index) => loop.arithmetic === 'float32' && rates[index] === float)?.instruction ?? '',
      peak: {
        threads, gflops: float / 1e9, ...(int8 > 0 ? { int8_gops: int8 / 1e9 } : {}), bandwidth_gbs: reading(ownBytes),
        caches: cached.map((bytes) => ({ bytes: bytes * threads, bandwidth_gbs: reading(bytes) })),
      },
    };
  } finally {
    for (const worker of workers) worker.terminate();
  }
}
