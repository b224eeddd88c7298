import { compiler as text } from '../../messages/compiler';
import { op, type Code } from '../emit/assembler';
import { lanes, vectorBytes, type FunctionWriter } from '../emit/function-writer';
import type { Shape4, View } from './layout';
import { activate, type Activation } from './finish';
import type { Kernel, Places } from './kernel';
import type { Window } from './window';

export type PoolingKind = 'maximum' | 'mean' | 'sum';

export interface PoolingSettings {
  readonly kind: PoolingKind;
  readonly input: Shape4;
  readonly output: Shape4;
  readonly window: Window;
  readonly activation: Activation;
}

/** Windows of up to as many elements are written out, others have loops. */
const mostStraight = 16;
const vectorsAtOnce = 4;

/**
 * The greatest, the mean or the sum of windows, of any size and stride; means count what lies inside of the picture. Also
 * what MEAN and SUM do over height and width.
 *
 * Windows that are cut off by an edge the same way are done together, so that nothing is asked in a loop and no margins are
 * needed. Large windows are summed row by row: sums of a whole picture would lose digits.
 */
export function pooling(settings: PoolingSettings): Kernel {
  const [rows, columns] = settings.window.size;
  return {
    name: text.pooling[settings.kind](`${rows}×${columns}`), macs: 0, wishes: [], denseOutputs: false, packed: [],
    write: (f, places) => { write(f, settings, places); },
  };
}

/** Outputs in a row whose windows have the same part inside. */
interface Stretch {
  readonly first: number;
  readonly count: number;
  /** Where the first one's window begins, inside. */
  readonly begin: number;
  readonly size: number;
}

function stretchesOf(inputs: number, outputs: number, size: number, stride: number, before: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (let output = 0; output < outputs; output++) {
    const start = output * stride - before;
    const [begin, end] = [Math.max(0, start), Math.min(inputs, start + size)];
    const last = stretches.at(-1);
    if (last !== undefined && last.size === end - begin && begin === last.begin + last.count * stride) stretches[stretches.length - 1] = { ...last, count: last.count + 1 };
    else stretches.push({ first: output, count: 1, begin, size: end - begin });
  }
  return stretches;
}

/** A pixel's channels as groups of vectors, and how many lanes of the last one are stored. */
function groupsOf({ shape: [, , , channels], room }: View): readonly { readonly vectors: number; readonly count: number; readonly stored: number }[] {
  const whole = Math.floor(Math.min(room, Math.ceil(channels / lanes) * lanes) / lanes);
  const groups = [{ vectors: vectorsAtOnce, count: Math.floor(whole / vectorsAtOnce), stored: lanes }, { vectors: whole % vectorsAtOnce, count: 1, stored: lanes }, { vectors: 1, count: 1, stored: channels - whole * lanes }];
  return groups.filter(({ vectors, count, stored }) => vectors > 0 && count > 0 && stored > 0);
}

function write(f: FunctionWriter, settings: PoolingSettings, { inputs: [input], outputs: [output] }: Places): void {
  if (input === undefined || output === undefined) return;
  const { kind, window: { size, stride, before }, activation } = settings;
  const [pictureIn, pictureOut, rowIn, rowOut, at, to, channelsAt, channelsTo, windowRow, windowAt] = Array.from({ length: 10 }, () => f.local()) as [number, number, number, number, number, number, number, number, number, number];
  const [sums, rowSums] = [f.vectors(vectorsAtOnce), f.vectors(vectorsAtOnce)];
  const [, rowBytes, pixelBytes] = input.strides;
  const combine = kind === 'maximum' ? op.f32x4PseudoMaximum : op.f32x4Add;
  const take = (into: number, from: number, offset: number, first: boolean): void => {
    const value = f.load(op.get(from), offset);
    f.emit(first ? value : [op.get(into), value, combine], op.set(into));
  };
  const gather = (rows: number, columns: number, vectors: number): void => {
    if (rows * columns <= mostStraight) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          for (let vector = 0; vector < vectors; vector++) take(sums[vector] ?? 0, channelsAt, row * rowBytes + column * pixelBytes + vector * vectorBytes, row + column === 0);
        }
      }
      return;
    }
    const neutral: Code = op.v128Const(kind === 'maximum' ? -Infinity : 0);
    for (const sum of sums.slice(0, vectors)) f.emit(neutral, op.set(sum));
    f.follow(windowRow, channelsAt);
    f.repeat(rows, () => {
      for (const sum of rowSums.slice(0, vectors)) f.emit(neutral, op.set(sum));
      f.follow(windowAt, windowRow);
      f.repeat(columns, () => {
        for (let vector = 0; vector < vectors; vector++) take(rowSums[vector] ?? 0, windowAt, vector * vectorBytes, false);
        f.advance(windowAt, pixelBytes);
      });
      for (let vector = 0; vector < vectors; vector++) f.emit(op.get(sums[vector] ?? 0), op.get(rowSums[vector] ?? 0), combine, op.set(sums[vector] ?? 0));
      f.advance(windowRow, rowBytes);
    });
  };
  const pixel = (rows: number, columns: number): void => {
    f.follow(channelsAt, at);
    f.follow(channelsTo, to);
    for (const { vectors, count, stored } of groupsOf(output)) {
      f.repeat(count, () => {
        gather(rows, columns, vectors);
        for (let vector = 0; vector < vectors; vector++) {
          const sum = sums[vector] ?? 0;
          const scaled: Code = kind === 'mean' ? [op.get(sum), op.v128Const(1 / (rows * columns)), op.f32x4Multiply] : op.get(sum);
          f.emit(activate(f, activation, scaled), op.set(sum));
          f.store(op.get(channelsTo), vector * vectorBytes, sum, stored);
        }
        f.advance(channelsAt, vectors * vectorBytes);
        f.advance(channelsTo, vectors * vectorBytes);
      });
    }
  };
  f.point(pictureIn, input.base);
  f.point(pictureOut, output.base);
  f.repeat(output.shape[0], () => {
    for (const rows of stretchesOf(input.shape[1], output.shape[1], size[0], stride[0], before[0])) {
      for (const columns of stretchesOf(input.shape[2], output.shape[2], size[1], stride[1], before[1])) {
        f.follow(rowIn, pictureIn, rows.begin * rowBytes + columns.begin * pixelBytes);
        f.follow(rowOut, pictureOut, rows.first * output.strides[1] + columns.first * output.strides[2]);
        f.repeat(rows.count, () => {
          f.follow(at, rowIn);
          f.follow(to, rowOut);
          f.repeat(columns.count, () => {
            pixel(rows.size, columns.size);
            f.advance(at, stride[1] * pixelBytes);
            f.advance(to, output.strides[2]);
          });
          f.advance(rowIn, stride[0] * rowBytes);
          f.advance(rowOut, output.strides[1]);
        });
      }
    }
    f.advance(pictureIn, input.strides[0]);
    f.advance(pictureOut, output.strides[0]);
  });
}
