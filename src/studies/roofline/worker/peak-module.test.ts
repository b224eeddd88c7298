import { describe, expect, it } from 'vitest';
import { bytesPerTurn, operationsPerTurn, peakModule, type PeakExports } from './peak-module';

async function start(pages: number): Promise<PeakExports> {
  const { instance } = await WebAssembly.instantiate(peakModule(false, pages));
  return instance.exports as unknown as PeakExports;
}

describe('the module that finds the peak', () => {
  it('keeps every chain of multiply-adds at its fixed point', async () => {
    const { multiplyAdd } = await start(1);
    // After one turn, four steps of x ← x ÷ 2 + 1 from 1 to 12: 2 + (x₀ − 2) ÷ 16 each.
    const once = Array.from({ length: 12 }, (_, index) => 2 + (index + 1 - 2) / 16).reduce((sum, value) => sum + value, 0);
    expect(multiplyAdd(1)).toBe(once);
    expect(multiplyAdd(100)).toBe(24);
    expect(operationsPerTurn).toBe(12 * 4 * 4 * 2);
  });

  it('reads every byte that it counts, and none beyond', async () => {
    const { memory, read } = await start(1);
    const bytes = new Uint8Array(memory.buffer);
    const words = new Uint32Array(memory.buffer);
    const turns = bytes.length / bytesPerTurn;
    expect(read(turns)).toBe(0);
    // The first lane of each vector is what comes back; one bit in any of them shows.
    for (let vector = 0; vector < bytes.length / 16; vector += 97) {
      words.fill(0);
      words[vector * 4] = 1 << (vector % 31);
      expect(read(turns)).toBe(1 << (vector % 31));
    }
    expect(() => read(turns + 1)).toThrow(WebAssembly.RuntimeError);
  });

  it('is valid with relaxed SIMD where that is known', () => {
    // The feature test that the capabilities use, or a smaller one: f32x4.relaxed_madd of three splats.
    const known = WebAssembly.validate(Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11]));
    expect(WebAssembly.validate(peakModule(true, 1))).toBe(known);
  });
});
