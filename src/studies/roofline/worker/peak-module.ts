import { assemble, op, type Code, type WasmFunction } from '../../../engine/builds/shared/assembler';

/** Enough chains of operations to hide each one's latency, few enough for sixteen registers beside two constants. */
const chains = 12;
/** Each chain this often in one turn of the loop, so that counting costs nothing. */
const repetitions = 4;
const lanes = 4;

/** Floating point operations in one turn of `multiplyAdd`, a multiplication with an addition counted as two. */
export const operationsPerTurn = chains * repetitions * lanes * 2;

const loads = 16;
const vectorBytes = 16;
export const bytesPerTurn = loads * vectorBytes;

/** multiplyAdd(turns: i32): f32. Every chain goes x ← x × ½ + 1, which stays at 2: no overflow, no denormal numbers. */
function multiplyAdd(relaxed: boolean): WasmFunction {
  const [turns, factor, addend, first] = [0, 1, 2, 3];
  const step = (chain: number): Code => (relaxed
    ? [...op.get(chain), ...op.get(factor), ...op.get(addend), ...op.f32x4RelaxedMultiplyAdd, ...op.set(chain)]
    : [...op.get(chain), ...op.get(factor), ...op.f32x4Multiply, ...op.get(addend), ...op.f32x4Add, ...op.set(chain)]);
  const all = Array.from({ length: chains }, (_, chain) => first + chain);
  const splat = (value: number): number[] => [...op.f32Const(value), ...op.f32x4Splat];
  return {
    name: 'multiplyAdd', parameters: ['i32'], result: 'f32', locals: [{ count: 2 + chains, type: 'v128' }],
    body: [
      splat(0.5), op.set(factor), splat(1), op.set(addend),
      // Different beginnings, or an engine could see that all chains are one.
      ...all.flatMap((chain, index) => [splat(index + 1), op.set(chain)]),
      op.loop(
        ...Array.from({ length: repetitions }, () => all.map(step)).flat(),
        op.get(turns), op.i32Const(1), op.i32Subtract, [0x22, turns],
      ),
      splat(0), ...all.flatMap((chain) => [op.get(chain), op.f32x4Add]), op.f32x4First,
    ],
  };
}

/** read(turns: i32): i32. Reads memory from its beginning, a block a turn. */
function read(): WasmFunction {
  const [turns, address, first, sums] = [0, 1, 2, 4];
  return {
    name: 'read', parameters: ['i32'], result: 'i32', locals: [{ count: 1, type: 'i32' }, { count: sums, type: 'v128' }],
    body: [
      op.loop(
        ...Array.from({ length: loads }, (_, load): Code => {
          const sum = first + (load % sums);
          return [...op.get(sum), ...op.get(address), ...op.v128Load(load * vectorBytes), ...op.v128Or, ...op.set(sum)];
        }),
        op.get(address), op.i32Const(bytesPerTurn), op.i32Add, op.set(address),
        op.get(turns), op.i32Const(1), op.i32Subtract, [0x22, turns],
      ),
      op.get(first), ...Array.from({ length: sums - 1 }, (_, sum) => [...op.get(first + 1 + sum), ...op.v128Or]), op.i32x4First,
    ],
  };
}

/**
 * A module that does nothing but multiply and add, or read its memory.
 * @param relaxed whether to use relaxed SIMD's fused multiply-add
 */
export function peakModule(relaxed: boolean, memoryPages: number): Uint8Array<ArrayBuffer> {
  return assemble([multiplyAdd(relaxed), read()], memoryPages);
}

export interface PeakExports {
  readonly memory: WebAssembly.Memory;
  multiplyAdd(turns: number): number;
  read(turns: number): number;
}
