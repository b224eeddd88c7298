import type { ValueDType } from '../../../tensor/dtype';
import { affineQuantization } from '../../../tensor/values';
import { imageShape } from '../../../vision/frames/shared/image-tensor';
import type { Preprocessing } from '../../../vision/shared/types';
import type { SavedInput, SavedRun } from '../../shared/format';

/** What a listing says of an input. */
export interface ListedInput {
  readonly name: string;
  /** `float32 [1, 128, 128, 3]` */
  readonly form: string;
  readonly dtype: ValueDType;
  readonly npy: string;
  /** What its picture becomes; null for values that are loaded as they are. */
  readonly picture: ListedPicture | null;
}

/** Preprocessing without what does not apply: the numbers that a listing is written with. */
export interface ListedPicture {
  readonly file: string;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3 | 4;
  readonly fit: Preprocessing['fit'];
  readonly resize: Preprocessing['resize'];
  readonly order: Preprocessing['channels'];
  readonly layout: Preprocessing['layout'];
  /** By channel of the tensor: stored = (pixel − mean) ÷ (std × scale), rounded for integers, + zero point. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly scale: number;
  readonly zeroPoint: number;
  /** Of an integer type: what it holds at least and at most; null for floats. */
  readonly range: readonly [number, number] | null;
  /** What the fourth channel holds everywhere, as a real number; null where it is the picture's alpha, or there is none. */
  readonly extra: number | null;
}

const ranges: Partial<Record<ValueDType, readonly [number, number]>> = {
  uint8: [0, 255], int8: [-128, 127], uint16: [0, 65535], int16: [-32768, 32767], uint32: [0, 4294967295], int32: [-2147483648, 2147483647],
};

function listedPicture({ dtype, shape, quantization, picture }: SavedInput): ListedPicture | null {
  if (picture === undefined) return null;
  const { file, preprocessing: { fit, resize, channels: order, layout, values, extra } } = picture;
  const image = imageShape(shape, layout);
  if (image === null) return null;
  const grid = affineQuantization(dtype, quantization);
  const pixels = values.kind === 'pixels';
  const each = (list: readonly number[]): readonly number[] => Array.from({ length: image.channels }, (_, channel) => list[channel] ?? list[0] ?? 0);
  return {
    file, ...image, fit, resize, order, layout,
    mean: each(pixels ? [0] : values.mean), std: each(pixels ? [1] : values.std),
    scale: pixels ? 1 : grid?.scale[0] ?? 1, zeroPoint: pixels ? (dtype === 'int8' ? -128 : 0) : grid?.zeroPoint[0] ?? 0,
    range: ranges[dtype] ?? null,
    extra: image.channels === 4 ? extra ?? null : null,
  };
}

export function listedInputs(run: SavedRun): readonly ListedInput[] {
  return run.inputs.map((input) => ({
    name: input.name, form: `${input.dtype} [${input.shape.join(', ')}]`, dtype: input.dtype, npy: input.file, picture: listedPicture(input),
  }));
}

/** What stands in a comment of one line: names of tensors may hold anything. */
export function inComment(name: string): string {
  return name.replaceAll(/[\p{C}"\\*/]/gu, ' ').slice(0, 200);
}
