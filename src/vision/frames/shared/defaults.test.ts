import { describe, expect, it } from 'vitest';
import type { InputRange } from '../../../tflite/analysis/input-range';
import { defaultPreprocessing, type InputDescription, type Normalisation } from './defaults';

const layoutOf = (tensor: InputDescription) => defaultPreprocessing(tensor, undefined)?.preprocessing;
const valuesOf = (tensor: InputDescription, normalisation?: Normalisation) => {
  const found = defaultPreprocessing(tensor, normalisation);
  return found === null ? null : { values: found.preprocessing.values, from: found.from, doubtful: found.doubtful };
};
const colour = (dtype: 'float32' | 'uint8' | 'int8' | 'int32', range?: Omit<InputRange, 'from'>) => ({ dtype, shape: [1, 224, 224, 3], ...(range === undefined ? {} : { range: { ...range, from: 'scale' as const } }) });
const normalise = (mean: readonly number[], std: readonly number[]) => ({ kind: 'normalise', mean, std });
const imagenet = { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] };

describe('defaultPreprocessing', () => {
  it('finds the layout where the channels sit', () => {
    expect(defaultPreprocessing({ dtype: 'float32', shape: [1, 224, 224, 3] }, undefined)).toEqual({
      preprocessing: { fit: 'crop', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'normalise', mean: [127.5], std: [127.5] } }, from: 'guess-colour', doubtful: true,
    });
    expect(layoutOf({ dtype: 'float32', shape: [1, 3, 224, 224] })).toMatchObject({ layout: 'nchw', channels: 'rgb' });
    expect(layoutOf({ dtype: 'float32', shape: [1, 28, 28, 1] })).toMatchObject({ layout: 'nhwc', channels: 'gray' });
    expect(layoutOf({ dtype: 'float32', shape: [1, 1, 28, 28] })).toMatchObject({ layout: 'nchw', channels: 'gray' });
    expect(layoutOf({ dtype: 'float32', shape: [96, 96, 3] })).toMatchObject({ layout: 'nhwc' });
    expect(layoutOf({ dtype: 'float32', shape: [1, 64, 64, 4] })).toMatchObject({ layout: 'nhwc', channels: 'rgb' });
  });

  it('takes the metadata where they fit, and pixels for quantized tensors', () => {
    const own = { mean: [123.7, 116.3, 103.5], std: [58.4, 57.1, 57.4] };
    const stated = { values: { kind: 'normalise', ...own }, from: 'metadata', doubtful: false };
    expect(valuesOf(colour('float32'), own)).toEqual(stated);
    expect(valuesOf(colour('int8'), own)).toEqual(stated);
    expect(valuesOf(colour('int8'))).toEqual({ values: { kind: 'pixels' }, from: 'guess-integers', doubtful: true });
    expect(valuesOf(colour('uint8'), { mean: [0], std: [1] })).toEqual({ values: { kind: 'pixels' }, from: 'bytes', doubtful: false });
    expect(valuesOf(colour('int32'))).toEqual({ values: { kind: 'pixels' }, from: 'guess-integers', doubtful: true });
    for (const useless of [{ mean: [1, 2], std: [1] }, { mean: [0], std: [0] }, { mean: [NaN], std: [1] }, { mean: [], std: [] }]) {
      expect(valuesOf(colour('float32'), useless)).toEqual({ values: normalise([127.5], [127.5]), from: 'guess-colour', doubtful: true });
    }
  });

  it.each([
    [-1, 0.992, normalise([127.5], [127.5])], [0, 0.99, normalise([0], [255])], [0, 0.88, normalise([0], [255])], [0, 255, normalise([0], [1])], [0, 230, normalise([0], [1])],
    [-128, 127, normalise([128], [1])], [-0.5, 0.5, normalise([127.5], [255])], [-2.1, 2.6, normalise(imagenet.mean, imagenet.std)],
  ] as const)('takes a proven range from %d to %d for the usual one that it is', (lowest, highest, values) => {
    expect(valuesOf(colour('float32', { lowest, highest }))).toEqual({ values, from: 'scale', doubtful: false });
  });

  it('puts black and white at the ends of a range that is none of the usual ones, and says that this may be wrong', () => {
    // PyTorch’s MNIST: mean 0.1307, deviation 0.3081.
    const { values, ...known } = valuesOf(colour('float32', { lowest: -0.4242, highest: 2.8215 })) ?? {};
    expect(known).toEqual({ from: 'scale', doubtful: true });
    if (values?.kind !== 'normalise') throw new Error('It is not normalised.');
    const [mean = NaN, std = NaN] = [values.mean[0], values.std[0]];
    expect([(0 - mean) / std, (255 - mean) / std]).toEqual([expect.closeTo(-0.4242, 9), expect.closeTo(2.8215, 9)]);
  });

  it('gives int8 the pixels where its scale makes them that, and real numbers where it does not', () => {
    expect(valuesOf(colour('int8', { lowest: 0, highest: 0.9999 }))).toEqual({ values: { kind: 'pixels' }, from: 'scale', doubtful: false });
    expect(valuesOf(colour('int8', { lowest: -0.996, highest: 1.004 }))).toEqual({ values: { kind: 'pixels' }, from: 'scale', doubtful: false });
    expect(valuesOf(colour('int8', { lowest: 0, highest: 0.88 }))).toEqual({ values: normalise([0], [255]), from: 'scale', doubtful: false });
    expect(valuesOf(colour('int8', { lowest: -2.12, highest: 2.64 }))).toEqual({ values: normalise(imagenet.mean, imagenet.std), from: 'scale', doubtful: false });
    expect(valuesOf(colour('int8', { lowest: -7, highest: 3 }))).toEqual({ values: { kind: 'pixels' }, from: 'scale', doubtful: true });
  });

  it('believes the tensors and not metadata that contradict them, and takes from those that do not what they say exactly', () => {
    expect(valuesOf(colour('float32', { lowest: 0, highest: 255 }), { mean: [127.5], std: [127.5] })).toEqual({ values: normalise([0], [1]), from: 'scale', doubtful: false });
    expect(valuesOf(colour('float32', { lowest: -1, highest: 0.99 }), { mean: [127], std: [128] })).toEqual({ values: normalise([127], [128]), from: 'metadata', doubtful: false });
    expect(valuesOf(colour('float32', { lowest: -7, highest: 3 }), { mean: [127], std: [128] })).toEqual({ values: normalise([127], [128]), from: 'metadata', doubtful: false });
  });

  it('guesses by form: grey from 0 to 1, channels that come first by ImageNet’s mean and deviation', () => {
    expect(valuesOf({ dtype: 'float32', shape: [1, 28, 28, 1] })).toEqual({ values: normalise([0], [255]), from: 'guess-grey', doubtful: true });
    expect(valuesOf({ dtype: 'float32', shape: [1, 3, 224, 224] })).toEqual({ values: normalise(imagenet.mean, imagenet.std), from: 'guess-channels-first', doubtful: true });
    expect(valuesOf({ dtype: 'float32', shape: [1, 1, 28, 28] })).toEqual({ values: normalise([0], [255]), from: 'guess-grey', doubtful: true });
    expect(valuesOf({ dtype: 'float32', shape: [1, 28, 28, 1], range: { lowest: -2.1, highest: 2.6, from: 'quantize-op' } })).toMatchObject({ values: { mean: [expect.closeTo(114.495, 9)] }, from: 'quantize-op' });
  });

  it.each([
    { dtype: 'float32', shape: [] }, { dtype: 'float32', shape: [1, 1960] }, { dtype: 'float32', shape: [1, 49, 40] },
    { dtype: 'float32', shape: [1, 128, 1] }, { dtype: 'float32', shape: [1, -1, -1, 3] }, { dtype: 'float32', shape: [1, 4, 4, 3] },
    { dtype: 'int64', shape: [1, 224, 224, 3] }, { dtype: 'string', shape: [1, 224, 224, 3] }, { dtype: 'float32', shape: [1, 14, 14, 512] },
  ] as const)('takes $dtype $shape for no picture', (tensor) => {
    expect(defaultPreprocessing(tensor, undefined)).toBeNull();
  });
});
