import type { DType } from '../../../tensor/dtype';
import type { Quantization } from '../../../tensor/quantization';
import { imageShape } from './image-tensor';
import type { Preprocessing } from '../../shared/types';

/** What a guess needs to know of an input tensor. */
export interface InputDescription {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly quantization?: Quantization | undefined;
}

export interface Normalisation {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

// Smaller than any picture that a model looks at, larger than the small dimensions of sequences and spectra.
const smallestSide = 8;

function guessLayout(shape: readonly number[]): Preprocessing['layout'] | null {
  const candidates = [
    { layout: 'nhwc', channels: [1, 3] }, { layout: 'nchw', channels: [1, 3] }, { layout: 'nhwc', channels: [4] }, { layout: 'nchw', channels: [4] },
  ] as const;
  for (const { layout, channels } of candidates) {
    // Without a batch only the usual order is taken for a picture: [1, steps, features] is a sequence.
    if (layout === 'nchw' && shape.length !== 4) continue;
    const picture = imageShape(shape, layout);
    if (picture === null || picture.height < smallestSide || picture.width < smallestSide) continue;
    if ((channels as readonly number[]).includes(picture.channels)) return layout;
  }
  return null;
}

/**
 * The way in that most models of this form expect, as a starting point: the catalogue or the person knows better.
 * The layout is where 1 or 3 (or 4) channels sit. With mean and std from the model's metadata: `normalise` with them,
 * but uint8 and int32 always take pixels, as in TFLite's own task libraries: metadata of quantized models often state mean 0 and
 * std 1 and contradict the tensor's scale. Without metadata: int8 takes pixels, floats −1 to 1 (TensorFlow's own image
 * models). Fit is `crop`, as classifiers are trained.
 *
 * @param normalisation as the metadata state it; ignored when its lengths do not fit the channels
 * @returns null when the tensor does not look like a picture: free dimensions, other ranks or types, sides under 8
 */
export function defaultPreprocessing(tensor: InputDescription, normalisation: Normalisation | undefined): Preprocessing | null {
  const { dtype, shape } = tensor;
  if (dtype !== 'float32' && dtype !== 'float16' && dtype !== 'uint8' && dtype !== 'int8' && dtype !== 'int32') return null;
  const layout = guessLayout(shape);
  const picture = layout === null ? null : imageShape(shape, layout);
  if (layout === null || picture === null) return null;
  return {
    fit: 'crop',
    resize: 'auto',
    channels: picture.channels === 1 ? 'gray' : 'rgb',
    layout,
    values: valuesFor(dtype, picture.channels, normalisation),
  };
}

function valuesFor(dtype: DType, channels: number, normalisation: Normalisation | undefined): Preprocessing['values'] {
  if (dtype === 'uint8' || dtype === 'int32') return { kind: 'pixels' };
  if (normalisation !== undefined && fits(normalisation, channels)) {
    return { kind: 'normalise', mean: [...normalisation.mean], std: [...normalisation.std] };
  }
  return dtype === 'int8' ? { kind: 'pixels' } : { kind: 'normalise', mean: [127.5], std: [127.5] };
}

function fits({ mean, std }: Normalisation, channels: number): boolean {
  const lengthFits = (list: readonly number[]): boolean => list.length === 1 || list.length === channels;
  return lengthFits(mean) && lengthFits(std) && mean.every(Number.isFinite) && std.every((value) => Number.isFinite(value) && value !== 0);
}
