import { expect, test } from 'vitest';
import { compareModels } from './compare';
import type { Match, OpMatch } from '../shared/comparison';
import { InspectedModel } from '../../describe/shared/inspected';
import { inspectGallery, oneOp, float32 } from '../../testing/models';
import { fuseActivations } from '../../../rewrite/fuse-activations';
import { unfoldFloat16 } from '../../../rewrite/unfold-float16';
import { calling } from '../../../tflite/testing/varied';
import { openModel } from '../../../tflite/format/verify/verify';

const face = inspectGallery('face_detection/face_detection_short_range.tflite');
const lite = inspectGallery('hands/hand_landmark_lite.tflite');
const full = inspectGallery('hands/hand_landmark_full.tflite');

const intBytes = (inspected: InspectedModel): number => compareModels(inspected, inspected).precisions.find(({ dtype }) => dtype === 'int32')?.a ?? 0;

test('a model has no differences from itself', () => {
  const comparison = compareModels(face, face);
  // 74 of its 164 ops only unfold weights, for the op in whose row they stand.
  expect(comparison.opCounts).toEqual({ equal: 90, different: 0, onlyA: 0, onlyB: 0, foldedA: 74, foldedB: 74 });
  expect(comparison.tensorCounts).toEqual({ equal: 250, different: 0, onlyA: 0, onlyB: 0, foldedA: 0, foldedB: 0 });
  expect(comparison.figures.a).toEqual(comparison.figures.b);
  expect(comparison.figures.a).toMatchObject({ ops: 164, foldedOps: 74 });
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
  expect(opCounts.equal + opCounts.different + opCounts.onlyA + opCounts.foldedA).toBe(167);
  expect(tensorCounts.equal + tensorCounts.different + tensorCounts.onlyA + tensorCounts.foldedA).toBe(lite.subgraph(0).tensors.length);
});

test('every op and tensor stands in the comparison once', () => {
  const { ops, tensors } = compareModels(face, full);
  const sorted = (found: readonly number[]): number[] => [...found].sort((one, other) => one - other);
  const indices = (matches: readonly Match[], side: 'a' | 'b'): number[] => sorted(matches.flatMap((match) => match[side] ?? []));
  const ofOps = (matches: readonly OpMatch[], side: 'a' | 'b'): number[] => sorted(matches.flatMap((match) => [match[side] ?? [], match.folded[side].map(({ op }) => op)].flat()));
  expect(ofOps(ops, 'a')).toEqual(Array.from({ length: 164 }, (_, index) => index));
  expect(ofOps(ops, 'b')).toEqual(Array.from({ length: 165 }, (_, index) => index));
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
    folded: { a: [], b: [] }, weights: { a: null, b: null }, dtypes: { a: 'float32', b: 'float16' }, bytes: { a: null, b: null },
  }]);
  expect(tensors).toMatchObject([
    { a: 0, b: 0, by: 'name', differences: [{ what: 'dtype', a: 'float32', b: 'float16' }, { what: 'size', a: '8 bytes', b: '4 bytes' }] },
    { a: 1, b: 1, by: 'name', differences: [{ what: 'values' }] },
    { a: 2, b: 2, by: 'position', name: 'out' },
  ]);
});

test('weights in another type are the same op with another size, and what unfolds them is part of it', () => {
  const float = new InspectedModel(unfoldFloat16(face.model).model);
  const { ops, tensors, opCounts, tensorCounts, figures, kinds, precisions } = compareModels(face, float);
  expect(opCounts).toMatchObject({ onlyA: 0, onlyB: 0, foldedA: 74, foldedB: 0 });
  expect(opCounts.equal + opCounts.different).toBe(90);
  expect(ops.find(({ name }) => name === 'CONV_2D')).toMatchObject({
    a: 2, b: 0, weights: { a: 'float16', b: 'float32' }, bytes: { a: 3648, b: 7296 },
    folded: { a: [{ op: 0, name: 'DEQUANTIZE', role: 'weights' }, { op: 1, name: 'DEQUANTIZE', role: 'weights' }], b: [] },
    differences: [{ what: 'folding', a: '2 × weights DEQUANTIZE', b: 'none' }, { what: 'weights', a: 'float16', b: 'float32' }, { what: 'size', a: '3648 bytes', b: '7296 bytes' }],
  });
  // Unfolded weights are tensors of their own in one model: steps on the way, for which the other's weights stand.
  expect(tensorCounts).toMatchObject({ onlyA: 0, onlyB: 0, foldedA: 74, foldedB: 0 });
  const step = tensors.find(({ name }) => name === 'conv2d_3/Bias_dequantize');
  expect(step).toMatchObject({ b: null, differences: [] });
  expect(tensors.find(({ b }) => b === step?.instead)).toMatchObject({ name: 'conv2d_3/Bias', dtypes: { a: 'float16', b: 'float32' } });
  expect(figures.a).toMatchObject({ ops: 164, foldedOps: 74, parameters: 101_390 });
  expect(figures.b).toMatchObject({ ops: 90, foldedOps: 0, parameters: 101_390, weightBytes: figures.a.weightBytes * 2 - intBytes(face) });
  expect(kinds.find(({ name }) => name === 'DEQUANTIZE')).toMatchObject({ a: 74, b: 0, foldedA: 74, foldedB: 0 });
  expect(precisions.map(({ dtype, a, b }) => [dtype, a > 0, b > 0])).toEqual([['float32', false, true], ['float16', true, false], ['int32', true, true]]);
});

test('a fused activation is no difference of settings', () => {
  const fused = new InspectedModel(fuseActivations.apply(face.model).model);
  const { ops, opCounts } = compareModels(face, fused);
  const rows = ops.filter(({ folded }) => folded.a.some(({ role }) => role === 'activation'));
  expect(rows).toHaveLength(17);
  for (const { differences } of rows) expect(differences.map(({ what }) => what)).toEqual(['folding']);
  expect(opCounts).toEqual({ equal: 56, different: 17, onlyA: 0, onlyB: 0, foldedA: 91, foldedB: 74 });
});

test('subgraph by subgraph, and those that only one model has', () => {
  const several = new InspectedModel(openModel(calling));
  expect(several.model.subgraphs.length).toBeGreaterThan(1);
  const whole = compareModels(several, several);
  expect(whole.opCounts).toMatchObject({ equal: several.costs.perOp.length, different: 0, onlyA: 0, onlyB: 0 });
  const first = new InspectedModel({ ...several.model, subgraphs: several.model.subgraphs.slice(0, 1) });
  const { ops } = compareModels(first, several);
  expect(ops.filter(({ subgraph }) => subgraph > 0).every(({ a, b }) => a === null && b !== null)).toBe(true);
});
