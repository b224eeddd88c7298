import { expect, test } from 'vitest';
import { compareModels } from './compare';
import type { Match } from '../shared/comparison';
import { inspectGallery, oneOp, float32 } from '../../testing/models';

const face = inspectGallery('face_detection/face_detection_short_range.tflite');
const lite = inspectGallery('hands/hand_landmark_lite.tflite');
const full = inspectGallery('hands/hand_landmark_full.tflite');

test('a model has no differences from itself', () => {
  const comparison = compareModels(face, face);
  expect(comparison.opCounts).toEqual({ equal: 164, different: 0, onlyA: 0, onlyB: 0 });
  expect(comparison.tensorCounts).toEqual({ equal: 250, different: 0, onlyA: 0, onlyB: 0 });
  expect(comparison.figures.a).toEqual(comparison.figures.b);
});

test('two sizes of one architecture: what was left out and what has another shape', () => {
  const { figures, kinds, precisions, ops, opCounts, tensorCounts } = compareModels(lite, full);
  expect(figures.a).toMatchObject({ bytes: lite.model.bytes.length, ops: 167, subgraphs: 1 });
  expect(figures.b.ops).toBe(165);
  expect(kinds.find(({ name }) => name === 'ADD')).toMatchObject({ a: 10, b: 9 });
  expect(kinds.find(({ name }) => name === 'MAX_POOL_2D')).toMatchObject({ a: 1, b: 0 });
  expect(precisions).toEqual([{ dtype: 'float16', a: expect.any(Number) as number, b: expect.any(Number) as number }, { dtype: 'int32', a: 8, b: 8 }]);
  // What only the first one has is one pooling and one addition.
  expect(ops.filter(({ b }) => b === null).map(({ name }) => name).sort()).toEqual(['ADD', 'MAX_POOL_2D']);
  expect(opCounts.onlyB).toBe(0);
  expect(opCounts.equal + opCounts.different + opCounts.onlyA).toBe(167);
  expect(tensorCounts.equal + tensorCounts.different + tensorCounts.onlyA).toBe(lite.subgraph(0).tensors.length);
});

test('every op and tensor stands in the comparison once', () => {
  const { ops, tensors } = compareModels(face, full);
  const indices = (matches: readonly Match[], side: 'a' | 'b'): number[] => matches.flatMap((match) => match[side] ?? []).sort((one, other) => one - other);
  expect(indices(ops, 'a')).toEqual(Array.from({ length: 164 }, (_, index) => index));
  expect(indices(ops, 'b')).toEqual(Array.from({ length: 165 }, (_, index) => index));
  expect(indices(tensors, 'a')).toEqual(face.subgraph(0).tensors.map(({ index }) => index));
  expect(indices(tensors, 'b')).toEqual(full.subgraph(0).tensors.map(({ index }) => index));
});

test('differences in words', () => {
  const made = (type: number, data: Uint8Array, version: number, names: readonly string[]) => oneOp('ADD', [
    { name: names[0] ?? '', shape: [2], type }, { name: names[1] ?? '', shape: [2], data }, { name: names[2] ?? '', shape: [2], type },
  ], { version, options: { member: 'AddOptions', value: { fused_activation_function: version === 1 ? 0 : 1 } } });
  const { ops, tensors } = compareModels(made(0, float32(1, 2), 1, ['in', 'weights', 'out']), made(1, float32(1, 3), 2, ['in', 'weights', 'result']));
  expect(ops).toEqual([{
    subgraph: 0, a: 0, b: 0, name: 'ADD', by: 'position',
    differences: [
      { what: 'options', a: 'fused activation none', b: 'fused activation RELU' },
      { what: 'dtype', a: 'float32', b: 'float16' },
      { what: 'version', a: 'version 1', b: 'version 2' },
    ],
  }]);
  expect(tensors).toMatchObject([
    { a: 0, b: 0, by: 'name', differences: [{ what: 'dtype', a: 'float32', b: 'float16' }, { what: 'size', a: '8 bytes', b: '4 bytes' }] },
    { a: 1, b: 1, by: 'name', differences: [{ what: 'values' }] },
    { a: 2, b: 2, by: 'position', name: 'out' },
  ]);
});
