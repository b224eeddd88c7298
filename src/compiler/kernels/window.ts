import type { Margins, Shape4 } from './layout';

/** A window that goes over a picture; pairs are of rows and columns. */
export interface Window {
  readonly size: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** Rows above and columns left of the picture where the first window begins; below 0 for inside of it. */
  readonly before: readonly [number, number];
}

/** What SAME adds before a picture, as TFLite's ComputePadding has it. */
export function sameBefore(inputs: number, outputs: number, size: number, stride: number, dilation: number): number {
  return Math.floor(Math.max(0, (outputs - 1) * stride + (size - 1) * dilation + 1 - inputs) / 2);
}

/** The margins with which no window leaves its picture. */
export function marginsOf({ size, stride, dilation, before }: Window, input: Shape4, output: Shape4): Margins {
  const after = (axis: 0 | 1): number => Math.max(0, (output[axis === 0 ? 1 : 2] - 1) * stride[axis] + (size[axis] - 1) * dilation[axis] + 1 - before[axis] - input[axis === 0 ? 1 : 2]);
  return { top: Math.max(0, before[0]), left: Math.max(0, before[1]), bottom: after(0), right: after(1) };
}
