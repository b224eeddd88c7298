/** Names of element types, as the TFLite schema and NumPy call them. */
export const dtypes = [
  'float32', 'float16', 'int32', 'uint8', 'int64', 'string', 'bool', 'int16', 'complex64', 'int8', 'float64',
  'complex128', 'uint64', 'resource', 'variant', 'uint32', 'uint16', 'int4', 'bfloat16', 'int2', 'uint4',
  'float8_e4m3fn', 'float8_e5m2',
] as const;
export type DType = (typeof dtypes)[number];

/** The types that a person can feed in and read out: every element has a whole number of bytes and one value. */
export const valueDtypes = ['float32', 'float16', 'float64', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'bool'] as const;
export type ValueDType = (typeof valueDtypes)[number];

export function isValueDType(dtype: DType): dtype is ValueDType {
  return (valueDtypes as readonly DType[]).includes(dtype);
}

const bitWidths: Partial<Record<DType, number>> = {
  float32: 32, float16: 16, int32: 32, uint8: 8, int64: 64, bool: 8, int16: 16, complex64: 64, int8: 8, float64: 64,
  complex128: 128, uint64: 64, uint32: 32, uint16: 16, int4: 4, bfloat16: 16, int2: 2, uint4: 4, float8_e4m3fn: 8, float8_e5m2: 8,
};

/** Bits of one element; undefined for strings, resources and variants, which have no fixed width. */
export function bitWidth(dtype: DType): number | undefined {
  return bitWidths[dtype];
}

/** Number of elements of a shape; 1 for a scalar (`[]`). Free dimensions (−1) make it meaningless: fix them first. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

/** Bytes of a densely packed tensor (4-bit elements share bytes); undefined where elements have no fixed width. */
export function byteLength(dtype: DType, shape: readonly number[]): number | undefined {
  const bits = bitWidth(dtype);
  return bits === undefined ? undefined : Math.ceil((elementCount(shape) * bits) / 8);
}
