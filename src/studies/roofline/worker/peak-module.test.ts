import { describe, expect, it } from 'vitest';
import { arithmeticLoops, type ArithmeticLoop } from '../shared/arithmetic-loops';
import { peakExports, peakModule, type PeakExports } from './peak-module';
import { bytesPerTurn, readingLoops, type ReadingLoop } from '../shared/reading-loops';

const pageBytes = 65_536;

async function start(relaxed: boolean, pages: number): Promise<PeakExports> {
  const { instance } = await WebAssembly.instantiate(peakModule(relaxed, pages));
  return peakExports(instance);
}

// A module of another hand, with i8x16.relaxed_swizzle.
const relaxedIsKnown = WebAssembly.validate(Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11]));
/** The first lane's arithmetic of one turn: a quarter of all that the float loops count, two operations each. */
const stepsOf = ({ operations }: ArithmeticLoop, lanes: number) => operations / 2 / lanes;

describe('the module that finds the peak', () => {
  it('keeps every chain of a multiplication and an addition at its fixed point', async () => {
    const loops = await start(false, 1);
    for (const chains of [10, 12, 20]) {
      const own = loops.arithmetic[`plainChains${chains}`];
      // Eight steps of x ← x ÷ 2 + 1 a turn: 2 + (x₀ − 2) ÷ 256 each.
      expect(own?.(1)).toBe(Array.from({ length: chains }, (_, index) => 2 + (index + 1 - 2) / 256).reduce((sum, value) => sum + value, 0));
      expect(own?.(100)).toBe(2 * chains);
    }
  });

  it('does all multiplications and additions that it counts', async () => {
    const loops = await start(relaxedIsKnown, 1);
    // Ones everywhere: each step of a tile adds 1 in its lane, of bytes 4 × 1.
    for (const each of arithmeticLoops(relaxedIsKnown).filter(({ code }) => code.name.includes('Tile'))) {
      if (each.arithmetic === 'int8') new Uint8Array(loops.memory.buffer).fill(1);
      else new Float32Array(loops.memory.buffer).fill(1);
      expect([each.code.name, loops.arithmetic[each.code.name]?.(3)]).toEqual([each.code.name, 3 * stepsOf(each, 4)]);
    }
    // Each step of a fused chain adds a half, from 1, 2, 3, … on.
    for (const each of arithmeticLoops(relaxedIsKnown).filter(({ code }) => code.name.startsWith('fusedChains'))) {
      const chains = Number(/\d+$/.exec(each.code.name)?.[0]);
      expect([each.code.name, loops.arithmetic[each.code.name]?.(3)]).toEqual([each.code.name, (chains * (chains + 1)) / 2 + (3 * stepsOf(each, 4)) / 2]);
    }
  });

  it('reads every byte that it counts, and none beyond', async () => {
    const loops = await start(false, 2);
    const words = new Uint32Array(loops.memory.buffer);
    const turns = pageBytes / bytesPerTurn;
    expect(readingLoops.map(({ name }) => name)).toEqual(Object.keys({ readInARow: true, readStreams: true } satisfies Record<ReadingLoop, true>));
    for (const own of [loops.reading.readInARow, loops.reading.readStreams]) {
      words.fill(0);
      expect(own(turns, pageBytes)).toBe(0);
      // The first lane of each vector is what comes back; one bit in any of them shows.
      for (let vector = pageBytes / 16; vector < (2 * pageBytes) / 16; vector += 97) {
        words.fill(0);
        words[vector * 4] = 1 << (vector % 31);
        expect(own(turns, pageBytes)).toBe(1 << (vector % 31));
        expect(own(turns, 0)).toBe(0);
      }
      expect(() => own(turns + 1, pageBytes)).toThrow(WebAssembly.RuntimeError);
    }
  });

  it('has loops of relaxed SIMD where that is known, and of int8 nowhere else', () => {
    expect(WebAssembly.validate(peakModule(true, 1))).toBe(relaxedIsKnown);
    expect(WebAssembly.validate(peakModule(false, 1))).toBe(true);
    expect(arithmeticLoops(false).map(({ code: { name }, relaxed }) => [name, relaxed])).toEqual([['plainChains10', false], ['plainChains12', false], ['plainChains20', false], ['plainTile4', false]]);
    expect(new Set(arithmeticLoops(true).map(({ arithmetic }) => arithmetic))).toEqual(new Set(['float32', 'int8']));
  });
});
