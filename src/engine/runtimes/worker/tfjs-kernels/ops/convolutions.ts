import * as tf from '@tensorflow/tfjs-core';
import type { KernelEntry, OpCall } from '../op-call';
import { activate, fusedPart, type FusedActivation } from './activation';
import { engine as text } from '../../../../../messages/engine';

type Padding = 'SAME' | 'VALID';
type Pair = [number, number];

interface Window {
  readonly padding: Padding;
  /** Height, width. */
  readonly strides: Pair;
  readonly dilations: Pair;
}

/** TFLite's filters are [out, height, width, in], TensorFlow.js' [height, width, in, out]. */
const filterLayout = (filter: tf.Tensor): tf.Tensor => tf.transpose(filter, [1, 2, 3, 0]);
/** [1, height, width, in × multiplier] in both, but for what the last dimension is split into; the input tells that. */
const depthwiseLayout = (filter: tf.Tensor): tf.Tensor => tf.squeeze(filter, [0]);
/** [out, height, width, in] to [height, width, out, in], as the convolution that is undone sees it. */
const transposedLayout = (filter: tf.Tensor): tf.Tensor => tf.transpose(filter, [1, 2, 0, 3]);

/** The size of an output dimension and what SAME adds before and after, more of it after. */
function samePadding(size: number, kernel: number, stride: number, dilation: number): [number, number] {
  const reach = (kernel - 1) * dilation + 1;
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/**
 * TensorFlow.js refuses strides and dilations together: then the input is padded here, convolved with stride 1 and
 * thinned out.
 */
function windowed(input: tf.Tensor4D, kernel: Pair, window: Window, convolve: (input: tf.Tensor4D, window: Window) => tf.Tensor4D): tf.Tensor4D {
  const { strides, dilations, padding } = window;
  const strided = strides.some((stride) => stride > 1);
  if (!strided || !dilations.some((dilation) => dilation > 1)) return convolve(input, window);
  const [height, width] = [input.shape[1], input.shape[2]];
  const pads: [Pair, Pair] = padding === 'VALID' ? [[0, 0], [0, 0]] : [samePadding(height, kernel[0], strides[0], dilations[0]), samePadding(width, kernel[1], strides[1], dilations[1])];
  const padded = tf.pad4d(input, [[0, 0], ...pads, [0, 0]]);
  const dense = convolve(padded, { padding: 'VALID', strides: [1, 1], dilations });
  return tf.stridedSlice(dense, [0, 0, 0, 0], [...dense.shape], [1, strides[0], strides[1], 1]) as tf.Tensor4D;
}

const tfPadding = (padding: Padding): 'same' | 'valid' => (padding === 'SAME' ? 'same' : 'valid');

function image(call: OpCall, position: number): tf.Tensor4D {
  const value = call.input(position);
  return value.rank === 4 ? value as tf.Tensor4D : call.refuse(text.kernels.inputRank(position, value.rank));
}

function convolve(call: OpCall, input: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor | null, window: Window, activation: FusedActivation): tf.Tensor {
  const convolved = windowed(input, [filter.shape[0], filter.shape[1]], window, (x, { padding, strides, dilations }) => tf.fused.conv2d({
    x, filter, strides, pad: tfPadding(padding), dilations, ...(bias === null ? {} : { bias }), activation: fusedPart(activation) ?? 'linear',
  }));
  return fusedPart(activation) === undefined ? activate(call, convolved, activation) : convolved;
}

const convolution: KernelEntry = {
  layouts: { 1: filterLayout },
  run(call) {
    const { padding, stride_h, stride_w, dilation_h_factor, dilation_w_factor, fused_activation_function } = call.options('Conv2DOptions');
    const [input, filter, bias] = [image(call, 0), image(call, 1), call.optional(2)];
    const window: Window = { padding, strides: [stride_h, stride_w], dilations: [dilation_h_factor, dilation_w_factor] };
    const [channels, perGroup, outputs] = [input.shape[3], filter.shape[2], filter.shape[3]];
    const groups = channels / perGroup;
    if (!Number.isInteger(groups) || outputs % groups !== 0) return call.refuse(text.kernels.channelsDoNotFit(channels, perGroup));
    if (groups === 1) return convolve(call, input, filter, bias, window, fused_activation_function);
    const inputs: tf.Tensor[] = tf.split(input, groups, 3);
    const filters: tf.Tensor[] = tf.split(filter, groups, 3);
    const biases = bias === null ? null : tf.split(bias, groups, 0);
    return tf.concat(inputs.map((part, group) => convolve(call, part as tf.Tensor4D, filters[group] as tf.Tensor4D, biases?.[group] ?? null, window, fused_activation_function)), 3);
  },
};

const depthwiseConvolution: KernelEntry = {
  layouts: { 1: depthwiseLayout },
  run(call) {
    const { padding, stride_h, stride_w, dilation_h_factor, dilation_w_factor, fused_activation_function } = call.options('DepthwiseConv2DOptions');
    const [input, stored, bias] = [image(call, 0), call.input(1), call.optional(2)];
    const [height = 1, width = 1, outputs = 1] = stored.shape;
    const channels = input.shape[3];
    if (outputs % channels !== 0) return call.refuse(text.kernels.channelsDoNotFit(channels, outputs));
    const filter = tf.reshape(stored, [height, width, channels, outputs / channels]) as tf.Tensor4D;
    const window: Window = { padding, strides: [stride_h, stride_w], dilations: [dilation_h_factor, dilation_w_factor] };
    const fused = fusedPart(fused_activation_function);
    const convolved = windowed(input, [height, width], window, (x, { padding: pad, strides, dilations }) => tf.fused.depthwiseConv2d({
      x, filter, strides, pad: tfPadding(pad), dilations, ...(bias === null ? {} : { bias }), activation: fused ?? 'linear',
    }));
    return fused === undefined ? activate(call, convolved, fused_activation_function) : convolved;
  },
};

function transposed(call: OpCall, input: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor | null, shape: readonly number[], strides: Pair, padding: Padding): tf.Tensor {
  const [batch = 0, height = 0, width = 0, channels = 0] = shape;
  if (shape.length !== 4) return call.refuse(text.kernels.outputRank(shape.length));
  const value = tf.conv2dTranspose(input, filter, [batch, height, width, channels], strides, tfPadding(padding));
  return bias === null ? value : tf.add(value, bias);
}

const transposedConvolution: KernelEntry = {
  layouts: { 1: transposedLayout },
  run(call) {
    const { padding, stride_h, stride_w, fused_activation_function } = call.options('TransposeConvOptions');
    const value = transposed(call, image(call, 2), image(call, 1), call.optional(3), call.integers(0), [stride_h, stride_w], padding);
    return activate(call, value, fused_activation_function);
  },
};

/** MediaPipe's transposed convolution with a bias: its options are three int32, padding (1 SAME, 2 VALID), stride width, stride height. */
const transposedConvolutionWithBias: KernelEntry = {
  layouts: { 1: transposedLayout },
  run(call) {
    const options = call.customOptions;
    if (options.byteLength < 12) return call.refuse(text.kernels.optionBytes(options.byteLength));
    const view = new DataView(options.buffer, options.byteOffset, options.byteLength);
    const padding = view.getInt32(0, true) === 1 ? 'SAME' : 'VALID';
    const strides: Pair = [view.getInt32(8, true), view.getInt32(4, true)];
    const [input, filter] = [image(call, 0), image(call, 1)];
    const [batch, height, width] = input.shape;
    const size = (inputs: number, kernel: number, stride: number): number => {
      const padded = padding === 'SAME' ? Math.max(0, kernel - ((inputs - 1) % stride) - 1) : 0;
      return stride * (inputs - 1) + kernel - padded;
    };
    const shape = [batch, size(height, filter.shape[0], strides[0]), size(width, filter.shape[1], strides[1]), filter.shape[2]];
    return transposed(call, input, filter, call.optional(2), shape, strides, padding);
  },
};

const convolution3D: KernelEntry = {
  run(call) {
    const { padding, stride_d, stride_h, stride_w, dilation_d_factor, dilation_h_factor, dilation_w_factor, fused_activation_function } = call.options('Conv3DOptions');
    const [input, filter, bias] = [call.input(0) as tf.Tensor5D, call.input(1) as tf.Tensor5D, call.optional(2)];
    if ([dilation_d_factor, dilation_h_factor, dilation_w_factor].some((dilation) => dilation > 1)) return call.refuse(text.kernels.dilationIn3d);
    const value = tf.conv3d(input, filter, [stride_d, stride_h, stride_w], tfPadding(padding));
    return activate(call, bias === null ? value : tf.add(value, bias), fused_activation_function);
  },
};

type Pool = (input: tf.Tensor4D, size: Pair, strides: Pair, padding: 'same' | 'valid') => tf.Tensor;

function pooling(pool: Pool): KernelEntry {
  return {
    run(call) {
      const { padding, stride_h, stride_w, filter_height, filter_width, fused_activation_function } = call.options('Pool2DOptions');
      return activate(call, pool(image(call, 0), [filter_height, filter_width], [stride_h, stride_w], tfPadding(padding)), fused_activation_function);
    },
  };
}

export const convolutions = {
  CONV_2D: convolution,
  DEPTHWISE_CONV_2D: depthwiseConvolution,
  TRANSPOSE_CONV: transposedConvolution,
  CONV_3D: convolution3D,
  MAX_POOL_2D: pooling((input, size, strides, padding) => tf.maxPool(input, size, strides, padding)),
  AVERAGE_POOL_2D: pooling((input, size, strides, padding) => tf.avgPool(input, size, strides, padding)),
  L2_POOL_2D: pooling((input, size, strides, padding) => tf.sqrt(tf.avgPool(tf.square(input), size, strides, padding))),
} as const;

export const customConvolutions = { Convolution2DTransposeBias: transposedConvolutionWithBias } as const;
