import { op, type Code, type WasmFunction } from '../../../compiler/emit/assembler';
import { range } from 'd3-array';
import { loop, total, vectorBytes } from './loop-code';

const loads = 16;
/** A turn reads as much. */
export const bytesPerTurn = loads * vectorBytes;

export type ReadingLoop = 'readInARow' | 'readStreams';

/**
 * (turns: i32, address: i32) → i32. Reads memory from an address on: what lies between is read in as many streams as are
 * asked for, side by side. One fills the nearest cache's ports best, several have more lines on their way from memory.
 */
function read(name: ReadingLoop, streams: number, sums: number): WasmFunction & { readonly name: ReadingLoop } {
  const [turns, address, firstStream] = [0, 1, 2];
  const addresses = range(streams).map((stream) => firstStream + stream);
  const all = range(sums).map((sum) => firstStream + streams + sum);
  const step = bytesPerTurn / streams;
  return {
    name, parameters: ['i32', 'i32'], result: 'i32', locals: [{ count: streams, type: 'i32' }, { count: sums, type: 'v128' }],
    body: [
      ...addresses.map((local, stream): Code => [...op.get(address), ...op.get(turns), ...op.i32Const(step * stream), ...op.i32Multiply, ...op.i32Add, ...op.set(local)]),
      loop(turns,
        ...range(loads).map((load): Code => {
          const sum = all[load % sums] ?? 0;
          return [...op.get(sum), ...op.get(addresses[load % streams] ?? address), ...op.v128Load(Math.floor(load / streams) * vectorBytes), ...op.v128Or, ...op.set(sum)];
        }),
        ...addresses.map((local): Code => [...op.get(local), ...op.i32Const(step), ...op.i32Add, ...op.set(local)])),
      total(all, op.v128Or), op.i32x4First,
    ],
  };
}

export const readingLoops: readonly (WasmFunction & { readonly name: ReadingLoop })[] = [read('readInARow', 1, 8), read('readStreams', 4, 4)];
