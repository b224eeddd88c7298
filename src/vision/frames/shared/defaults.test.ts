import { describe, expect, it } from 'vitest';
import { defaultPreprocessing } from './defaults';

describe('defaultPreprocessing', () => {
  it('finds the layout where the channels sit', () => {
    expect(defaultPreprocessing({ dtype: 'float32', shape: [1, 224, 224, 3] }, undefined)).toEqual({
      fit: 'crop', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'normalise', mean: [127.5], std: [127.5] },
    });
    expect(defaultPreprocessing({ dtype: 'float32', shape: [1, 3, 224, 224] }, undefined)).toMatchObject({ layout: 'nchw', channels: 'rgb' });
    expect(defaultPreprocessing({ dtype: 'float32', shape: [1, 28, 28, 1] }, undefined)).toMatchObject({ layout: 'nhwc', channels: 'gray' });
    expect(defaultPreprocessing({ dtype: 'float32', shape: [1, 1, 28, 28] }, undefined)).toMatchObject({ layout: 'nchw', channels: 'gray' });
    expect(defaultPreprocessing({ dtype: 'float32', shape: [96, 96, 3] }, undefined)).toMatchObject({ layout: 'nhwc' });
    expect(defaultPreprocessing({ dtype: 'float32', shape: [1, 64, 64, 4] }, undefined)).toMatchObject({ layout: 'nhwc', channels: 'rgb' });
  });

  it('takes the metadata where they fit, and pixels for quantized tensors', () => {
    const imagenet = { mean: [123.7, 116.3, 103.5], std: [58.4, 57.1, 57.4] };
    expect(defaultPreprocessing({ dtype: 'float32', shape: [1, 224, 224, 3] }, imagenet)?.values).toEqual({ kind: 'normalise', ...imagenet });
    expect(defaultPreprocessing({ dtype: 'int8', shape: [1, 224, 224, 3] }, imagenet)?.values).toEqual({ kind: 'normalise', ...imagenet });
    expect(defaultPreprocessing({ dtype: 'int8', shape: [1, 224, 224, 3] }, undefined)?.values).toEqual({ kind: 'pixels' });
    expect(defaultPreprocessing({ dtype: 'uint8', shape: [1, 224, 224, 3] }, { mean: [0], std: [1] })?.values).toEqual({ kind: 'pixels' });
    expect(defaultPreprocessing({ dtype: 'int32', shape: [1, 192, 192, 3] }, undefined)?.values).toEqual({ kind: 'pixels' });
    for (const useless of [{ mean: [1, 2], std: [1] }, { mean: [0], std: [0] }, { mean: [NaN], std: [1] }, { mean: [], std: [] }]) {
      expect(defaultPreprocessing({ dtype: 'float32', shape: [1, 224, 224, 3] }, useless)?.values).toMatchObject({ mean: [127.5] });
    }
  });

  it.each([
    { dtype: 'float32', shape: [] }, { dtype: 'float32', shape: [1, 1960] }, { dtype: 'float32', shape: [1, 49, 40] },
    { dtype: 'float32', shape: [1, 128, 1] }, { dtype: 'float32', shape: [1, -1, -1, 3] }, { dtype: 'float32', shape: [1, 4, 4, 3] },
    { dtype: 'int64', shape: [1, 224, 224, 3] }, { dtype: 'string', shape: [1, 224, 224, 3] }, { dtype: 'float32', shape: [1, 14, 14, 512] },
  ] as const)('takes $dtype $shape for no picture', (tensor) => {
    expect(defaultPreprocessing(tensor, undefined)).toBeNull();
  });
});
