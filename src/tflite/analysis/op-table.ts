/**
 * What the project knows of each op's arithmetic: which inputs are weights, how many multiply-accumulates and other
 * operations it takes, how its outputs' shapes follow from its inputs'. One entry an op; to add one, add a line.
 *
 * Counting: a multiply-accumulate (MAC) is a multiplication and an addition that belong together, as papers count
 * them; operations (FLOPs, whatever the number type) are two for each MAC, one for each bias added, and one for each
 * further arithmetic operation, comparison or function. Fused activations are not counted. Ops that only move data have none.
 */
import type { OperatorCode } from '../format/model';
import * as count from './ops/arithmetic';
import type { Count } from './ops/arithmetic';
import type { ShapeRule } from './ops/context';
import * as layout from './ops/layout-rules';
import * as shape from './ops/shape-rules';
import * as stablehlo from './ops/stablehlo-rules';
import type { BuiltinOperator } from '../format/schema/operators';

export interface OpEntry {
  /** Positions of inputs that are weights. */
  readonly weights?: readonly number[];
  /** Positions of inputs that are biases. */
  readonly biases?: readonly number[];
  readonly macs?: Count;
  /** Operations beyond those of MACs and biases. */
  readonly operations?: Count;
  /** Without a rule the file's shapes are all that is known. */
  readonly shape?: ShapeRule;
  /** Reads of its first inputs only as much as it writes: lookups and cuts. */
  readonly reads?: 'written';
}

const { perOutput } = count;
/** One input, one output, `operations` for each element. */
const each = (operations: number): OpEntry => ({ operations: perOutput(operations), shape: shape.same });
/** Two inputs that stretch to each other's shape. */
const pair = (operations = 1): OpEntry => ({ operations: perOutput(operations), shape: shape.broadcast });
const moved = (rule: ShapeRule): OpEntry => ({ shape: rule });
const cut = (rule: ShapeRule): OpEntry => ({ shape: rule, reads: 'written' });
const reduced = (rule: ShapeRule = layout.reduce): OpEntry => ({ operations: count.reduction, shape: rule });
const recurrentOf = (weights: readonly number[], biases: readonly number[]): OpEntry => ({ weights, biases, macs: count.recurrent(weights), shape: shape.recurrent });
const positions = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const lstm = recurrentOf([...positions(1, 8), 16], [...positions(12, 15), 17]);

const entries: Partial<Record<BuiltinOperator, OpEntry>> = {
  CONV_2D: { weights: [1], biases: [2], macs: count.convolution, shape: shape.convolution },
  DEPTHWISE_CONV_2D: { weights: [1], biases: [2], macs: count.depthwiseConvolution, shape: shape.depthwiseConvolution },
  TRANSPOSE_CONV: { weights: [1], biases: [3], macs: count.transposedConvolution(2, 1), shape: shape.shapeFromFirst },
  CONV_3D: { weights: [1], biases: [2], macs: count.convolution3D, shape: shape.convolution3D },
  CONV_3D_TRANSPOSE: { weights: [1], biases: [3], macs: count.transposedConvolution3D, shape: shape.shapeFromFirst },
  FULLY_CONNECTED: { weights: [1], biases: [2], macs: count.fullyConnected, shape: shape.fullyConnected },
  BATCH_MATMUL: { weights: [1], macs: count.batchMatrixMultiplication, shape: shape.batchMatrixMultiplication },
  LSTM: lstm,
  UNIDIRECTIONAL_SEQUENCE_LSTM: lstm,
  BIDIRECTIONAL_SEQUENCE_LSTM: recurrentOf([...positions(1, 8), 15, ...positions(18, 25), 32], [...positions(11, 14), 16, ...positions(28, 31), 33]),
  RNN: recurrentOf([1, 2], [3]),
  UNIDIRECTIONAL_SEQUENCE_RNN: recurrentOf([1, 2], [3]),
  BIDIRECTIONAL_SEQUENCE_RNN: recurrentOf([1, 2, 5, 6], [3, 7]),
  SVDF: recurrentOf([1, 2], [3]),
  STABLEHLO_DOT_GENERAL: { weights: [1], macs: count.generalDotProduct, shape: stablehlo.generalDotProduct },
  STABLEHLO_CONVOLUTION: { weights: [1], macs: count.generalConvolution },

  AVERAGE_POOL_2D: { operations: count.pooling, shape: shape.pooling },
  MAX_POOL_2D: { operations: count.pooling, shape: shape.pooling },
  L2_POOL_2D: { operations: (shapes) => 2 * count.pooling(shapes), shape: shape.pooling },
  RESIZE_BILINEAR: { operations: perOutput(9), shape: shape.resize },
  RESIZE_NEAREST_NEIGHBOR: moved(shape.resize),

  ADD: pair(), SUB: pair(), MUL: pair(), DIV: pair(), MAXIMUM: pair(), MINIMUM: pair(), POW: pair(), FLOOR_DIV: pair(2), FLOOR_MOD: pair(2),
  SQUARED_DIFFERENCE: pair(2), ATAN2: pair(), BITWISE_XOR: pair(), RIGHT_SHIFT: pair(), LOGICAL_AND: pair(), LOGICAL_OR: pair(),
  EQUAL: pair(), NOT_EQUAL: pair(), LESS: pair(), LESS_EQUAL: pair(), GREATER: pair(), GREATER_EQUAL: pair(), SELECT_V2: pair(), SELECT: pair(),
  STABLEHLO_ADD: pair(), STABLEHLO_SUBTRACT: pair(), STABLEHLO_MULTIPLY: pair(), STABLEHLO_DIVIDE: pair(), STABLEHLO_MAXIMUM: pair(), STABLEHLO_MINIMUM: pair(),
  STABLEHLO_POWER: pair(), STABLEHLO_REMAINDER: pair(), STABLEHLO_AND: pair(), STABLEHLO_OR: pair(), STABLEHLO_COMPARE: pair(), STABLEHLO_SELECT: pair(),
  STABLEHLO_SHIFT_LEFT: pair(), STABLEHLO_CLAMP: { operations: perOutput(2), shape: stablehlo.clamp },
  ADD_N: { operations: count.additionOfMany, shape: shape.same },
  PRELU: { weights: [1], operations: perOutput(2), shape: shape.same },

  RELU: each(1), RELU6: each(2), RELU_N1_TO_1: each(2), RELU_0_TO_1: each(2), LEAKY_RELU: each(2), ELU: each(3), GELU: each(5), HARD_SWISH: each(5),
  LOGISTIC: each(3), TANH: each(1), EXP: each(1), LOG: each(1), SQRT: each(1), RSQRT: each(2), SQUARE: each(1), ABS: each(1), NEG: each(1), SIN: each(1), COS: each(1),
  FLOOR: each(1), CEIL: each(1), ROUND: each(1), SIGN: each(1), LOGICAL_NOT: each(1), SOFTMAX: each(5), LOG_SOFTMAX: each(5), L2_NORMALIZATION: each(3),
  LOCAL_RESPONSE_NORMALIZATION: { operations: count.localResponseNormalization, shape: shape.same }, CUMSUM: each(1), FAKE_QUANT: each(5),
  QUANTIZE: each(3), DEQUANTIZE: each(2), CAST: each(0), BUCKETIZE: each(1), ZEROS_LIKE: each(0), DENSIFY: each(0), REVERSE_V2: each(0), REVERSE_SEQUENCE: each(0),
  STABLEHLO_ABS: each(1), STABLEHLO_COSINE: each(1), STABLEHLO_EXPONENTIAL: each(1), STABLEHLO_FLOOR: each(1), STABLEHLO_LOG: each(1), STABLEHLO_LOGISTIC: each(3),
  STABLEHLO_NEGATE: each(1), STABLEHLO_RSQRT: each(2), STABLEHLO_TANH: each(1), STABLEHLO_CBRT: each(1), STABLEHLO_CONVERT: each(0),
  REAL: each(0), IMAG: each(0), COMPLEX_ABS: each(4), MATRIX_SET_DIAG: each(0), READ_VARIABLE: {}, ASSIGN_VARIABLE: {}, VAR_HANDLE: {},

  MEAN: reduced(), SUM: reduced(), REDUCE_PROD: reduced(), REDUCE_MAX: reduced(), REDUCE_MIN: reduced(), REDUCE_ANY: reduced(), REDUCE_ALL: reduced(),
  ARG_MAX: reduced(layout.reduceAxis), ARG_MIN: reduced(layout.reduceAxis), TOPK_V2: reduced(layout.topK), STABLEHLO_REDUCE: { operations: count.reduction },
  SEGMENT_SUM: { operations: count.reduction }, UNSORTED_SEGMENT_SUM: reduced(layout.segments), UNSORTED_SEGMENT_PROD: reduced(layout.segments),
  UNSORTED_SEGMENT_MAX: reduced(layout.segments), UNSORTED_SEGMENT_MIN: reduced(layout.segments),

  RESHAPE: moved(layout.reshape), SQUEEZE: moved(layout.squeeze), EXPAND_DIMS: moved(layout.expandDimensions), CONCATENATION: moved(layout.concatenate),
  PAD: moved(layout.pad), PADV2: moved(layout.pad), MIRROR_PAD: moved(layout.pad), TRANSPOSE: moved(layout.transpose), PACK: moved(layout.pack), UNPACK: moved(layout.unpack),
  SPLIT: moved(layout.split), SPLIT_V: moved(layout.splitSizes), TILE: moved(layout.tile), ONE_HOT: moved(layout.oneHot), SHAPE: moved(layout.shapeOf), RANK: moved(layout.rankOf),
  SPACE_TO_DEPTH: moved(shape.spaceToDepth), DEPTH_TO_SPACE: moved(shape.depthToSpace), SPACE_TO_BATCH_ND: moved(shape.spaceToBatch), BATCH_TO_SPACE_ND: moved(shape.batchToSpace),
  BROADCAST_TO: moved(shape.shapeFromSecond), FILL: moved(shape.shapeFromFirst), DYNAMIC_UPDATE_SLICE: moved(shape.same), STABLEHLO_RESHAPE: moved(stablehlo.reshape), STABLEHLO_TRANSPOSE: moved(stablehlo.transpose),
  STABLEHLO_CONCATENATE: moved(stablehlo.concatenate), STABLEHLO_PAD: moved(stablehlo.pad), STABLEHLO_BROADCAST_IN_DIM: moved(stablehlo.broadcastInDimension), STABLEHLO_IOTA: {}, RANGE: moved(layout.range), BITCAST: {}, SCATTER_ND: moved(shape.shapeFromThird), SPARSE_TO_DENSE: moved(shape.shapeFromSecond),
  // How many elements meet a condition or are different only a run can tell.
  WHERE: {}, UNIQUE: {},
  MATRIX_DIAG: moved(layout.diagonal), BROADCAST_ARGS: moved(layout.broadcastLengths), RANDOM_UNIFORM: moved(shape.shapeFromFirst), RANDOM_STANDARD_NORMAL: moved(shape.shapeFromFirst),
  SLICE: cut(layout.slice), STRIDED_SLICE: cut(layout.stridedSlice), GATHER: cut(layout.gather), GATHER_ND: cut(layout.gatherNd), STABLEHLO_SLICE: cut(stablehlo.slice),
  STABLEHLO_DYNAMIC_SLICE: cut(stablehlo.dynamicSlice), STABLEHLO_GATHER: { reads: 'written' },
  EMBEDDING_LOOKUP: { weights: [1], shape: layout.embedding, reads: 'written' },
  // What these do is done by the subgraphs that they call, and counted there.
  IF: {}, WHILE: {}, CALL: {}, CALL_ONCE: {}, STABLEHLO_WHILE: {}, STABLEHLO_COMPOSITE: {}, STABLEHLO_CASE: {},
};

/** Custom ops whose arithmetic is published: MediaPipe's. */
const customEntries: Readonly<Record<string, OpEntry>> = {
  Convolution2DTransposeBias: { weights: [1], biases: [2], macs: count.transposedConvolution(0, 1) },
};

/** The entry of an op; null for one whose arithmetic is unknown, of which only bytes can be told. */
export function opEntry(code: OperatorCode): OpEntry | null {
  const table: Readonly<Record<string, OpEntry | undefined>> = code.custom ? customEntries : entries;
  return Object.hasOwn(table, code.name) ? table[code.name] ?? null : null;
}
