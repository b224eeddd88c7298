import type { DType } from '../tensor/dtype';
import type { Quantization } from '../tensor/quantization';
import { formatReal } from '../messages/format';
import { wording as text } from '../messages/wording';

/** `scale 0.00784, zero point −1`; per channel only how many, which a table of hundreds would hide. */
export function describeQuantization(dtype: DType, quantization: Quantization | undefined): string | null {
  if (quantization === undefined || quantization.scale.length === 0 || dtype.startsWith('float')) return null;
  const { scale, zeroPoint, dimension } = quantization;
  if (scale.length > 1) return text.scales(scale.length, dimension);
  return text.scale(formatReal(scale[0] ?? NaN), formatReal(zeroPoint[0] ?? 0));
}
