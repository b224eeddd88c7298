/** Every op of the table in its forms, with what has to come of it: for the tests, and to be measured in a browser (scripts/measure-op-support.ts). */
import type { Fields } from '../../../../../tflite/testing/build';
import { integers, numbers, type Case, type Numbers, type Operand } from './one-op';
import * as reference from './reference';
import { at, each, fill, pairwise, reduction } from './reference';

const paddings = ['SAME', 'VALID'] as const;
const enumOf = { SAME: 0, VALID: 1 } as const;
const activations = { NONE: 0, RELU: 1, RELU_N1_TO_1: 2, RELU6: 3, TANH: 4 } as const;
const activated = { NONE: (x: number) => x, RELU: (x: number) => Math.max(0, x), RELU_N1_TO_1: (x: number) => Math.max(-1, Math.min(1, x)), RELU6: (x: number) => Math.max(0, Math.min(6, x)), TANH: Math.tanh } as const;
const bool = [{ dtype: 'bool' as const }];
const int32 = [{ dtype: 'int32' as const }];
const whole = (shape: readonly number[], seed = 1, scale = 9): Operand => ({ shape, values: numbers(shape, seed, scale).values.map(Math.round), dtype: 'int32' });
const truth = (shape: readonly number[], seed = 1): Operand => ({ shape, values: numbers(shape, seed).values.map((value) => (value > 0 ? 1 : 0)), dtype: 'bool' });
const positive = (shape: readonly number[], seed = 1): Operand => ({ shape, values: numbers(shape, seed).values.map((value) => Math.abs(value) + 0.05) });
const same = (value: number): number => value;

const convolutions: Case[] = paddings.flatMap((padding) => ([
  { strides: [1, 1], dilations: [1, 1], kernel: [3, 3], activation: 'NONE' },
  { strides: [2, 3], dilations: [1, 1], kernel: [3, 5], activation: 'RELU6' },
  { strides: [1, 1], dilations: [2, 3], kernel: [3, 2], activation: 'RELU' },
  { strides: [2, 2], dilations: [2, 2], kernel: [2, 3], activation: 'RELU_N1_TO_1' },
  { strides: [1, 1], dilations: [1, 1], kernel: [1, 1], activation: 'TANH' },
] as const).flatMap(({ strides, dilations, kernel, activation }): Case[] => {
  const window = { padding, strides, dilations };
  const value = { padding: enumOf[padding], stride_h: strides[0], stride_w: strides[1], dilation_h_factor: dilations[0], dilation_w_factor: dilations[1], fused_activation_function: activations[activation] };
  const what = `${padding}, strides ${strides.join('×')}, dilations ${dilations.join('×')}, kernel ${kernel.join('×')}, ${activation}`;
  const image = numbers([2, 7, 9, 3], 3, 2);
  const act = (result: Numbers): Numbers => each(result, activated[activation]);
  return [
    { op: 'CONV_2D', what, options: { member: 'Conv2DOptions', value }, inputs: [image, { ...numbers([5, ...kernel, 3], 4), constant: true }, { ...numbers([5], 5), constant: true }], expected: (x, w, b) => act(reference.convolution(x as Numbers, w as Numbers, b as Numbers, window)) },
    { op: 'DEPTHWISE_CONV_2D', what: `${what}, multiplier 2`, options: { member: 'DepthwiseConv2DOptions', value: { ...value, depth_multiplier: 2 } }, inputs: [image, { ...numbers([1, ...kernel, 6], 6), constant: true }, { ...numbers([6], 7), constant: true }], expected: (x, w, b) => act(reference.depthwise(x as Numbers, w as Numbers, b as Numbers, window)) },
  ];
}));

const quantizedImage = { ...numbers([1, 7, 5, 3], 8), dtype: 'int8' as const, quantization: { scale: [0.0079], zeroPoint: [-3], dimension: 0 } };
const perChannel = { scale: [0.011, 0.007, 0.0093, 0.0051], zeroPoint: [0, 0, 0, 0], dimension: 0 };
const quantized: Case[] = [
  {
    op: 'CONV_2D', what: 'int8, weights by channel', options: { member: 'Conv2DOptions', value: { padding: 0, stride_h: 2, stride_w: 1, fused_activation_function: activations.RELU6 } },
    inputs: [quantizedImage, { ...numbers([4, 3, 3, 3], 9), dtype: 'int8', quantization: perChannel, constant: true }, { ...numbers([4], 10), dtype: 'int32', constant: true, quantization: { ...perChannel, scale: perChannel.scale.map((scale) => scale * 0.0079) } }],
    outputs: [{ dtype: 'int8', quantization: { scale: [0.021], zeroPoint: [-128], dimension: 0 } }],
    expected: (x, w, b) => each(reference.convolution(x as Numbers, w as Numbers, b as Numbers, { padding: 'SAME', strides: [2, 1] }), activated.RELU6),
  },
  {
    op: 'CONV_2D', what: 'int8, the bias quantized along the weights’ dimension, as TOCO wrote it', options: { member: 'Conv2DOptions', value: { padding: 0, stride_h: 1, stride_w: 1 } },
    inputs: [quantizedImage, { ...numbers([4, 3, 3, 3], 9), dtype: 'int8', quantization: perChannel, constant: true }, { ...numbers([4], 10), dtype: 'int32', constant: true, quantization: { ...perChannel, scale: perChannel.scale.map((scale) => scale * 0.0079), dimension: 3 } }],
    outputs: [{ dtype: 'int8', quantization: { scale: [0.05], zeroPoint: [3], dimension: 0 } }],
    expected: (x, w, b) => reference.convolution(x as Numbers, w as Numbers, b as Numbers, { padding: 'SAME', strides: [1, 1] }),
  },
  {
    op: 'DEPTHWISE_CONV_2D', what: 'uint8, one scale', options: { member: 'DepthwiseConv2DOptions', value: { padding: 1, stride_h: 1, stride_w: 2, depth_multiplier: 1 } },
    inputs: [{ ...numbers([1, 7, 5, 3], 8), dtype: 'uint8', quantization: { scale: [0.0081], zeroPoint: [127], dimension: 0 } }, { ...numbers([1, 3, 3, 3], 9), dtype: 'uint8', quantization: { scale: [0.0078], zeroPoint: [131], dimension: 0 }, constant: true }, null],
    outputs: [{ dtype: 'uint8', quantization: { scale: [0.03], zeroPoint: [120], dimension: 0 } }],
    expected: (x, w) => reference.depthwise(x as Numbers, w as Numbers, null, { padding: 'VALID', strides: [1, 2] }),
  },
  {
    op: 'FULLY_CONNECTED', what: 'int8 to int16', options: { member: 'FullyConnectedOptions', value: {} },
    inputs: [{ ...numbers([3, 7], 1), dtype: 'int8', quantization: { scale: [0.0079], zeroPoint: [5], dimension: 0 } }, { ...numbers([5, 7], 2), dtype: 'int8', quantization: { scale: [0.0079], zeroPoint: [0], dimension: 0 }, constant: true }, null],
    outputs: [{ dtype: 'int16', quantization: { scale: [0.0002], zeroPoint: [0], dimension: 0 } }],
    expected: (x, w) => fill([3, 5], ([row = 0, unit = 0]) => Array.from({ length: 7 }, (_, index) => at(x as Numbers, [row, index]) * at(w as Numbers, [unit, index])).reduce((a, b) => a + b, 0)),
  },
  {
    op: 'ADD', what: 'int8, three scales, saturating', options: { member: 'AddOptions', value: {} },
    inputs: [quantizedImage, { ...numbers([1, 1, 5, 1], 4), dtype: 'int8', quantization: { scale: [0.02], zeroPoint: [7], dimension: 0 } }],
    outputs: [{ dtype: 'int8', quantization: { scale: [0.009], zeroPoint: [2], dimension: 0 } }], expected: (a, b) => pairwise(a as Numbers, b as Numbers, (x, y) => x + y),
  },
  { op: 'SOFTMAX', what: 'uint8', options: { member: 'SoftmaxOptions', value: { beta: 1 } }, inputs: [{ ...numbers([2, 5], 3, 4), dtype: 'uint8', quantization: { scale: [0.04], zeroPoint: [100], dimension: 0 } }], outputs: [{ dtype: 'uint8', quantization: { scale: [1 / 256], zeroPoint: [0], dimension: 0 } }], expected: (x) => softmax(x as Numbers, 1) },
  { op: 'QUANTIZE', what: 'uint8 to int8', options: { member: 'QuantizeOptions', value: {} }, inputs: [{ ...numbers([3, 5], 3), dtype: 'uint8', quantization: { scale: [1 / 128], zeroPoint: [128], dimension: 0 } }], outputs: [{ dtype: 'int8', quantization: { scale: [1 / 128], zeroPoint: [0], dimension: 0 } }], expected: (x) => x as Numbers },
  { op: 'MAX_POOL_2D', what: 'int8', options: { member: 'Pool2DOptions', value: { padding: 0, stride_h: 2, stride_w: 2, filter_height: 3, filter_width: 2 } }, inputs: [quantizedImage], outputs: [{ dtype: 'int8', quantization: quantizedImage.quantization }], expected: (x) => pooled(x as Numbers, [3, 2], [2, 2], 'SAME', (values) => Math.max(...values)) },
  { op: 'MEAN', what: 'int8', options: { member: 'ReducerOptions', value: { keep_dims: true } }, inputs: [quantizedImage, integers([1, 2])], outputs: [{ dtype: 'int8', quantization: { scale: [0.004], zeroPoint: [9], dimension: 0 } }], expected: (x) => reduction(x as Numbers, [1, 2], true, mean) },
  { op: 'RESHAPE', what: 'int8 with one scale', options: { member: 'ReshapeOptions', value: {} }, inputs: [quantizedImage, integers([7, -1])], outputs: [{ dtype: 'int8', quantization: quantizedImage.quantization }], expected: (x) => ({ shape: [7, 15], values: (x as Numbers).values }) },
  { op: 'CONCATENATION', what: 'int8, two scales', options: { member: 'ConcatenationOptions', value: { axis: 3 } }, inputs: [quantizedImage, { ...numbers([1, 7, 5, 2], 4), dtype: 'int8', quantization: { scale: [0.02], zeroPoint: [7], dimension: 0 } }], outputs: [{ dtype: 'int8', quantization: quantizedImage.quantization }], expected: (a, b) => joined([a as Numbers, b as Numbers], 3) },
];

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function softmax(input: Numbers, beta: number): Numbers {
  return fill(input.shape, (place) => {
    const row = Array.from({ length: input.shape.at(-1) ?? 0 }, (_, index) => Math.exp(beta * at(input, [...place.slice(0, -1), index])));
    return (row[place.at(-1) ?? 0] ?? NaN) / row.reduce((a, b) => a + b, 0);
  });
}

function pooled(input: Numbers, kernel: readonly [number, number], strides: readonly [number, number], padding: 'SAME' | 'VALID', apply: (values: readonly number[]) => number): Numbers {
  return reference.overWindows(input, kernel, input.shape[3] ?? 0, { padding, strides }, (taps, batch, channel) => apply(taps.map(({ y, x }) => at(input, [batch, y, x, channel]))));
}

function joined(parts: readonly Numbers[], axis: number): Numbers {
  const [first] = parts;
  const shape = (first?.shape ?? []).map((size, dimension) => (dimension === axis ? parts.reduce((sum, part) => sum + (part.shape[axis] ?? 0), 0) : size));
  return fill(shape, (place) => {
    let left = place[axis] ?? 0;
    for (const part of parts) {
      if (left < (part.shape[axis] ?? 0)) return at(part, place.map((coordinate, dimension) => (dimension === axis ? left : coordinate)));
      left -= part.shape[axis] ?? 0;
    }
    return NaN;
  });
}

const pools: Case[] = paddings.flatMap((padding) => ([[[3, 2], [2, 3]], [[2, 2], [1, 1]]] as const).flatMap(([kernel, strides]): Case[] => {
  const options = { member: 'Pool2DOptions', value: { padding: enumOf[padding], stride_h: strides[0], stride_w: strides[1], filter_height: kernel[0], filter_width: kernel[1] } };
  const what = `${padding}, kernel ${kernel.join('×')}, strides ${strides.join('×')}`;
  const inputs = [numbers([2, 7, 9, 3], 2)];
  return [
    { op: 'MAX_POOL_2D', what, options, inputs, error: 0, expected: (x) => pooled(x as Numbers, kernel, strides, padding, (values) => Math.max(...values)) },
    { op: 'AVERAGE_POOL_2D', what, options, inputs, expected: (x) => pooled(x as Numbers, kernel, strides, padding, mean) },
    { op: 'L2_POOL_2D', what, options, inputs, expected: (x) => pooled(x as Numbers, kernel, strides, padding, (values) => Math.sqrt(mean(values.map((value) => value ** 2)))) },
  ];
}));

const transposed: Case[] = paddings.flatMap((padding): Case[] => {
  const strides = [2, 3] as const;
  const [rows, columns] = padding === 'SAME' ? [9, 14] : [11, 14];
  const value = { padding: enumOf[padding], stride_h: strides[0], stride_w: strides[1] };
  const options = new Uint8Array(Int32Array.of(enumOf[padding] + 1, strides[1], strides[0]).buffer);
  const [input, filter, bias] = [numbers([1, 5, 5, 2], 1), { ...numbers([3, 3, 2, 2], 2), constant: true as const }, { ...numbers([3], 3), constant: true as const }];
  const mediapipe = padding === 'SAME' ? [1, 9, 14, 3] : [1, 11, 14, 3];
  return [
    { op: 'TRANSPOSE_CONV', what: padding, options: { member: 'TransposeConvOptions', value }, inputs: [integers([1, rows, columns, 3]), filter, input, bias], expected: (_, w, x, b) => reference.transposedConvolution(x as Numbers, w as Numbers, b as Numbers, [1, rows, columns, 3], strides, padding) },
    { op: 'Convolution2DTransposeBias', what: padding, customOptions: options, inputs: [input, filter, bias], expected: (x, w, b) => reference.transposedConvolution(x as Numbers, w as Numbers, b as Numbers, mediapipe, strides, padding) },
  ];
});

const arithmetic: readonly [string, string | null, (a: number, b: number) => number][] = [
  ['ADD', 'AddOptions', (a, b) => a + b], ['SUB', 'SubOptions', (a, b) => a - b], ['MUL', 'MulOptions', (a, b) => a * b], ['DIV', 'DivOptions', (a, b) => a / b],
  ['MAXIMUM', null, Math.max], ['MINIMUM', null, Math.min], ['SQUARED_DIFFERENCE', null, (a, b) => (a - b) ** 2], ['ATAN2', null, Math.atan2],
  ['FLOOR_DIV', null, (a, b) => Math.floor(a / b)], ['FLOOR_MOD', null, (a, b) => a - Math.floor(a / b) * b],
];
const shapes: readonly [readonly number[], readonly number[]][] = [[[2, 3, 5], [2, 3, 5]], [[2, 1, 5], [3, 1]], [[5], [2, 3, 5]], [[1], [3, 3]]];
const pairs: Case[] = [
  ...arithmetic.flatMap(([op, member, apply]) => shapes.map(([one, other], index): Case => ({
    op, what: `[${one.join(', ')}] and [${other.join(', ')}]`, ...(member === null ? {} : { options: { member, value: { fused_activation_function: index === 1 ? activations.RELU : 0 } } }),
    inputs: [numbers(one, 5, 3), positive(other, 6)], expected: (a, b) => pairwise(a as Numbers, b as Numbers, (x, y) => (index === 1 && member !== null ? Math.max(0, apply(x, y)) : apply(x, y))),
  }))),
  { op: 'POW', inputs: [positive([2, 3, 1]), numbers([3], 2, 3)], expected: (a, b) => pairwise(a as Numbers, b as Numbers, Math.pow) },
  { op: 'PRELU', inputs: [numbers([2, 3, 5, 4], 2), { ...numbers([1, 1, 4], 3), constant: true }], expected: (a, b) => pairwise(a as Numbers, b as Numbers, (x, y) => (x < 0 ? x * y : x)) },
  ...([['ADD', 'AddOptions', (a: number, b: number) => a + b], ['MUL', 'MulOptions', (a: number, b: number) => a * b], ['DIV', 'DivOptions', (a: number, b: number) => Math.trunc(a / b)], ['SUB', 'SubOptions', (a: number, b: number) => a - b]] as const).map(([op, member, apply]): Case => ({
    op, what: 'int32', options: { member, value: {} }, inputs: [whole([3, 5], 1, 100), { ...whole([5], 2), values: [3, -2, 7, -5, 1] }], outputs: int32, error: 0, expected: (a, b) => pairwise(a as Numbers, b as Numbers, apply),
  })),
  ...([['FLOOR_DIV', (a: number, b: number) => Math.floor(a / b)], ['FLOOR_MOD', (a: number, b: number) => a - Math.floor(a / b) * b], ['BITWISE_XOR', (a: number, b: number) => a ^ b], ['RIGHT_SHIFT', (a: number, b: number) => a >> Math.abs(b)], ['MAXIMUM', Math.max]] as const).map(([op, apply]): Case => ({
    op, what: 'int32', inputs: [whole([3, 5], 1, 100), { ...whole([5], 2), values: op === 'RIGHT_SHIFT' ? [3, 2, 7, 5, 1] : [3, -2, 7, -5, 1] }], outputs: int32, error: 0, expected: (a, b) => pairwise(a as Numbers, b as Numbers, apply),
  })),
  ...([['EQUAL', (a: number, b: number) => a === b], ['NOT_EQUAL', (a: number, b: number) => a !== b], ['LESS', (a: number, b: number) => a < b], ['LESS_EQUAL', (a: number, b: number) => a <= b], ['GREATER', (a: number, b: number) => a > b], ['GREATER_EQUAL', (a: number, b: number) => a >= b]] as const).map(([op, apply]): Case => ({
    op, inputs: [whole([3, 5], 1, 2), whole([3, 1], 2, 2)], outputs: bool, error: 0, expected: (a, b) => pairwise(a as Numbers, b as Numbers, (x, y) => Number(apply(x, y))),
  })),
  { op: 'LOGICAL_AND', inputs: [truth([3, 5], 1), truth([5], 2)], outputs: bool, error: 0, expected: (a, b) => pairwise(a as Numbers, b as Numbers, (x, y) => x * y) },
  { op: 'LOGICAL_OR', inputs: [truth([3, 5], 1), truth([5], 2)], outputs: bool, error: 0, expected: (a, b) => pairwise(a as Numbers, b as Numbers, Math.max) },
  { op: 'ADD_N', inputs: [numbers([3, 5], 1), numbers([3, 5], 2), numbers([3, 5], 3)], expected: (a, b, c) => pairwise(pairwise(a as Numbers, b as Numbers, (x, y) => x + y), c as Numbers, (x, y) => x + y) },
];

/** The error function by its series, to double precision. */
function erf(x: number): number {
  let [sum, term] = [x, x];
  for (let n = 1; n < 60; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const halfToEven = (x: number): number => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));
const any = numbers([2, 3, 7], 11, 4);
const unary: readonly [string, (value: number) => number, Operand?, { member: string; value: Fields }?][] = [
  ['ABS', Math.abs], ['NEG', (x) => -x], ['SIGN', Math.sign], ['CEIL', Math.ceil], ['FLOOR', Math.floor], ['EXP', Math.exp], ['LOG', Math.log, positive([3, 7])], ['SQRT', Math.sqrt, positive([3, 7])],
  ['RSQRT', (x) => 1 / Math.sqrt(x), positive([3, 7])], ['SQUARE', (x) => x * x], ['SIN', Math.sin], ['COS', Math.cos], ['ZEROS_LIKE', () => 0], ['RELU', activated.RELU], ['RELU6', activated.RELU6, numbers([3, 7], 2, 9)],
  ['RELU_N1_TO_1', activated.RELU_N1_TO_1], ['RELU_0_TO_1', (x) => Math.max(0, Math.min(1, x))], ['ELU', (x) => (x < 0 ? Math.expm1(x) : x)], ['HARD_SWISH', (x) => (x * Math.max(0, Math.min(6, x + 3))) / 6],
  ['LOGISTIC', (x) => 1 / (1 + Math.exp(-x))], ['TANH', Math.tanh], ['DEQUANTIZE', same, { ...numbers([3, 7], 2), dtype: 'float16' }, { member: 'DequantizeOptions', value: {} }],
  ['ROUND', halfToEven, { shape: [7], values: [-2.5, -1.5, -0.4, 0.5, 1.5, 2.5, 3.7] }], ['LEAKY_RELU', (x) => (x < 0 ? Math.fround(0.13) * x : x), any, { member: 'LeakyReluOptions', value: { alpha: 0.13 } }],
  ['GELU', (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)), numbers([3, 7], 3, 2), { member: 'GeluOptions', value: {} }],
  ['GELU', (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))), any, { member: 'GeluOptions', value: { approximate: true } }],
];
const unaries: Case[] = [
  ...unary.map(([op, apply, input = any, options]): Case => ({ op, ...(options === undefined ? {} : { options }), inputs: [input], expected: (x) => each(x as Numbers, apply) })),
  { op: 'LOGICAL_NOT', inputs: [truth([3, 5])], outputs: bool, error: 0, expected: (x) => each(x as Numbers, (value) => 1 - value) },
  { op: 'SOFTMAX', what: 'beta 0.5', options: { member: 'SoftmaxOptions', value: { beta: 0.5 } }, inputs: [any], expected: (x) => softmax(x as Numbers, 0.5) },
  { op: 'LOG_SOFTMAX', inputs: [any], expected: (x) => each(softmax(x as Numbers, 1), Math.log) },
  { op: 'L2_NORMALIZATION', options: { member: 'L2NormOptions', value: {} }, inputs: [any], expected: (x) => fill((x as Numbers).shape, (place) => at(x as Numbers, place) / Math.hypot(...Array.from({ length: 7 }, (_, index) => at(x as Numbers, [...place.slice(0, 2), index])))) },
  {
    op: 'LOCAL_RESPONSE_NORMALIZATION', options: { member: 'LocalResponseNormalizationOptions', value: { radius: 2, bias: 1.5, alpha: 0.4, beta: 0.75 } }, inputs: [numbers([1, 2, 3, 7], 3, 2)],
    expected: (x) => fill((x as Numbers).shape, (place) => {
      const channel = place[3] ?? 0;
      let sum = 0;
      for (let near = Math.max(0, channel - 2); near <= Math.min(6, channel + 2); near++) sum += at(x as Numbers, [...place.slice(0, 3), near]) ** 2;
      return at(x as Numbers, place) * (1.5 + Math.fround(0.4) * sum) ** -0.75;
    }),
  },
  { op: 'CAST', what: 'float32 to int32, towards zero', options: { member: 'CastOptions', value: { in_data_type: 0, out_data_type: 2 } }, inputs: [numbers([3, 7], 2, 50)], outputs: int32, error: 0, expected: (x) => each(x as Numbers, Math.trunc) },
  { op: 'CAST', what: 'int32 to int8, wrapping', options: { member: 'CastOptions', value: { in_data_type: 2, out_data_type: 9 } }, inputs: [whole([3, 7], 2, 300)], outputs: [{ dtype: 'int8' }], error: 0, expected: (x) => each(x as Numbers, (value) => Int8Array.of(value)[0] ?? 0) },
  { op: 'CAST', what: 'int32 to float32', options: { member: 'CastOptions', value: {} }, inputs: [whole([3, 7], 2, 300)], error: 0, expected: (x) => x as Numbers },
  { op: 'SELECT_V2', inputs: [truth([3, 1]), numbers([3, 5], 1), numbers([5], 2)], error: 0, expected: (c, a, b) => fill([3, 5], (place) => (at(c as Numbers, place) === 1 ? at(a as Numbers, place) : at(b as Numbers, place))) },
  { op: 'SELECT', what: 'by row', inputs: [truth([3]), numbers([3, 5], 1), numbers([3, 5], 2)], error: 0, expected: (c, a, b) => fill([3, 5], (place) => ((c as Numbers).values[place[0] ?? 0] === 1 ? at(a as Numbers, place) : at(b as Numbers, place))) },
];

const reducers: readonly [string, (values: readonly number[]) => number][] = [
  ['MEAN', mean], ['SUM', (values) => values.reduce((a, b) => a + b, 0)], ['REDUCE_PROD', (values) => values.reduce((a, b) => a * b, 1)],
  ['REDUCE_MAX', (values) => Math.max(...values)], ['REDUCE_MIN', (values) => Math.min(...values)],
];
const reductionCases: Case[] = [
  ...reducers.flatMap(([op, apply]) => ([[[1], false], [[0, -1], true], [[2, 1, 3], false]] as const).map(([axes, keep]): Case => ({
    op, what: `axes ${axes.join(', ')}${keep ? ', kept' : ''}`, options: { member: 'ReducerOptions', value: { keep_dims: keep } }, inputs: [numbers([2, 3, 5, 3], 7), integers([...axes])],
    expected: (x) => reduction(x as Numbers, axes.map((axis) => (axis < 0 ? axis + 4 : axis)), keep, apply),
  }))),
  { op: 'REDUCE_ANY', options: { member: 'ReducerOptions', value: {} }, inputs: [truth([3, 2, 2]), integers([1, 2])], outputs: bool, error: 0, expected: (x) => reduction(x as Numbers, [1, 2], false, (values) => Math.max(...values)) },
  { op: 'REDUCE_ALL', options: { member: 'ReducerOptions', value: {} }, inputs: [truth([5, 2]), integers([1])], outputs: bool, error: 0, expected: (x) => reduction(x as Numbers, [1], false, (values) => Math.min(...values)) },
  { op: 'ARG_MAX', options: { member: 'ArgMaxOptions', value: { output_type: 2 } }, inputs: [any, integers([-1], [])], outputs: int32, error: 0, expected: (x) => reduction(x as Numbers, [2], false, (values) => values.indexOf(Math.max(...values))) },
  { op: 'ARG_MIN', what: 'int64', options: { member: 'ArgMinOptions', value: { output_type: 4 } }, inputs: [any, integers([1], [])], outputs: [{ dtype: 'int64' }], error: 0, expected: (x) => reduction(x as Numbers, [1], false, (values) => values.indexOf(Math.min(...values))) },
  { op: 'TOPK_V2', inputs: [any, integers([3], [])], outputs: [{}, ...int32], error: 0, expected: (x) => [0, 1].map((which) => fill([2, 3, 3], ([a = 0, b = 0, rank = 0]) => {
    const row = Array.from({ length: 7 }, (_, index) => ({ index, value: at(x as Numbers, [a, b, index]) })).sort((one, other) => other.value - one.value)[rank];
    return (which === 0 ? row?.value : row?.index) ?? NaN;
  })) },
  ...[[false, false], [true, false], [false, true], [true, true]].map(([exclusive, reverse]): Case => ({
    op: 'CUMSUM', what: `${exclusive === true ? 'exclusive' : 'inclusive'}${reverse === true ? ', from the end' : ''}`, options: { member: 'CumsumOptions', value: { exclusive, reverse } }, inputs: [any, integers([1], [])],
    expected: (x) => fill((x as Numbers).shape, ([a = 0, b = 0, c = 0]) => [0, 1, 2].filter((row) => (reverse === true ? row > b : row < b) || (exclusive !== true && row === b)).reduce((sum, row) => sum + at(x as Numbers, [a, row, c]), 0)),
  })),
];

const grid = numbers([2, 3, 5], 4);
const moves: readonly Case[] = [
  { op: 'RESHAPE', options: { member: 'ReshapeOptions', value: { new_shape: [5, -1] } }, inputs: [grid], expected: (x) => ({ shape: [5, 6], values: (x as Numbers).values }) },
  { op: 'SQUEEZE', options: { member: 'SqueezeOptions', value: { squeeze_dims: [-2] } }, inputs: [numbers([1, 3, 1, 2])], expected: (x) => ({ shape: [1, 3, 2], values: (x as Numbers).values }) },
  { op: 'EXPAND_DIMS', options: { member: 'ExpandDimsOptions', value: {} }, inputs: [grid, integers([-1], [])], expected: (x) => ({ shape: [2, 3, 5, 1], values: (x as Numbers).values }) },
  { op: 'TRANSPOSE', inputs: [grid, integers([2, 0, 1])], expected: (x) => fill([5, 2, 3], ([a = 0, b = 0, c = 0]) => at(x as Numbers, [b, c, a])) },
  { op: 'CONCATENATION', options: { member: 'ConcatenationOptions', value: { axis: -2, fused_activation_function: 1 } }, inputs: [grid, numbers([2, 2, 5], 5)], expected: (a, b) => each(joined([a as Numbers, b as Numbers], 1), activated.RELU) },
  { op: 'PACK', options: { member: 'PackOptions', value: { axis: 1, values_count: 2 } }, inputs: [numbers([3, 5], 1), numbers([3, 5], 2)], expected: (a, b) => fill([3, 2, 5], ([i = 0, which = 0, j = 0]) => at((which === 0 ? a : b) as Numbers, [i, j])) },
  { op: 'UNPACK', options: { member: 'UnpackOptions', value: { axis: -2, num: 3 } }, inputs: [grid], outputs: [{}, {}, {}], expected: (x) => [0, 1, 2].map((row) => fill([2, 5], ([i = 0, j = 0]) => at(x as Numbers, [i, row, j]))) },
  { op: 'SPLIT', options: { member: 'SplitOptions', value: { num_splits: 3 } }, inputs: [integers([-2], []), grid], outputs: [{}, {}, {}], expected: (_, x) => [0, 1, 2].map((row) => fill([2, 1, 5], ([i = 0, , j = 0]) => at(x as Numbers, [i, row, j]))) },
  { op: 'SPLIT_V', options: { member: 'SplitVOptions', value: { num_splits: 2 } }, inputs: [grid, integers([2, -1]), integers([2], [])], outputs: [{}, {}], expected: (x) => [fill([2, 3, 2], (place) => at(x as Numbers, place)), fill([2, 3, 3], ([i = 0, j = 0, k = 0]) => at(x as Numbers, [i, j, k + 2]))] },
  { op: 'SLICE', inputs: [grid, integers([0, 1, 2]), integers([1, 2, -1])], expected: (x) => fill([1, 2, 3], ([i = 0, j = 0, k = 0]) => at(x as Numbers, [i, j + 1, k + 2])) },
  { op: 'STRIDED_SLICE', options: { member: 'StridedSliceOptions', value: { begin_mask: 1, shrink_axis_mask: 2 } }, inputs: [grid, integers([1, -1, 4]), integers([2, 0, 0]), integers([1, 1, -2])], expected: (x) => fill([2, 2], ([i = 0, k = 0]) => at(x as Numbers, [i, 2, 4 - 2 * k])) },
  { op: 'GATHER', options: { member: 'GatherOptions', value: { axis: 2 } }, inputs: [grid, integers([4, 0, 4])], expected: (x) => fill([2, 3, 3], ([i = 0, j = 0, k = 0]) => at(x as Numbers, [i, j, [4, 0, 4][k] ?? 0])) },
  { op: 'GATHER_ND', inputs: [grid, integers([1, 2, 0, 1], [2, 2])], expected: (x) => fill([2, 5], ([row = 0, k = 0]) => at(x as Numbers, row === 0 ? [1, 2, k] : [0, 1, k])) },
  { op: 'EMBEDDING_LOOKUP', inputs: [integers([2, 0]), numbers([3, 5], 2)], expected: (_, table) => fill([2, 5], ([row = 0, k = 0]) => at(table as Numbers, [row === 0 ? 2 : 0, k])) },
  { op: 'PAD', inputs: [grid, integers([0, 1, 2, 0, 1, 1], [3, 2])], expected: (x) => padded(x as Numbers, [[0, 1], [2, 0], [1, 1]], 0) },
  { op: 'PADV2', inputs: [grid, integers([0, 1, 2, 0, 1, 1], [3, 2]), { shape: [], values: [-1.5], constant: true }], expected: (x) => padded(x as Numbers, [[0, 1], [2, 0], [1, 1]], -1.5) },
  ...([['REFLECT', 0], ['SYMMETRIC', 1]] as const).map(([what, mode]): Case => ({
    op: 'MIRROR_PAD', what, options: { member: 'MirrorPadOptions', value: { mode } }, inputs: [numbers([3, 5], 3), integers([1, 2, 2, 1], [2, 2])],
    expected: (x) => fill([6, 8], ([i = 0, j = 0]) => at(x as Numbers, [mirrored(i - 1, 3, mode), mirrored(j - 2, 5, mode)])),
  })),
  { op: 'TILE', inputs: [grid, integers([1, 2, 3])], expected: (x) => fill([2, 6, 15], ([i = 0, j = 0, k = 0]) => at(x as Numbers, [i, j % 3, k % 5])) },
  { op: 'BROADCAST_TO', inputs: [numbers([3, 1]), integers([2, 3, 5])], expected: (x) => fill([2, 3, 5], (place) => at(x as Numbers, place)) },
  { op: 'FILL', inputs: [integers([2, 3]), { shape: [], values: [2.5], constant: true }], expected: () => fill([2, 3], () => 2.5) },
  { op: 'RANGE', inputs: [integers([2], []), integers([11], []), integers([3], [])], outputs: int32, expected: () => ({ shape: [3], values: [2, 5, 8] }) },
  { op: 'SHAPE', options: { member: 'ShapeOptions', value: { out_type: 2 } }, inputs: [grid], outputs: int32, expected: () => ({ shape: [3], values: [2, 3, 5] }) },
  { op: 'RANK', inputs: [grid], outputs: int32, expected: () => ({ shape: [], values: [3] }) },
  { op: 'ONE_HOT', options: { member: 'OneHotOptions', value: { axis: 0 } }, inputs: [{ ...integers([2, 0, 3]) }, integers([4], []), { shape: [], values: [5], constant: true }, { shape: [], values: [-1], constant: true }], expected: () => fill([4, 3], ([depth = 0, index = 0]) => ([2, 0, 3][index] === depth ? 5 : -1)) },
  { op: 'WHERE', inputs: [{ shape: [2, 3], values: [1, 0, 0, 0, 1, 1], dtype: 'bool' }], outputs: [{ dtype: 'int64' }], expected: () => ({ shape: [3, 2], values: [0, 0, 1, 1, 1, 2] }) },
  { op: 'REVERSE_V2', inputs: [grid, integers([0, 2])], expected: (x) => fill([2, 3, 5], ([i = 0, j = 0, k = 0]) => at(x as Numbers, [1 - i, j, 4 - k])) },
  { op: 'REVERSE_SEQUENCE', options: { member: 'ReverseSequenceOptions', value: { seq_dim: 2, batch_dim: 0 } }, inputs: [grid, integers([2, 5])], expected: (x) => fill([2, 3, 5], ([i = 0, j = 0, k = 0]) => at(x as Numbers, [i, j, k < ([2, 5][i] ?? 0) ? ([2, 5][i] ?? 0) - 1 - k : k])) },
  { op: 'SCATTER_ND', inputs: [integers([3, 1], [2, 1]), numbers([2, 5], 3), integers([4, 5])], expected: (_, x) => fill([4, 5], ([i = 0, k = 0]) => (i === 3 ? at(x as Numbers, [0, k]) : i === 1 ? at(x as Numbers, [1, k]) : 0)) },
  { op: 'DYNAMIC_UPDATE_SLICE', what: 'moved so that it fits', inputs: [numbers([3, 5], 1), numbers([2, 2], 2), integers([2, 1])], expected: (x, update) => fill([3, 5], ([i = 0, j = 0]) => (i >= 1 && (j === 1 || j === 2) ? at(update as Numbers, [i - 1, j - 1]) : at(x as Numbers, [i, j]))) },
  { op: 'SPACE_TO_DEPTH', options: { member: 'SpaceToDepthOptions', value: { block_size: 3 } }, inputs: [numbers([2, 3, 6, 2])], expected: (x) => fill([2, 1, 2, 18], ([n = 0, i = 0, j = 0, c = 0]) => at(x as Numbers, [n, i * 3 + Math.floor(c / 6), j * 3 + (Math.floor(c / 2) % 3), c % 2])) },
  { op: 'DEPTH_TO_SPACE', options: { member: 'DepthToSpaceOptions', value: { block_size: 3 } }, inputs: [numbers([2, 1, 2, 18])], expected: (x) => fill([2, 3, 6, 2], ([n = 0, i = 0, j = 0, c = 0]) => at(x as Numbers, [n, Math.floor(i / 3), Math.floor(j / 3), ((i % 3) * 3 + (j % 3)) * 2 + c])) },
  { op: 'SPACE_TO_BATCH_ND', inputs: [numbers([1, 3, 5, 2]), integers([2, 3]), integers([1, 0, 0, 1], [2, 2])], expected: (x) => fill([6, 2, 2, 2], ([n = 0, i = 0, j = 0, c = 0]) => {
    const [y, z] = [i * 2 + Math.floor(n / 3) - 1, j * 3 + (n % 3)];
    return y < 0 || z >= 5 ? 0 : at(x as Numbers, [0, y, z, c]);
  }) },
  { op: 'BATCH_TO_SPACE_ND', inputs: [numbers([6, 2, 2, 2]), integers([2, 3]), integers([1, 0, 0, 1], [2, 2])], expected: (x) => fill([1, 3, 5, 2], ([, i = 0, j = 0, c = 0]) => at(x as Numbers, [((i + 1) % 2) * 3 + (j % 3), Math.floor((i + 1) / 2), Math.floor(j / 3), c])) },
];
const moving: readonly Case[] = moves.map((each): Case => ({ error: 0, ...each }));

function padded(input: Numbers, margins: readonly (readonly [number, number])[], value: number): Numbers {
  return fill(input.shape.map((size, axis) => size + (margins[axis]?.[0] ?? 0) + (margins[axis]?.[1] ?? 0)), (place) => {
    const own = place.map((coordinate, axis) => coordinate - (margins[axis]?.[0] ?? 0));
    return own.some((coordinate, axis) => coordinate < 0 || coordinate >= (input.shape[axis] ?? 0)) ? value : at(input, own);
  });
}

/** Reflected at the edge's middle (0) or at the edge itself (1). */
function mirrored(index: number, size: number, mode: 0 | 1): number {
  if (index < 0) return -index - mode;
  return index >= size ? 2 * size - 2 - index + mode : index;
}

const resizes: Case[] = ([[false, false], [true, false], [false, true]] as const).flatMap(([align, half]) => ([[7, 4], [2, 9]] as const).flatMap(([height, width]): Case[] => {
  const what = `to ${height}×${width}${align ? ', corners aligned' : ''}${half ? ', half-pixel centres' : ''}`;
  const value = { align_corners: align, half_pixel_centers: half };
  return [
    { op: 'RESIZE_BILINEAR', what, options: { member: 'ResizeBilinearOptions', value }, inputs: [numbers([2, 3, 5, 2], 3), integers([height, width])], expected: (x) => reference.resizeBilinear(x as Numbers, height, width, align, half) },
    { op: 'RESIZE_NEAREST_NEIGHBOR', what, options: { member: 'ResizeNearestNeighborOptions', value }, inputs: [numbers([2, 3, 5, 2], 3), integers([height, width])], error: 0, expected: (x) => reference.resizeNearest(x as Numbers, height, width, align, half) },
  ];
}));

function product(a: Numbers, b: Numbers, shape: readonly number[], depth: number, left: (place: readonly number[], k: number) => readonly number[], right: (place: readonly number[], k: number) => readonly number[]): Numbers {
  return fill(shape, (place) => Array.from({ length: depth }, (_, k) => at(a, left(place, k)) * at(b, right(place, k))).reduce((sum, value) => sum + value, 0));
}

const products: Case[] = [
  ...[true, false].map((keep): Case => ({
    op: 'FULLY_CONNECTED', what: keep ? 'dimensions kept' : 'flat', options: { member: 'FullyConnectedOptions', value: { keep_num_dims: keep, fused_activation_function: 1 } }, inputs: [numbers([2, 3, 7], 1), { ...numbers([5, 7], 2), constant: true }, { ...numbers([5], 3), constant: true }],
    expected: (x, w, b) => fill(keep ? [2, 3, 5] : [6, 5], (place) => {
      const [row, unit] = keep ? [(place[0] ?? 0) * 3 + (place[1] ?? 0), place[2] ?? 0] : [place[0] ?? 0, place[1] ?? 0];
      return Math.max(0, Array.from({ length: 7 }, (_, k) => ((x as Numbers).values[row * 7 + k] ?? NaN) * at(w as Numbers, [unit, k])).reduce((sum, value) => sum + value, at(b as Numbers, [unit])));
    }),
  })),
  { op: 'BATCH_MATMUL', what: 'plain', options: { member: 'BatchMatMulOptions', value: {} }, inputs: [numbers([2, 3, 5], 1), numbers([2, 5, 4], 2)], expected: (a, b) => product(a as Numbers, b as Numbers, [2, 3, 4], 5, ([n = 0, i = 0], k) => [n, i, k], ([n = 0, , j = 0], k) => [n, k, j]) },
  { op: 'BATCH_MATMUL', what: 'both transposed', options: { member: 'BatchMatMulOptions', value: { adj_x: true, adj_y: true } }, inputs: [numbers([2, 5, 3], 1), numbers([2, 4, 5], 2)], expected: (a, b) => product(a as Numbers, b as Numbers, [2, 3, 4], 5, ([n = 0, i = 0], k) => [n, k, i], ([n = 0, , j = 0], k) => [n, j, k]) },
  {
    op: 'CONV_2D', what: 'in two groups', options: { member: 'Conv2DOptions', value: { padding: 0, stride_h: 1, stride_w: 1 } }, inputs: [numbers([1, 5, 3, 4], 1), { ...numbers([6, 3, 3, 2], 2), constant: true }, { ...numbers([6], 3), constant: true }],
    expected: (x, w, b) => reference.convolution(x as Numbers, w as Numbers, b as Numbers, { padding: 'SAME', strides: [1, 1] }),
  },
  {
    op: 'CONV_2D', what: 'with a filter that is computed', options: { member: 'Conv2DOptions', value: { padding: 1, stride_h: 1, stride_w: 1 } }, inputs: [numbers([1, 5, 3, 2], 1), numbers([3, 2, 2, 2], 2), null],
    expected: (x, w) => reference.convolution(x as Numbers, w as Numbers, null, { padding: 'VALID', strides: [1, 1] }),
  },
  {
    op: 'CONV_3D', options: { member: 'Conv3DOptions', value: { padding: 1, stride_d: 1, stride_h: 2, stride_w: 1 } }, inputs: [numbers([1, 3, 5, 4, 2], 1), { ...numbers([2, 3, 2, 2, 3], 2), constant: true }, { ...numbers([3], 3), constant: true }],
    expected: (x, w, b) => fill([1, 2, 2, 3, 3], ([, d = 0, i = 0, j = 0, o = 0]) => {
      let sum = at(b as Numbers, [o]);
      for (let kd = 0; kd < 2; kd++) for (let ky = 0; ky < 3; ky++) for (let kx = 0; kx < 2; kx++) for (let c = 0; c < 2; c++) sum += at(x as Numbers, [0, d + kd, 2 * i + ky, j + kx, c]) * at(w as Numbers, [kd, ky, kx, c, o]);
      return sum;
    }),
  },
];

/** TensorFlow’s nudged range: 0 is on the grid, and the grid has as many steps as the bits can tell apart. */
const fakes: Case[] = ([[4, false], [4, true], [8, false]] as const).map(([num_bits, narrow_range]): Case => ({
  op: 'FAKE_QUANT', what: `to ${num_bits} bits${narrow_range ? ', narrow' : ''}`, options: { member: 'FakeQuantOptions', value: { min: -1.25, max: 2.5, num_bits, narrow_range } }, inputs: [numbers([2, 3, 7], 5, 3)],
  expected: (x) => each(x as Numbers, (value) => {
    const [low, high] = [narrow_range ? 1 : 0, 2 ** num_bits - 1];
    const scale = 3.75 / (high - low);
    const zero = Math.round(low + 1.25 / scale);
    return (Math.min(high, Math.max(low, Math.round(value / scale) + zero)) - zero) * scale;
  }),
}));

/** Only the second row has values, in its columns 0 and 2. */
const unfolding: Case = {
  op: 'DENSIFY', inputs: [{
    shape: [3, 4], values: [0.5, -0.25], constant: true, sparsity: {
      traversal_order: [0, 1], dim_metadata: [
        { format: 0, dense_size: 3 },
        { format: 1, array_segments: { member: 'Int32Vector', value: { values: [0, 0, 2, 2] } }, array_indices: { member: 'Int32Vector', value: { values: [0, 2] } } },
      ],
    },
  }],
  error: 0, expected: () => ({ shape: [3, 4], values: [0, 0, 0, 0, 0.5, 0, -0.25, 0, 0, 0, 0, 0] }),
};

export const cases: readonly Case[] = [...fakes, ...convolutions, ...pools, ...transposed, ...products, ...quantized, ...pairs, ...unaries, ...reductionCases, ...moving, ...resizes, unfolding];
