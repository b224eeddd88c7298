/** What a model takes is what it is given: pixel values by the file's own word, the part of a picture that it sees, one model of several. */
import type { Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { loadDigits } from '../scripts/digits/data';
import { greyBitmap } from './support/bitmap';
import { openPage } from './support/engine';
import { dropFiles, expect, packagedModel, serveFiles, sharedModel, test } from './support/fixtures';
import { brightnessReader, segmentationModel } from './support/made-models';

const best = (page: Page) => page.getByTestId('decoded-list').getByRole('listitem').first();

/** A pixel of the large picture, from shares of its sides. */
function pixel(page: Page, x: number, y: number): Promise<number | undefined> {
  return page.getByTestId('decoded-canvas').evaluate((canvas: HTMLCanvasElement, [across, down]) => canvas.getContext('2d')?.getImageData(Math.floor(canvas.width * across), Math.floor(canvas.height * down), 1, 1).data[0], [x, y] as const);
}

test('a reader of digits gets 0 to 255 because its QUANTIZE op says so, one click gives it something else, and what was cut off is shaded', async ({ page }) => {
  await openPage(page);
  const [width, height, grey] = [128, 64, 100];
  await dropFiles(page, [{ name: 'reader.tflite', bytes: brightnessReader() }]);
  await expect(page.getByTestId('model-summary')).toContainText('reader.tflite');
  await dropFiles(page, [{ name: 'five.bmp', bytes: greyBitmap(width, height, new Array<number>(width * height).fill(grey)) }]);
  await expect(page.getByTestId('values-from')).toHaveText('From the QUANTIZE op behind the input.');
  const presets = page.getByTestId('value-presets');
  await expect(presets.getByRole('radio', { name: '0…255' })).toBeChecked();
  await page.getByTestId('run').click();
  await expect(best(page)).toContainText('5');

  // The middle half of a picture that is twice as wide as high; the rest is there, under a shade of 55 %.
  await expect.poll(() => pixel(page, 0.5, 0.5)).toBe(grey);
  await expect.poll(() => pixel(page, 0.1, 0.5)).toBe(Math.round(grey * 0.45));
  expect(await pixel(page, 0.9, 0.1)).toBe(Math.round(grey * 0.45));
  await expect(page.getByTestId('cut-off')).toBeVisible();

  await presets.getByText('−1…1').click();
  await expect(presets).toContainText('Your choice.');
  await page.getByTestId('run').click();
  await expect(best(page)).toContainText('0');
  await presets.getByRole('button', { name: 'Back to the model’s defaults' }).click();
  await expect(presets.getByRole('radio', { name: '0…255' })).toBeChecked();
  const fields = page.getByTestId('preprocessing');
  await fields.locator('summary').click();
  await fields.getByTestId('select-fit').selectOption('letterbox');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('cut-off')).toHaveCount(0);
  await expect.poll(() => pixel(page, 0.1, 0.5)).toBe(grey);

  // A float model that says nothing gets a guess, which is called one.
  await dropFiles(page, [{ name: 'map.tflite', bytes: segmentationModel() }]);
  await expect(page.getByTestId('model-summary')).toContainText('map.tflite');
  await expect(page.getByTestId('values-from')).toHaveText(/^A guess: most float models take −1 to 1\..*try the others\.$/);
});

test('digits of public classifiers are read as what they are, with nothing set', async ({ page }) => {
  const models = ['conv_fc_mnist.tflite', 'conv_fc_mnist_srq_a8w8.tflite'].map(sharedModel).filter((path) => path !== null);
  test.skip(models.length < 2, '../shared/models is not there');
  const fives = loadDigits(5).test.filter(({ label }) => label === 5);
  expect(fives).toHaveLength(5);
  await openPage(page);
  const { addresses } = await serveFiles(page, [...models, ...fives.map(({ pixels }, index) => ({ name: `five-${index}.bmp`, bytes: greyBitmap(28, 28, pixels) }))]);
  const read = await page.evaluate(async ([float = '', int8 = '', ...pictures]) => {
    const { litescope } = window;
    const images = await Promise.all(pictures.map(async (url) => (await fetch(url)).blob()));
    const all: (number | undefined)[][] = [];
    for (const url of [float, int8]) {
      const { id, summary } = await litescope.open(url);
      const name = summary.signatures[0]?.inputs[0]?.name ?? '';
      const digits: (number | undefined)[] = [];
      for (const image of images) {
        const { decoded } = await litescope.run(id, { threads: 1 }, { [name]: { kind: 'image', image } }, { decoder: { kind: 'classification', top: 1 } });
        digits.push(decoded?.kind === 'classes' ? decoded.classes[0]?.index : undefined);
      }
      all.push(digits);
    }
    return all;
  }, addresses);
  expect(read).toEqual([[5, 5, 5, 5, 5], [5, 5, 5, 5, 5]]);
});

test('a .task offers the models in it, and what is chosen opens', async ({ page }) => {
  await openPage(page);
  const { readFileSync } = await import('node:fs');
  const face = readFileSync(packagedModel('face_detection', 'face_detection_short_range.tflite'));
  const bundle = zipSync({ 'face_detector.tflite': [face, { level: 0 }], 'reader.tflite': [brightnessReader(), { level: 9 }] });
  await dropFiles(page, [{ name: 'face_landmarker.task', bytes: bundle }]);
  const question = page.getByTestId('bundle-question');
  await expect(question).toContainText('face_landmarker.task holds 2 models. Which one?');
  await expect(question.getByTestId('bundle-member')).toHaveText(['face_detector.tflite', 'reader.tflite']);
  await question.getByRole('button', { name: 'reader.tflite' }).click();
  await expect(page.getByTestId('model-summary')).toContainText('reader.tflite');
  await expect(question).toHaveCount(0);
  await expect(page.getByTestId('error-card')).toHaveCount(0);
});
