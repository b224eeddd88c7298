import type { AssignmentTarget } from '../../tensor/assign';
import { encodeReals } from '../../tensor/encode';
import type { TensorView } from '../../tensor/values';
import { featureScale, featureToInt8 } from './micro-frontend/micro-frontend';
import type { SoundFeatures } from './preparation';

/**
 * Writes a window into a tensor. The integers of TFLite Micro's front end go into 8-bit tensors as its example writes them,
 * whatever scale the file states, because so they were trained; all else is real numbers, quantized by the tensor's own.
 */
export function writeSound({ view, dtype, quantization, shape }: AssignmentTarget & { readonly view: TensorView }, { kind }: SoundFeatures, values: Float32Array): void {
  if (kind === 'micro-frontend' && (dtype === 'int8' || dtype === 'uint8')) {
    const zero = dtype === 'int8' ? 0 : 128;
    for (const [index, value] of values.entries()) view[index] = featureToInt8(value) + zero;
    return;
  }
  const scale = kind === 'micro-frontend' ? featureScale : 1;
  encodeReals(view, dtype, quantization, shape, (index) => (values[index] ?? 0) * scale);
}
