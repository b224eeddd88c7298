import type { SignatureTensor } from '../tflite/analysis/summary';
import type { Preprocessing } from '../vision/shared/types';

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
    const [batch = 0, first = 0, second = 0, third = 0] = tensor.shape;
    if (tensor.shape.length !== 4 || Math.abs(batch) !== 1) return [];
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
