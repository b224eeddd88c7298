import { describe, expect, it } from 'vitest';
import { modelOf, noise, type OperatorOf, type TensorOf } from '../../../rewrite/testing/models';
import type { Model } from '../../format/model';
import { alignAll } from './align';
import { longestIncreasing } from './longest-increasing';
import { matchSubGraphs } from './match-subgraphs';

const activations = (...names: readonly string[]): TensorOf[] => names.map((name) => ({ name, shape: [1, 4, 4, 2] }));
const weights: TensorOf = { name: 'w', shape: [2, 1, 1, 2], data: noise(4) };
const conv = (input: string, output: string, value: { readonly [field: string]: number } = {}, kernel = 'w'): OperatorOf => ({
  name: 'CONV_2D', inputs: [input, kernel, ''], outputs: [output], options: { member: 'Conv2DOptions', value: { padding: 0, stride_w: 1, stride_h: 1, ...value } },
});
const op = (name: string, input: string, output: string): OperatorOf => ({ name, inputs: [input], outputs: [output] });
const chain = (names: readonly string[], operators: readonly OperatorOf[], more: readonly TensorOf[] = [weights]): Model =>
  modelOf([...activations(...names), ...more], operators, [names[0] ?? ''], [names.at(-1) ?? '']);

/** `a:b` for each row, kinds included, and what is folded in brackets. */
function rowsOf(a: Model, b: Model): string[] {
  const word = (model: Model, index: number | null): string => (index === null ? '–' : `${index} ${model.subgraphs[0]?.operators[index]?.code.name}`);
  return matchSubGraphs(a, b, 0).ops.map((pair) => {
    const folded = (['a', 'b'] as const).flatMap((side) => (side === 'a' ? pair.foldedA : pair.foldedB).map(({ op: index, role }) => ` [${side} ${word(side === 'a' ? a : b, index)} ${role}]`));
    return `${word(a, pair.a)} : ${word(b, pair.b)}${folded.join('')}`;
  });
}

/** For each tensor of `a`, its partner in `b` by name, `~` before one that only stands in its place. */
function tensorsOf(a: Model, b: Model, side: 'a' | 'b' = 'a'): Record<string, string | null> {
  const name = (model: Model, index: number): string => model.subgraphs[0]?.tensors[index]?.name ?? '';
  const [own, other] = side === 'a' ? [a, b] : [b, a];
  return Object.fromEntries(matchSubGraphs(a, b, 0).tensors.flatMap((pair) => {
    const [mine, theirs] = side === 'a' ? [pair.a, pair.b] : [pair.b, pair.a];
    if (mine === null) return [];
    return [[name(own, mine), theirs === null ? (pair.instead === null ? null : `~${name(other, pair.instead)}`) : name(other, theirs)]];
  }));
}

describe('activations', () => {
  const alone = chain(['in', 'mid', 'out'], [conv('in', 'mid'), op('RELU', 'mid', 'out')]);

  it('belong to the op that clamps its own output on the other side, whichever side that is', () => {
    const fused = chain(['x', 'y'], [conv('x', 'y', { fused_activation_function: 1 })]);
    expect(rowsOf(alone, fused)).toEqual(['0 CONV_2D : 0 CONV_2D [a 1 RELU activation]']);
    expect(rowsOf(fused, alone)).toEqual(['0 CONV_2D : 0 CONV_2D [b 1 RELU activation]']);
    expect(tensorsOf(alone, fused)).toEqual({ in: 'x', mid: '~y', out: 'y', w: 'w' });
    expect(tensorsOf(fused, alone, 'b')).toEqual({ in: 'x', mid: '~y', out: 'y', w: 'w' });
  });

  it('are ops of their own where both sides have them, where none has them fused, and where another one is fused', () => {
    expect(rowsOf(alone, alone)).toEqual(['0 CONV_2D : 0 CONV_2D', '1 RELU : 1 RELU']);
    expect(rowsOf(alone, chain(['x', 'y'], [conv('x', 'y')]))).toEqual(['0 CONV_2D : 0 CONV_2D', '1 RELU : –']);
    expect(rowsOf(alone, chain(['x', 'y'], [conv('x', 'y', { fused_activation_function: 3 })]))).toEqual(['0 CONV_2D : 0 CONV_2D', '1 RELU : –']);
    expect(rowsOf(alone, chain(['x', 'm', 'y'], [conv('x', 'm'), op('RELU6', 'm', 'y')]))).toEqual(['0 CONV_2D : 0 CONV_2D', '1 RELU : –', '– : 1 RELU6']);
  });

  it('stay where what they clamp is read by another op', () => {
    const shared = modelOf([...activations('in', 'mid', 'out', 'other'), weights], [conv('in', 'mid'), op('RELU', 'mid', 'out'), op('NEG', 'mid', 'other')], ['in'], ['out', 'other']);
    const fused = modelOf([...activations('in', 'out', 'other'), weights], [conv('in', 'out', { fused_activation_function: 1 }), op('NEG', 'out', 'other')], ['in'], ['out', 'other']);
    expect(rowsOf(shared, fused)).toEqual(['0 CONV_2D : 0 CONV_2D', '1 RELU : –', '2 NEG : 1 NEG']);
  });

  it('of ops that only one side has are paired with each other all the same', () => {
    const added = chain(['x', 'm', 'y'], [{ name: 'MUL', inputs: ['x', 'x'], outputs: ['m'], options: { member: 'MulOptions', value: {} } }, op('RELU', 'm', 'y')], []);
    expect(rowsOf(alone, added)).toEqual(['0 CONV_2D : –', '– : 0 MUL', '1 RELU : 1 RELU']);
  });
});

describe('conversions', () => {
  it('of constants belong to the op that reads them', () => {
    const half = chain(['in', 'out'], [op('DEQUANTIZE', 'w16', 'w32'), conv('in', 'out', {}, 'w32')], [{ name: 'w16', shape: [2, 1, 1, 2], type: 'float16', data: new Uint16Array(4) }, { name: 'w32', shape: [2, 1, 1, 2] }]);
    const float = chain(['in', 'out'], [conv('in', 'out')]);
    expect(rowsOf(half, float)).toEqual(['1 CONV_2D : 0 CONV_2D [a 0 DEQUANTIZE weights]']);
    expect(tensorsOf(half, float)).toEqual({ in: 'in', out: 'out', w16: 'w', w32: '~w' });
    expect(rowsOf(half, half)).toEqual(['1 CONV_2D : 1 CONV_2D [a 0 DEQUANTIZE weights] [b 0 DEQUANTIZE weights]']);
    expect(tensorsOf(half, half)).toEqual({ in: 'in', out: 'out', w16: 'w16', w32: 'w32' });
  });

  const int8 = (name: string): TensorOf => ({ name, shape: [1, 4, 4, 2], type: 'int8', scale: [0.1], zeroPoint: [0] });

  it('around an op that computes in floats belong to that op, and at the edges to their neighbours', () => {
    const float = chain(['in', 'a', 'b', 'out'], [conv('in', 'a'), op('HARD_SWISH', 'a', 'b'), conv('b', 'out')]);
    const mixed = modelOf(
      [...activations('in', 'fa', 'fb', 'out'), int8('qin'), int8('a'), int8('b'), int8('qout'), weights],
      [op('QUANTIZE', 'in', 'qin'), conv('qin', 'a'), op('DEQUANTIZE', 'a', 'fa'), op('HARD_SWISH', 'fa', 'fb'), op('QUANTIZE', 'fb', 'b'), conv('b', 'qout'), op('DEQUANTIZE', 'qout', 'out')], ['in'], ['out'],
    );
    expect(rowsOf(float, mixed)).toEqual([
      '0 CONV_2D : 1 CONV_2D [b 0 QUANTIZE before]',
      '1 HARD_SWISH : 3 HARD_SWISH [b 2 DEQUANTIZE before] [b 4 QUANTIZE after]',
      '2 CONV_2D : 5 CONV_2D [b 6 DEQUANTIZE after]',
    ]);
    expect(tensorsOf(float, mixed, 'b')).toEqual({ in: 'in', fa: '~a', fb: '~b', out: 'out', qin: '~in', a: 'a', b: 'b', qout: '~out', w: 'w' });
  });

  it('without a neighbour are ops like any other', () => {
    const only = modelOf([...activations('in', 'out'), int8('q')], [op('QUANTIZE', 'in', 'q'), op('DEQUANTIZE', 'q', 'out')], ['in'], ['out']);
    expect(rowsOf(only, only)).toEqual(['0 QUANTIZE : 0 QUANTIZE', '1 DEQUANTIZE : 1 DEQUANTIZE']);
    expect(rowsOf(only, chain(['x', 'y'], [op('NEG', 'x', 'y')], []))).toEqual(['0 QUANTIZE : –', '1 DEQUANTIZE : –', '– : 0 NEG']);
  });
});

it('a PAD belongs to the convolution that pads by itself on the other side, where the size stays', () => {
  const pads: TensorOf[] = [{ name: 'pads', shape: [4, 2], type: 'int32', data: new Int32Array([0, 0, 1, 1, 1, 1, 0, 0]) }, { name: 'wide', shape: [1, 6, 6, 2] }, { name: 'k', shape: [2, 3, 3, 2], data: noise(36) }];
  const padded = chain(['in', 'out'], [{ name: 'PAD', inputs: ['in', 'pads'], outputs: ['wide'] }, conv('wide', 'out', { padding: 1 }, 'k')], pads);
  const same = chain(['in', 'out'], [conv('in', 'out', {}, 'k')], pads.slice(2));
  expect(rowsOf(padded, same)).toEqual(['1 CONV_2D : 0 CONV_2D [a 0 PAD padding]']);
  expect(tensorsOf(padded, same)).toEqual({ in: 'in', out: 'out', wide: '~in', pads: null, k: 'k' });
  expect(rowsOf(padded, padded)).toEqual(['0 PAD : 0 PAD', '1 CONV_2D : 1 CONV_2D']);
});

describe('ops of different kinds', () => {
  it('are never paired by their place', () => {
    expect(rowsOf(chain(['in', 'a'], [op('TANH', 'in', 'a')], []), chain(['x', 'y'], [op('NEG', 'x', 'y')], []))).toEqual(['0 TANH : –', '– : 0 NEG']);
  });

  it('are paired where the one was put in the other’s place, and not for a name alone', () => {
    const before = chain(['in', 'a', 'out'], [op('NEG', 'in', 'a'), op('TANH', 'a', 'out')], []);
    expect(rowsOf(before, chain(['in', 'a', 'out'], [op('NEG', 'in', 'a'), op('LOGISTIC', 'a', 'out')], []))).toEqual(['0 NEG : 0 NEG', '1 TANH : 1 LOGISTIC']);
    expect(rowsOf(before, chain(['in', 'out'], [op('LOGISTIC', 'in', 'out')], []))).toEqual(['0 NEG : –', '1 TANH : –', '– : 0 LOGISTIC']);
  });
});

describe('without names', () => {
  const kinds = ['TANH', 'NEG', 'EXP', 'ABS', 'SQRT'] as const;
  const unnamed = (operators: readonly (readonly [string, number])[]): Model => {
    const model = modelOf([{ name: 't0', shape: [3] }, ...operators.map(([, size], index): TensorOf => ({ name: `t${index + 1}`, shape: [size] }))], operators.map(([name], index) => op(name, `t${index}`, `t${index + 1}`)), ['t0'], [`t${operators.length}`]);
    return { ...model, subgraphs: model.subgraphs.map((subgraph) => ({ ...subgraph, tensors: subgraph.tensors.map((tensor) => ({ ...tensor, name: '' })) })) };
  };
  const row = (count: number, size: number): (readonly [string, number])[] => Array.from({ length: count }, (_, index) => [kinds[(index * index + (index >> 2)) % kinds.length] ?? 'TANH', size] as const);

  it('what was put in or left out stands alone', () => {
    const whole = row(12, 3);
    expect(rowsOf(unnamed(whole), unnamed(whole.toSpliced(5, 2)))).toHaveLength(12);
    expect(rowsOf(unnamed(whole), unnamed(whole.toSpliced(5, 2))).filter((line) => line.endsWith(': –'))).toHaveLength(2);
    expect(rowsOf(unnamed(whole), unnamed(whole.toSpliced(3, 0, ['LOGISTIC', 3])))[3]).toBe('– : 3 LOGISTIC');
  });

  it('equal shapes decide where there is a choice', () => {
    expect(rowsOf(unnamed([['NEG', 3], ['TANH', 4], ['TANH', 5], ['ABS', 5]]), unnamed([['EXP', 9], ['TANH', 5], ['SQRT', 9]]))).toContain('2 TANH : 1 TANH');
  });

  it('ops that are all alike are paired as many as there can be', () => {
    const alike = (count: number): Model => unnamed(Array.from({ length: count }, () => ['TANH', 3] as const));
    const rows = rowsOf(alike(40), alike(37));
    expect(rows.filter((line) => !line.includes('–'))).toHaveLength(37);
    expect(rows).toHaveLength(40);
  });

  it('a list of thousands that was changed all over is aligned in its order', () => {
    const [a, b] = [unnamed(row(4000, 3)), unnamed(row(4000, 4).toSpliced(1000, 7).toSpliced(3000, 0, ['LOGISTIC', 4]))];
    const { ops } = matchSubGraphs(a, b, 0);
    expect(ops.filter(({ a: one, b: other }) => one !== null && other !== null)).toHaveLength(3993);
    expect(ops.filter(({ a: one, b: other }) => other !== null && one !== null && one > 1100 && one < 3000).every(({ a: one, b: other }) => (one ?? 0) - (other ?? 0) === 7)).toBe(true);
  });

  it('a model without ops has nothing in common with any', () => {
    expect(rowsOf(unnamed([]), unnamed(row(2, 3)))).toEqual(['– : 0 TANH', '– : 1 NEG']);
    expect(matchSubGraphs(unnamed([]), unnamed([]), 0).ops).toEqual([]);
    expect(matchSubGraphs(unnamed(row(1, 3)), unnamed([]), 1)).toEqual({ ops: [], tensors: [] });
  });
});

describe('alignAll', () => {
  const steps = (text: string) => [...text].map((letter, at) => ({ kind: letter.toLowerCase().charCodeAt(0), shape: letter.charCodeAt(0), own: 0, from: -1, at }));
  const paired = (a: string, b: string): string[] => alignAll([[steps(a), steps(b)]]).map(([one, other]) => `${one.at}:${other.at}`);

  it('finds the longest common subsequence, and the most alike of several', () => {
    expect(paired('abcabba', 'cbabac')).toHaveLength(4);
    expect(paired('aAa', 'A')).toEqual(['1:0']);
    expect(paired('A', 'aAa')).toEqual(['0:1']);
    expect([paired('', 'abc'), paired('abc', ''), paired('abc', 'xyz')]).toEqual([[], [], []]);
  });
});

it('longestIncreasing', () => {
  expect(longestIncreasing([3, 1, 4, 1.5, 9, 2, 6])).toHaveLength(4);
  expect(longestIncreasing([5, 4, 3])).toHaveLength(1);
  expect(longestIncreasing([0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15])).toHaveLength(6);
  expect(longestIncreasing([])).toEqual([]);
});
