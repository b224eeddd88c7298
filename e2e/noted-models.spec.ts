/** Models that contradict themselves: opened with notes, run where that is safe, refused by name where it is not. */
import { addition, buildModel, type Fields, subgraph, tensor } from '../src/tflite/testing/build';
import { openPage } from './support/engine';
import { dropFiles, expect, serveFiles, test } from './support/fixtures';
import { show } from './support/views';

/** A 1×1 convolution of int8, whose bias names the dimension along which the weights are quantized, as that of TensorFlow Lite Micro's person detector does. */
function convolution(biasDimension: number): Uint8Array {
  const scales = (scale: readonly number[], dimension = 0): Fields => ({ scale, zero_point: scale.map(() => 0), quantized_dimension: dimension });
  return buildModel({
    version: 3, operator_codes: [{ deprecated_builtin_code: 3, builtin_code: 3, version: 3 }],
    buffers: [{}, { data: Uint8Array.of(2, 4) }, { data: new Uint8Array(Int32Array.of(20, 80).buffer) }],
    subgraphs: [{
      tensors: [
        { name: 'x', shape: [1, 2, 2, 1], type: 9, quantization: scales([0.125]) }, { name: 'weights', shape: [2, 1, 1, 1], type: 9, buffer: 1, quantization: scales([0.5, 0.25]) },
        { name: 'bias', shape: [2], type: 2, buffer: 2, quantization: scales([0.0625, 0.03125], biasDimension) }, { name: 'y', shape: [1, 2, 2, 2], type: 9, quantization: scales([0.125]) },
      ],
      inputs: [0], outputs: [3],
      operators: [{ inputs: [0, 1, 2], outputs: [3], builtin_options: { member: 'Conv2DOptions', value: { padding: 1, stride_w: 1, stride_h: 1 } } }],
    }],
  });
}

test.beforeEach(async ({ page }) => { await openPage(page); });

test('a bias quantized along a dimension that it does not have is noted, and the model runs', async ({ page }) => {
  await dropFiles(page, [{ name: 'bias.tflite', bytes: convolution(3) }]);
  await expect(page.getByTestId('model-summary')).toContainText('bias.tflite');
  await expect(page.getByTestId('model-notes')).toContainText('subgraph 0, tensor 2 “bias”: its quantized dimension 3 lies outside of its rank 1; its scales are taken along its only dimension');
  for (const dimension of [0, 3]) {
    const { addresses: [file = ''], stop } = await serveFiles(page, [{ name: 'model.tflite', bytes: convolution(dimension) }]);
    // Both weights are 1, the biases 1.25 and 2.5; in eighths.
    const { outputs: [output], configuration } = await page.evaluate(async (address) => {
      const model = await window.litescope.open(address);
      const { outputs: results, configuration: ran } = await window.litescope.run(model.id, { threads: 1 }, { x: { kind: 'file', format: 'raw', file: new Blob([Int8Array.of(8, -16, 24, 0)]) } });
      return { outputs: results.map(({ data }) => [...new Int8Array(data)]), configuration: ran };
    }, file);
    stop();
    expect(output, `${dimension} on ${configuration.runtime}`).toEqual([18, 28, -6, 4, 34, 44, 10, 20]);
  }
});

test('an op that reads a tensor that does not exist: the graph is shown, and nothing runs', async ({ page }) => {
  const bytes = buildModel(addition({ subgraphs: [subgraph({ tensors: [tensor({ name: 'a' }), tensor({ name: 'b', buffer: 1 }), tensor({ name: 'out' })], operators: [{ inputs: [0, 99], outputs: [2] }] })] }));
  await dropFiles(page, [{ name: 'missing.tflite', bytes }]);
  await expect(page.getByTestId('model-notes')).toContainText('subgraph 0, op 0, ADD, input 1: it refers to tensor 99 of 3; the graph is shown without it; the model cannot run or be changed here.');
  const refused = await page.evaluate(async () => {
    const { litescope } = window;
    const id = litescope.models()[0]?.id ?? '';
    const codeOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'done', (error: { code: string; place?: string }) => `${error.code}: ${error.place ?? ''}`);
    return [
      await codeOf(litescope.run(id, {}, {})), await codeOf(litescope.rewrite(id, { passes: ['fuse-activations'] })), await codeOf(litescope.quantize(id, 'dynamic-int8')),
      await codeOf(litescope.profile(id, {})),
    ];
  });
  expect(refused).toEqual(Array.from({ length: 4 }, () => 'MODEL_UNSOUND: subgraph 0, op 0, ADD, input 1'));
  await show(page, 'graph');
  await expect(page.getByTestId('graph')).toBeVisible();
});
