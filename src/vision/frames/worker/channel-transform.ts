import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import type { ValueDType } from '../../../tensor/dtype';
import type { Quantization } from '../../../tensor/quantization';
import { affineQuantization } from '../../../tensor/values';
import { fitsChannels } from '../shared/defaults';
import type { Preprocessing } from '../../shared/types';

/** How a channel of pixels is stored: value = (pixel − mean) × gain, rounded for integers, + zeroPoint. */
export interface ChannelTransform {
  readonly mean: number;
  readonly gain: number;
  readonly zeroPoint: number;
}

/** The element type of a tensor and how its integers stand for real numbers. */
export interface ElementForm {
  readonly dtype: ValueDType;
  readonly quantization?: Quantization | undefined;
}

/**
 * @param channels of the tensor
 * @throws LitescopeError INVALID_INPUT when the normalisation does not fit the channels, INVALID_QUANTIZATION
 */
export function channelTransform(tensor: ElementForm, values: Preprocessing['values'], channels: number, channel: number): ChannelTransform {
  if (values.kind === 'pixels') return { mean: 0, gain: 1, zeroPoint: tensor.dtype === 'int8' ? -128 : 0 };
  const { mean: means, std: deviations } = values;
  for (const list of [means, deviations]) {
    if (!fitsChannels(list, channels)) {
      throw new LitescopeError('INVALID_INPUT', text.normalisation(list.length, channels));
    }
  }
  const mean = means[channel] ?? means[0] ?? 0;
  const deviation = deviations[channel] ?? deviations[0] ?? 1;
  const { scale, zeroPoint } = gridOf(tensor);
  return { mean, gain: 1 / (deviation * scale), zeroPoint };
}

/** How a real number that is no pixel's is stored. @throws LitescopeError INVALID_QUANTIZATION */
export function realTransform(tensor: ElementForm): ChannelTransform {
  const { scale, zeroPoint } = gridOf(tensor);
  return { mean: 0, gain: 1 / scale, zeroPoint };
}

function gridOf(tensor: ElementForm): { readonly scale: number; readonly zeroPoint: number } {
  const quantization = affineQuantization(tensor.dtype, tensor.quantization);
  const scale = quantization?.scale[0] ?? 1;
  if (!Number.isFinite(scale) || scale === 0) throw new LitescopeError('INVALID_QUANTIZATION', text.inputScale(scale));
  return { scale, zeroPoint: quantization?.zeroPoint[0] ?? 0 };
}
