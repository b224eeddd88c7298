import { expect, test } from 'vitest';
import { describePen, movedPen, penPlaces, pointOfPen, restingPen } from './pen';

test('a pen rests in the middle of the pad', () => {
  expect([pointOfPen(restingPen, 224), describePen(restingPen)]).toEqual([{ x: 112, y: 112 }, 'Pen lifted, column 8 of 15, row 8 of 15']);
});

test('arrow keys move a pen by one place, and no further than the edge', () => {
  const went = ['ArrowLeft', 'ArrowUp', 'ArrowUp', 'ArrowRight', 'ArrowRight', 'ArrowDown'].reduce<(typeof restingPen)[]>((pens, key) => [...pens, movedPen(pens.at(-1) ?? restingPen, key) ?? restingPen], []);
  expect(went.map(({ column, row }) => [column, row])).toEqual([[7, 8], [7, 7], [7, 6], [8, 6], [9, 6], [9, 7]]);
  const corner = { column: penPlaces, row: 1, down: true };
  expect([movedPen(corner, 'ArrowRight'), movedPen(corner, 'ArrowUp')]).toEqual([corner, corner]);
  expect(describePen(corner)).toBe('Pen down, column 15 of 15, row 1 of 15');
});

test('a pen leaves other keys alone', () => {
  expect(['Tab', 'Enter', 'a', 'toString'].map((key) => movedPen(restingPen, key))).toEqual([null, null, null, null]);
});
