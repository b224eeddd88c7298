import type { Model, Operator } from '../../../../tflite/format/model';

/** `Convolution (NHWC, F32) IGEMM` in its pieces. */
export interface XnnpackOperator {
  /** `Convolution` */
  readonly kind: string;
  /** `IGEMM`, `DWConv`, `SPMM` …; empty for operators that have but one. */
  readonly family: string;
}

/** @param label as the profile has it, with or without `Delegate/` in front */
export function parseOperator(label: string): XnnpackOperator {
  const match = /^(?:Delegate\/)?([^(]*?)\s*(?:\([^)]*\)\s*(.*))?$/.exec(label);
  return { kind: match?.[1] ?? label, family: match?.[2]?.trim() ?? '' };
}

/** The name of a microkernel for people: without what says that it runs in a delegate. */
export function operatorText(label: string): string {
  return label.replace(/^Delegate\//, '');
}

const copies = ['Copy'] as const;
const pools = ['Average Pooling', 'Global Average Pooling', 'Mean'] as const;

/**
 * By kind of op, the operators that XNNPACK runs for it, under the names of its operator-strings.h. Apart from the ops'
 * descriptions (`tflite/op-table.ts`), because these are another project's names, which change with a runtime's package.
 */
const operatorsByOp: Readonly<Record<string, readonly string[]>> = {
  ABS: ['Abs'], ADD: ['Add'], AVERAGE_POOL_2D: pools, BATCH_MATMUL: ['Batch Matrix Multiply', 'Fully Connected', 'Dynamic Fully Connected'],
  CAST: ['Convert'], CEIL: ['Ceiling'], CONCATENATION: copies, CONV_2D: ['Convolution'], Convolution2DTransposeBias: ['Deconvolution'],
  DEPTHWISE_CONV_2D: ['Convolution'], DEPTH_TO_SPACE: ['Depth To Space', 'Transpose'], DEQUANTIZE: ['Convert'], DIV: ['Divide'], ELU: ['ELU'],
  EXP: ['Exp'], EXPAND_DIMS: copies, FLOOR: ['Floor'], FULLY_CONNECTED: ['Fully Connected', 'Dynamic Fully Connected', 'Convolution'],
  GELU: ['GELU'], HARD_SWISH: ['HardSwish', 'Hard Swish'], LEAKY_RELU: ['Leaky ReLU'], LOG: ['Log'], LOGISTIC: ['Sigmoid'],
  MAXIMUM: ['Maximum'], MAX_POOL_2D: ['Max Pooling'], MEAN: pools, MINIMUM: ['Minimum'], MUL: ['Multiply'], NEG: ['Negate'], PAD: ['Constant Pad'],
  PADV2: ['Constant Pad'], PRELU: ['PReLU'], QUANTIZE: ['Convert'], RELU: ['Clamp'], RELU6: ['Clamp'], RELU_0_TO_1: ['Clamp'],
  RELU_N1_TO_1: ['Clamp'], RESHAPE: copies, RESIZE_BILINEAR: ['Resize Bilinear'], ROUND: ['Bankers Rounding'],
  RSQRT: ['Reciprocal Square Root'], SLICE: ['Slice', ...copies], SOFTMAX: ['Softmax'], SPACE_TO_DEPTH: ['Space To Depth', 'Transpose'], SPLIT: copies, SQRT: ['Square Root'],
  SQUARE: ['Square'], SQUARED_DIFFERENCE: ['Squared Difference'], SQUEEZE: copies, STRIDED_SLICE: ['Slice', ...copies], SUB: ['Subtract'], SUM: ['Global Sum Pooling', 'Sum'],
  TANH: ['Tanh'], TRANSPOSE: ['Transpose', ...copies], TRANSPOSE_CONV: ['Deconvolution'],
};

/** The ops for which XNNPACK has operators. */
export const timedOps = Object.keys(operatorsByOp);

/** What becomes of an op for which XNNPACK runs nothing. */
export type WithoutOperator = 'into-producer' | 'into-consumer' | 'elided' | 'unknown';

export function withoutOperator(name: string): WithoutOperator {
  if (/^RELU/.test(name)) return 'into-producer';
  if (name === 'PAD' || name === 'PADV2') return 'into-consumer';
  return ['RESHAPE', 'EXPAND_DIMS', 'SQUEEZE'].includes(name) ? 'elided' : 'unknown';
}

/** Operators that XNNPACK adds where layouts, types or ranges have to change between others. */
export function isAdded(kind: string): boolean {
  return ['Copy', 'Convert', 'Transpose', 'Clamp', 'Constant Pad'].includes(kind);
}

/** How far an operator is from what XNNPACK runs for an op: 0 for the very one, more for doubtful ones, null for another kind. */
export function distanceTo(model: Model, subgraph: number, op: Operator, { kind, family }: XnnpackOperator): number | null {
  const kinds = operatorsByOp[op.code.name];
  if (kinds?.includes(kind) !== true) return null;
  if (kind !== 'Convolution' || family === '') return 0;
  return family === expectedFamily(model, subgraph, op) ? 0 : family === 'DWConv' || op.code.name === 'DEPTHWISE_CONV_2D' ? 2 : 1;
}

/** One pixel at a time is a matrix product; more pixels are one through a table of pointers. */
function expectedFamily(model: Model, subgraph: number, op: Operator): string {
  if (op.code.name === 'DEPTHWISE_CONV_2D') return 'DWConv';
  const kernel = model.subgraphs[subgraph]?.tensors[op.inputs[1] ?? -1]?.shape ?? [];
  const settings = op.options?.table === 'Conv2DOptions' ? op.options.values : null;
  const strided = (settings?.stride_h ?? 1) > 1 || (settings?.stride_w ?? 1) > 1;
  return kernel[1] === 1 && kernel[2] === 1 && !strided ? 'GEMM' : 'IGEMM';
}
