import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import { channelTransform } from '../../frames/worker/channel-transform';
import { halfValues } from '../../../tensor/half';
import { imageShape } from '../../frames/shared/image-tensor';
import type { Preprocessing } from '../../shared/types';
import type { ImageTarget } from '../../frames/worker/write-row';

/** An opaque picture as `new ImageData(data, width, height)` takes it. */
export interface TensorPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * What a model sees: the first picture of an input tensor, its first three channels drawn as R, G and B in the order in
 * which the model gets them, turned back from the tensor's own elements. BGR thus has its red and blue exchanged. Pixels
 * are rounded to whole numbers and clamped to 0 to 255; one channel becomes grey; a fourth one is left out.
 *
 * @param tensor a filled input, as {@link preprocess} takes it
 * @param options those with which it was filled: layout and values are undone, the channels' order is not
 * @throws LitescopeError INVALID_INPUT when the tensor is no picture or the options do not fit it, INVALID_QUANTIZATION
 */
export function tensorPicture(tensor: ImageTarget, options: Preprocessing): TensorPicture {
  const shape = imageShape(tensor.shape, options.layout);
  const elements = elementValues(tensor);
  if (shape === null || elements.length !== tensor.shape.reduce((product, size) => product * size, 1)) {
    throw new LitescopeError('INVALID_INPUT', text.elementsNoPicture(`${tensor.dtype}[${tensor.shape.join(', ')}]`, elements.length, options.layout));
  }
  const { width, height, channels } = shape;
  const pixels = width * height;
  const data = new Uint8ClampedArray(pixels * 4).fill(255);
  const [elementStep, channelStep] = options.layout === 'nhwc' ? [channels, 1] : [1, pixels];
  for (let lane = 0; lane < 3; lane++) {
    const channel = channels === 1 ? 0 : lane;
    const { mean, gain, zeroPoint } = channelTransform(tensor, options.values, channels, channel);
    let element = channel * channelStep;
    for (let place = lane; place < data.length; place += 4, element += elementStep) {
      data[place] = ((elements[element] as number) - zeroPoint) / gain + mean;
    }
  }
  return { width, height, data };
}

function elementValues({ dtype, view }: ImageTarget): Exclude<ImageTarget['view'], BigInt64Array | BigUint64Array> {
  if (view instanceof BigInt64Array || view instanceof BigUint64Array || dtype === 'bool') {
    throw new LitescopeError('INVALID_INPUT', text.typeNoPicture(dtype));
  }
  return dtype === 'float16' && view instanceof Uint16Array ? halfValues(view) : view;
}
