import * as tf from '@tensorflow/tfjs-core';
import { toGrid } from '../quantization';
import type { KernelEntry, OpCall } from '../op-call';
import { activate } from './activation';
import { engine as text } from '../../../../../messages/engine';

/** Positions of the operands that belong to each gate of TFLite's LSTM: weights of the input and of the state, bias, peephole. */
const gates = {
  input: { input: 1, state: 5, peephole: 9, bias: 12 },
  forget: { input: 2, state: 6, peephole: 10, bias: 13 },
  cell: { input: 3, state: 7, peephole: null, bias: 14 },
  output: { input: 4, state: 8, peephole: 11, bias: 15 },
} as const;
type Gate = keyof typeof gates;

const outputState = 18;
const cellState = 19;
const firstNormalisation = 20;

/** What goes into a gate's activation: both products and the bias. */
function gateSum(call: OpCall, gate: Gate, input: tf.Tensor, state: tf.Tensor, cell: tf.Tensor | null): tf.Tensor {
  const positions = gates[gate];
  let sum = tf.add(tf.matMul(input, call.input(positions.input), false, true), tf.matMul(state, call.input(positions.state), false, true));
  const bias = call.optional(positions.bias);
  if (bias !== null) sum = tf.add(sum, bias);
  const peephole = positions.peephole === null ? null : call.optional(positions.peephole);
  return peephole === null || cell === null ? sum : tf.add(sum, tf.mul(cell, peephole));
}

/**
 * An LSTM unrolled over its time steps. A quantized one is computed with real numbers too, and its two states are put on
 * their grids after each step, as TFLite's integer kernel stores them.
 */
const sequenceLstm: KernelEntry = {
  run(call) {
    const { fused_activation_function, cell_clip, proj_clip, time_major } = call.options('UnidirectionalSequenceLSTMOptions');
    const normalised = [0, 1, 2, 3].some((gate) => call.optional(firstNormalisation + gate) !== null);
    if (normalised) return call.refuse(text.kernels.normalisedLstm);
    const sequence = call.input(0);
    const steps = tf.unstack(sequence, time_major ? 0 : 1);
    const coupled = call.optional(gates.input.input) === null;
    const [projection, projectionBias] = [call.optional(16), call.optional(17)];
    let state = call.input(outputState);
    let cell = call.input(cellState);
    const results = steps.map((input) => {
      const forget = tf.sigmoid(gateSum(call, 'forget', input, state, cell));
      const taken = coupled ? tf.sub(1, forget) : tf.sigmoid(gateSum(call, 'input', input, state, cell));
      const candidate = activate(call, gateSum(call, 'cell', input, state, null), fused_activation_function);
      let next = tf.add(tf.mul(forget, cell), tf.mul(taken, candidate));
      if (cell_clip > 0) next = tf.clipByValue(next, -cell_clip, cell_clip);
      cell = toGrid(next, call.inputTensor(cellState));
      const open = tf.sigmoid(gateSum(call, 'output', input, state, cell));
      let result = tf.mul(open, activate(call, cell, fused_activation_function));
      if (projection !== null) {
        result = tf.matMul(result, projection, false, true);
        if (projectionBias !== null) result = tf.add(result, projectionBias);
        if (proj_clip > 0) result = tf.clipByValue(result, -proj_clip, proj_clip);
      }
      state = toGrid(result, call.inputTensor(outputState));
      return state;
    });
    call.keep(outputState, state);
    call.keep(cellState, cell);
    return tf.stack(results, time_major ? 0 : 1);
  },
};

export const recurrent = { UNIDIRECTIONAL_SEQUENCE_LSTM: sequenceLstm } as const;
