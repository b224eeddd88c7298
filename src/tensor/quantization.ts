/** Affine quantization of a tensor: `real = scale × (q − zeroPoint)`, one pair or one per slice of `dimension`. */
export interface Quantization {
  readonly scale: readonly number[];
  readonly zeroPoint: readonly number[];
  /** The dimension that scales run along; 0 and meaningless with a single scale. */
  readonly dimension: number;
}
