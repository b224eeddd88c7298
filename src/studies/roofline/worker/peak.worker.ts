import * as comlink from 'comlink';
import { toResult, type Result } from '../../../threads/shared/result';
import { bytesPerTurn, operationsPerTurn, peakModule, type PeakExports } from './peak-module';

export interface PeakWorker {
  /** Takes memory, fills it and brings both loops to speed. */
  prepare(relaxed: boolean, memoryBytes: number): Promise<Result<void>>;
  /**
   * Runs one loop from a point in time on, so that several workers run at once.
   * @param start_ms on the clock that counts from `performance.timeOrigin` 0
   * @returns operations or bytes in a second
   */
  measure(what: 'multiplyAdd' | 'read', start_ms: number, duration_ms: number): Promise<Result<number>>;
  cancel(): void;
}

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

const exposed: PeakWorker = {
  prepare: (relaxed, memoryBytes) => toResult(async () => {
    const { instance } = await WebAssembly.instantiate(peakModule(relaxed, Math.ceil(memoryBytes / pageBytes)));
    loops = instance.exports as unknown as PeakExports;
    // Memory that was never written is one page of zeros again and again, and would be read from the cache.
    new Uint8Array(loops.memory.buffer).fill(1);
    // Engines compile twice, the second time while the first version runs.
    for (let warm = 0; warm < 20; warm++) call(loops, 'multiplyAdd');
    call(loops, 'read');
  }),
  measure: (what, start_ms, duration_ms) => toResult(() => {
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
  }),
  cancel: () => undefined,
};

comlink.expose(exposed);
