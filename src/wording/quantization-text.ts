import type { DType } from '../tensor/dtype';
import type { Quantization } from '../tensor/quantization';
import { formatReal } from '../messages/format';

/** `scale 0.00784, zero point −1`; per channel only how many, which a table of hundreds would hide. */
export function describeQuantization(dtype: DType, quantization: Quantization | undefined): string | null {
  if (quantization === undefined || quantization.scale.length === 0 || dtype.startsWith('float')) return null;
  const { scale, zeroPoint, dimension } = quantization;
  if (scale.length > 1) return `${scale.length} scales along dimension ${dimension}`;
  return `scale ${formatReal(scale[0] ?? NaN)}, zero point ${formatReal(zeroPoint[0] ?? 0)}`;
}
