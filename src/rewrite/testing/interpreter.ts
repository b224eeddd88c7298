/**
 * A second opinion on what a model computes: the first subgraph in double precision, op by op, by the ops' published
 * definitions. Quantized tensors hold the real numbers that their integers stand for. Slow, for small models in tests.
 */
import { elementCount, isValueDType } from '../../tensor/dtype';
import { encodeReals } from '../../tensor/encode';
import { realValues, viewOf } from '../../tensor/values';
import { type Model, type Operator, type Tensor, isConstant } from '../../tflite/format/model';

export interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** Every tensor's real numbers, by index; those of optional tensors and of inputs that were not given are missing. */
export type Interpreted = ReadonlyMap<number, Values>;

/** Resource variables by name, which live from one run to the next. */
export type Variables = Map<string, Values>;

/**
 * @param inputs real numbers for each input of the subgraph, in order
 * @param variables what runs before have left; empty before the first one
 */
export function interpret(model: Model, inputs: readonly ArrayLike<number>[], variables: Variables = new Map(), which = 0): Interpreted {
  const subgraph = model.subgraphs[which];
  if (subgraph === undefined) throw new Error('there is no subgraph');
  const handles = new Map<number, string>();
  const values = new Map<number, Values>();
  for (const tensor of subgraph.tensors) if (isConstant(model, tensor)) values.set(tensor.index, constant(model, tensor));
  for (const [position, index] of subgraph.inputs.entries()) {
    const tensor = subgraph.tensors[index] as Tensor;
    values.set(index, stored(tensor, Float64Array.from(inputs[position] ?? [])));
  }
  for (const operator of subgraph.operators) {
    const given = operator.inputs.map((index) => (index < 0 ? null : values.get(index) ?? null));
    const output = subgraph.tensors[operator.outputs[0] ?? -1] as Tensor;
    const settings = (operator.options?.values ?? {}) as Readonly<Record<string, unknown>>;
    const variable = handles.get(operator.inputs[0] ?? -1) ?? '';
    switch (operator.code.name) {
      case 'CALL_ONCE': if (variables.size === 0) interpret(model, [], variables, Number(settings['init_subgraph_index'])); break;
      case 'VAR_HANDLE': handles.set(output.index, String(settings['shared_name'])); break;
      case 'READ_VARIABLE': values.set(output.index, variables.get(variable) as Values); break;
      case 'ASSIGN_VARIABLE': variables.set(variable, given[1] as Values); break;
      case 'SPLIT_V': for (const [place, part] of splitting(given).entries()) values.set(operator.outputs[place] ?? -1, part); break;
      default: values.set(output.index, stored(output, compute(operator, given, output.shape)));
    }
  }
  return values;
}

/** The real numbers of each output, in order. */
export function outputsOf(model: Model, inputs: readonly ArrayLike<number>[]): Float64Array[] {
  const values = interpret(model, inputs);
  return (model.subgraphs[0]?.outputs ?? []).map((index) => (values.get(index) as Values).data);
}

function constant(model: Model, tensor: Tensor): Values {
  if (!isValueDType(tensor.dtype)) throw new Error(`${tensor.dtype} has no values`);
  const data = (model.buffers[tensor.buffer]?.data ?? new Uint8Array(0)).slice().buffer;
  return { shape: tensor.shape, data: Float64Array.from(realValues({ dtype: tensor.dtype, shape: tensor.shape, data, quantization: tensor.quantization ?? undefined })) };
}

/** What is left of real numbers in a tensor's type. */
function stored(tensor: Tensor, data: Float64Array): Values {
  const { dtype, shape, quantization } = tensor;
  if (data.length !== elementCount(shape)) throw new Error(`${tensor.name} [${shape.join(', ')}] got ${data.length} values`);
  if ((dtype !== 'int8' && dtype !== 'uint8' && dtype !== 'int16') || quantization === null || quantization.scale.length === 0) return { shape, data };
  const buffer = new ArrayBuffer(data.length * (dtype === 'int16' ? 2 : 1));
  encodeReals(viewOf(dtype, buffer), dtype, quantization, shape, (index) => data[index] ?? NaN);
  return { shape, data: Float64Array.from(realValues({ dtype, shape, data: buffer, quantization })) };
}

type Given = readonly (Values | null)[];

function compute(operator: Operator, given: Given, shape: readonly number[]): Float64Array {
  const settings = (operator.options?.values ?? {}) as Readonly<Record<string, unknown>>;
  const [a] = given as [Values];
  const clamp = clampOf(settings['fused_activation_function']);
  switch (operator.code.name) {
    case 'CONV_2D': return convolution(given, shape, settings, false).map(clamp);
    case 'DEPTHWISE_CONV_2D': return convolution(given, shape, settings, true).map(clamp);
    case 'TRANSPOSE_CONV': return transposed(given[2] as Values, given[1] as Values, given[3] ?? null, shape, settings).map(clamp);
    case 'Convolution2DTransposeBias': {
      const view = new DataView((operator.customOptions as Uint8Array).slice().buffer);
      const [padding, stride_w, stride_h] = [0, 4, 8].map((at) => view.getInt32(at, true));
      return transposed(a, given[1] as Values, given[2] ?? null, shape, { padding: padding === 1 ? 'SAME' : 'VALID', stride_w, stride_h });
    }
    case 'FULLY_CONNECTED': return fullyConnected(given).map(clamp);
    case 'ADD': return pairwise(given, shape, (x, y) => x + y).map(clamp);
    case 'SUB': return pairwise(given, shape, (x, y) => x - y).map(clamp);
    case 'MUL': return pairwise(given, shape, (x, y) => x * y).map(clamp);
    case 'RELU': case 'RELU6': case 'RELU_N1_TO_1': return a.data.map(clampOf(operator.code.name));
    case 'LOGISTIC': return a.data.map((x) => 1 / (1 + Math.exp(-x)));
    case 'TANH': return a.data.map(Math.tanh);
    case 'HARD_SWISH': return a.data.map((x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6);
    case 'SOFTMAX': return softmax(a, Number(settings['beta']));
    case 'AVERAGE_POOL_2D': return pooling(a, shape, settings, (window) => window.reduce((sum, x) => sum + x, 0) / window.length).map(clamp);
    case 'MAX_POOL_2D': return pooling(a, shape, settings, (window) => Math.max(...window)).map(clamp);
    case 'MEAN': return mean(a, given[1] as Values, shape);
    case 'CONCATENATION': return concatenation(given as readonly Values[], shape, Number(settings['axis']));
    case 'PAD': return padding(a, given[1] as Values, shape);
    case 'STRIDED_SLICE': return slicing(given, shape, settings);
    case 'RESHAPE': case 'QUANTIZE': case 'DEQUANTIZE': return a.data.slice();
    default: throw new Error(`${operator.code.name} is not interpreted`);
  }
}

function clampOf(activation: unknown): (x: number) => number {
  switch (activation) {
    case 'RELU': return (x) => Math.max(x, 0);
    case 'RELU6': return (x) => Math.min(Math.max(x, 0), 6);
    case 'RELU_N1_TO_1': return (x) => Math.min(Math.max(x, -1), 1);
    default: return (x) => x;
  }
}

/** Rows and columns that SAME puts before the picture. */
function paddingBefore(settings: Readonly<Record<string, unknown>>, [inputs = 1, outputs = 1]: readonly number[], kernel: number, stride: number, dilation = 1): number {
  if (settings['padding'] !== 'SAME') return 0;
  return Math.floor(Math.max((outputs - 1) * stride + (kernel - 1) * dilation + 1 - inputs, 0) / 2);
}

function convolution(given: Given, shape: readonly number[], settings: Readonly<Record<string, unknown>>, depthwise: boolean): Float64Array {
  const [picture, weights, bias = null] = given as [Values, Values, Values | null];
  const [, height = 1, width = 1, channels = 1] = picture.shape;
  const [, rows = 1, columns = 1, filters = 1] = weights.shape;
  const [batches = 1, outputHeight = 1, outputWidth = 1, outputs = 1] = shape;
  const [strideH, strideW] = [Number(settings['stride_h']), Number(settings['stride_w'])];
  const [dilationH, dilationW] = [Number(settings['dilation_h_factor'] ?? 1), Number(settings['dilation_w_factor'] ?? 1)];
  const top = paddingBefore(settings, [height, outputHeight], rows, strideH, dilationH);
  const left = paddingBefore(settings, [width, outputWidth], columns, strideW, dilationW);
  const result = new Float64Array(elementCount(shape));
  let at = 0;
  for (let n = 0; n < batches; n++) for (let y = 0; y < outputHeight; y++) for (let x = 0; x < outputWidth; x++) for (let o = 0; o < outputs; o++, at++) {
    let sum = bias?.data[o] ?? 0;
    for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {
      const [row, column] = [y * strideH - top + r * dilationH, x * strideW - left + c * dilationW];
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      const pixel = ((n * height + row) * width + column) * channels;
      if (depthwise) sum += (picture.data[pixel + Math.floor((o * channels) / outputs)] ?? 0) * (weights.data[(r * columns + c) * outputs + o] ?? 0);
      else for (let i = 0; i < channels; i++) sum += (picture.data[pixel + i] ?? 0) * (weights.data[((o * rows + r) * columns + c) * filters + i] ?? 0);
    }
    result[at] = sum;
  }
  return result;
}

/** The gradient of a convolution: every pixel adds its weights to the window that it stands for. */
function transposed(picture: Values, weights: Values, bias: Values | null, shape: readonly number[], settings: Readonly<Record<string, unknown>>): Float64Array {
  const [batches = 1, height = 1, width = 1, channels = 1] = picture.shape;
  const [, rows = 1, columns = 1] = weights.shape;
  const [, outputHeight = 1, outputWidth = 1, outputs = 1] = shape;
  const [strideH, strideW] = [Number(settings['stride_h']), Number(settings['stride_w'])];
  const top = paddingBefore(settings, [outputHeight, height], rows, strideH);
  const left = paddingBefore(settings, [outputWidth, width], columns, strideW);
  const result = new Float64Array(elementCount(shape)).map((_, index) => bias?.data[index % outputs] ?? 0);
  for (let n = 0; n < batches; n++) for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {
    const [row, column] = [y * strideH - top + r, x * strideW - left + c];
    if (row < 0 || row >= outputHeight || column < 0 || column >= outputWidth) continue;
    for (let o = 0; o < outputs; o++) for (let i = 0; i < channels; i++) {
      const target = ((n * outputHeight + row) * outputWidth + column) * outputs + o;
      result[target] = (result[target] ?? 0) + (picture.data[((n * height + y) * width + x) * channels + i] ?? 0) * (weights.data[((o * rows + r) * columns + c) * channels + i] ?? 0);
    }
  }
  return result;
}

function fullyConnected(given: Given): Float64Array {
  const [picture, weights, bias = null] = given as [Values, Values, Values | null];
  const [units = 1, depth = 1] = weights.shape;
  const result = new Float64Array((picture.data.length / depth) * units);
  for (let index = 0; index < result.length; index++) {
    const [row, unit] = [Math.floor(index / units), index % units];
    let sum = bias?.data[unit] ?? 0;
    for (let i = 0; i < depth; i++) sum += (picture.data[row * depth + i] ?? 0) * (weights.data[unit * depth + i] ?? 0);
    result[index] = sum;
  }
  return result;
}

function pairwise(given: Given, shape: readonly number[], combine: (x: number, y: number) => number): Float64Array {
  const [a, b] = given as [Values, Values];
  return new Float64Array(elementCount(shape)).map((_, index) => combine(a.data[stretched(index, shape, a.shape)] ?? NaN, b.data[stretched(index, shape, b.shape)] ?? NaN));
}

/** Where the element that a stretched tensor shows at `index` lies in the tensor itself. */
function stretched(index: number, shape: readonly number[], own: readonly number[]): number {
  let [rest, place, step] = [index, 0, 1];
  for (let back = 1; back <= shape.length; back++) {
    const size = shape[shape.length - back] ?? 1;
    const ownSize = own[own.length - back] ?? 1;
    place += (ownSize === 1 ? 0 : rest % size) * step;
    step *= ownSize;
    rest = Math.floor(rest / size);
  }
  return place;
}

function softmax({ shape, data }: Values, beta: number): Float64Array {
  const depth = shape.at(-1) ?? 1;
  const result = new Float64Array(data.length);
  for (let start = 0; start < data.length; start += depth) {
    const row = data.subarray(start, start + depth);
    const greatest = Math.max(...row);
    const powers = row.map((x) => Math.exp(beta * (x - greatest)));
    const sum = powers.reduce((total, x) => total + x, 0);
    result.set(powers.map((x) => x / sum), start);
  }
  return result;
}

function pooling(picture: Values, shape: readonly number[], settings: Readonly<Record<string, unknown>>, combine: (window: number[]) => number): Float64Array {
  const [, height = 1, width = 1, channels = 1] = picture.shape;
  const [batches = 1, outputHeight = 1, outputWidth = 1] = shape;
  const [rows, columns, strideH, strideW] = ['filter_height', 'filter_width', 'stride_h', 'stride_w'].map((key) => Number(settings[key])) as [number, number, number, number];
  const top = paddingBefore(settings, [height, outputHeight], rows, strideH);
  const left = paddingBefore(settings, [width, outputWidth], columns, strideW);
  const result = new Float64Array(elementCount(shape));
  let at = 0;
  for (let n = 0; n < batches; n++) for (let y = 0; y < outputHeight; y++) for (let x = 0; x < outputWidth; x++) for (let channel = 0; channel < channels; channel++, at++) {
    const window: number[] = [];
    for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {
      const [row, column] = [y * strideH - top + r, x * strideW - left + c];
      if (row >= 0 && row < height && column >= 0 && column < width) window.push(picture.data[((n * height + row) * width + column) * channels + channel] ?? NaN);
    }
    result[at] = combine(window);
  }
  return result;
}

/** Over height and width, which is all that is asked for here. */
function mean(picture: Values, axes: Values, shape: readonly number[]): Float64Array {
  if (axes.data.join() !== '1,2') throw new Error(`a mean over ${axes.data.join()} is not interpreted`);
  const channels = picture.shape[3] ?? 1;
  const area = (picture.shape[1] ?? 1) * (picture.shape[2] ?? 1);
  return new Float64Array(elementCount(shape)).map((_, index) => {
    let sum = 0;
    for (let pixel = 0; pixel < area; pixel++) sum += picture.data[(Math.floor(index / channels) * area + pixel) * channels + (index % channels)] ?? NaN;
    return sum / area;
  });
}

function concatenation(given: readonly Values[], shape: readonly number[], axis: number): Float64Array {
  const along = axis < 0 ? axis + shape.length : axis;
  const inner = elementCount(shape.slice(along + 1));
  const result: number[] = [];
  for (let outer = 0; outer < elementCount(shape.slice(0, along)); outer++) {
    for (const { shape: own, data } of given) {
      const run = (own[along] ?? 1) * inner;
      result.push(...data.subarray(outer * run, (outer + 1) * run));
    }
  }
  return Float64Array.from(result);
}

/** With masks for begins and ends alone. */
function slicing(given: Given, shape: readonly number[], settings: Readonly<Record<string, unknown>>): Float64Array {
  const [a, begins, , strides] = given as [Values, Values, Values, Values];
  const begin = a.shape.map((size, axis) => {
    const from = ((Number(settings['begin_mask']) >> axis) & 1) === 1 ? 0 : begins.data[axis] ?? 0;
    return from < 0 ? from + size : from;
  });
  return new Float64Array(elementCount(shape)).map((_, index) => {
    let [rest, place, step] = [index, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += ((begin[axis] ?? 0) + (rest % (shape[axis] ?? 1)) * (strides.data[axis] ?? 1)) * step;
      rest = Math.floor(rest / (shape[axis] ?? 1));
      step *= a.shape[axis] ?? 1;
    }
    return a.data[place] ?? NaN;
  });
}

/** SPLIT_V: along an axis, in parts of given sizes. */
function splitting(given: Given): Values[] {
  const [a, sizes, axes] = given as [Values, Values, Values];
  const axis = ((axes.data[0] ?? 0) + a.shape.length) % a.shape.length;
  const inner = elementCount(a.shape.slice(axis + 1));
  const [outer, whole] = [elementCount(a.shape.slice(0, axis)), (a.shape[axis] ?? 1) * inner];
  let from = 0;
  return [...sizes.data].map((size) => {
    const data = Float64Array.from(Array.from({ length: outer }, (_, block) => [...a.data.subarray(block * whole + from * inner, block * whole + (from + size) * inner)]).flat());
    from += size;
    return { shape: a.shape.with(axis, size), data };
  });
}

function padding(picture: Values, amounts: Values, shape: readonly number[]): Float64Array {
  return new Float64Array(elementCount(shape)).map((_, index) => {
    let [rest, place, step] = [index, 0, 1];
    for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
      const size = shape[dimension] ?? 1;
      const own = picture.shape[dimension] ?? 1;
      const position = (rest % size) - (amounts.data[dimension * 2] ?? 0);
      if (position < 0 || position >= own) return 0;
      place += position * step;
      step *= own;
      rest = Math.floor(rest / size);
    }
    return picture.data[place] ?? NaN;
  });
}
