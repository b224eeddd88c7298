import { setup as text } from '../../messages/setup';
import type { Point } from './strokes';

/** Places of the pen across the pad, and down. */
export const penPlaces = 15;

const moves: ReadonlyMap<string, readonly [right: number, down: number]> = new Map([['ArrowLeft', [-1, 0]], ['ArrowRight', [1, 0]], ['ArrowUp', [0, -1]], ['ArrowDown', [0, 1]]]);

/** A pen that keys move: column and row of the pad from 1, and whether it draws. */
export interface Pen {
  readonly column: number;
  readonly row: number;
  readonly down: boolean;
}

/** In the middle, lifted. */
export const restingPen: Pen = { column: 8, row: 8, down: false };

/** The pen after an arrow key, no further than the edge; null for another key. */
export function movedPen(pen: Pen, key: string): Pen | null {
  const move = moves.get(key);
  if (move === undefined) return null;
  const within = (place: number): number => Math.min(penPlaces, Math.max(1, place));
  return { ...pen, column: within(pen.column + move[0]), row: within(pen.row + move[1]) };
}

/** Where the pen is, in pixels of a pad of `side` pixels: in the middle of its place. */
export function pointOfPen({ column, row }: Pen, side: number): Point {
  return { x: ((column - 0.5) / penPlaces) * side, y: ((row - 0.5) / penPlaces) * side };
}

/** Where the pen is, as a screen reader says it. */
export function describePen({ column, row, down }: Pen): string {
  return text.drawing.pen(down, column, row, penPlaces);
}
