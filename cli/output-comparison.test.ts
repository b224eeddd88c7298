import { describe, expect, it } from 'vitest';
import { tensorStatistics } from '../src/tensor/statistics';
import { OutputComparison } from './output-comparison';
import type { RanOutput } from './page-calls';

function output(name: string, values: readonly number[], int8?: { readonly scale: number; readonly zeroPoint: number }): RanOutput {
  const data = int8 === undefined ? new Float32Array(values) : new Int8Array(values.map((value) => Math.round(value / int8.scale) + int8.zeroPoint));
  return {
    name, dtype: int8 === undefined ? 'float32' : 'int8', shape: [1, values.length], base64: Buffer.from(data.buffer).toString('base64'),
    quantization: int8 === undefined ? undefined : { scale: [int8.scale], zeroPoint: [int8.zeroPoint], dimension: 0 },
    statistics: tensorStatistics({ dtype: int8 === undefined ? 'float32' : 'int8', shape: [1, values.length], data: data.buffer }),
  };
}

describe('outputs of two models', () => {
  it('are compared over all runs, by name, with the places of their largest values', () => {
    const comparison = new OutputComparison();
    comparison.add([output('scores', [0, 1, 3]), output('boxes', [1, 2])], [output('boxes', [1, 2]), output('scores', [0, 2, 3])]);
    comparison.add([output('scores', [5, 1, 3]), output('boxes', [3, 4])], [output('boxes', [3, 4]), output('scores', [5, 1, 6])]);
    const [scores, boxes] = comparison.figures();
    // Differences 0, 1, 0 and 0, 0, 3.
    expect(scores).toMatchObject({ name: 'scores', samples: 2, mse: 10 / 6, max_abs: 3, mean_abs: 4 / 6, agreeing: 1 });
    expect(boxes).toMatchObject({ name: 'boxes', samples: 2, mse: 0, cosine: 1, sqnr_db: null, agreeing: 2 });
  });

  it('are compared as real numbers, whatever type they have', () => {
    const comparison = new OutputComparison();
    // On the grid of a quarter: 0.75 and −2 are exact, 0.3 becomes 0.25.
    comparison.add([output('a', [0.75, -2, 0.3])], [output('a', [0.75, -2, 0.3], { scale: 0.25, zeroPoint: 4 })]);
    const [figures] = comparison.figures();
    expect(figures?.max_abs).toBeCloseTo(0.05, 6);
    expect(figures?.mse).toBeCloseTo(0.0025 / 3, 8);
    expect(figures?.agreeing).toBe(1);
  });

  it('are compared by place where names differ, and left out where sizes do', () => {
    const comparison = new OutputComparison();
    comparison.add([output('a', [1, 2]), output('b', [1])], [output('x', [1, 2]), output('y', [1, 2])]);
    expect(comparison.figures().map(({ name, mse }) => [name, mse])).toEqual([['a', 0]]);
  });
});
