import type { InputRole } from '../../../../messages/tflite-ops';
import * as count from '../arithmetic';
import { type OpDescription, type OpGroup, byChannel, unknownArithmetic, weighted } from '../description';
import * as layout from '../layout-rules';
import * as shape from '../shape-rules';
import * as stablehlo from '../stablehlo-rules';

const positions = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const recurrentOf = (weights: readonly number[], biases: readonly number[]): OpDescription => ({ weights, biases, macs: count.recurrent(weights), shape: shape.recurrent });
const lstm = recurrentOf([...positions(1, 8), 16], [...positions(12, 15), 17]);

const gates = ['input', 'forget', 'cell', 'output'] as const;
const lstmRoles: readonly InputRole[] = [
  'input',
  ...gates.map((gate) => `input-to-${gate}-weights` as const),
  ...gates.map((gate) => `recurrent-to-${gate}-weights` as const),
  ...gates.filter((gate) => gate !== 'cell').map((gate) => `cell-to-${gate}-weights` as const),
  ...gates.map((gate) => `${gate}-gate-bias` as const),
  'projection-weights', 'projection-bias', 'output-state', 'cell-state',
  ...gates.map((gate) => `${gate}-layer-normalisation` as const),
];
const recurrentRoles = ['input', 'weights', 'recurrent-weights', 'bias', 'state'] as const;

/** Matrix products, recurrent layers and lookups of weights. */
export const dense = {
  EMBEDDING_LOOKUP: { weights: [1], shape: layout.embedding, reads: 'written', roles: ['indices', 'weights'] },
  FULLY_CONNECTED: { weights: [1], biases: [2], macs: count.fullyConnected, shape: shape.fullyConnected, roles: weighted, channels: 0, quantized: byChannel(4, 7) },
  RNN: { ...recurrentOf([1, 2], [3]), roles: recurrentRoles },
  SVDF: { ...recurrentOf([1, 2], [3]), roles: ['input', 'feature-weights', 'time-weights', 'bias', 'state'] },
  UNIDIRECTIONAL_SEQUENCE_RNN: { ...recurrentOf([1, 2], [3]), roles: recurrentRoles },
  BIDIRECTIONAL_SEQUENCE_LSTM: recurrentOf([...positions(1, 8), 15, ...positions(18, 25), 32], [...positions(11, 14), 16, ...positions(28, 31), 33]),
  BATCH_MATMUL: { weights: [1], macs: count.batchMatrixMultiplication, shape: shape.batchMatrixMultiplication },
  STABLEHLO_DOT_GENERAL: { weights: [1], macs: count.generalDotProduct, shape: stablehlo.generalDotProduct },

  LSTM: { ...lstm, roles: lstmRoles }, UNIDIRECTIONAL_SEQUENCE_LSTM: { ...lstm, roles: lstmRoles },
  BIDIRECTIONAL_SEQUENCE_RNN: recurrentOf([1, 2, 5, 6], [3, 7]), HASHTABLE_LOOKUP: unknownArithmetic, CONCAT_EMBEDDINGS: unknownArithmetic,
  EMBEDDING_LOOKUP_SPARSE: { ...unknownArithmetic, sizedBy: [2] }, RFFT2D: { ...unknownArithmetic, sizedBy: [1] },
} as const satisfies OpGroup;
