/** What an op's inputs are called, by position; ops that are not listed have one `input`, or `input 0`, `input 1` … */
const weighted = ['input', 'weights', 'bias'] as const;
const gates = ['input', 'forget', 'cell', 'output'] as const;
const lstm: readonly string[] = [
  'input',
  ...gates.map((gate) => `input-to-${gate} weights`),
  ...gates.map((gate) => `recurrent-to-${gate} weights`),
  ...gates.filter((gate) => gate !== 'cell').map((gate) => `cell-to-${gate} weights`),
  ...gates.map((gate) => `${gate} gate bias`),
  'projection weights', 'projection bias', 'output state', 'cell state',
  ...gates.map((gate) => `${gate} layer normalisation`),
];
const reduction = ['input', 'axes'] as const;
const recurrent = ['input', 'weights', 'recurrent weights', 'bias', 'state'] as const;

const inputRoles: Readonly<Record<string, readonly string[] | undefined>> = {
  CONV_2D: weighted, DEPTHWISE_CONV_2D: weighted, FULLY_CONNECTED: weighted, CONV_3D: weighted, Convolution2DTransposeBias: weighted,
  TRANSPOSE_CONV: ['output shape', 'weights', 'input', 'bias'],
  CONV_3D_TRANSPOSE: ['output shape', 'weights', 'input', 'bias'],
  PRELU: ['input', 'slopes'],
  LSTM: lstm, UNIDIRECTIONAL_SEQUENCE_LSTM: lstm,
  RNN: recurrent, UNIDIRECTIONAL_SEQUENCE_RNN: recurrent,
  SVDF: ['input', 'feature weights', 'time weights', 'bias', 'state'],
  EMBEDDING_LOOKUP: ['indices', 'weights'],
  RESHAPE: ['input', 'new shape'],
  PAD: ['input', 'pads'], PADV2: ['input', 'pads', 'value'], MIRROR_PAD: ['input', 'pads'],
  TRANSPOSE: ['input', 'permutation'],
  STRIDED_SLICE: ['input', 'begin', 'end', 'strides'],
  SLICE: ['input', 'begin', 'size'],
  RESIZE_BILINEAR: ['input', 'new size'], RESIZE_NEAREST_NEIGHBOR: ['input', 'new size'],
  MEAN: reduction, SUM: reduction, REDUCE_MAX: reduction, REDUCE_MIN: reduction, REDUCE_PROD: reduction, REDUCE_ANY: reduction, REDUCE_ALL: reduction,
  ARG_MAX: ['input', 'axis'], ARG_MIN: ['input', 'axis'],
  GATHER: ['input', 'indices'], GATHER_ND: ['input', 'indices'],
  SPLIT: ['axis', 'input'], SPLIT_V: ['input', 'sizes', 'axis'],
  TILE: ['input', 'multiples'], EXPAND_DIMS: ['input', 'axis'],
  SPACE_TO_BATCH_ND: ['input', 'block', 'pads'], BATCH_TO_SPACE_ND: ['input', 'block', 'crops'],
  TOPK_V2: ['input', 'k'],
};

/** What the input at `position` of `count` is called. */
export function inputRole(name: string, position: number, count: number): string {
  return inputRoles[name]?.[position] ?? (count === 1 ? 'input' : `input ${position}`);
}

/** What the output at `position` of `count` is called. */
export function outputRole(position: number, count: number): string {
  return count === 1 ? 'output' : `output ${position}`;
}
