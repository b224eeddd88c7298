import { getFloat16 } from '@petamoriken/float16';
import { LitescopeError } from '../errors';
import { affineQuantization } from '../tensor/values';
import { imageShape } from './image-tensor';
import type { Preprocessing } from './types';
import type { ImageTarget } from './write-row';

/** Rows of R, G, B, A. */
export interface TensorPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

type Read = (index: number) => number;

function reader({ dtype, view }: ImageTarget): Read {
  if (dtype === 'float16') {
    const data = new DataView(view.buffer, view.byteOffset, view.byteLength);
    return (index) => getFloat16(data, index * 2, true);
  }
  return (index) => Number(view[index]);
}

/**
 * The picture that an input tensor holds, read back from the tensor's own values by undoing its normalisation and
 * quantization: what the model sees, with all that cropping, scaling and rounding did to it. The first of a batch.
 *
 * @throws LitescopeError INVALID_INPUT when the tensor is no picture in the options' layout
 */
export function tensorPicture(tensor: ImageTarget, { channels: order, layout, values }: Preprocessing): TensorPicture {
  const shape = imageShape(tensor.shape, layout);
  if (shape === null) throw new LitescopeError('INVALID_INPUT', `${tensor.dtype}[${tensor.shape.join(', ')}] is no picture in the layout ${layout}.`);
  const { width, height, channels } = shape;
  const quantization = values.kind === 'normalise' ? affineQuantization(tensor.dtype, tensor.quantization) : undefined;
  const scale = quantization?.scale[0] ?? 1;
  const zeroPoint = quantization?.zeroPoint[0] ?? (values.kind === 'pixels' && tensor.dtype === 'int8' ? -128 : 0);
  const read = reader(tensor);
  const area = width * height;
  const data = new Uint8ClampedArray(area * 4).fill(255);
  for (let channel = 0; channel < channels; channel++) {
    const pick = (list: readonly number[]) => list[list.length === 1 ? 0 : channel] ?? NaN;
    const [mean, deviation] = values.kind === 'normalise' ? [pick(values.mean), pick(values.std)] : [0, 1];
    const gain = scale * deviation;
    const lane = order === 'bgr' && channel < 3 ? 2 - channel : channel;
    const [start, step] = layout === 'nhwc' ? [channel, channels] : [channel * area, 1];
    for (let pixel = 0; pixel < area; pixel++) {
      const value = (read(start + pixel * step) - zeroPoint) * gain + mean;
      data[pixel * 4 + lane] = value;
      if (channels === 1) {
        data[pixel * 4 + 1] = value;
        data[pixel * 4 + 2] = value;
      }
    }
  }
  return { width, height, data };
}
