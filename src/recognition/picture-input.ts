import type { SignatureTensor } from '../tflite/analysis/summary';
import { imageShape } from '../vision/frames/shared/image-tensor';
import type { Preprocessing } from '../vision/shared/types';

export interface PictureInput {
  readonly width: number;
  readonly height: number;
  readonly tensor: SignatureTensor;
}

/** The only input, where it is a colour picture of known size; the batch may be free. */
export function pictureInput(inputs: readonly SignatureTensor[]): PictureInput | null {
  const [tensor, ...others] = inputs;
  if (tensor === undefined || others.length > 0 || tensor.shape.length !== 4) return null;
  const shape = tensor.shape.map((size, dimension) => (dimension === 0 && size === -1 ? 1 : size));
  for (const layout of ['nhwc', 'nchw'] as const) {
    const picture = imageShape(shape, layout);
    if (picture !== null && picture.channels === 3) return { width: picture.width, height: picture.height, tensor };
  }
  return null;
}

/** Shape with a batch of 1 where that is free: what the outputs will be once the model runs. */
export function ofOnePicture(shape: readonly number[]): readonly number[] {
  return shape.map((size, dimension) => (dimension === 0 && size === -1 ? 1 : size));
}

/**
 * Pictures as real values from `lowest` to `highest`. Nothing for an integer tensor without a scale: what its steps mean
 * is for the model to say.
 */
export function valuesBetween(lowest: number, highest: number, { dtype, quantization }: SignatureTensor): Pick<Preprocessing, 'values'> | Record<string, never> {
  if (!dtype.startsWith('float') && quantization === undefined) return {};
  const std = 255 / (highest - lowest);
  return { values: { kind: 'normalise', mean: [(0 - lowest) * std], std: [std] } };
}
