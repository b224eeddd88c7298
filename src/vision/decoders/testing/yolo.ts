/** Rows of YOLO models, for tests. */
import type { OutputTensor } from '../../shared/types';
import { floatOutput, rawOutput } from './outputs';

/** How a table lies in a tensor: a row a candidate, or a row a channel. */
export type Direction = 'rows' | 'channels';

/** A table as a tensor [1, …, …] of float32. */
export function tableOutput(name: string, rows: readonly (readonly number[])[], direction: Direction): OutputTensor {
  const channels = rows[0]?.length ?? 0;
  const lying = direction === 'rows' ? rows.flat() : Array.from({ length: channels }, (_, channel) => rows.map((row) => row[channel] ?? NaN)).flat();
  return floatOutput(name, direction === 'rows' ? [1, rows.length, channels] : [1, channels, rows.length], lying);
}

/** The same in int8: one scale and zero point for all. */
export function quantizedTable(name: string, rows: readonly (readonly number[])[], direction: Direction, scale: number, zeroPoint: number): OutputTensor {
  const { shape, data } = tableOutput(name, rows, direction);
  const bytes = Int8Array.from(new Float32Array(data), (value) => Math.min(Math.max(Math.round(value / scale) + zeroPoint, -128), 127));
  return rawOutput(name, 'int8', shape, new Uint8Array(bytes.buffer), { scale: [scale], zeroPoint: [zeroPoint], dimension: 0 });
}

/** As many rows as a head makes of an input of 64 × 64: 8² + 4² + 2², or three times that. Those that are given, then rows of nothing. */
export function rowsOf64(perCell: 1 | 3, channels: number, given: Readonly<Record<number, readonly number[]>>): readonly (readonly number[])[] {
  return Array.from({ length: perCell * 84 }, (_, row) => given[row] ?? new Array<number>(channels).fill(0));
}
