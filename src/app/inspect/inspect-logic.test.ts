import { describe, expect, test } from 'vitest';
import type { ModelComparison } from '../../inspect/diff/shared/comparison';
import type { OpRow } from '../../inspect/describe/shared/descriptions';
import { formatChange, formatLarge } from './figures';
import { counterpart, sameTarget } from './linked-selection';
import { rowAfterKey } from '../parts/row-keys';
import { searchOps } from './op-search';
import { layoutValues } from './value-histogram';

test('large counts keep three digits and name their thousands', () => {
  expect([0, 9999, 9_999.6, 12_345, 999_499, 7_372_800, 1_024_000_000, 2.5e12].map(formatLarge)).toEqual(['0', '9,999', '10 k', '12.3 k', '999 k', '7.37 M', '1.02 G', '2.5 T']);
  expect(formatLarge(NaN)).toBe('–');
  expect([formatChange(1, 3, String), formatChange(3, 1, String), formatChange(2, 2, String)]).toEqual(['+2', '−2', '']);
});

const row = (text: string): OpRow => ({ subgraph: 0, op: 0, name: '', custom: false, output: null, macs: 0, weightBytes: 0, once: false, text });

test('a search takes every word, in any case, with either multiplication sign', () => {
  const rows = [row('conv_2d kernel 3x3 float32 1x112x112x24'), row('conv_2d kernel 1x1 int8'), row('add')];
  expect(searchOps(rows, ' CONV_2D  3×3 ')).toEqual([rows[0]]);
  expect(searchOps(rows, 'conv_2d')).toHaveLength(2);
  expect(searchOps(rows, '')).toBe(rows);
});

test('keys move within the rows', () => {
  expect([rowAfterKey('ArrowDown', -1, 3, 10), rowAfterKey('ArrowDown', 2, 3, 10), rowAfterKey('ArrowUp', 0, 3, 10), rowAfterKey('End', 0, 3, 10), rowAfterKey('PageDown', 0, 30, 10)]).toEqual([0, 2, 0, 2, 10]);
  expect([rowAfterKey('Home', 2, 3, 10), rowAfterKey('PageUp', 25, 30, 10), rowAfterKey('x', 1, 3, 10), rowAfterKey('ArrowDown', -1, 0, 10)]).toEqual([0, 15, null, -1]);
});

test('a selection finds its counterpart in both directions', () => {
  const match = { subgraph: 0, name: '', by: 'name' as const, differences: [], instead: null, folded: { a: [], b: [] } };
  const unfolds = (...ops: readonly number[]) => ops.map((op) => ({ op, name: 'DEQUANTIZE', role: 'weights' }));
  const comparison = {
    ops: [{ ...match, a: 2, b: 5 }, { ...match, a: 3, b: null }, { ...match, a: 6, b: 9, folded: { a: [...unfolds(4, 5), { op: 7, name: 'RELU', role: 'activation' }], b: unfolds(7, 8) } }],
    tensors: [{ ...match, a: 1, b: 4 }, { ...match, a: 6, b: null, instead: 4 }, { ...match, a: null, b: 8, instead: 1 }],
  } as unknown as ModelComparison;
  expect(counterpart(comparison, { kind: 'op', subgraph: 0, op: 2 }, 'a')).toEqual({ kind: 'op', subgraph: 0, op: 5 });
  expect(counterpart(comparison, { kind: 'tensor', subgraph: 0, tensor: 4 }, 'b')).toEqual({ kind: 'tensor', subgraph: 0, tensor: 1 });
  expect(counterpart(comparison, { kind: 'op', subgraph: 0, op: 3 }, 'a')).toBeNull();
  expect(counterpart(comparison, { kind: 'op', subgraph: 1, op: 2 }, 'a')).toBeNull();
  // Folded ops lead to their like, else to the op that they belong to; tensors inside to what stands in their place.
  const opFrom = (side: 'a' | 'b', op: number) => counterpart(comparison, { kind: 'op', subgraph: 0, op }, side);
  expect([opFrom('a', 4), opFrom('a', 5), opFrom('a', 7), opFrom('b', 8), opFrom('b', 9)].map((target) => (target?.kind === 'op' ? target.op : null))).toEqual([7, 8, 9, 5, 6]);
  expect(counterpart(comparison, { kind: 'tensor', subgraph: 0, tensor: 6 }, 'a')).toEqual({ kind: 'tensor', subgraph: 0, tensor: 4 });
  expect(counterpart(comparison, { kind: 'tensor', subgraph: 0, tensor: 8 }, 'b')).toEqual({ kind: 'tensor', subgraph: 0, tensor: 1 });
  expect(sameTarget({ kind: 'op', subgraph: 0, op: 2 }, { kind: 'op', subgraph: 0, op: 2 })).toBe(true);
});

describe('the histogram of values', () => {
  const bins = [{ from: -1, to: 0, count: 1 }, { from: 0, to: 1, count: 999 }, { from: 1, to: 2, count: 0 }];

  test('fills the plot, and leaves no bar where there is nothing', () => {
    const { bars, xOf, yTicks } = layoutValues({ bins }, 300, 100, false);
    expect(bars.map(({ x, height }) => [x, Math.round(height)])).toEqual([[0, 1], [100, 100], [200, 0]]);
    expect([xOf(0.5), xOf(3), xOf(null)]).toEqual([150, null, null]);
    expect(yTicks.at(-1)).toEqual({ at: 100, text: '1,000' });
  });

  test('logarithmic counts lift what is rare', () => {
    const { bars, yTicks } = layoutValues({ bins }, 300, 100, true);
    expect(bars.map(({ height }) => Math.round(height))).toEqual([10, 100, 0]);
    expect(yTicks.map(({ text }) => text)).toEqual(['1', '10', '100']);
  });
});
