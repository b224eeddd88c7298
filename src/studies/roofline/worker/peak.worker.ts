import { serve } from '../../../threads/worker/serve';
import { bytesPerTurn, operationsPerTurn, peakModule, type PeakExports } from './peak-module';

const pageBytes = 65_536;
/** Turns in one call: about a millisecond of arithmetic. */
const arithmeticTurns = 50_000;

let loops: PeakExports | null = null;

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** One call of a loop, and what it did. */
function call(exports: PeakExports, what: 'multiplyAdd' | 'read'): number {
  if (what === 'multiplyAdd') {
    exports.multiplyAdd(arithmeticTurns);
    return arithmeticTurns * operationsPerTurn;
  }
  const turns = exports.memory.buffer.byteLength / bytesPerTurn;
  exports.read(turns);
  return turns * bytesPerTurn;
}

const methods = {
  /** Takes memory, fills it and brings both loops to speed. */
  async prepare({ relaxed, memoryBytes }: { readonly relaxed: boolean; readonly memoryBytes: number }): Promise<void> {
    const { instance } = await WebAssembly.instantiate(peakModule(relaxed, Math.ceil(memoryBytes / pageBytes)));
    loops = instance.exports as unknown as PeakExports;
    // Memory that was never written is one page of zeros again and again, and would be read from the cache.
    new Uint8Array(loops.memory.buffer).fill(1);
    // Engines compile twice, the second time while the first version runs.
    for (let warm = 0; warm < 20; warm++) call(loops, 'multiplyAdd');
    call(loops, 'read');
  },
  /**
   * Runs one loop from a point in time on, so that several workers run at once. `start_ms` is on the clock that counts
   * from `performance.timeOrigin` 0.
   * @returns operations or bytes in a second
   */
  measure({ what, start_ms, duration_ms }: { readonly what: 'multiplyAdd' | 'read'; readonly start_ms: number; readonly duration_ms: number }): number {
    const exports = loops;
    if (exports === null) return 0;
    while (now() < start_ms);
    const started = performance.now();
    let done = 0;
    for (;;) {
      done += call(exports, what);
      const elapsed = performance.now() - started;
      if (elapsed >= duration_ms) return (done * 1000) / elapsed;
    }
  },
};

export type PeakMethods = typeof methods;

serve(methods);
