import { describe, expect, test } from 'vitest';
import { type Model, declaredShape } from '../format/model';
import { modelSchema } from '../format/schema/tables';
import { fixShapes, freeDimensions } from './shapes';
import { rootTable } from '../format/read/table';
import { type Fields, addition, buildModel, subgraph, tensor } from '../testing/build';
import { errorOf, fixtureModel, galleryModel, hasFixtures } from '../testing/models';
import { openModel } from '../format/verify/verify';

/** `a` and `b` are inputs, `flat` holds three values for each of the batch, `out` one. */
const free: Fields = addition({
  operator_codes: [{ builtin_code: 0 }],
  buffers: [{}],
  signature_defs: [{ signature_key: 'add', inputs: [{ name: 'x', tensor_index: 0 }, { name: 'y', tensor_index: 1 }], outputs: [{ name: 'z', tensor_index: 3 }], subgraph_index: 0 }],
  subgraphs: [subgraph({
    tensors: [
      tensor({ name: 'a', shape: [1, 4, 3], shape_signature: [-1, 4, -1] }),
      tensor({ name: 'b', shape: [1, 4, 3], shape_signature: [-1, 4, 3] }),
      tensor({ name: 'flat', shape: [12], shape_signature: [-1] }),
      tensor({ name: 'out', shape: [1, 12], shape_signature: [-1, -1] }),
    ],
    inputs: [0, 1],
    outputs: [3],
    operators: [{ inputs: [0, 1], outputs: [2] }, { inputs: [2, 1], outputs: [3] }],
  })],
});
const bytes = buildModel(free);
const model = openModel(bytes);

const shapesOf = ({ subgraphs }: Model): unknown => Object.fromEntries(subgraphs[0]?.tensors.map((each) => [each.name, [each.shape, declaredShape(each)]]) ?? []);

test('free dimensions by the signature’s names', () => {
  expect(freeDimensions(model)).toEqual([
    { name: 'x', tensorName: 'a', dimension: 0 },
    { name: 'x', tensorName: 'a', dimension: 2 },
    { name: 'y', tensorName: 'b', dimension: 0 },
  ]);
  expect(freeDimensions(model, 'no such key')).toEqual([]);
});

test('inputs get their shapes, a common batch is carried on where it stands alone', () => {
  const fixed = fixShapes(bytes, model, { a: [5, 4, 3], b: [5, 4, 3] });
  expect(shapesOf(openModel(fixed))).toEqual({
    a: [[5, 4, 3], [5, 4, 3]],
    b: [[5, 4, 3], [5, 4, 3]],
    flat: [[12], [-1]],
    out: [[5, 12], [5, -1]],
  });
  expect(bytes).toEqual(buildModel(free));
});

test('what is known of other tensors counts for more than what is carried on', () => {
  const fixed = openModel(fixShapes(bytes, model, { a: [5, 4, 3], b: [5, 4, 3] }, 0, new Map([[3, [15, 4]]])));
  expect(shapesOf(fixed)).toMatchObject({ flat: [[12], [-1]], out: [[15, 4], [15, 4]] });
});

test('without a common batch only the named inputs change', () => {
  for (const shapes of [{ a: [5, 4, 3] }, { a: [5, 4, 3], b: [1, 4, 3] }]) {
    const fixed = openModel(fixShapes(bytes, model, shapes));
    expect(shapesOf(fixed)).toMatchObject({ a: [[5, 4, 3], [5, 4, 3]], out: [[1, 12], [-1, -1]] });
  }
});

test('−1 in the shape itself', () => {
  const file = buildModel(addition({ subgraphs: [subgraph({ tensors: [tensor({ name: 'a', shape: [-1, 2] }), tensor({ name: 'b', buffer: 1 }), tensor({ name: 'out', shape: [-1, 2] })] })] }));
  expect(shapesOf(openModel(fixShapes(file, openModel(file), { a: [7, 2] })))).toEqual({ a: [[7, 2], [7, 2]], b: [[1, 2], [1, 2]], out: [[7, 2], [7, 2]] });
});

test('a vector that tensors share changes for none of the others', () => {
  const file = buildModel(addition({ subgraphs: [subgraph({ tensors: [tensor({ name: 'a', shape_signature: [-1, 2] }), tensor({ name: 'b', buffer: 1 }), tensor({ name: 'out', shape: [1, 2] })] })] }));
  const [graph] = rootTable(modelSchema, file, 'Model').tables('subgraphs', () => '');
  const locations = [...graph?.tables('tensors', () => '') ?? []].map((view) => view.vector('shape', 4));
  // Offsets only lead forward: let all point to the vector that lies last.
  const last = Math.max(...locations.map((location) => location?.start ?? 0)) - 4;
  const writer = new DataView(file.buffer);
  for (const location of locations) writer.setUint32(location?.field ?? 0, last - (location?.field ?? 0), true);
  expect(shapesOf(openModel(fixShapes(file, openModel(file), { a: [9, 2] })))).toEqual({ a: [[9, 2], [9, 2]], b: [[1, 2], [1, 2]], out: [[1, 2], [1, 2]] });
});

test('tensors that share one description cannot have two shapes', () => {
  const file = buildModel(addition({ subgraphs: [subgraph({ tensors: [tensor({ name: 'a', shape_signature: [1, -1] }), tensor({ buffer: 1 }), tensor()] })] }));
  const [graph] = rootTable(modelSchema, file, 'Model').tables('subgraphs', () => '');
  const vector = graph?.vector('tensors', 4)?.start ?? 0;
  const writer = new DataView(file.buffer);
  writer.setUint32(vector + 8, writer.getUint32(vector, true) - 8, true);
  expect(errorOf(() => fixShapes(file, openModel(file), { a: [1, 9] })).details).toMatch(/shares its description/);
});

describe('shapes that do not fit', () => {
  test.each<[string, Record<string, number[]>, RegExp]>([
    ['a name that is no input', { out: [1, 1] }, /no input "out"/],
    ['another rank', { a: [1, 4] }, /3 dimensions/],
    ['a changed fixed dimension', { a: [1, 5, 3] }, /dimension 1 is fixed/],
    ['a size of 0', { a: [0, 4, 3] }, /at least 1/],
    ['a size that is not whole', { a: [1.5, 4, 3] }, /at least 1/],
    ['a size that is still free', { a: [-1, 4, 3] }, /at least 1/],
    ['more elements than runtimes count', { a: [2 ** 16, 4, 2 ** 16] }, /elements/],
  ])('%s', (_, shapes, details) => {
    const error = errorOf(() => fixShapes(bytes, model, shapes));
    expect(error.code).toBe('INVALID_SHAPE');
    expect(error.details).toMatch(details);
  });

  test('a subgraph that does not exist', () => {
    expect(errorOf(() => fixShapes(bytes, model, {}, 4)).code).toBe('INVALID_SHAPE');
  });
});

test('a model without free dimensions stays as it is', () => {
  const gallery = galleryModel('face_detection/face_detection_short_range.tflite');
  const opened = openModel(gallery);
  expect(freeDimensions(opened)).toEqual([]);
  expect(fixShapes(gallery, opened, { input: [1, 128, 128, 3] }).subarray(0, 64)).toEqual(gallery.subarray(0, 64));
});

describe.skipIf(!hasFixtures)('fixture models (skipped without the shared folder)', () => {
  test('simple_add_dynamic_shape', () => {
    const file = fixtureModel('simple_add_dynamic_shape.tflite');
    const opened = openModel(file);
    const names = freeDimensions(opened).map(({ tensorName }) => tensorName);
    expect(names).toHaveLength(2);
    const fixed = openModel(fixShapes(file, opened, Object.fromEntries(names.map((name) => [name, [3, 128, 4]]))));
    expect(fixed.subgraphs[0]?.tensors.map(({ shape, shapeSignature }) => [shape, shapeSignature])).toEqual(Array(3).fill([[3, 128, 4], [3, 128, 4]]));
  });

  test('conv_fc_mnist carries the batch through', () => {
    const file = fixtureModel('conv_fc_mnist.tflite');
    const fixed = openModel(fixShapes(file, openModel(file), { 'serving_default_conv2d_input:0': [8, 28, 28, 1] }));
    const produced = fixed.subgraphs[0]?.operators.flatMap(({ outputs }) => outputs.map((index) => fixed.subgraphs[0]?.tensors[index])) ?? [];
    expect(produced.map((each) => each?.shape[0])).toEqual(Array(6).fill(8));
    expect(produced.every((each) => each?.shapeSignature?.includes(-1) === false)).toBe(true);
  });
});
