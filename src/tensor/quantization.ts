/** Affine quantization of a tensor: `real = scale × (q − zeroPoint)`, one pair or one per slice of `dimension`. */
export interface Quantization {
  readonly scale: readonly number[];
  readonly zeroPoint: readonly number[];
  /** The dimension that scales run along; 0 and meaningless with a single scale. */
  readonly dimension: number;
}

/** The dimension that scales run along: of a list its only one, whatever the file says (TOCO wrote that of the weights for biases). */
export function scaleDimension({ dimension }: Pick<Quantization, 'dimension'>, shape: readonly number[]): number {
  return shape.length === 1 ? 0 : dimension;
}

/** Whether there is one scale, or one for each slice of its dimension. */
export function scalesFit(quantization: Pick<Quantization, 'scale' | 'dimension'>, shape: readonly number[]): boolean {
  return quantization.scale.length <= 1 || shape[scaleDimension(quantization, shape)] === quantization.scale.length;
}
