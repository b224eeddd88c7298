/** Models go to the runtimes that were measured to compute them rightly, and the others are refused with a reason. */
import { writeFileSync } from 'node:fs';
import { GraphBuilder } from '../src/tflite/testing/graph';
import { openPage, runModelError, runModelOk } from './support/engine';
import { apiTest, dropFiles, expect, sharedImage, sharedModel, test } from './support/fixtures';
import { show } from './support/views';

/** The model's path; skips the test where the folder is not there. */
function model(name: string): string {
  const file = sharedModel(`${name}.tflite`);
  test.skip(file === null, `../shared/models/${name}.tflite is not there`);
  return file ?? '';
}

/** As refusals read: `litert RUNTIME_UNFIT`. */
const spelled = (refusals: readonly { readonly configuration: { readonly runtime: string }; readonly error: { readonly code: string } }[]): readonly string[] => refusals.map(({ configuration, error }) => `${configuration.runtime} ${error.code}`);

apiTest('A detector whose outputs have no shape in the file finds the cat, run after run, on both runtimes that have its op', async ({ page }) => {
  const file = model('coco_ssd_with_metadata');
  const image = sharedImage('cat.bmp') ?? '';
  const outputs: (readonly (readonly number[])[])[] = [];
  for (const runtime of ['auto', 'auto', 'litert', 'litert'] as const) {
    const result = await runModelOk(page, { model: { file }, configuration: { runtime, threads: 1 }, inputs: { '*': { image } }, fallback: runtime === 'auto' });
    expect(result.outputs.map(({ shape }) => shape)).toEqual([[1, 10, 4], [1, 10], [1, 10], [1]]);
    outputs.push(result.outputs.map(({ values }) => values));
  }
  const [[boxes = [], classes = [], scores = []] = []] = outputs;
  // Class 16 of COCO’s 90 is the cat; the rest of the picture is around it.
  expect(classes[0]).toBe(16);
  expect(scores[0]).toBeGreaterThan(0.6);
  const [top = NaN, left = NaN, bottom = NaN, right = NaN] = boxes;
  expect(bottom - top).toBeGreaterThan(0.4);
  expect(right - left).toBeGreaterThan(0.3);
  for (const edge of [top, left, bottom, right]) expect(Math.abs(edge - 0.5)).toBeLessThan(0.55);
  expect(outputs.slice(1)).toEqual(outputs.slice(1).map(() => outputs[0]));
});

apiTest('Outputs that move in the first run are found: dilated_conv on tfjs-tflite', async ({ page }) => {
  const file = model('dilated_conv');
  for (const runtime of ['tfjs-tflite', 'litert', 'tfjs-kernels'] as const) {
    const { outputs: [output] } = await runModelOk(page, { model: { file }, configuration: { runtime, threads: 1 }, inputs: { '*': { values: [0, 0, 0] } }, fallback: false });
    expect(output?.values.slice(0, 5).map((value) => value.toFixed(4))).toEqual(['0.9798', '0.4698', '0.0740', '0.1700', '0.7363']);
  }
});

apiTest('A model whose inputs are outputs too runs right by itself, and litert is refused with its reason', async ({ page }) => {
  const file = model('feedback_tensor_with_state_copy_model');
  const run = { model: { file }, inputs: { feedback_int_input: { values: [5] }, regular_int_input: { values: [7] } } };
  for (const runtime of ['auto', 'litert'] as const) {
    const result = await runModelOk(page, { ...run, configuration: { runtime } });
    expect(result.outputs.map(({ values }) => values)).toEqual([[5], [6], [7]]);
    expect([result.configuration.runtime, spelled(result.refusals)]).toEqual(['tfjs-tflite', ['litert RUNTIME_UNFIT']]);
  }
  expect(await runModelError(page, { ...run, configuration: { runtime: 'litert' }, fallback: false })).toMatchObject({ code: 'RUNTIME_UNFIT', details: /^litert never writes outputs that are inputs as well/ });
});

apiTest('A model that ends in a reshape to computed sizes gives its values, and not what memory held', async ({ page }, testInfo) => {
  const graph = new GraphBuilder();
  const [x, twice, shape, batch, sizes, y] = [
    graph.tensor('x', { shape: [1, 4] }), graph.tensor('twice', { shape: [1, 4] }), graph.tensor('shape', { shape: [2], dtype: 'int32' }), graph.tensor('batch', { dtype: 'int32' }),
    graph.tensor('sizes', { shape: [3], dtype: 'int32' }), graph.tensor('y', { shape: [1, 2, 2] }),
  ];
  graph.op('ADD', [x, x], [twice], 'AddOptions');
  graph.op('SHAPE', [x], [shape], 'ShapeOptions', { out_type: 2 });
  graph.op('STRIDED_SLICE', [shape, graph.constant([0]), graph.constant([1]), graph.constant([1])], [batch], 'StridedSliceOptions', { shrink_axis_mask: 1 });
  graph.op('PACK', [batch, graph.constant([2], 'int32', []), graph.constant([2], 'int32', [])], [sizes], 'PackOptions', { values_count: 3 });
  graph.op('RESHAPE', [twice, sizes], [y], 'ReshapeOptions');
  graph.edges([x], [y]);
  const file = testInfo.outputPath('reshaped.tflite');
  writeFileSync(file, graph.bytes());
  for (const [first, runtime] of [[1, 'auto'], [5, 'auto'], [9, 'litert']] as const) {
    const values = [0, 1, 2, 3].map((index) => first + index);
    const result = await runModelOk(page, { model: { file }, configuration: { runtime }, inputs: { '*': { values } } });
    expect([result.outputs[0]?.shape, result.outputs[0]?.values]).toEqual([[1, 2, 2], values.map((value) => 2 * value)]);
    expect(spelled(result.refusals)).toEqual(['litert RUNTIME_UNFIT']);
  }
});

test('The detector runs in Live with what it finds', async ({ page }) => {
  const file = model('coco_ssd_with_metadata');
  await openPage(page);
  await dropFiles(page, [file]);
  await show(page, 'live');
  await page.getByTestId('live-camera').click();
  await expect(page.getByTestId('live')).toContainText(/person/);
  await expect.poll(async () => Number((await page.getByTestId('count-processed').innerText()).replaceAll(',', ''))).toBeGreaterThan(4);
  await expect(page.getByTestId('live-interrupted')).toHaveCount(0);
});

test('A runtime that hangs on frames says so, and the next one takes over', async ({ page }) => {
  // Counts up to a limit that pictures set: 0 for none, and more than counting in float32 ever reaches for a bright one.
  const graph = new GraphBuilder();
  const [picture, brightest, limit, count, same] = [graph.tensor('picture', { shape: [1, 8, 8, 3] }), graph.tensor('brightest'), graph.tensor('limit'), graph.tensor('count'), graph.tensor('same')];
  graph.op('REDUCE_MAX', [picture, graph.constant([0, 1, 2, 3])], [brightest], 'ReducerOptions');
  graph.op('MUL', [brightest, graph.constant([2 ** 40], 'float32', [])], [limit], 'MulOptions');
  graph.op('WHILE', [graph.constant([0], 'float32', []), limit], [count, same], 'WhileOptions', { cond_subgraph_index: 1, body_subgraph_index: 2 });
  graph.edges([picture], [count]);
  for (const isCondition of [true, false]) {
    graph.subgraph();
    const [reached, wanted, result] = [graph.tensor('reached'), graph.tensor('wanted'), graph.tensor('result', { dtype: isCondition ? 'bool' : 'float32' })];
    if (isCondition) graph.op('LESS', [reached, wanted], [result], 'LessOptions');
    else graph.op('ADD', [reached, graph.constant([1], 'float32', [])], [result], 'AddOptions');
    graph.edges([reached, wanted], isCondition ? [result] : [result, wanted]);
  }
  await openPage(page);
  await dropFiles(page, [{ name: 'counting.tflite', bytes: Buffer.from(graph.bytes()) }]);
  await show(page, 'live');
  await page.getByTestId('live-camera').click();
  await expect(page.getByTestId('live-interrupted')).toHaveAttribute('data-code', 'NO_FRAMES');
  // The next one hangs as well, and says so again; it is told what was ended before it.
  await expect(page.getByTestId('live')).toContainText('tfjs-tflite does not run counting.tflite');
  await expect(page.getByTestId('live-ran')).toContainText('litert');
});
