import * as count from '../arithmetic';
import { type OpGroup, byChannel, weighted } from '../description';
import * as shape from '../shape-rules';

/** Filters that move over their input. */
export const convolution = {
  CONV_2D: { weights: [1], biases: [2], macs: count.convolution, shape: shape.convolution, roles: weighted, channels: 0, kernel: [1, 3], quantized: byChannel(3, 4) },
  DEPTHWISE_CONV_2D: { weights: [1], biases: [2], macs: count.depthwiseConvolution, shape: shape.depthwiseConvolution, roles: weighted, channels: 3, kernel: [1, 3], quantized: byChannel(3, 5) },
  TRANSPOSE_CONV: { weights: [1], biases: [3], macs: count.transposedConvolution(2, 1), shape: shape.shapeFromFirst, sizedBy: [0], roles: ['output-shape', 'weights', 'input', 'bias'], channels: 0, activation: 2, kernel: [1, 3], quantized: byChannel(3) },
  CONV_3D: { weights: [1], biases: [2], macs: count.convolution3D, shape: shape.convolution3D, roles: weighted, kernel: [0, 3] },
  CONV_3D_TRANSPOSE: { weights: [1], biases: [3], macs: count.transposedConvolution3D, shape: shape.shapeFromFirst, sizedBy: [0], roles: ['output-shape', 'weights', 'input', 'bias'], kernel: [0, 3] },
  STABLEHLO_CONVOLUTION: { weights: [1], macs: count.generalConvolution },
} as const satisfies OpGroup;
