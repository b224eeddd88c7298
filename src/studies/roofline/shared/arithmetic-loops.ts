import { op, type Code, type WasmFunction } from '../../../compiler/emit/assembler';
import { range } from 'd3-array';
import { loop, total, vectorBytes } from './loop-code';

export type Arithmetic = 'float32' | 'int8';

/** A loop of nothing but arithmetic, (turns: i32) → a number that depends on all of it. */
export interface ArithmeticLoop {
  readonly arithmetic: Arithmetic;
  /** What it multiplies and adds with. */
  readonly instruction: string;
  readonly relaxed: boolean;
  /** In one turn; a multiplication with an addition counts as two. */
  readonly operations: number;
  readonly code: WasmFunction;
}

const lanes = 4;
/** Each step this often in one turn of a loop, so that counting costs nothing. */
const repetitions = 8;

const instructions = { fused: 'f32x4.relaxed_madd', plain: 'f32x4.mul and f32x4.add', bytes: 'i32x4.relaxed_dot_i8x16_i7x16_add_s' } as const;
type Kind = keyof typeof instructions;

/** sum ← sum + value × weights, in all lanes. */
function accumulate(kind: Kind, value: number, weights: number, sum: number): Code {
  switch (kind) {
    case 'fused': return [...op.get(value), ...op.get(weights), ...op.get(sum), ...op.f32x4RelaxedMultiplyAdd, ...op.set(sum)];
    case 'plain': return [...op.get(value), ...op.get(weights), ...op.f32x4Multiply, ...op.get(sum), ...op.f32x4Add, ...op.set(sum)];
    case 'bytes': return [...op.get(weights), ...op.get(value), ...op.get(sum), ...op.i32x4RelaxedDot, ...op.set(sum)];
  }
}

/**
 * Chains that wait for nothing but themselves: enough of them hide how long one step takes, few enough stay in registers.
 * Fused they go x ← ½ × 1 + x, from 1 to 12 on and to where a half is lost; else x ← x × ½ + 1, because an engine would
 * reckon ½ × 1 once. Neither overflows nor becomes denormal.
 */
function chains(kind: 'fused' | 'plain', count: number): ArithmeticLoop {
  const [turns, half, one, first] = [0, 1, 2, 3];
  const all = range(count).map((chain) => first + chain);
  const splat = (value: number): Code => [...op.f32Const(value), ...op.f32x4Splat];
  const step = (chain: number): Code => (kind === 'fused' ? accumulate(kind, half, one, chain) : [...op.get(chain), ...op.get(half), ...op.f32x4Multiply, ...op.get(one), ...op.f32x4Add, ...op.set(chain)]);
  return {
    arithmetic: 'float32', instruction: instructions[kind], relaxed: kind === 'fused', operations: count * repetitions * lanes * 2,
    code: {
      name: `${kind}Chains${count}`, parameters: ['i32'], result: 'f32', locals: [{ count: 2 + count, type: 'v128' }],
      body: [
        splat(0.5), op.set(half), splat(1), op.set(one),
        // Different beginnings, or an engine could see that all chains are one.
        ...all.flatMap((chain, index) => [splat(index + 1), op.set(chain)]),
        loop(turns, ...range(repetitions).flatMap(() => all.map(step))),
        total(all, op.f32x4Add), op.f32x4First,
      ],
    },
  };
}

/**
 * The inner loop of a matrix product as fast kernels have it: two vectors of weights and one value of each of some rows,
 * all from the beginning of memory and so from the nearest cache, into sums that stay in registers.
 */
function tile(kind: Kind, rows: number): ArithmeticLoop {
  const [turns, left, right, value, first] = [0, 1, 2, 3, 4];
  const sums = range(rows * 2).map((sum) => first + sum);
  const integer = kind === 'bytes';
  const valuesAt = repetitions * 2 * vectorBytes;
  const load = (code: Code, local: number): Code => [...op.i32Const(0), ...code, ...op.set(local)];
  const step = (at: number): Code => [
    ...load(op.v128Load(at * 2 * vectorBytes), left),
    ...load(op.v128Load((at * 2 + 1) * vectorBytes), right),
    ...range(rows).flatMap((row) => [
      ...load(op.v128Load32Splat(valuesAt + (row * repetitions + at) * 4), value),
      ...accumulate(kind, value, left, first + row * 2),
      ...accumulate(kind, value, right, first + row * 2 + 1),
    ]),
  ];
  return {
    arithmetic: integer ? 'int8' : 'float32', instruction: instructions[kind], relaxed: kind !== 'plain', operations: rows * 2 * repetitions * lanes * 2 * (integer ? 4 : 1),
    code: {
      name: `${kind}Tile${rows}`, parameters: ['i32'], result: integer ? 'i32' : 'f32', locals: [{ count: 3 + sums.length, type: 'v128' }],
      body: [loop(turns, ...range(repetitions).map(step)), total(sums, integer ? op.i32x4Add : op.f32x4Add), integer ? op.i32x4First : op.f32x4First],
    },
  };
}

/** 10 and 12 chains suit the 16 vector registers of x86, 20 the 32 of Arm. */
const all: readonly ArithmeticLoop[] = [
  chains('fused', 10), chains('fused', 12), chains('fused', 20), tile('fused', 6),
  chains('plain', 10), chains('plain', 12), chains('plain', 20), tile('plain', 4),
  tile('bytes', 4), tile('bytes', 6),
];

/**
 * Loops of which the fastest shows the peak of a kind of arithmetic: which one that is depends on processor and browser.
 * @param relaxed whether relaxed SIMD is there; without it nothing but float32 has a loop
 */
export function arithmeticLoops(relaxed: boolean): readonly ArithmeticLoop[] {
  return all.filter((each) => relaxed || !each.relaxed);
}
