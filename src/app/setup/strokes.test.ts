import { describe, expect, it } from 'vitest';
import { fitStrokes } from './strokes';

describe('fitStrokes', () => {
  it('fills 20 of 28 pixels with the longer side, and puts the ink’s centre in the middle', () => {
    // A vertical line of 100 pixels: 20 of 28, around the middle.
    const fit = fitStrokes([[{ x: 50, y: 100 }, { x: 50, y: 200 }]], 28);
    expect(fit?.scale).toBeCloseTo(0.2, 9);
    expect([50 * 0.2 + (fit?.left ?? 0), 100 * 0.2 + (fit?.top ?? 0), 200 * 0.2 + (fit?.top ?? 0)].map((value) => Number(value.toFixed(3)))).toEqual([14, 4, 24]);
  });

  it('weighs ink by its length', () => {
    // An L with a short foot: 40 × (0, 20) and 5 × (2.5, 40), divided by 45.
    const fit = fitStrokes([[{ x: 0, y: 0 }, { x: 0, y: 40 }], [{ x: 0, y: 40 }, { x: 5, y: 40 }]], 56);
    expect(fit?.scale).toBeCloseTo(1, 9);
    expect([fit?.left, fit?.top].map((value) => Number(value?.toFixed(2)))).toEqual([27.72, 5.78]);
  });

  it('keeps uneven ink off the edge', () => {
    // A long top with a short leg would hang out below its centre.
    const fit = fitStrokes([[{ x: 0, y: 0 }, { x: 80, y: 0 }, { x: 0, y: 0 }, { x: 80, y: 0 }, { x: 80, y: 80 }]], 28);
    expect(fit?.scale).toBeCloseTo(0.25, 9);
    expect(80 * 0.25 + (fit?.top ?? 0)).toBeCloseTo(25.5, 9);
  });

  it('takes a dot, and nothing', () => {
    expect(fitStrokes([[{ x: 3, y: 9 }]], 28)).toMatchObject({ scale: 20 });
    expect(fitStrokes([], 28)).toBeNull();
  });
});
