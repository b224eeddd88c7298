/** Kinds of ops that share a colour. */
export const families = ['convolution', 'dense', 'pooling', 'elementwise', 'movement', 'quantization', 'control', 'custom'] as const;
export type Family = (typeof families)[number];

/** As the legend says them. */
export const familyTitles: Readonly<Record<Family, string>> = {
  convolution: 'Convolution',
  dense: 'Matrix and recurrent',
  pooling: 'Pooling and reduction',
  elementwise: 'Elementwise',
  movement: 'Data movement',
  quantization: 'Quantization',
  control: 'Control and state',
  custom: 'Custom',
};

/** The first pattern that fits decides; whatever fits none calculates element by element. */
const patterns: readonly (readonly [Family, RegExp])[] = [
  ['quantization', /^(DEQUANTIZE|QUANTIZE|FAKE_QUANT|CAST|DENSIFY|BITCAST|STABLEHLO_CONVERT)$/],
  ['convolution', /CONV/],
  ['dense', /FULLY_CONNECTED|MATMUL|DOT_GENERAL|LSTM|RNN|SVDF|EMBEDDING|HASHTABLE_LOOKUP|RFFT/],
  ['control', /^(STABLEHLO_)?(IF|WHILE|CALL|CALL_ONCE|CASE|COMPOSITE|CUSTOM_CALL)$|VARIABLE|VAR_HANDLE|HASHTABLE|^DELEGATE$/],
  ['pooling', /POOL|^(STABLEHLO_)?REDUCE|^(MEAN|SUM|ARG_MAX|ARG_MIN|TOPK_V2|CUMSUM)$|SEGMENT|NON_MAX_SUPPRESSION|SORT$/],
  ['movement', /RESHAPE|SQUEEZE|EXPAND_DIMS|TRANSPOSE|CONCATENATION|CONCATENATE|^(MIRROR_)?PAD|_PAD$|PACK$|SPLIT|SLICE|GATHER|SCATTER|TILE|BROADCAST|RESIZE|SPACE_TO|DEPTH_TO|BATCH_TO|REVERSE|FILL|SHAPE$|^RANK$|^RANGE$|ONE_HOT|WHERE|UNIQUE|IOTA|MATRIX_|SPARSE_TO_DENSE|DYNAMIC_UPDATE|ZEROS_LIKE|DILATE/],
];

/** The colour family of an op's name. */
export function familyOf(name: string, custom: boolean): Family {
  if (custom) return 'custom';
  return patterns.find(([, pattern]) => pattern.test(name))?.[0] ?? 'elementwise';
}
