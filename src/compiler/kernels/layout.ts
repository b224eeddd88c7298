import { elementCount } from '../../tensor/dtype';
import type { Shape } from '../../tflite/analysis/ops/context';

/** Batch, height, width and channels: how kernels see every tensor. */
export type Shape4 = readonly [batches: number, height: number, width: number, channels: number];

/** Rows and columns of zeros around a picture, so that windows have no edges. */
export interface Margins {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const noMargins: Margins = { top: 0, left: 0, bottom: 0, right: 0 };

/** Where a tensor lies. */
export interface View {
  readonly shape: Shape4;
  /** Address of its first element. */
  readonly base: number;
  /** Bytes from one batch, row, column and channel to the next. */
  readonly strides: Shape4;
  /** Floats of a pixel, from its first channel on, that may be written: what lies behind the channels belongs to nobody. */
  readonly room: number;
}

/** Floats are read a vector at a time, so that up to this many bytes behind a tensor are read, and never looked at. */
export const slackBytes = 16;

/** A shape of fewer dimensions begins with ones; of more, the first ones are one. */
export function shape4(shape: Shape): Shape4 {
  const padded = [1, 1, 1, 1, ...shape];
  const [height = 1, width = 1, channels = 1] = padded.slice(-3);
  return [elementCount(shape) === 0 ? 0 : elementCount(shape) / (height * width * channels), height, width, channels];
}

/** Where an axis of a shape stands among the four; null for one of those that are taken together. */
export function axis4(shape: Shape, axis: number): number | null {
  const place = axis + 4 - shape.length;
  return place >= 1 || (place === 0 && shape.length <= 4) ? place : null;
}

/** Bytes from one element to the next in each dimension, nothing between them. */
export function denseStrides<S extends readonly number[]>(shape: S): S {
  return shape.map((_, axis) => elementCount(shape.slice(axis + 1)) * 4) as unknown as S;
}

/** How a tensor lies that has room around and between its pixels. */
export interface Layout {
  readonly strides: Shape4;
  /** Bytes before the first element. */
  readonly before: number;
  readonly bytes: number;
  readonly room: number;
}

export function denseLayout(shape: Shape4): Layout {
  return { strides: denseStrides(shape), before: 0, bytes: elementCount(shape) * 4, room: shape[3] };
}

/**
 * Margins lie around each picture; between two rows there is one, the end of the upper and the beginning of the lower.
 * Pixels of four channels or more take whole vectors.
 */
export function paddedLayout([batches, height, width, channels]: Shape4, { top, left, bottom, right }: Margins): Layout {
  const room = channels < 4 ? channels : Math.ceil(channels / 4) * 4;
  const pixel = room * 4;
  const side = Math.max(left, right);
  const row = (width + side) * pixel;
  const batch = (top + height + bottom) * row + (right > 0 ? side * pixel : 0);
  return { strides: [batch, row, pixel, 4], before: top * row + side * pixel * (left > 0 || right > 0 ? 1 : 0), bytes: batches * batch + side * pixel, room };
}

/** Whether rows follow each other like pixels, so that the picture is one long row. */
export function isFlat({ shape: [batches, height, width], strides: [batch, row, pixel] }: View): boolean {
  return (height === 1 || row === width * pixel) && (batches === 1 || batch === height * (height === 1 ? width * pixel : row));
}
