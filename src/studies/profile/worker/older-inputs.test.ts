import { describe, expect, it } from 'vitest';
import { modelCosts } from '../../../tflite/analysis/costs';
import { addition, buildModel, subgraph, tensor } from '../../../tflite/testing/build';
import { openModel } from '../../../tflite/format/verify/verify';
import { olderInputs } from './older-inputs';

/** p = σ(x); q = σ(p); r = σ(q); out = p + r: the other side of the addition is two ops old. */
const skipped = openModel(buildModel(addition({
  operator_codes: [{ deprecated_builtin_code: 0 }, { deprecated_builtin_code: 14, builtin_code: 14 }],
  subgraphs: [subgraph({
    tensors: ['x', 'p', 'q', 'r', 'out'].map((name) => tensor({ name, shape: [1, 8] })),
    outputs: [4],
    operators: [
      { opcode_index: 1, inputs: [0], outputs: [1] }, { opcode_index: 1, inputs: [1], outputs: [2] }, { opcode_index: 1, inputs: [2], outputs: [3] }, { opcode_index: 0, inputs: [1, 3], outputs: [4] },
    ],
  })],
})));

const { perOp } = modelCosts(skipped);

describe('older inputs', () => {
  it('are those that no op right before wrote or read, with what the ops between move', () => {
    // Eight floats are read and eight written between the last use of p and the addition.
    expect(olderInputs(skipped, 0, perOp, [1, 3], 3)).toEqual({ tensors: [1], bytes: 64 });
  });

  it('are none where all was just written or read', () => {
    expect(olderInputs(skipped, 0, perOp, [2], 2)).toEqual({ tensors: [], bytes: 0 });
    expect(olderInputs(skipped, 0, perOp, [0], 0)).toEqual({ tensors: [], bytes: 0 });
    expect(olderInputs(skipped, 0, perOp, [1, 2], 2)).toEqual({ tensors: [], bytes: 0 });
  });
});
