/** Nothing is lost: Back and Forward, a reload, a tab that was closed by mistake, an address that names a view. */
import { openPage } from './support/engine';
import { dropFiles, expect, test } from './support/fixtures';
import { detectorModel, pictureModel } from './support/made-models';
import { configure, show, unfold } from './support/views';

// Models that no gallery has, so that only what was kept brings them back.
const detector = { name: 'detector.tflite', bytes: detectorModel() };
const picture = { name: 'picture.tflite', bytes: pictureModel() };

test('Back and Forward walk the views, to where models are opened and back', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-hand-landmarks-lite').click();
  await expect(page.getByTestId('view-overview')).toHaveAttribute('aria-current', 'page');
  await show(page, 'threads');
  await show(page, 'graph');
  expect(new URL(page.url()).search).toBe('?model=hand-landmarks-lite&view=graph');
  await page.goBack();
  await expect(page.getByTestId('view-speed')).toHaveAttribute('aria-current', 'page');
  await expect(page.getByTestId('section-threads')).toHaveAttribute('aria-current', 'true');
  await page.goBack();
  await page.goBack();
  await expect(page.getByTestId('view-overview')).toHaveAttribute('aria-current', 'page');
  await page.goBack();
  await expect(page.getByTestId('gallery-hand-landmarks-lite')).toBeVisible();
  await page.goForward();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hand landmarks, lite');
});

test('an address names model, view and part', async ({ page }) => {
  await page.goto('/?model=hand-landmarks-lite&view=graph&part=list');
  await expect(page.getByTestId('op-list')).toBeVisible();
  await expect(page.getByTestId('section-list')).toHaveAttribute('aria-current', 'true');
});

test('the part that is scrolled to is marked', async ({ page }) => {
  await page.goto('/?model=hand-landmarks-lite&view=speed');
  await expect(page.getByTestId('section-benchmark')).toHaveAttribute('aria-current', 'true');
  // What is above it has its height by then.
  for (const part of ['benchmark-start', 'profile-start']) await expect(page.getByTestId(part)).toBeVisible();
  const ops = await page.locator('#section-ops').boundingBox();
  await page.mouse.move(600, 600);
  await page.mouse.wheel(0, ops?.y ?? NaN);
  await expect(page.getByTestId('section-ops')).toHaveAttribute('aria-current', 'true');
  await page.mouse.wheel(0, -5000);
  await expect(page.getByTestId('section-benchmark')).toHaveAttribute('aria-current', 'true');
});

test('a reload brings back what was open, dropped files too, until they are forgotten', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [detector]);
  await expect(page.getByTestId('model-tab')).toHaveCount(1);
  await page.getByRole('button', { name: 'Open model' }).click();
  await page.getByTestId('gallery-digits').click();
  // What is dropped while another model is on its way may overtake it.
  await expect(page.getByTestId('model-tab')).toHaveCount(2);
  await dropFiles(page, [picture]);
  await expect(page.getByTestId('model-tab')).toHaveText(['detector.tflite', 'Digits', 'picture.tflite']);
  await page.getByTestId('model-tab').first().click();
  await configure(page, { runtime: 'litert', threads: '2' });
  await show(page, 'list');
  await expect(page.getByTestId('kept-files')).toContainText('2 dropped files kept in this browser');

  await page.reload();
  await expect(page.getByTestId('model-tab')).toHaveText(['detector.tflite', 'Digits', 'picture.tflite']);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('detector.tflite');
  await expect(page.getByTestId('op-list')).toBeVisible();
  await show(page, 'overview');
  await unfold(page.getByTestId('configuration'));
  await expect(page.getByTestId('select-runtime')).toHaveValue('litert');
  await expect(page.getByTestId('select-threads')).toHaveValue('2');

  await page.getByTestId('forget-files').click();
  await expect(page.getByTestId('kept-files')).toHaveCount(0);
  await page.reload();
  await expect(page.getByTestId('model-tab')).toHaveText(['Digits']);
});

test('a model that was closed by mistake comes back', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [detector]);
  await page.getByRole('button', { name: 'Close detector.tflite' }).click();
  await expect(page.getByTestId('notice')).toHaveText('detector.tflite is closed.');
  await expect(page.getByTestId('model-tab')).toHaveCount(0);
  await page.getByTestId('notice-action').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('detector.tflite');
});
