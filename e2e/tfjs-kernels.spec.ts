/** The graph op by op on TensorFlow.js' kernels, held against both runtimes that share XNNPACK. */
import { type EngineOutcome, openPage, runModelOk } from './support/engine';
import { expectAgreement, expectAgreementWithBoth } from './support/agreement';
import { apiTest, expect, facePhoto, sharedImage, sharedModel, test } from './support/fixtures';
import { configure, show, unfold } from './support/views';

const shared = ['conv_fc_mnist', 'tf2_mobilenet_v2_1.0_224_ptq', 'mobilenet_v1_0.25_128_quant'];

for (const id of shared) {
  apiTest(`${id} gives what the runtimes with XNNPACK give`, async ({ page }) => {
    const file = sharedModel(`${id}.tflite`);
    test.skip(file === null, `../shared/models/${id}.tflite is not there`);
    const image = sharedImage('cat.bmp') ?? facePhoto(3);
    const run = { model: { file: file ?? '' }, inputs: { '*': id === 'conv_fc_mnist' ? { random: 7 } : { image } }, fallback: false };
    const reference = await runModelOk(page, { ...run, configuration: { runtime: 'tfjs-kernels', threads: 1 } });
    expect(reference.configuration).toMatchObject({ runtime: 'tfjs-kernels', accelerator: 'wasm', variant: 'simd' });
    const others: EngineOutcome[] = [];
    for (const runtime of ['tfjs-tflite', 'litert'] as const) others.push(await runModelOk(page, { ...run, configuration: { runtime, threads: 1 } }));
    expectAgreementWithBoth(reference, others, 1e-4);
  });
}

apiTest('threads and plain JavaScript give what one thread on WASM gives', async ({ page }) => {
  const run = { model: { gallery: 'face-detection-short-range' }, inputs: { '*': { image: facePhoto(1) } }, fallback: false } as const;
  const reference = await runModelOk(page, { ...run, configuration: { runtime: 'tfjs-kernels', threads: 1 } });
  const threaded = await runModelOk(page, { ...run, configuration: { runtime: 'tfjs-kernels', threads: 2 } });
  expect(threaded.configuration).toMatchObject({ threads: 2, variant: 'simd-threaded' });
  expectAgreement(reference, threaded);
  const javascript = await runModelOk(page, { ...run, configuration: { runtime: 'tfjs-kernels', accelerator: 'cpu', threads: 1 } });
  expect(javascript.configuration).toMatchObject({ accelerator: 'cpu', variant: 'javascript' });
  expectAgreement(reference, javascript);
});

apiTest('hands out every tensor on the way, where the others say that they do not', async ({ page }) => {
  const seen = await page.evaluate(async () => {
    const { litescope } = window;
    const { id, summary } = await litescope.openFromGallery('face-detection-short-range');
    const { tensors, outputs } = await litescope.run(id, { runtime: 'tfjs-kernels', threads: 1 }, {}, { tensors: 'all', fallback: false });
    const again = await litescope.run(id, { runtime: 'tfjs-kernels', threads: 1 }, {}, { tensors: tensors.slice(3, 5).map(({ index }) => index), fallback: false });
    const refusal = await litescope.run(id, { runtime: 'litert', threads: 1 }, {}, { tensors: 'all', fallback: false }).then(() => null, (error: Error) => Reflect.get(error, 'code') as unknown);
    const bytes = (data: ArrayBuffer) => [...new Uint8Array(data)].join();
    return {
      indices: tensors.map(({ index }) => index), repeated: again.tensors.map(({ index, data }) => bytes(data) === bytes(tensors.find((tensor) => tensor.index === index)?.data ?? new ArrayBuffer(0))),
      filled: tensors.every(({ shape, data, dtype }) => dtype === 'float32' && data.byteLength === 4 * shape.reduce((product, size) => product * size, 1)),
      ends: summary.signatures[0]?.outputs.map(({ tensorIndex, name }) => bytes(tensors.find(({ index }) => index === tensorIndex)?.data ?? new ArrayBuffer(0)) === bytes(outputs.find((output) => output.name === name)?.data ?? new ArrayBuffer(1))),
      refusal,
    };
  });
  // The input and one result for each op that is not folded: 164 ops less 74 that unfold float16 weights.
  expect(new Set(seen.indices).size).toBe(91);
  expect(seen).toMatchObject({ repeated: [true, true], filled: true, ends: [true, true], refusal: 'INVALID_CONFIGURATION' });
});

test('the page measures it as it measures the others: alone, in turn with another, by threads and by ops', async ({ page }) => {
  test.slow();
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await configure(page, { runtime: 'tfjs-kernels', threads: '1' });
  await expect(page.getByTestId('reference-note')).toBeVisible();
  await show(page, 'benchmark');
  await page.getByText(/^Plan: warm up/).click();
  await page.getByLabel('and at least seconds').first().fill('0');
  await page.getByLabel('and at least seconds').last().fill('0');
  await show(page, 'benchmark');
  await page.getByTestId('benchmark-start').click();
  await expect(page.getByTestId('benchmark-result')).toContainText('tfjs-kernels · WebAssembly · 1 thread', { timeout: 60_000 });

  await page.getByTestId('comparison-add').click();
  await configure(page, { runtime: 'tfjs-tflite' });
  await page.getByTestId('comparison-add').click();
  await page.getByText(/rounds, interval of/).click();
  await page.getByTestId('comparison-rounds').fill('2');
  await page.getByTestId('comparison-rounds').press('Tab');
  await page.getByTestId('comparison-start').click();
  const rows = page.getByTestId('comparison').locator('tbody tr');
  await expect(rows).toHaveCount(2, { timeout: 60_000 });
  await expect(rows.first()).toContainText('tfjs-kernels');
  await expect(rows.last()).toContainText('tfjs-tflite');

  await configure(page, { runtime: 'tfjs-kernels' });
  await show(page, 'ops');
  await page.getByTestId('profile-start').click();
  await expect(page.getByTestId('profile-view')).toContainText('By the runtime’s clock around each kernel', { timeout: 60_000 });
  // Each op has a time of its own; those that unfold weights have none, and are not in the table at first.
  await expect(page.getByTestId('profile-table')).toHaveAttribute('aria-rowcount', '91');
  await page.getByTestId('profile-timed-only').uncheck();
  await expect(page.getByTestId('profile-table')).toHaveAttribute('aria-rowcount', '165');

  await show(page, 'threads');
  await unfold(page.getByTestId('sweep-plan'));
  await page.getByTestId('sweep-runtime-tfjs-tflite').uncheck();
  await page.getByTestId('sweep-runtime-tfjs-kernels').check();
  await page.getByTestId('sweep-counts').fill('1');
  await page.getByTestId('sweep-start').click();
  await expect(page.getByTestId('sweep-best')).toContainText('tfjs-kernels · wasm: 1 thread is fastest', { timeout: 60_000 });
});
