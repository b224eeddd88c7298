import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../../errors';
import type { PixelFormat, PixelSource, YuvColour } from './pixels';
import { preprocess } from './preprocess';
import { pseudoRandomPicture } from '../../testing/pictures';
import { mistakes, referencePicture, storedValues, targetOf } from '../../testing/reference';
import type { Preprocessing } from '../../shared/types';

const formats: readonly PixelFormat[] = ['RGBA', 'BGRA', 'I420', 'NV12'];
const dtypes = ['float32', 'float16', 'uint8', 'int8'] as const;
const normalise: Preprocessing['values'] = { kind: 'normalise', mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] };
const values: readonly Preprocessing['values'][] = [{ kind: 'pixels' }, normalise];
/** So that the range −1 to 1 about fills the integers. */
const quantizations = { float32: undefined, float16: undefined, uint8: { scale: [0.0187], zeroPoint: [114], dimension: 0 }, int8: { scale: [0.0187], zeroPoint: [-14], dimension: 0 } };

/** Sizes of pictures and tensors: single pixels, growing, shrinking a little and a lot, odd ones, a camera's less a pixel. */
const sizes = [[1, 1, 3, 2], [3, 5, 8, 8], [17, 31, 9, 7], [16, 9, 7, 11], [641, 479, 11, 10]] as const;

/** Every channel order and layout that tensors of these element types come in. */
function* tensors() {
  for (const channels of ['rgb', 'bgr', 'gray'] as const) {
    for (const layout of ['nhwc', 'nchw'] as const) {
      for (const dtype of dtypes) {
        for (const how of values) {
          for (const depth of channels === 'gray' ? [1, 3] : [3]) {
            // One mean for a single channel.
            yield { channels, layout, dtype, depth, values: how.kind === 'normalise' && depth === 1 ? { ...how, mean: [127.5], std: [60] } : how };
          }
        }
      }
    }
  }
}

describe('every format, mode, order, layout and element type against a float64 reference', () => {
  for (const format of formats) {
    for (const fit of ['crop', 'letterbox', 'stretch'] as const) {
      for (const resize of ['bilinear', 'area'] as const) {
        it(`${format}, ${fit}, ${resize}`, () => {
          let compared = 0;
          for (const [sourceWidth, sourceHeight, width, height] of sizes) {
            const source = pseudoRandomPicture(sourceWidth, sourceHeight, 11, format);
            const picture = referencePicture(source, { fit, resize }, width, height);
            for (const { dtype, depth, ...settings } of tensors()) {
              const options: Preprocessing = { fit, resize, ...settings };
              const shape = options.layout === 'nhwc' ? [1, height, width, depth] : [1, depth, height, width];
              const target = targetOf(dtype, shape, settings.values.kind === 'pixels' ? undefined : quantizations[dtype]);
              preprocess(source, target, options);
              expect(mistakes(target, picture, options), `${dtype}[${shape.join(', ')}], ${JSON.stringify(options)}`).toEqual([]);
              compared += target.view.length;
            }
          }
          // Element types, values, layouts; then three orders of three channels and grey in one.
          expect(compared).toBe(sizes.reduce((sum, [, , width, height]) => sum + width * height, 0) * 4 * 2 * 2 * (3 * 3 + 1));
        });
      }
    }
  }
});

describe('the memory of a picture', () => {
  const plain: Preprocessing = { fit: 'stretch', resize: 'bilinear', channels: 'rgb', layout: 'nhwc', values: { kind: 'pixels' } };

  it('may have gaps between rows and planes, and begin anywhere', () => {
    const size = fc.integer({ min: 1, max: 20 });
    fc.assert(fc.property(
      fc.tuple(size, size, size, size), fc.constantFrom<PixelFormat>('RGBA', 'RGBX', 'BGRA', 'BGRX', 'I420', 'NV12'),
      fc.constantFrom('bilinear' as const, 'area' as const), fc.constantFrom(3, 4), fc.integer(), fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }),
      ([sourceWidth, sourceHeight, width, height], format, resize, channels, seed, gap, start) => {
        const made = pseudoRandomPicture(sourceWidth, sourceHeight, seed, format, gap);
        const memory = new Uint8Array(start + made.data.length);
        memory.set(made.data, start);
        const options: Preprocessing = { ...plain, resize };
        const target = targetOf('uint8', [1, height, width, channels]);
        preprocess({ ...made, data: memory.subarray(start) }, target, options);
        expect(mistakes(target, referencePicture(made, options, width, height), options)).toEqual([]);
      },
    ), { numRuns: 300 });
  });

  it('may hold rows whose sums need more than 16 bits', () => {
    for (const format of ['RGBA', 'I420'] as const) {
      for (const width of [257, 258, 259, 260, 1000]) {
        const made = pseudoRandomPicture(width, 2, 5, format);
        const bright: PixelSource = { ...made, data: made.data.map((value) => 255 - (value >> 5)) };
        const options: Preprocessing = { ...plain, resize: 'area' };
        const target = targetOf('float32', [1, 1, 1, 3]);
        preprocess(bright, target, options);
        expect(mistakes(target, referencePicture(bright, options, 1, 1), options)).toEqual([]);
      }
    }
  });
});

describe('planes of luma and chroma', () => {
  const plain: Preprocessing = { fit: 'stretch', resize: 'bilinear', channels: 'rgb', layout: 'nhwc', values: { kind: 'pixels' } };

  /** One colour in a picture of 3 × 3. */
  function evenPicture(format: 'I420' | 'NV12', [y, u, v]: readonly [number, number, number], colour: YuvColour): PixelSource {
    const luma = new Array<number>(9).fill(y);
    const chroma = format === 'I420' ? [u, u, u, u, v, v, v, v] : [u, v, u, v, u, v, u, v];
    const planes = format === 'I420' ? [{ offset: 0, stride: 3 }, { offset: 9, stride: 2 }, { offset: 13, stride: 2 }] : [{ offset: 0, stride: 3 }, { offset: 9, stride: 4 }];
    return { format, width: 3, height: 3, data: Uint8Array.from([...luma, ...chroma]), planes, colour };
  }

  // The colour bars of ITU-R BT.601 and BT.709 at 100 %, whose codes are rounded, and JPEG's primaries: within 1 of the colour that each stands for.
  const bars: [YuvColour, readonly [number, number, number], readonly [number, number, number]][] = [
    [{ matrix: 'bt601', range: 'limited' }, [235, 128, 128], [255, 255, 255]],
    [{ matrix: 'bt601', range: 'limited' }, [210, 16, 146], [255, 255, 0]],
    [{ matrix: 'bt601', range: 'limited' }, [170, 166, 16], [0, 255, 255]],
    [{ matrix: 'bt601', range: 'limited' }, [145, 54, 34], [0, 255, 0]],
    [{ matrix: 'bt601', range: 'limited' }, [106, 202, 222], [255, 0, 255]],
    [{ matrix: 'bt601', range: 'limited' }, [81, 90, 240], [255, 0, 0]],
    [{ matrix: 'bt601', range: 'limited' }, [41, 240, 110], [0, 0, 255]],
    [{ matrix: 'bt601', range: 'limited' }, [16, 128, 128], [0, 0, 0]],
    [{ matrix: 'bt709', range: 'limited' }, [219, 16, 138], [255, 255, 0]],
    [{ matrix: 'bt709', range: 'limited' }, [188, 154, 16], [0, 255, 255]],
    [{ matrix: 'bt709', range: 'limited' }, [173, 42, 26], [0, 255, 0]],
    [{ matrix: 'bt709', range: 'limited' }, [78, 214, 230], [255, 0, 255]],
    [{ matrix: 'bt709', range: 'limited' }, [63, 102, 240], [255, 0, 0]],
    [{ matrix: 'bt709', range: 'limited' }, [32, 240, 118], [0, 0, 255]],
    [{ matrix: 'bt601', range: 'full' }, [76, 85, 255], [254, 0, 0]],
    [{ matrix: 'bt601', range: 'full' }, [150, 44, 21], [0, 255, 1]],
    [{ matrix: 'bt601', range: 'full' }, [29, 255, 107], [0, 0, 254]],
    [{ matrix: 'bt709', range: 'full' }, [128, 128, 128], [128, 128, 128]],
  ];
  it.each(bars)('%o: %j is the colour %j', (colour, codes, rgb) => {
    for (const format of ['I420', 'NV12'] as const) {
      const target = targetOf('uint8', [1, 3, 3, 3]);
      preprocess(evenPicture(format, codes, colour), target, plain);
      const stored = storedValues(target);
      for (let pixel = 0; pixel < 9; pixel++) {
        rgb.forEach((value, lane) => { expect(Math.abs((stored[pixel * 3 + lane] ?? NaN) - value)).toBeLessThanOrEqual(1); });
      }
    }
  });

  it('reads both matrices and ranges, in any size, and is opaque', () => {
    const size = fc.integer({ min: 1, max: 20 });
    fc.assert(fc.property(
      fc.tuple(size, size, size, size), fc.constantFrom('I420' as const, 'NV12' as const), fc.constantFrom('bt601' as const, 'bt709' as const),
      fc.constantFrom('limited' as const, 'full' as const), fc.constantFrom('crop' as const, 'letterbox' as const, 'stretch' as const),
      fc.constantFrom('auto' as const, 'bilinear' as const, 'area' as const), fc.integer(), fc.integer({ min: 0, max: 5 }),
      ([sourceWidth, sourceHeight, width, height], format, matrix, range, fit, resize, seed, gap) => {
        const source = pseudoRandomPicture(sourceWidth, sourceHeight, seed, format, gap, { matrix, range });
        const options: Preprocessing = { ...plain, fit, resize };
        const target = targetOf('uint8', [1, height, width, 4]);
        preprocess(source, target, options);
        expect(mistakes(target, referencePicture(source, options, width, height), options)).toEqual([]);
      },
    ), { numRuns: 200 });
  });

  it('clamps after resampling: what is brighter than white still brightens its neighbours', () => {
    const source: PixelSource = {
      format: 'I420', width: 2, height: 1, planes: [{ offset: 0, stride: 2 }, { offset: 2, stride: 1 }, { offset: 3, stride: 1 }],
      data: Uint8Array.of(255, 16, 128, 128), colour: { matrix: 'bt601', range: 'limited' },
    };
    const target = targetOf('float32', [1, 1, 1, 3]);
    preprocess(source, target, { ...plain, resize: 'area' });
    // Half of (255 − 16) × 255/219, which is over 255 before it is halved.
    expect(storedValues(target)[0]).toBeCloseTo(139.1438, 3);
    preprocess({ ...source, width: 1, planes: source.planes.map(({ offset }) => ({ offset, stride: 2 })) }, target, plain);
    expect(storedValues(target)).toEqual([255, 255, 255]);
  });
});

describe('a picture whose data do not fit it', () => {
  const damage: [what: string, change: (source: PixelSource) => PixelSource][] = [
    ['a byte is missing', (source) => ({ ...source, data: source.data.subarray(0, source.data.length - 1) })],
    ['a plane is missing', (source) => ({ ...source, planes: source.planes.slice(1) })],
    ['rows overlap', (source) => ({ ...source, planes: source.planes.map(({ offset, stride }) => ({ offset, stride: stride - 1 })) })],
    ['a plane starts before the data', (source) => ({ ...source, planes: source.planes.map(({ stride }) => ({ offset: -1, stride })) })],
    ['a stride is a fraction', (source) => ({ ...source, planes: source.planes.map(({ offset, stride }) => ({ offset, stride: stride + 0.5 })) })],
    ['the width is not whole', (source) => ({ ...source, width: 4.5 })],
    ['it has no rows', (source) => ({ ...source, height: 0 })],
  ];
  for (const format of ['RGBA', 'BGRX', 'I420', 'NV12'] as const) {
    it.each(damage)(`${format}: %s`, (_what, change) => {
      let caught: unknown;
      try {
        preprocess(change(pseudoRandomPicture(5, 3, 1, format)), targetOf('float32', [1, 2, 2, 3]), { fit: 'crop', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'pixels' } });
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(LitescopeError);
      expect(caught).toMatchObject({ code: 'INVALID_IMAGE' });
    });
  }
});
