import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoxCandidate } from './box-candidate';
import { overlap, suppressWeighted } from './suppression';

const box = (left: number, top: number, width: number, height: number, score = 1): BoxCandidate => ({ left, top, right: left + width, bottom: top + height, score, keypoints: [left, top] });

const candidates = fc.array(fc.record({
  left: fc.integer({ min: 0, max: 40 }), top: fc.integer({ min: 0, max: 40 }), width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }), score: fc.double({ min: 0.01, max: 1, noNaN: true }),
}).map(({ left, top, width, height, score }) => box(left, top, width, height, score)), { maxLength: 40 });

describe('overlap', () => {
  it('is intersection over union', () => {
    expect(overlap(box(0, 0, 10, 10), box(0, 0, 10, 10))).toBe(1);
    expect(overlap(box(0, 0, 10, 10), box(5, 0, 10, 10))).toBe(50 / 150);
    expect(overlap(box(0, 0, 10, 10), box(2, 3, 4, 5))).toBe(20 / 100);
    expect(overlap(box(0, 0, 10, 10), box(10, 0, 10, 10))).toBe(0);
    expect(overlap(box(0, 0, 10, 10), box(30, 30, 10, 10))).toBe(0);
  });
});

describe('suppressWeighted', () => {
  it('weighs edges and key points by score', () => {
    expect(suppressWeighted([box(2, 0, 10, 10, 0.25), box(0, 0, 10, 10, 0.75), box(100, 100, 4, 4, 0.5)], 0.3)).toEqual([
      { score: 0.75, left: 0.5, top: 0, right: 10.5, bottom: 10, keypoints: [0.5, 0] },
      box(100, 100, 4, 4, 0.5),
    ]);
  });

  it('compares with the best box as it was, not with the merged one', () => {
    const chain = [box(0, 0, 10, 10, 0.9), box(4, 0, 10, 10, 0.8), box(8, 0, 10, 10, 0.7)];
    expect(suppressWeighted(chain, 0.3).map(({ score }) => score)).toEqual([0.9, 0.7]);
  });

  it('takes an overlap of exactly the threshold for another box, and ends at any threshold', () => {
    expect(suppressWeighted([box(0, 0, 10, 10, 0.9), box(5, 0, 10, 10, 0.8)], 50 / 150)).toHaveLength(2);
    expect(suppressWeighted([box(0, 0, 10, 10, 0.9), box(0, 0, 10, 10, 0.8)], 1)).toHaveLength(2);
    expect(suppressWeighted([box(0, 0, 10, 10, 0), box(0, 0, 10, 10, 0)], 0.3)).toEqual([box(0, 0, 10, 10, 0)]);
  });

  it('keeps the hull, sorts by score and swallows duplicates', () => {
    fc.assert(fc.property(candidates, fc.double({ min: 0, max: 0.95, noNaN: true }), (boxes, threshold) => {
      const kept = suppressWeighted(boxes, threshold);
      const scores = kept.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((left, right) => right - left));
      expect(kept.length === 0).toBe(boxes.length === 0);
      for (const { left, top, right, bottom } of kept) {
        expect(left).toBeGreaterThanOrEqual(Math.min(...boxes.map((other) => other.left)) - 1e-9);
        expect(top).toBeGreaterThanOrEqual(Math.min(...boxes.map((other) => other.top)) - 1e-9);
        expect(right).toBeLessThanOrEqual(Math.max(...boxes.map((other) => other.right)) + 1e-9);
        expect(bottom).toBeLessThanOrEqual(Math.max(...boxes.map((other) => other.bottom)) + 1e-9);
      }
      expect(suppressWeighted([...boxes, ...boxes], threshold)).toHaveLength(kept.length);
    }));
  });
});
