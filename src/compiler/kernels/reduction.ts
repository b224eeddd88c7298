import { compiler as text } from '../../messages/compiler';
import { op, type Code } from '../emit/assembler';
import { lanes, vectorBytes, type FunctionWriter } from '../emit/function-writer';
import type { Shape4 } from './layout';
import type { Kernel } from './kernel';

export type ReductionKind = 'mean' | 'sum' | 'maximum' | 'minimum';

const combining = { mean: op.f32x4Add, sum: op.f32x4Add, maximum: op.f32x4PseudoMaximum, minimum: op.f32x4PseudoMinimum } as const;
const neutral = { mean: 0, sum: 0, maximum: -Infinity, minimum: Infinity } as const;

/** All four lanes put together, in the first of them. */
export function across(f: FunctionWriter, vector: number, combine: Code): void {
  for (const distance of [8, 4]) {
    f.emit(op.get(vector), op.get(vector), op.get(vector), op.i8x16Shuffle(Array.from({ length: 16 }, (_, byte) => (byte + distance) % 16)), combine, op.set(vector));
  }
}

/** The first lanes of a vector, and `otherwise` in those behind them. */
export function firstLanes(vector: Code, count: number, otherwise: number): Code {
  const mask = [0, 1, 2, 3].map((lane) => (lane < count ? -1 : 0)) as [number, number, number, number];
  return count >= lanes ? vector : [vector, op.v128Const(otherwise), op.v128ConstOf(mask), op.v128Bitselect];
}

/**
 * Mean, sum, maximum or minimum over any of the four dimensions. Where channels stay, four of them at once; where they go, four
 * of them at once too, and across the lanes in the end. Each row is put together by itself, so that long sums keep their digits.
 *
 * @param axes which of the four dimensions become one element
 */
export function reduction(kind: ReductionKind, input: Shape4, axes: readonly number[]): Kernel {
  const over = (axis: number): boolean => axes.includes(axis);
  const combine = combining[kind];
  const elements = input.reduce((product, size, axis) => product * (over(axis) ? size : 1), 1);
  return {
    name: text.reduction[kind](axes.map((axis) => text.axes[axis]).join(', ')), macs: 0, wishes: [], denseOutputs: true, packed: [],
    write: (f, { inputs: [from], outputs: [to] }) => {
      if (from === undefined || to === undefined) return;
      // An output that lost a dimension has its others elsewhere, and none between them.
      const kept = [0, 1, 2, 3].filter((axis) => !over(axis));
      const outer = kept.filter((axis) => axis !== 3);
      const channels = over(3) ? 1 : input[3];
      const outputStrides = new Map(kept.map((axis, place) => [axis, 4 * kept.slice(place + 1).reduce((product, other) => product * (input[other] ?? 1), 1)]));
      const [at, target, channelsAt, channelsTo] = [f.local(), f.local(), f.local(), f.local()];
      const [sum, rowSum] = [f.local('v128'), f.local('v128')];
      const reducedOuter = axes.filter((axis) => axis !== 3);
      const pointers = reducedOuter.map(() => f.local());
      const element = (vector: Code): void => { f.emit(op.get(rowSum), vector, combine, op.set(rowSum)); };
      /** Goes through the reduced dimensions from the `depth`-th on; the last one's sums are added as a whole. */
      const gather = (depth: number, start: number): void => {
        const axis = reducedOuter[depth];
        if (axis === undefined) {
          if (!over(3)) { element(f.load(op.get(start))); return; }
          f.follow(channelsTo, start);
          f.repeat(Math.floor(input[3] / lanes), () => {
            element(f.load(op.get(channelsTo)));
            f.advance(channelsTo, vectorBytes);
          });
          if (input[3] % lanes > 0) element(firstLanes(f.load(op.get(channelsTo)), input[3] % lanes, neutral[kind]));
          return;
        }
        const pointer = pointers[depth] ?? 0;
        const innermost = depth === reducedOuter.length - 1;
        f.follow(pointer, start);
        if (innermost) f.emit(op.v128Const(neutral[kind]), op.set(rowSum));
        f.repeat(input[axis] ?? 1, () => {
          gather(depth + 1, pointer);
          f.advance(pointer, from.strides[axis] ?? 0);
        });
        if (innermost) f.emit(op.get(sum), op.get(rowSum), combine, op.set(sum));
      };
      const result = (stored: number): void => {
        f.emit(op.v128Const(neutral[kind]), op.set(sum), op.v128Const(neutral[kind]), op.set(rowSum));
        gather(0, channelsAt);
        if (reducedOuter.length === 0) f.emit(op.get(rowSum), op.set(sum));
        if (over(3)) across(f, sum, combine);
        if (kind === 'mean') f.emit(op.get(sum), op.v128Const(1 / elements), op.f32x4Multiply, op.set(sum));
        f.store(op.get(target), 0, sum, stored);
      };
      const loop = (depth: number, source: number, sink: number): void => {
        const axis = outer[depth];
        if (axis === undefined) {
          f.follow(channelsAt, source);
          f.follow(target, sink);
          const vectors = over(3) ? 0 : Math.floor(channels / lanes);
          f.repeat(vectors, () => {
            result(lanes);
            f.advance(channelsAt, vectorBytes);
            f.advance(target, vectorBytes);
          });
          if (channels - vectors * lanes > 0) result(channels - vectors * lanes);
          return;
        }
        const [own, ownSink] = [f.local(), f.local()];
        f.follow(own, source);
        f.follow(ownSink, sink);
        f.repeat(input[axis] ?? 1, () => {
          loop(depth + 1, own, ownSink);
          f.advance(own, from.strides[axis] ?? 0);
          f.advance(ownSink, outputStrides.get(axis) ?? 0);
        });
      };
      const start = f.local();
      f.point(at, from.base);
      f.point(start, to.base);
      loop(0, at, start);
    },
  };
}
