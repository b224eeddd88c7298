import * as tf from '@tensorflow/tfjs-core';
import type { KernelEntry } from '../op-call';
import { activate } from './activation';
import { engine as text } from '../../../../../messages/engine';

const fullyConnected: KernelEntry = {
  run(call) {
    const { fused_activation_function, keep_num_dims, weights_format } = call.options('FullyConnectedOptions');
    if (weights_format !== 'DEFAULT') return call.refuse(text.kernels.weightsFormat(weights_format));
    const [input, weights, bias] = [call.input(0), call.input(1), call.optional(2)];
    const [units = 0, depth = 0] = weights.shape;
    if (weights.rank !== 2 || depth === 0 || input.size % depth !== 0) return call.refuse(text.kernels.inputDoesNotFitWeights(input.size, weights.shape.join(', ')));
    const rows = tf.reshape(input, [input.size / depth, depth]) as tf.Tensor2D;
    // The fused kernel of the WASM backend adds the bias wrongly to every row but the first.
    const product = tf.matMul(rows, weights as tf.Tensor2D, false, true);
    const value = activate(call, bias === null ? product : tf.add(product, bias), fused_activation_function);
    return keep_num_dims ? tf.reshape(value, [...input.shape.slice(0, -1), units]) : value;
  },
};

const batchMatrixProduct: KernelEntry = {
  run(call) {
    const { adj_x = false, adj_y = false } = call.optionalOptions('BatchMatMulOptions');
    return tf.matMul(call.input(0), call.input(1), adj_x, adj_y);
  },
};

export const products = { FULLY_CONNECTED: fullyConnected, BATCH_MATMUL: batchMatrixProduct } as const;
