import { serve } from '../../../threads/worker/serve';
import { timerStep } from '../../bench/worker/timer-step';
import { arithmeticLoops } from '../shared/arithmetic-loops';
import { burstCount, taskOfBurst } from '../shared/bursts';
import type { Bursts, PeakTask } from '../shared/peak-task';
import { bytesPerTurn } from '../shared/reading-loops';
import { peakExports, peakModule, type PeakExports } from './peak-module';

const pageBytes = 65_536;
/** In one call: tens of microseconds of arithmetic. */
const operationsPerCall = 2_000_000;
/** Read by one call at most, so that slow memory does not make a burst long. */
const bytesPerCall = 2 ** 19;

let loops: PeakExports | null = null;
let readFrom = 0;

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** One call of a loop, and what it did. */
function call(exports: PeakExports, task: PeakTask): number {
  if (task.kind === 'arithmetic') {
    const turns = Math.ceil(operationsPerCall / task.operations);
    exports.arithmetic[task.loop]?.(turns);
    return turns * task.operations;
  }
  const bytes = Math.min(bytesPerCall, task.bytes);
  if (readFrom + bytes > task.bytes) readFrom = 0;
  exports.reading[task.loop](bytes / bytesPerTurn, readFrom);
  readFrom += bytes;
  return bytes;
}

const methods = {
  /** Takes memory, fills it and brings all loops to speed. @returns the smallest step of the clock that was seen, milliseconds */
  async prepare({ relaxed, memoryBytes }: { readonly relaxed: boolean; readonly memoryBytes: number }): Promise<number> {
    const { instance } = await WebAssembly.instantiate(peakModule(relaxed, Math.ceil(memoryBytes / pageBytes)));
    loops = peakExports(instance);
    // Memory that was never written is one page of zeros again and again. As floats these bytes are 0.75: no denormal numbers.
    new Uint8Array(loops.memory.buffer).fill(0x3f);
    // Engines compile twice, the second time while the first version runs.
    for (const { code, operations } of arithmeticLoops(relaxed)) for (let warm = 0; warm < 20; warm++) call(loops, { kind: 'arithmetic', loop: code.name, operations });
    return timerStep();
  },

  /** Works through bursts, each from a point in time on, so that several workers do the same at once. @returns operations or bytes in a second, by burst; 0 where it came too late */
  measure({ tasks, plan, start_ms, burst_ms }: Bursts): Float64Array {
    const exports = loops;
    const rates = new Float64Array(burstCount(plan));
    for (let burst = 0; exports !== null && burst < rates.length; burst++) {
      const task = tasks[taskOfBurst(plan, burst)];
      const from = start_ms + burst * burst_ms;
      while (now() < from);
      if (task === undefined || now() > from + burst_ms / 2) continue;
      const started = performance.now();
      const end = from + burst_ms - performance.timeOrigin;
      let done = 0;
      let at;
      do {
        done += call(exports, task);
        at = performance.now();
      } while (at < end);
      rates[burst] = (done * 1000) / (at - started);
    }
    return rates;
  },
};

export type PeakMethods = typeof methods;

serve(methods);
