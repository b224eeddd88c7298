import { type OpGroup, each } from '../description';

/** The same numbers in another form. */
export const quantization = {
  DEQUANTIZE: each(2), CAST: each(0), DENSIFY: each(0), STABLEHLO_CONVERT: each(0), FAKE_QUANT: each(5), QUANTIZE: each(3), BITCAST: {},
} as const satisfies OpGroup;
