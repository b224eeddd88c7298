import { expect, it } from 'vitest';
import { addition, buildModel, subgraph, tensor } from '../../../tflite/testing/build';
import { galleryModel } from '../../../tflite/testing/models';
import { openModel } from '../../../tflite/format/verify/verify';
import { tensorsToCheck } from './tensors';

it('looks at what face detection computes, not at its unfolded weights', () => {
  const { parts, left } = tensorsToCheck(openModel(galleryModel('face_detection/face_detection_short_range.tflite')));
  // 164 ops less 74 that unfold float16 weights, an output each.
  expect([parts.length, parts[0]?.tensors.length, parts[0]?.read, left]).toEqual([1, 90, [], {}]);
  expect(parts[0]?.tensors[0]).toMatchObject({ kind: 'CONV_2D' });
});

it('leaves out what follows from constants, what runtimes do not give out, and state', () => {
  const file = buildModel(addition({
    operator_codes: [{ builtin_code: 0 }],
    subgraphs: [subgraph({
      tensors: [tensor({ name: 'a' }), tensor({ name: 'b', buffer: 1 }), tensor({ name: 'fixed' }), tensor({ name: 'sum' }), tensor({ name: 'text', type: 5 }), tensor({ name: 'state', is_variable: true }), tensor({ name: 'out' })],
      outputs: [6],
      operators: [
        { opcode_index: 0, inputs: [1, 1], outputs: [2] },
        { opcode_index: 0, inputs: [0, 2], outputs: [3] },
        { opcode_index: 0, inputs: [3, 3], outputs: [4] },
        { opcode_index: 0, inputs: [3, 3], outputs: [5] },
        { opcode_index: 0, inputs: [3, 0], outputs: [6] },
      ],
    }), subgraph({ name: 'other' })],
  }));
  const plan = tensorsToCheck(openModel(file));
  expect(plan).toEqual({ parts: [{ tensors: [{ tensor: 3, name: 'sum', op: 1, kind: 'ADD' }, { tensor: 6, name: 'out', op: 4, kind: 'ADD' }], read: [] }], left: { string: 1, state: 1 }, elsewhere: 1 });
});

it('splits what does not fit one session’s memory, in order', () => {
  const model = openModel(galleryModel('face_detection/face_detection_short_range.tflite'));
  const [whole] = tensorsToCheck(model).parts;
  const { parts } = tensorsToCheck(model, 1_000_000);
  expect(parts.length).toBeGreaterThan(3);
  expect(parts.flatMap(({ tensors }) => tensors)).toEqual(whole?.tensors);
  // What a part reads was computed before it, by nobody in it.
  for (const [index, { tensors, read }] of parts.entries()) {
    const before = new Set(parts.slice(0, index).flatMap((part) => part.tensors.map(({ tensor }) => tensor)));
    expect(read.every((tensor) => before.has(tensor) && !tensors.some((own) => own.tensor === tensor))).toBe(true);
    expect(read.length > 0).toBe(index > 0);
  }
});
