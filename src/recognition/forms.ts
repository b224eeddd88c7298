import type { SignatureTensor } from '../tflite/analysis/summary';
import type { Preprocessing } from '../vision/shared/types';
import type { RecognitionSubject } from './types';

type Values = Preprocessing['values'];

/** What black and white become in inputs of real numbers. */
export const fromZeroToOne: Values = { kind: 'normalise', mean: [0], std: [255] };
export const fromMinusOneToOne: Values = { kind: 'normalise', mean: [127.5], std: [127.5] };

/** Pixels as they are, 0 to 255, whatever the input's type. */
export function pixelValues({ dtype }: Pick<SignatureTensor, 'dtype'>): Values {
  // Only these two go by their own scale: a float has none, and 0 to 255 is what the other integers hold.
  return dtype === 'int8' || dtype === 'int16' ? { kind: 'normalise', mean: [0], std: [1] } : { kind: 'pixels' };
}

/** Of a shape that is known as a whole; NaN where a dimension is free. */
export function sizeOf({ shape }: { readonly shape: readonly number[] }): number {
  return shape.some((dimension) => dimension < 0) ? NaN : shape.reduce((product, dimension) => product * dimension, 1);
}

export interface PictureForm<Tensor> {
  readonly tensor: Tensor;
  /** −1 where it is free. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Smaller than any picture that a model reads or makes, larger than the small dimensions of other tensors. */
const smallestSide = 8;

/** Those that have a picture's form: one picture with 1, 3 or 4 channels last, or first; sides may be free. */
export function picturesAmong<Tensor extends { readonly shape: readonly number[] }>(tensors: readonly Tensor[]): readonly PictureForm<Tensor>[] {
  return tensors.flatMap((tensor) => {
    const [batch, first = 0, second = 0, third = 0] = tensor.shape;
    if (tensor.shape.length !== 4 || batch !== 1) return [];
    const isSide = (side: number): boolean => side === -1 || side >= smallestSide;
    const isChannels = (channels: number): boolean => channels === 1 || channels === 3 || channels === 4;
    if (isChannels(third) && isSide(first) && isSide(second)) return [{ tensor, height: first, width: second, channels: third }];
    return isChannels(first) && isSide(second) && isSide(third) ? [{ tensor, height: second, width: third, channels: first }] : [];
  });
}

/** The only input, if it is a picture of three channels; null for any other model. */
export function lonePicture(inputs: readonly SignatureTensor[]): PictureForm<SignatureTensor> | null {
  const [picture] = picturesAmong(inputs);
  return picture !== undefined && inputs.length === 1 && picture.channels === 3 ? picture : null;
}

/** Rows and columns of one value a pixel: [1, h, w, 1], [1, 1, h, w], [1, h, w] or [h, w], −1 where they are free; null for any other shape. */
export function mapForm({ shape }: { readonly shape: readonly number[] }): { readonly height: number; readonly width: number } | null {
  const sides = shape.length === 2 ? shape : shape.length === 3 && shape[0] === 1 ? shape.slice(1)
    : shape.length !== 4 || shape[0] !== 1 ? [] : shape[3] === 1 ? shape.slice(1, 3) : shape[1] === 1 ? shape.slice(2) : [];
  const [height, width] = sides;
  if (height === undefined || width === undefined) return null;
  return [height, width].every((side) => side === -1 || side >= smallestSide) ? { height, width } : null;
}

/** Whether any op of the file is one of these. */
export function usesOp({ summary }: RecognitionSubject, ...names: readonly string[]): boolean {
  return summary.ops.some(({ name }) => names.includes(name));
}

/** The names of the outputs, in the file and in its metadata. */
export function outputWords({ summary, outputs }: RecognitionSubject): string {
  return [...(summary.metadata?.outputs.map(({ name }) => name) ?? []), ...outputs.map(({ name }) => name)].join(' ');
}

/** What the file says of itself in words: its name, description, metadata and the names of its outputs. */
export function wordsOf(subject: RecognitionSubject): string {
  const { metadata, description } = subject.summary;
  return [subject.fileName, description, metadata?.name, metadata?.description, outputWords(subject)].join(' ');
}

/** Whether the file brings names of classes. */
export function hasLabels({ summary }: RecognitionSubject): boolean {
  return summary.metadata?.outputs.some(({ labels }) => labels !== undefined && labels.length > 0) ?? false;
}
