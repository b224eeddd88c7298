import type { DType } from '../../../tensor/dtype';
import type { InputRange } from '../../../tflite/analysis/input-range';
import { distanceFrom, nearestRange, pixelRanges } from '../../../tflite/analysis/pixel-ranges';
import { imageShape } from './image-tensor';
import type { Preprocessing } from '../../shared/types';

/** What a guess needs to know of an input tensor. */
export interface InputDescription {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** What the file's tensors or first ops say of its values. */
  readonly range?: InputRange | undefined;
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

/** Who says which values a picture has in an input, from what is proven by the file's tensors to a guess. */
export type ValuesFrom =
  | InputRange['from']
  /** Bytes are what an unsigned 8-bit input takes. */
  | 'bytes'
  | 'metadata'
  /** The gallery, and families of models that are recognised. */
  | 'gallery'
  | 'family'
  /** Most float models of colour take −1 to 1; those of grey 0 to 1; channels that come first are PyTorch's habit, and so is ImageNet; whole numbers without a scale. */
  | 'guess-colour'
  | 'guess-grey'
  | 'guess-channels-first'
  | 'guess-integers';

export interface PreprocessingDefault {
  readonly preprocessing: Preprocessing;
  readonly from: ValuesFrom;
  /** Whether the values may well be others: a guess, or a range of the file that is none of the usual ones. */
  readonly doubtful: boolean;
}

/** Calibration sees what pictures it is given, whose darkest and brightest pixels may not be black and white. */
const calibrationTolerance = 0.2;
/** Of integers, a range this near is the known one: pixels then are its integers, to the half of a step. */
const sameTolerance = 0.02;

/**
 * The way in that a model of this form expects, as far as the file tells; what else is known of it (the gallery, a family,
 * a person) may say more. The layout is where 1 or 3 (or 4) channels sit; fit is `crop`, as classifiers are trained.
 *
 * The values follow, in this order: the range that tensors or first ops prove (`inputRange`), where it is near to a usual
 * one; the metadata's mean and std, also where they only say more exactly what the tensors prove; a range that is none of
 * the usual ones, whose ends become black and white; a guess by form. uint8 always takes pixels, as in TFLite's own task
 * libraries: metadata of quantized models often state mean 0 and std 1 and contradict the tensor's scale.
 *
 * @param normalisation as the metadata state it; ignored when its lengths do not fit the channels
 * @returns null when the tensor does not look like a picture: free dimensions, other ranks or types, sides under 8
 */
export function defaultPreprocessing(tensor: InputDescription, normalisation: Normalisation | undefined): PreprocessingDefault | null {
  const { dtype, shape } = tensor;
  if (dtype !== 'float32' && dtype !== 'float16' && dtype !== 'uint8' && dtype !== 'int8' && dtype !== 'int32') return null;
  const layout = guessLayout(shape);
  const picture = layout === null ? null : imageShape(shape, layout);
  if (layout === null || picture === null) return null;
  const { values, ...known } = valuesFor(tensor, picture.channels, layout, normalisation);
  return { preprocessing: { fit: 'crop', resize: 'auto', channels: picture.channels === 1 ? 'gray' : 'rgb', layout, values }, ...known };
}

type KnownValues = Omit<PreprocessingDefault, 'preprocessing'> & Pick<Preprocessing, 'values'>;

function valuesFor({ dtype, range }: InputDescription, channels: number, layout: Preprocessing['layout'], normalisation: Normalisation | undefined): KnownValues {
  if (dtype === 'uint8') return { values: { kind: 'pixels' }, from: 'bytes', doubtful: false };
  // Whole numbers of 32 bits hold nothing but pixels.
  if (dtype === 'int32') return { values: { kind: 'pixels' }, from: 'guess-integers', doubtful: true };
  const stated = normalisation !== undefined && fits(normalisation, channels) ? normalised(normalisation) : null;
  const proven = range === undefined ? null : nearestRange(range, calibrationTolerance);
  if (range !== undefined && proven !== null) {
    if (stated !== null && distanceFrom(endsOf(stated), proven) <= calibrationTolerance) return { values: stated, from: 'metadata', doubtful: false };
    // Of integers that lie as pixels do, none is rounded to its neighbour.
    const arePixels = dtype === 'int8' && proven.std.length === 1 && distanceFrom(range, proven) <= sameTolerance;
    return { values: arePixels ? { kind: 'pixels' } : normalised(proven, channels), from: range.from, doubtful: false };
  }
  if (stated !== null) return { values: stated, from: 'metadata', doubtful: false };
  if (range !== undefined) return { values: dtype === 'int8' ? { kind: 'pixels' } : between(range), from: range.from, doubtful: true };
  if (dtype === 'int8') return { values: { kind: 'pixels' }, from: 'guess-integers', doubtful: true };
  if (channels === 1) return { values: normalised(pixelRanges.unit), from: 'guess-grey', doubtful: true };
  if (layout === 'nchw') return { values: normalised(pixelRanges.imagenet, channels), from: 'guess-channels-first', doubtful: true };
  return { values: normalised(pixelRanges.signed), from: 'guess-colour', doubtful: true };
}

/** One or one a channel; what lies behind three colours is treated as the first of them. */
export function fitsChannels(list: readonly number[], channels: number): boolean {
  return list.length === 1 || list.length === channels || (list.length === 3 && channels === 4);
}

/** For one grey channel the mean of a list of three stands for it. */
export function normalised({ mean, std }: Normalisation, channels = 3): Extract<Preprocessing['values'], { kind: 'normalise' }> {
  const average = (list: readonly number[]): number[] => [list.reduce((sum, value) => sum + value, 0) / list.length];
  const fitting = (list: readonly number[]): number[] => (fitsChannels(list, channels) ? [...list] : average(list));
  return { kind: 'normalise', mean: fitting(mean), std: fitting(std) };
}

/** Black and white at the ends of a range. */
function between({ lowest, highest }: InputRange): Preprocessing['values'] {
  const std = 255 / (highest - lowest);
  return { kind: 'normalise', mean: [-lowest * std || 0], std: [std] };
}

/** What black and white become, over all channels. */
function endsOf({ mean, std }: Normalisation): { readonly lowest: number; readonly highest: number } {
  const count = Math.max(mean.length, std.length);
  const at = (list: readonly number[], channel: number): number => list[list.length === 1 ? 0 : channel] ?? 0;
  const ends = Array.from({ length: count }, (_, channel) => [0, 255].map((pixel) => (pixel - at(mean, channel)) / at(std, channel))).flat();
  return { lowest: Math.min(...ends), highest: Math.max(...ends) };
}

function fits({ mean, std }: Normalisation, channels: number): boolean {
  return fitsChannels(mean, channels) && fitsChannels(std, channels) && mean.every(Number.isFinite) && std.every((value) => Number.isFinite(value) && value !== 0);
}
