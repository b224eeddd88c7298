import { describe, expect, it } from 'vitest';
import { sequenceLines } from './sequence-lines';

function output(steps: number, elements: number, valueAt: (step: number, element: number) => number) {
  return { dtype: 'float32' as const, shape: [steps, 1, elements], data: Float32Array.from({ length: steps * elements }, (_, index) => valueAt(Math.floor(index / elements), index % elements)).buffer };
}

describe('sequenceLines', () => {
  it('shows the elements that change most, each step a point', () => {
    const lines = sequenceLines(output(3, 3, (step, element) => step * ([1, 0, 5][element] ?? 0)), 2, 10);
    expect(lines).toEqual([
      { element: 2, points: [{ step: 1, value: 0 }, { step: 2, value: 5 }, { step: 3, value: 10 }] },
      { element: 0, points: [{ step: 1, value: 0 }, { step: 2, value: 1 }, { step: 3, value: 2 }] },
    ]);
  });

  it('loses no peak where there are more steps than points', () => {
    const [line] = sequenceLines(output(1000, 1, (step) => (step === 777 ? 1 : 0)), 1, 10);
    expect(line?.points).toHaveLength(10);
    expect(line?.points[7]).toEqual({ step: 778, value: 1 });
  });

  it('takes the first elements of outputs that are too large to look through', () => {
    expect(sequenceLines(output(20, 60_000, (step, element) => step * element), 2, 3).map(({ element, points }) => [element, points.length])).toEqual([[0, 3], [1, 3]]);
  });

  it('has nothing to show of an empty output', () => {
    expect(sequenceLines(output(3, 0, () => 0), 2, 3)).toEqual([]);
  });
});
