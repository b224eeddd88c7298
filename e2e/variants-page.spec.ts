/** Variants as a person makes them in the page: samples are dropped, a variant is made, judged, taken away and opened. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { quantizedWeights } from './support/quantized';
import { openModel } from '../src/tflite/format/verify/verify';
import { writeModel } from '../src/tflite/format/write/writer';
import { openPage } from './support/engine';
import { expect, facePhoto, test } from './support/fixtures';
import { show } from './support/views';

const photo = (number: Parameters<typeof facePhoto>[0], name: string) => ({ name, mimeType: 'image/jpeg', buffer: readFileSync(facePhoto(number)) });

async function openVariants(page: Page, model: string): Promise<void> {
  await openPage(page);
  await page.getByTestId(`gallery-${model}`).click();
  await show(page, 'variants');
}

async function downloaded(page: Page, button: string): Promise<{ readonly name: string; readonly bytes: Buffer<ArrayBuffer> }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).first().click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('a face detector is quantized on dropped photos, judged on those held out, and downloaded', async ({ page }) => {
  test.setTimeout(240_000);
  await openVariants(page, 'face-detection-short-range');
  await expect(page.getByTestId('quantize-start')).toBeDisabled();
  await expect(page.getByTestId('lacks-samples')).toBeVisible();
  await page.getByTestId('samples-files').setInputFiles([...([1, 2, 3, 4, 5, 6] as const).flatMap((number) => [photo(number, `${number}.jpg`), photo(number, `again-${number}.jpg`)]), { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') }]);
  await expect(page.getByTestId('sample-count')).toHaveText('12 samples: 12 pictures');
  await expect(page.getByTestId('samples')).toContainText('Not used: notes.txt');
  await page.getByTestId('quantize-start').click();
  const card = page.getByTestId('variant');
  await expect(card.getByTestId('verdict-fidelity')).toHaveAttribute('data-verdict', 'good', { timeout: 180_000 });
  await expect(card.getByTestId('verdict-fidelity')).toContainText(/tfjs-tflite: \d+ box(es)? in common/);
  await expect(card.getByTestId('verdict-size')).toHaveAttribute('data-verdict', 'smaller');
  await expect(card.getByTestId('calibration')).toContainText('Ranges from 10 samples on tfjs-tflite');
  await expect(card.getByTestId('variant-warning')).toContainText('10 samples are few');
  await expect(card.getByTestId('proof-errors')).toContainText('over 2 inputs');
  // Both outputs on both runtimes, and both runtimes timed with the original.
  await expect(card.getByTestId('proof-errors').locator('tbody tr')).toHaveCount(4);
  for (const runtime of ['tfjs-tflite', 'litert']) await expect(card.getByTestId('proof-speed').getByRole('row').filter({ hasText: runtime })).toContainText(/× \d+\.\d\d/);

  // Why int8 gains less than it might, where that is so.
  const { int8Dot } = await page.evaluate(() => window.litescope.capabilities());
  await expect(card.getByTestId('proof-no-dot')).toHaveCount(int8Dot ? 0 : 1);

  const file = await downloaded(page, 'variant-download');
  expect(file.name).toBe('Face-detection-short-range-int8.tflite');
  const model = openModel(file.bytes);
  expect(Buffer.compare(writeModel(model), file.bytes)).toBe(0);
  // The last layers stay in float.
  expect(quantizedWeights(model)).toEqual({ CONV_2D: ['int8', 'float32'], DEPTHWISE_CONV_2D: ['int8'] });
  await expect(card.getByTestId('variant-size')).toContainText(`${(file.bytes.length / 1000).toFixed(0)} kB, ${(file.bytes.length / 229_032).toFixed(2)} ×`);

  const report = JSON.parse((await downloaded(page, 'variant-report')).bytes.toString()) as { kind: string; variant: { bytes: number }; original: { bytes: number }; operators: unknown[]; proof: { samples: number; runtimes: { outputs: { metrics: { sqnr_db: number } }[] }[] } };
  expect([report.kind, report.variant.bytes, report.original.bytes, report.proof.samples]).toEqual(['quantized', file.bytes.length, 229_032, 2]);
  await card.getByTestId('outcomes').locator('summary').click();
  await expect(card.getByTestId('outcomes').locator('tbody tr')).toHaveCount(Math.min(50, report.operators.length));
  await expect(card.getByTestId('proof-errors').locator('tbody tr').first()).toContainText(report.proof.runtimes[0]?.outputs[0]?.metrics.sqnr_db.toFixed(1) ?? 'none');

  // It is a model like any other, runs, and may be removed here without being closed.
  await card.getByTestId('variant-open').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Face detection, short range, int8');
  await page.getByRole('button', { name: 'Face detection, short range', exact: true }).click();
  await card.getByTestId('variant-discard').click();
  await expect(card).toHaveCount(0);
  expect(await page.evaluate(() => window.litescope.models().length)).toBe(2);
});

test('recipes are read and written, what cannot be done is said, and a cancelled variant leaves nothing', async ({ page }) => {
  await openVariants(page, 'face-detection-short-range');
  await page.getByTestId('quantize-settings').locator('summary').click();
  await page.getByTestId('recipe-open').setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{"rules": []}') });
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'INVALID_RECIPE');
  const rules = [
    { regex: '.*', operation: '*', algorithm_key: 'min_max_uniform_quantize', op_config: { weight_tensor_config: { num_bits: 8, symmetric: true, granularity: 'CHANNELWISE', dtype: 'INT' }, compute_precision: 'FLOAT', explicit_dequantize: true } },
    { regex: '.*', operation: 'CONV_2D', algorithm_key: 'min_max_uniform_quantize', op_config: { weight_tensor_config: { num_bits: 4, symmetric: true, granularity: 'CHANNELWISE', dtype: 'INT' } } },
  ];
  await page.getByTestId('recipe-open').setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(rules)) });
  await expect(page.getByTestId('error-card')).toHaveCount(0);
  await expect(page.getByTestId('recipe-file')).toBeChecked();
  await expect(page.getByTestId('quantize-panel')).toContainText('rule 1 is not followed: weights of 4 bits are not written.');
  const saved = await downloaded(page, 'recipe-save');
  expect(saved.name).toBe('mine.recipe.json');
  expect(JSON.parse(saved.bytes.toString())).toMatchObject([{ regex: '.*', operation: '*', algorithm_key: 'min_max_uniform_quantize', op_config: { explicit_dequantize: true } }]);

  await page.getByTestId('quantize-start').click();
  await expect(page.getByTestId('verdict-fidelity')).toHaveAttribute('data-verdict', 'good', { timeout: 90_000 });
  // Layer by layer: of all weights of 8 bits, those of the scores cost most. The report has what the page shows.
  await page.getByTestId('variant-layers').click();
  await expect(page.getByTestId('variant-break')).toHaveText(/^It breaks at op 143, CONV_2D, conv2d_16: from \d+\.\d to \d+\.\d dB\.$/, { timeout: 60_000 });
  const { layers } = JSON.parse((await downloaded(page, 'variant-report')).bytes.toString()) as { layers: { layers: { sqnr_db: number }[] } };
  await expect(page.getByTestId('variant-layer-table').locator('summary')).toHaveText(`Errors of ${layers.layers.length} layers on 1 input`);
  expect(layers.layers.length).toBeGreaterThan(70);
  expect(Math.min(...layers.layers.map(({ sqnr_db }) => sqnr_db))).toBeGreaterThan(15);

  await page.getByTestId('recipe-int8').check();
  await page.getByTestId('samples-random').click();
  await expect(page.getByTestId('sample-count')).toHaveText('100 samples: 100 made-up samples');
  await page.getByTestId('quantize-start').click();
  await expect(page.getByTestId('progress')).toContainText('Finding ranges');
  await page.getByTestId('cancel').click();
  await expect(page.getByTestId('progress')).toHaveCount(0);
  await expect(page.getByTestId('variant')).toHaveCount(1);
  await expect(page.getByTestId('variants-view').getByTestId('error-card')).toHaveCount(0);
});

test('frames of a camera become samples until they are stopped', async ({ page }) => {
  await openVariants(page, 'face-detection-short-range');
  await page.getByTestId('samples-camera').click();
  const count = async () => Number.parseInt(await page.getByTestId('sample-count').innerText(), 10);
  await expect.poll(count).toBeGreaterThanOrEqual(3);
  await expect(page.getByTestId('sample-count')).toContainText('of 100 frames');
  await page.getByTestId('samples-stop').click();
  await expect(page.getByTestId('sample-count')).toHaveText(/^(\d+) samples: \1 pictures\s*$/);
  await page.getByTestId('samples-clear').click();
  await expect(page.getByTestId('sample-count')).toHaveText('0 samples');
});

test('selfie segmentation is rewritten for the other runtime, with edges and metadata of one’s own', async ({ page }) => {
  test.setTimeout(120_000);
  await openVariants(page, 'selfie-segmentation');
  await expect(page.getByTestId('pass-transpose-convolution').getByRole('checkbox')).toBeChecked();
  // It would double the file, so it waits to be asked for.
  await expect(page.getByTestId('pass-unfold-float16').getByRole('checkbox')).not.toBeChecked();
  await page.getByTestId('metadata-fields').locator('summary').click();
  await page.getByTestId('metadata-name').fill('My segmenter');
  await page.getByTestId('metadata-mean').fill('0');
  await page.getByTestId('metadata-std').fill('255');
  await page.getByTestId('rewrite-start').click();
  const card = page.getByTestId('variant');
  await expect(card.getByTestId('verdict-fidelity')).toHaveAttribute('data-verdict', 'good', { timeout: 90_000 });
  await expect(card.getByTestId('proof-speed').getByRole('row').filter({ hasText: 'tfjs-tflite' })).toContainText('compared with litert');
  const { bytes } = await downloaded(page, 'variant-download');
  const model = openModel(bytes);
  expect(model.operatorCodes.filter(({ custom }) => custom)).toEqual([]);
  await card.getByTestId('variant-open').click();
  expect(await page.evaluate(() => window.litescope.models().map(({ summary }) => [summary.metadata?.name, summary.metadata?.inputs[0]?.normalisation]))).toEqual([
    [undefined, undefined], ['My segmenter', { mean: [0], std: [255] }],
  ]);
});
