import { expect, it } from 'vitest';
import { placementFor } from '../../frames/shared/placement';
import type { Placement } from '../../shared/types';
import { cutOffAreas } from './cut-off';

/** To a millionth of a pixel. */
const areas = (placement: Placement, width: number, height: number) => cutOffAreas(placement, width, height).map((area) => area.map((value) => Math.round(value * 1e6) / 1e6));

it('is what lies beside the middle of a wide picture, and above and below that of a tall one, on a canvas of any size', () => {
  // 400 × 300 into a square: the middle 300 columns.
  expect(areas(placementFor('crop', 400, 300, 96, 96), 400, 300)).toEqual([[0, 0, 50, 300], [350, 0, 50, 300]]);
  expect(areas(placementFor('crop', 400, 300, 96, 96), 800, 600)).toEqual([[0, 0, 100, 600], [700, 0, 100, 600]]);
  // 300 × 600 into twice as wide as high: the middle 150 rows.
  expect(areas(placementFor('crop', 300, 600, 64, 32), 300, 600)).toEqual([[0, 0, 300, 225], [0, 375, 300, 225]]);
});

it('is nothing where all of the picture goes in, with bars or without, or but for a rounding', () => {
  expect(areas(placementFor('letterbox', 400, 300, 96, 96), 400, 300)).toEqual([]);
  expect(areas(placementFor('stretch', 400, 300, 96, 96), 400, 300)).toEqual([]);
  expect(areas(placementFor('crop', 300, 300, 96, 96), 300, 300)).toEqual([]);
  expect(areas(placementFor('crop', 1921, 1080, 1920, 1080), 1921, 1080)).toEqual([]);
});

it('is all around a part that was cut out of the middle', () => {
  const placement = { sourceWidth: 100, sourceHeight: 80, targetWidth: 20, targetHeight: 10, scaleX: 1, scaleY: 1, offsetX: -40, offsetY: -30 };
  expect(areas(placement, 100, 80)).toEqual([[0, 0, 100, 30], [0, 40, 100, 40], [0, 30, 40, 10], [60, 30, 40, 10]]);
});
