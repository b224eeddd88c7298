import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { openPage } from './support/engine';
import { expect, sharedModel, test } from './support/fixtures';

async function openGraph(page: Page, model: { readonly gallery: string } | { readonly file: string }, ops: number): Promise<void> {
  await openPage(page);
  if ('gallery' in model) await page.getByTestId(`gallery-${model.gallery}`).click();
  else await page.getByTestId('open-file').setInputFiles(model.file);
  await page.getByTestId('view-graph').click();
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', String(ops));
}

/** Pixels of the drawing that are not its ground, of those in its middle. */
function drawnPixels(page: Page): Promise<number> {
  return page.getByTestId('graph-canvas').evaluate(async (canvas) => {
    // Drawn when the next frame is.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('The graph is drawn on something else.');
    const { width, height } = canvas;
    const pixels = new Uint32Array(canvas.getContext('2d')?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0));
    const ground = pixels[0];
    return pixels.filter((pixel) => pixel !== ground).length / pixels.length;
  });
}

async function save(page: Page, button: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page.getByTestId('graph-more').locator('summary').click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test.use({ viewport: { width: 1440, height: 900 } });

test('face detection is drawn without its unpacking ops, and with them when asked', async ({ page }) => {
  await openGraph(page, { gallery: 'face-detection-short-range' }, 90);
  expect(await drawnPixels(page)).toBeGreaterThan(0.1);
  await page.getByTestId('graph-more').locator('summary').click();
  await page.getByTestId('graph-fold').uncheck();
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '164');
});

test('searching hand landmarks counts exactly and steps through the hits', async ({ page }) => {
  await openGraph(page, { gallery: 'hand-landmarks-lite' }, 65);
  await page.getByTestId('graph').focus();
  await page.keyboard.press('/');
  await expect(page.getByTestId('graph-search')).toBeFocused();
  for (const [query, hits] of [['CONV_2D', '31 hits'], ['CONV_2D 3x3', '1 hit'], ['1x112x112', '6 hits'], ['uint8', '0 hits'], ['add', '10 hits']] as const) {
    await page.getByTestId('graph-search').fill(query);
    await expect(page.getByTestId('graph-hits')).toHaveText(hits);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('graph-hits')).toHaveText('1 of 10');
  await expect(page.getByTestId('graph-spoken')).toContainText('ADD');
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByTestId('graph-hits')).toHaveText('10 of 10');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('graph')).toBeFocused();
});

test('keys walk from op to op and say where one is', async ({ page }) => {
  await openGraph(page, { gallery: 'face-detection-short-range' }, 90);
  const spoken = page.getByTestId('graph-spoken');
  await page.getByTestId('graph').focus();
  await page.keyboard.press('ArrowRight');
  await expect(spoken).toHaveText('Op 2, CONV_2D 5×5 s2; from 1×128×128×3 float32; to 1×64×64×24 float32; with constants 24×5×5×3 float16, 24 float16');
  await page.keyboard.press('n');
  await expect(spoken).toContainText('Op 3, RELU');
  await page.keyboard.press('p');
  await expect(spoken).toContainText('Op 2, CONV_2D');
  await page.keyboard.press('End');
  await expect(spoken).toContainText('Op 163, CONCATENATION');
  await page.keyboard.press('f');
  await page.keyboard.press('Escape');
  await expect(spoken).toHaveText('');
});

test('the graph is saved as SVG and PNG, its ops as CSV, its numbers as JSON that only its model takes back', async ({ page }) => {
  await openGraph(page, { gallery: 'face-detection-short-range' }, 90);
  const svg = (await save(page, 'graph-svg')).bytes.toString();
  for (const name of ['CONV_2D', 'DEPTHWISE_CONV_2D', 'RELU', 'ADD', 'PAD', 'MAX_POOL_2D', 'RESHAPE', 'CONCATENATION']) expect(svg).toContain(`>${name}</text>`);
  const parsed = await page.evaluate((text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent ?? '', svg);
  expect(parsed).toBe('');
  const png = await save(page, 'graph-png');
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect((await save(page, 'graph-csv')).bytes.toString().trimEnd().split('\r\n')).toHaveLength(165);

  await page.getByTestId('graph-colour').selectOption('macs');
  await expect(page.getByTestId('graph-legend')).toContainText('MACs');
  const numbers = await save(page, 'graph-node-data');
  await page.getByTestId('graph-overlay').setInputFiles({ name: 'macs.json', mimeType: 'application/json', buffer: numbers.bytes });
  await expect(page.getByTestId('graph-colour')).toHaveValue('overlay');
  await expect(page.getByTestId('graph-legend')).toContainText('macs');

  await openGraph(page, { gallery: 'hand-landmarks-lite' }, 65);
  await page.getByTestId('graph-overlay').setInputFiles({ name: 'macs.json', mimeType: 'application/json', buffer: numbers.bytes });
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'OVERLAY_MISMATCH');
});

test('groups of MobileNet v2 open and close', async ({ page }) => {
  const file = sharedModel('tf2_mobilenet_v2_1.0_224_ptq.tflite');
  test.skip(file === null, 'needs ../shared/models');
  await openGraph(page, { file: file ?? '' }, 68);
  await page.getByTestId('graph-more').locator('summary').click();
  await page.getByTestId('graph-close-all').click();
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '23');
  await page.getByTestId('graph').focus();
  for (let step = 0; step < 3; step++) await page.keyboard.press('n');
  await page.keyboard.press('g');
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '24');
});

test('subgraphs can be chosen', async ({ page }) => {
  const file = sharedModel('multi_signature_model.tflite');
  test.skip(file === null, 'needs ../shared/models');
  await openGraph(page, { file: file ?? '' }, 1);
  await expect(page.getByTestId('graph-subgraph').locator('option')).toHaveCount(3);
  await page.getByTestId('graph-subgraph').selectOption('2');
  await page.getByTestId('graph').focus();
  await page.keyboard.press('n');
  await expect(page.getByTestId('graph-spoken')).toContainText('Op 0');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the graph fits, and a tap selects an op', async ({ page }) => {
    await openGraph(page, { gallery: 'face-detection-short-range' }, 90);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await drawnPixels(page)).toBeGreaterThan(0.1);
    const surface = page.getByTestId('graph-surface');
    await surface.scrollIntoViewIfNeeded();
    const box = await surface.boundingBox();
    // The trunk runs down the middle of the drawing's beginning.
    await surface.tap({ position: { x: (box?.width ?? 0) / 2, y: 125 } });
    await expect(page.getByTestId('graph-spoken')).not.toHaveText('');
  });
});
