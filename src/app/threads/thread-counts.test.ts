import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseThreadCounts, threadCountsText } from './thread-counts';

describe('thread counts', () => {
  it('are read as people write them, in order and each once', () => {
    expect(parseThreadCounts('2')).toEqual([2]);
    expect(parseThreadCounts(' 8, 1-3 ;2 ')).toEqual([1, 2, 3, 8]);
    expect(parseThreadCounts('1 2 4')).toEqual([1, 2, 4]);
    expect(parseThreadCounts('1 – 4, 64')).toEqual([1, 2, 3, 4, 64]);
  });

  it('are refused where something is no count', () => {
    for (const text of ['', ' , ', '0', '65', '4-2', 'all', '1.5', '1e1', '-3', '1--3', '2,x']) expect(parseThreadCounts(text)).toBeNull();
  });

  it('come back from their text', () => {
    expect(threadCountsText([1, 2, 3, 4, 8])).toBe('1–4, 8');
    expect(threadCountsText([1, 2])).toBe('1, 2');
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 64 }), { minLength: 1 }), (counts) => {
      const sorted = counts.sort((left, right) => left - right);
      expect(parseThreadCounts(threadCountsText(sorted))).toEqual(sorted);
    }));
  });
});
