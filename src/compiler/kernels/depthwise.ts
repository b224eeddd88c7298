import { compiler as text } from '../../messages/compiler';
import { op, type Code } from '../emit/assembler';
import { lanes, vectorBytes, type FunctionWriter } from '../emit/function-writer';
import type { Shape4, View } from './layout';
import { tilesOf } from './convolution';
import { finish, type Finish } from './finish';
import type { Kernel, Places } from './kernel';
import { marginsOf, type Window } from './window';

export interface DepthwiseSettings {
  readonly input: Shape4;
  readonly output: Shape4;
  readonly window: Window;
  /** Output channels of each input channel. */
  readonly multiplier: number;
  /** [rows, columns, outputs] */
  readonly weights: Float32Array;
  readonly bias: Float32Array | null;
  readonly finish: Finish;
}

/** Windows of up to as many weights keep them in registers for a whole row. */
const mostKept = 9;
const tilePixels = 4;

/**
 * A depthwise convolution of any window, stride, dilation and multiplier.
 *
 * Tile: 4 neighbouring pixels × 4 channels; each value of the picture is loaded once for all pixels of the tile whose windows
 * it is in. Rows, then blocks of 4 channels with their weights in registers (of larger windows a row of them), then pixels.
 * Packing: blocks of 4 channels, each its window's weights and then the bias; beyond the last channel zeros.
 */
export function depthwise(settings: DepthwiseSettings): Kernel {
  const { input, output, window, finish: { residual } } = settings;
  const [rows, columns] = window.size;
  return {
    name: text.depthwise(`${rows}×${columns}`),
    macs: output.reduce((product, size) => product * size, 1) * rows * columns,
    wishes: [{ margins: marginsOf(window, input, output), dense: false }, ...(residual === null ? [] : [undefined])],
    denseOutputs: false,
    packed: [pack(settings)],
    write: (f, places) => { write(f, settings, places); },
  };
}

function pack({ output: [, , , channels], window: { size: [rows, columns] }, weights, bias }: DepthwiseSettings): Float32Array {
  const taps = rows * columns;
  const packed = new Float32Array(Math.ceil(channels / lanes) * lanes * (taps + 1));
  for (let channel = 0; channel < channels; channel++) {
    const at = Math.floor(channel / lanes) * lanes * (taps + 1) + (channel % lanes);
    for (let tap = 0; tap < taps; tap++) packed[at + tap * lanes] = weights[tap * channels + channel] ?? 0;
    packed[at + taps * lanes] = bias?.[channel] ?? 0;
  }
  return packed;
}

/** Blocks of channels in a row that read, add and store alike. */
interface Run {
  readonly first: number;
  readonly count: number;
  /** How many of a vector's lanes are stored. */
  readonly stored: number;
}

function runsOf({ output, multiplier, finish: { residual } }: DepthwiseSettings, { shape: [, , , channels], room }: View): readonly Run[] {
  const kindOf = (first: number): string => {
    const added = Math.max(0, Math.min(lanes, (residual?.channels ?? 0) - first));
    return `${first + lanes <= room} ${added} ${first % multiplier}`;
  };
  const runs: Run[] = [];
  for (let first = 0; first < output[3]; first += lanes) {
    const last = runs.at(-1);
    if (last !== undefined && kindOf(last.first) === kindOf(first)) runs[runs.length - 1] = { ...last, count: last.count + 1 };
    else runs.push({ first, count: 1, stored: first + lanes <= room ? lanes : Math.min(lanes, channels - first) });
  }
  return runs;
}

function write(f: FunctionWriter, settings: DepthwiseSettings, { inputs: [input, other], outputs: [output], packed: [weights = 0] }: Places): void {
  if (input === undefined || output === undefined) return;
  const { window: { size: [rows, columns], stride, dilation, before }, multiplier } = settings;
  const [batches, height, width] = output.shape;
  const [, rowBytes, pixelBytes] = input.strides;
  const taps = rows * columns;
  const keepsAll = taps <= mostKept;
  const kept = f.vectors(keepsAll ? taps : columns);
  const [value, bias] = [f.local('v128'), f.local('v128')];
  const sums = f.vectors(tilePixels);
  const weightsAt = f.local();
  const views = [{ view: input, step: stride, first: input.base - before[0] * rowBytes - before[1] * pixelBytes }, { view: output, step: [1, 1], first: output.base }, ...(other === undefined ? [] : [{ view: other, step: [1, 1], first: other.base }])] as const;
  const [pictureAt, rowAt, blockAt] = [views.map(() => f.local()), views.map(() => f.local()), views.map(() => f.local())] as const;
  const [inputAt = 0, outputAt = 0, otherAt = 0] = blockAt;
  const runs = runsOf(settings, output);

  /** Windows' values in a row that some pixel of the tile looks at, each with the pixels and the window's column that it is for. */
  const looks = (pixels: number): Map<number, (readonly [pixel: number, column: number])[]> => {
    const found = new Map<number, (readonly [number, number])[]>();
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let column = 0; column < columns; column++) {
        const at = pixel * stride[1] + column * dilation[1];
        found.set(at, [...found.get(at) ?? [], [pixel, column]]);
      }
    }
    return new Map([...found].sort(([one], [two]) => one - two));
  };
  const loadTap = (tap: number, into: number): void => { f.emit(f.load(op.get(weightsAt), tap * vectorBytes), op.set(into)); };

  const tile = (pixels: number, { first, stored }: Run): void => {
    for (let pixel = 0; pixel < pixels; pixel++) f.emit(op.get(bias), op.set(sums[pixel] ?? 0));
    for (let row = 0; row < rows; row++) {
      if (!keepsAll) kept.forEach((local, column) => { loadTap(row * columns + column, local); });
      for (const [at, uses] of looks(pixels)) {
        f.emit(spread(f.load(op.get(inputAt), row * dilation[0] * rowBytes + at * pixelBytes), first, multiplier), op.set(value));
        for (const [pixel, column] of uses) {
          const sum = sums[pixel] ?? 0;
          f.emit(f.multiplyAdd(op.get(value), op.get(kept[keepsAll ? row * columns + column : column] ?? 0), op.get(sum)), op.set(sum));
        }
      }
    }
    for (let pixel = 0; pixel < pixels; pixel++) {
      const sum = sums[pixel] ?? 0;
      finish(f, settings.finish, sum, first, () => f.load(op.get(otherAt), pixel * (other?.strides[2] ?? 0)));
      f.store(op.get(outputAt), pixel * output.strides[2], sum, stored);
    }
    views.forEach(({ view, step }, index) => { f.advance(blockAt[index] ?? 0, pixels * step[1] * view.strides[2]); });
  };

  views.forEach(({ first }, index) => { f.point(pictureAt[index] ?? 0, first); });
  f.repeat(batches, () => {
    views.forEach((_, index) => { f.follow(rowAt[index] ?? 0, pictureAt[index] ?? 0); });
    f.repeat(height, () => {
      f.point(weightsAt, weights);
      views.forEach((_, index) => { f.follow(blockAt[index] ?? 0, rowAt[index] ?? 0); });
      for (const run of runs) {
        f.repeat(run.count, () => {
          if (keepsAll) kept.forEach((local, tap) => { loadTap(tap, local); });
          loadTap(taps, bias);
          for (const { size, count } of tilesOf(width, tilePixels)) f.repeat(count, () => { tile(size, run); });
          f.advance(weightsAt, (taps + 1) * vectorBytes);
          // Back to the row's beginning, and on to the next channels. Those of the input go slower where each makes several.
          views.forEach(({ view, step }, index) => {
            const channels = index === 0 ? Math.floor((run.first + lanes) / multiplier) - Math.floor(run.first / multiplier) : lanes;
            f.advance(blockAt[index] ?? 0, channels * 4 - width * step[1] * view.strides[2]);
          });
        });
      }
      views.forEach(({ view, step }, index) => { f.advance(rowAt[index] ?? 0, step[0] * view.strides[1]); });
    });
    views.forEach(({ view }, index) => { f.advance(pictureAt[index] ?? 0, view.strides[0]); });
  });
}

/** Input channels to the output channels that they are for: `first` and the three behind it. */
function spread(vector: Code, first: number, multiplier: number): Code {
  if (multiplier === 1) return vector;
  const from = Math.floor(first / multiplier);
  const places = Array.from({ length: lanes }, (_, lane) => Math.floor((first + lane) / multiplier) - from);
  return [vector, vector, op.i8x16Shuffle(places.flatMap((place) => [0, 1, 2, 3].map((byte) => place * 4 + byte)))];
}
