import { compiler as text } from '../../messages/compiler';
import { op } from '../emit/assembler';
import { lanes, vectorBytes, type FunctionWriter } from '../emit/function-writer';
import { isFlat, type Shape4, type View } from './layout';
import { finish, type Finish } from './finish';
import type { Kernel, Places } from './kernel';
import { marginsOf, type Window } from './window';

export interface ConvolutionSettings {
  readonly input: Shape4;
  readonly output: Shape4;
  readonly window: Window;
  /** [outputs, rows, columns, inputs] */
  readonly weights: Float32Array;
  readonly bias: Float32Array | null;
  readonly finish: Finish;
}

/** As many pixels at once, with two vectors of output channels each: 12 sums, 2 weights and a value fill x86's 16 registers. */
const tileSums = 12;
const mostPixels = 10;
/** Up to as many steps stand one behind the other without a loop around them. */
const longestStraight = 32;
const unrolled = 8;

/**
 * A convolution of any window as a product of matrices, its pictures read where they lie (implicit GEMM). 1×1 convolutions
 * and fully connected layers, whose pixels are rows of a matrix, are the same.
 *
 * Tile: up to 6 pixels of a row × 8 output channels in registers; a step loads two vectors of weights and one value of each
 * pixel. Few pixels take more channels instead, because a sum waits for the one before it. Pixels of a row (of the whole
 * picture where it is flat) are split into tiles that differ by one at most, so that no tail is slow.
 * Packing: output channels in blocks of a tile's, each block [rows, columns, inputs][channels], biases alike; what a block has
 * beyond the last channel is zero, computed, and written only where there is room for it.
 */
export function convolution(settings: ConvolutionSettings): Kernel {
  const { input, output, window, finish: { residual } } = settings;
  const [rows, columns] = window.size;
  const steps = rows * columns * input[3];
  const blocks = blocksOf(output[3], vectorsFor(rows * columns === 1 ? output[0] * output[1] * output[2] : output[2]));
  return {
    name: text.convolution(`${rows}×${columns}`),
    macs: output.reduce((product, size) => product * size, 1) * steps,
    wishes: [{ margins: marginsOf(window, input, output), dense: false }, ...(residual === null ? [] : [undefined])],
    denseOutputs: false,
    packed: [pack(settings, blocks, steps), packBias(settings.bias, output[3])],
    write: (f, places) => { write(f, settings, blocks, places); },
  };
}

function vectorsFor(pixels: number): number {
  return pixels >= 4 ? 2 : pixels >= 2 ? 4 : 8;
}

/** Output channels from `first` on that a tile computes at once. */
interface Block {
  readonly first: number;
  readonly vectors: number;
}

function blocksOf(channels: number, vectors: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let first = 0; first < channels; first += vectors * lanes) blocks.push({ first, vectors: Math.min(vectors, Math.ceil((channels - first) / lanes)) });
  return blocks;
}

function pack({ output: [, , , outputs], weights }: ConvolutionSettings, blocks: readonly Block[], steps: number): Float32Array {
  const packed = new Float32Array(Math.ceil(outputs / lanes) * lanes * steps);
  let at = 0;
  for (const { first, vectors } of blocks) {
    const width = vectors * lanes;
    const count = Math.min(width, outputs - first);
    for (let channel = 0; channel < count; channel++) {
      const source = (first + channel) * steps;
      for (let step = 0; step < steps; step++) packed[at + step * width + channel] = weights[source + step] ?? 0;
    }
    at += width * steps;
  }
  return packed;
}

export function packBias(bias: Float32Array | null, channels: number): Float32Array {
  const packed = new Float32Array(Math.ceil(channels / lanes) * lanes);
  if (bias !== null) packed.set(bias.subarray(0, channels));
  return packed;
}

/** Blocks in a row that are written alike, so that one loop does them. */
interface Run extends Block {
  readonly count: number;
}

function runsOf(blocks: readonly Block[], channels: number, room: number, residualChannels: number): readonly Run[] {
  const kindOf = ({ first, vectors }: Block): string => {
    const end = first + vectors * lanes;
    const added = residualChannels >= end ? 'all' : residualChannels <= first ? 'none' : `to ${residualChannels - first}`;
    return `${vectors} ${end <= room ? 'whole' : `to ${channels - first}`} ${added}`;
  };
  const runs: Run[] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (last !== undefined && kindOf(last) === kindOf(block)) runs[runs.length - 1] = { ...last, count: last.count + 1 };
    else runs.push({ ...block, count: 1 });
  }
  return runs;
}

/** Pixels in tiles of at most `most` that differ by one at most: the larger ones first. */
export function tilesOf(pixels: number, most: number): readonly { readonly size: number; readonly count: number }[] {
  const tiles = Math.ceil(pixels / most);
  const size = Math.ceil(pixels / tiles);
  const smaller = size * tiles - pixels;
  return [{ size, count: tiles - smaller }, { size: size - 1, count: smaller }].filter(({ count }) => count > 0);
}

function write(f: FunctionWriter, settings: ConvolutionSettings, blocks: readonly Block[], { inputs: [input, other], outputs: [output], packed: [weights = 0, biases = 0] }: Places): void {
  if (input === undefined || output === undefined) return;
  const { window: { size, stride, before }, finish: { residual } } = settings;
  const flat = size[0] * size[1] === 1 && stride[0] * stride[1] === 1 && [input, output, ...(other === undefined ? [] : [other])].every(isFlat);
  const [batches, height, width] = output.shape;
  const [rowsAt, rows, pixels] = flat ? [1, 1, batches * height * width] : [batches, height, width];
  const runs = runsOf(blocks, output.shape[3], output.room, residual?.channels ?? 0);
  const most = Math.min(mostPixels, Math.floor(tileSums / (blocks[0]?.vectors ?? 1)));
  const views = [{ view: input, step: stride, back: before }, { view: output, step: [1, 1], back: [0, 0] }, ...(other === undefined ? [] : [{ view: other, step: [1, 1], back: [0, 0] }])] as const;
  const [pictureAt, rowAt, tileAt] = [views.map(() => f.local()), views.map(() => f.local()), views.map(() => f.local())] as const;
  const tile = new Tile(f, settings, input, output, other);
  views.forEach(({ view, back }, index) => { f.point(pictureAt[index] ?? 0, view.base - back[0] * view.strides[1] - back[1] * view.strides[2]); });
  f.repeat(rowsAt, () => {
    views.forEach((_, index) => { f.follow(rowAt[index] ?? 0, pictureAt[index] ?? 0); });
    f.repeat(rows, () => {
      views.forEach((_, index) => { f.follow(tileAt[index] ?? 0, rowAt[index] ?? 0); });
      for (const { size: tilePixelCount, count } of tilesOf(pixels, most)) {
        f.repeat(count, () => {
          tile.write(tilePixelCount, runs, weights, biases, tileAt);
          views.forEach(({ view, step }, index) => { f.advance(tileAt[index] ?? 0, tilePixelCount * step[1] * view.strides[2]); });
        });
      }
      views.forEach(({ view, step }, index) => { f.advance(rowAt[index] ?? 0, step[0] * view.strides[1]); });
    });
    views.forEach(({ view }, index) => { f.advance(pictureAt[index] ?? 0, view.strides[0]); });
  });
}

class Tile {
  readonly #f: FunctionWriter;
  readonly #settings: ConvolutionSettings;
  readonly #input: View;
  readonly #output: View;
  readonly #other: View | undefined;
  readonly #sums: readonly number[];
  readonly #weights: readonly number[];
  readonly #value: number;
  readonly #weightsAt: number;
  readonly #biasAt: number;
  readonly #outputAt: number;
  readonly #otherAt: number;
  readonly #windowRowAt: number;
  readonly #inputAt: number;

  constructor(f: FunctionWriter, settings: ConvolutionSettings, input: View, output: View, other: View | undefined) {
    [this.#f, this.#settings, this.#input, this.#output, this.#other] = [f, settings, input, output, other];
    this.#sums = f.vectors(tileSums);
    this.#weights = f.vectors(8);
    this.#value = f.local('v128');
    [this.#weightsAt, this.#biasAt, this.#outputAt, this.#otherAt, this.#windowRowAt, this.#inputAt] = [f.local(), f.local(), f.local(), f.local(), f.local(), f.local()];
  }

  /** All output channels of some neighbouring pixels, whose places are in `tileAt`: of the input, the output and the residual. */
  write(pixels: number, runs: readonly Run[], weights: number, biases: number, [inputAt = 0, outputAt = 0, otherAt]: readonly number[]): void {
    const f = this.#f;
    f.point(this.#weightsAt, weights);
    f.point(this.#biasAt, biases);
    f.follow(this.#outputAt, outputAt);
    if (otherAt !== undefined) f.follow(this.#otherAt, otherAt);
    for (const run of runs) {
      f.repeat(run.count, () => {
        this.#begin(pixels, run.vectors);
        this.#accumulate(pixels, run.vectors, inputAt);
        this.#end(pixels, run);
        f.advance(this.#biasAt, run.vectors * vectorBytes);
        f.advance(this.#outputAt, run.vectors * vectorBytes);
        if (otherAt !== undefined) f.advance(this.#otherAt, run.vectors * vectorBytes);
      });
    }
  }

  #sum(pixel: number, vector: number, vectors: number): number {
    return this.#sums[pixel * vectors + vector] ?? 0;
  }

  #begin(pixels: number, vectors: number): void {
    for (let vector = 0; vector < vectors; vector++) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        const first = this.#sum(0, vector, vectors);
        this.#f.emit(pixel === 0 ? this.#f.load(op.get(this.#biasAt), vector * vectorBytes) : op.get(first), op.set(this.#sum(pixel, vector, vectors)));
      }
    }
  }

  #accumulate(pixels: number, vectors: number, inputAt: number): void {
    const f = this.#f;
    const { window: { size: [rows, columns], dilation } } = this.#settings;
    const channels = this.#input.shape[3];
    const [, rowBytes, pixelBytes] = this.#input.strides;
    const together = dilation[1] === 1 && pixelBytes === channels * 4;
    const stretches = together ? [{ offset: 0, length: columns * channels }] : Array.from({ length: columns }, (_, column) => ({ offset: column * dilation[1] * pixelBytes, length: channels }));
    const steps = rows * columns * channels;
    if (steps <= longestStraight) {
      let step = 0;
      for (let row = 0; row < rows; row++) {
        for (const { offset, length } of stretches) for (let k = 0; k < length; k++) this.#step(pixels, vectors, inputAt, row * dilation[0] * rowBytes + offset + k * 4, step++);
      }
      f.advance(this.#weightsAt, steps * vectors * vectorBytes);
      return;
    }
    if (rows > 1) f.follow(this.#windowRowAt, inputAt);
    f.repeat(rows, () => {
      for (const { offset, length } of stretches) {
        const turns = Math.floor(length / unrolled);
        f.follow(this.#inputAt, rows > 1 ? this.#windowRowAt : inputAt, offset);
        f.repeat(turns, () => {
          for (let k = 0; k < unrolled; k++) this.#step(pixels, vectors, this.#inputAt, k * 4, k);
          f.advance(this.#weightsAt, unrolled * vectors * vectorBytes);
          f.advance(this.#inputAt, unrolled * 4);
        });
        const rest = length % unrolled;
        for (let k = 0; k < rest; k++) this.#step(pixels, vectors, this.#inputAt, k * 4, k);
        f.advance(this.#weightsAt, rest * vectors * vectorBytes);
      }
      if (rows > 1) f.advance(this.#windowRowAt, dilation[0] * rowBytes);
    });
  }

  /** sums += value of each pixel × weights of each vector */
  #step(pixels: number, vectors: number, at: number, offset: number, step: number): void {
    const f = this.#f;
    const pixelBytes = this.#settings.window.stride[1] * this.#input.strides[2];
    for (let vector = 0; vector < vectors; vector++) f.emit(f.load(op.get(this.#weightsAt), (step * vectors + vector) * vectorBytes), op.set(this.#weights[vector] ?? 0));
    for (let pixel = 0; pixel < pixels; pixel++) {
      f.emit(f.splat(op.get(at), offset + pixel * pixelBytes), op.set(this.#value));
      for (let vector = 0; vector < vectors; vector++) {
        const sum = this.#sum(pixel, vector, vectors);
        f.emit(f.multiplyAdd(op.get(this.#value), op.get(this.#weights[vector] ?? 0), op.get(sum)), op.set(sum));
      }
    }
  }

  #end(pixels: number, { first, vectors, count }: Run): void {
    const f = this.#f;
    const { shape: [, , , channels], strides: [, , pixelBytes], room } = this.#output;
    const otherBytes = this.#other?.strides[2] ?? 0;
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let vector = 0; vector < vectors; vector++) {
        const sum = this.#sum(pixel, vector, vectors);
        // Blocks of one run are finished alike, so that the first speaks for all.
        const channel = first + vector * lanes;
        finish(f, this.#settings.finish, sum, channel, () => f.load(op.get(this.#otherAt), pixel * otherBytes + vector * vectorBytes));
        const there = count > 1 || channel + lanes <= room ? lanes : Math.min(lanes, channels - channel);
        f.store(op.get(this.#outputAt), pixel * pixelBytes + vector * vectorBytes, sum, there);
      }
    }
  }
}
