/** Ops in plain loops and double precision, written from TFLite's definition of each: what the kernels are held to. */
import { elementCount } from '../../../../../tensor/dtype';
import type { Numbers } from './one-op';

export type Shape = readonly number[];

/** Numbers of a shape from a function of the coordinates. */
export function fill(shape: Shape, at: (coordinates: readonly number[]) => number): Numbers {
  const values: number[] = [];
  for (let flat = 0; flat < elementCount(shape); flat++) values.push(at(coordinatesOf(flat, shape)));
  return { shape, values };
}

export function coordinatesOf(flat: number, shape: Shape): number[] {
  let rest = flat;
  return [...shape].reverse().map((size) => {
    const coordinate = rest % size;
    rest = Math.floor(rest / size);
    return coordinate;
  }).reverse();
}

/** The element at the coordinates; a dimension of size 1 stretches, missing leading ones are ignored. */
export function at({ shape, values }: Numbers, coordinates: readonly number[]): number {
  const own = coordinates.slice(coordinates.length - shape.length);
  const flat = shape.reduce((position, size, dimension) => position * size + (size === 1 ? 0 : own[dimension] ?? 0), 0);
  return values[flat] ?? NaN;
}

export function stretched(...shapes: readonly Shape[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, dimension) => Math.max(...shapes.map((shape) => shape[dimension - rank + shape.length] ?? 1)));
}

export function pairwise(one: Numbers, other: Numbers, apply: (a: number, b: number) => number): Numbers {
  return fill(stretched(one.shape, other.shape), (coordinates) => apply(at(one, coordinates), at(other, coordinates)));
}

export function each(one: Numbers, apply: (value: number) => number): Numbers {
  return { shape: one.shape, values: one.values.map(apply) };
}

export interface Window {
  readonly padding: 'SAME' | 'VALID';
  readonly strides: readonly [number, number];
  readonly dilations?: readonly [number, number];
}

/** Output size and what is added before, as TFLite's ComputePadding has it. */
export function extent(size: number, kernel: number, stride: number, dilation: number, padding: 'SAME' | 'VALID'): { readonly size: number; readonly before: number } {
  const reach = (kernel - 1) * dilation + 1;
  const out = padding === 'SAME' ? Math.ceil(size / stride) : Math.ceil((size - reach + 1) / stride);
  return { size: out, before: padding === 'SAME' ? Math.floor(Math.max(0, (out - 1) * stride + reach - size) / 2) : 0 };
}

/** What a window over an image gives at each place: `gather` is handed the image's rows and columns with those of the window. */
export function overWindows(input: Numbers, kernel: readonly [number, number], channels: number, { padding, strides, dilations = [1, 1] }: Window, gather: (taps: readonly { readonly y: number; readonly x: number; readonly ky: number; readonly kx: number }[], batch: number, channel: number) => number): Numbers {
  const [batches = 0, height = 0, width = 0] = input.shape;
  const rows = extent(height, kernel[0], strides[0], dilations[0], padding);
  const columns = extent(width, kernel[1], strides[1], dilations[1], padding);
  return fill([batches, rows.size, columns.size, channels], ([batch = 0, row = 0, column = 0, channel = 0]) => {
    const taps: { y: number; x: number; ky: number; kx: number }[] = [];
    for (let ky = 0; ky < kernel[0]; ky++) {
      for (let kx = 0; kx < kernel[1]; kx++) {
        const [y, x] = [row * strides[0] - rows.before + ky * dilations[0], column * strides[1] - columns.before + kx * dilations[1]];
        if (y >= 0 && y < height && x >= 0 && x < width) taps.push({ y, x, ky, kx });
      }
    }
    return gather(taps, batch, channel);
  });
}

export function convolution(input: Numbers, filter: Numbers, bias: Numbers | null, window: Window): Numbers {
  const [outputs = 0, height = 0, width = 0, perGroup = 0] = filter.shape;
  const perOutput = outputs / ((input.shape[3] ?? 0) / perGroup);
  return overWindows(input, [height, width], outputs, window, (taps, batch, output) => {
    let sum = bias?.values[output] ?? 0;
    const first = Math.floor(output / perOutput) * perGroup;
    for (const { y, x, ky, kx } of taps) for (let channel = 0; channel < perGroup; channel++) sum += at(input, [batch, y, x, first + channel]) * at(filter, [output, ky, kx, channel]);
    return sum;
  });
}

export function depthwise(input: Numbers, filter: Numbers, bias: Numbers | null, window: Window): Numbers {
  const [, height = 0, width = 0, outputs = 0] = filter.shape;
  const multiplier = outputs / (input.shape[3] ?? 1);
  return overWindows(input, [height, width], outputs, window, (taps, batch, output) =>
    taps.reduce((sum, { y, x, ky, kx }) => sum + at(input, [batch, y, x, Math.floor(output / multiplier)]) * at(filter, [0, ky, kx, output]), bias?.values[output] ?? 0));
}

/** Each input element adds its filter to the output. `before` is what SAME cuts off at the start. */
export function transposedConvolution(input: Numbers, filter: Numbers, bias: Numbers | null, shape: Shape, strides: readonly [number, number], padding: 'SAME' | 'VALID'): Numbers {
  const [, kernelHeight = 0, kernelWidth = 0, channels = 0] = filter.shape;
  const [, height = 0, width = 0] = input.shape;
  const top = extent(shape[1] ?? 0, kernelHeight, strides[0], 1, padding).before;
  const left = extent(shape[2] ?? 0, kernelWidth, strides[1], 1, padding).before;
  return fill(shape, ([batch = 0, row = 0, column = 0, output = 0]) => {
    let sum = bias?.values[output] ?? 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [ky, kx] = [row + top - y * strides[0], column + left - x * strides[1]];
        if (ky < 0 || ky >= kernelHeight || kx < 0 || kx >= kernelWidth) continue;
        for (let channel = 0; channel < channels; channel++) sum += at(input, [batch, y, x, channel]) * at(filter, [output, ky, kx, channel]);
      }
    }
    return sum;
  });
}

/** Reduces over axes; `apply` gets all values that fall on one place. */
export function reduction(input: Numbers, axes: readonly number[], keep: boolean, apply: (values: readonly number[]) => number): Numbers {
  const kept = input.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const groups = new Map<number, number[]>();
  input.values.forEach((value, flat) => {
    const coordinates = coordinatesOf(flat, input.shape);
    const place = kept.reduce((position, size, axis) => position * size + (size === 1 ? 0 : coordinates[axis] ?? 0), 0);
    groups.set(place, [...groups.get(place) ?? [], value]);
  });
  const values = Array.from({ length: elementCount(kept) }, (_, place) => apply(groups.get(place) ?? []));
  return { shape: keep ? kept : input.shape.filter((_, axis) => !axes.includes(axis)), values };
}

/** TFLite's resizing: where an output row or column lies in the input. */
export function sourcePosition(index: number, from: number, to: number, alignCorners: boolean, halfPixel: boolean): number {
  const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  return halfPixel ? (index + 0.5) * scale - 0.5 : index * scale;
}

export function resizeBilinear(input: Numbers, height: number, width: number, alignCorners: boolean, halfPixel: boolean): Numbers {
  const [batches = 0, rows = 0, columns = 0, channels = 0] = input.shape;
  return fill([batches, height, width, channels], ([batch = 0, row = 0, column = 0, channel = 0]) => {
    const y = sourcePosition(row, rows, height, alignCorners, halfPixel);
    const x = sourcePosition(column, columns, width, alignCorners, halfPixel);
    const [top, left] = [Math.max(0, Math.floor(y)), Math.max(0, Math.floor(x))];
    const [bottom, right] = [Math.min(rows - 1, Math.floor(y) + 1), Math.min(columns - 1, Math.floor(x) + 1)];
    const [down, across] = [y - Math.floor(y), x - Math.floor(x)];
    const value = (r: number, c: number): number => at(input, [batch, r, c, channel]);
    return (value(top, left) * (1 - across) + value(top, right) * across) * (1 - down) + (value(bottom, left) * (1 - across) + value(bottom, right) * across) * down;
  });
}

export function resizeNearest(input: Numbers, height: number, width: number, alignCorners: boolean, halfPixel: boolean): Numbers {
  const [batches = 0, rows = 0, columns = 0, channels = 0] = input.shape;
  const nearest = (index: number, from: number, to: number): number => {
    const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
    const position = (index + (halfPixel ? 0.5 : 0)) * scale;
    return Math.max(0, Math.min(from - 1, alignCorners ? Math.round(position) : Math.floor(position)));
  };
  return fill([batches, height, width, channels], ([batch = 0, row = 0, column = 0, channel = 0]) => at(input, [batch, nearest(row, rows, height), nearest(column, columns, width), channel]));
}
