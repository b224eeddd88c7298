/** What goes wrong, what was cancelled and what is asked: where it belongs, moving nothing, and gone with its cause. */
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { buildModel, addition } from '../src/tflite/testing/build';
import { openPage } from './support/engine';
import { dropFiles, expect, facePhoto, packagedModel, test } from './support/fixtures';
import { show } from './support/views';

const faceModel = packagedModel('face_detection', 'face_detection_short_range.tflite');
const selfieModel = packagedModel('selfie_segmentation', 'selfie_segmentation.tflite');
const digitsModel = fileURLToPath(new URL('../models/digits/digits.tflite', import.meta.url));
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const broken = { name: 'broken.tflite', bytes: text('# This is a README and not a model.\n') };
const classifier = { name: 'classifier.tflite', bytes: buildModel(addition()) };

/** Where the parts of the page stand that messages might move. */
function places(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([...document.querySelectorAll('header, main, h1, h2, [data-testid="run"]')].map((part) => {
    const { x, y, width } = part.getBoundingClientRect();
    return [part.tagName, x, y, width].join(' ');
  })));
}

for (const [device, viewport] of [['a desktop', { width: 1440, height: 900 }], ['a phone', { width: 390, height: 844 }]] as const) {
  test(`on ${device} a failure moves nothing, can be scrolled and read, and goes when it is dismissed`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await openPage(page);
    await dropFiles(page, [faceModel]);
    await expect(page.getByTestId('model-summary')).toContainText('229 kB');
    const before = await places(page);
    await dropFiles(page, Array.from({ length: 6 }, (_, index) => ({ ...broken, name: `broken-${index}.tflite` })));
    const cards = page.getByTestId('messages').getByRole('alert');
    await expect(cards).toHaveCount(6);
    expect(await places(page)).toBe(before);
    const box = await page.getByTestId('messages').boundingBox();
    expect(box?.height).toBeLessThan(viewport.height / 2);
    expect(box === null ? 0 : box.x + box.width).toBeLessThanOrEqual(viewport.width);
    // By keyboard too: each card's button can be had, and brings its card into sight.
    const dismiss = cards.last().getByRole('button', { name: /^Dismiss/ });
    await dismiss.focus();
    await expect(dismiss).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(cards).toHaveCount(5);
    await page.getByTestId('dismiss-all').click();
    await expect(cards).toHaveCount(0);
    expect(await places(page)).toBe(before);
  });
}

test('what messages cover can be scrolled out from under them', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [broken]);
  await expect(page.getByTestId('error-card')).toBeVisible();
  await page.evaluate(() => { scrollTo(0, document.body.scrollHeight); });
  const top = (await page.getByTestId('messages').boundingBox())?.y ?? 0;
  const last = await page.getByTestId(/^gallery-/).last().boundingBox();
  expect(last === null ? Infinity : last.y + last.height).toBeLessThanOrEqual(top);
});

test('a failure of a model is told in its own view over the result before it, until what caused it is changed', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [faceModel, selfieModel]);
  await expect(page.getByTestId('model-tab')).toHaveCount(2);
  await page.getByTestId('run').click();
  const result = page.getByTestId('result');
  await expect(result).toBeVisible();
  const before = await result.boundingBox();
  const setup = page.getByRole('region', { name: 'Input and configuration' });
  await setup.getByText('File', { exact: true }).click();
  await page.getByTestId('run').click();
  const card = page.getByTestId('error-card');
  await expect(card).toHaveAttribute('data-code', 'INVALID_INPUT');
  expect(await result.evaluate((element) => element.getBoundingClientRect().top + scrollY)).toBeCloseTo(before?.y ?? NaN, 0);
  await page.getByTestId('model-tab').nth(1).click();
  await expect(card).toHaveCount(0);
  await page.getByTestId('model-tab').nth(0).click();
  await expect(card).toHaveCount(1);
  await setup.getByText('Zeros', { exact: true }).click();
  await expect(card).toHaveCount(0);
});

test('a failure lies over what a part would show, which stays where it is', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [faceModel]);
  const setup = page.getByRole('region', { name: 'Input and configuration' });
  await setup.getByText('File', { exact: true }).click();
  await show(page, 'speed');
  const preview = page.getByTestId('benchmark-preview');
  const top = () => preview.evaluate((element) => element.getBoundingClientRect().top + scrollY);
  const before = await top();
  await preview.getByTestId('benchmark-start').click();
  const card = page.getByTestId('error-card');
  await expect(card).toHaveAttribute('data-code', 'INVALID_INPUT');
  await expect(preview).toBeVisible();
  expect(await top()).toBeCloseTo(before, 0);
  await setup.getByText('Zeros', { exact: true }).click();
  await expect(card).toHaveCount(0);
});

test('a dropped text file is asked about, and names classes only when it is wanted', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [classifier]);
  await expect(page.getByTestId('model-summary')).toContainText('classifier.tflite');
  await page.getByTestId('select-decoder').selectOption('classification');
  const question = page.getByTestId('label-question');
  await dropFiles(page, [{ name: 'labels.txt', bytes: text('first thing\nsecond thing\n') }]);
  await expect(question).toContainText('Use the 2 lines of labels.txt as labels of classifier.tflite?');
  await expect(question).toContainText('first thing, second thing');
  await question.getByRole('button', { name: 'Not' }).click();
  await expect(question).toHaveCount(0);
  await expect(page.getByTestId('open-labels')).toBeAttached();
  await dropFiles(page, [{ name: 'labels.txt', bytes: text('first thing\nsecond thing\n') }]);
  await question.getByRole('button', { name: 'Use' }).click();
  await expect(page.getByText('labels.txt, 2 labels')).toBeVisible();
});

test('a text file that cannot be labels says so, and why', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [classifier]);
  await page.getByTestId('select-decoder').selectOption('classification');
  const card = page.getByTestId('error-card');
  for (const [name, content, reason] of [
    ['three.txt', 'a\nb\nc', 'three.txt has 3 lines, and the model tells 2 classes apart.'],
    ['binary.txt', 'PK\u0003\u0004\u0000', 'binary.txt is no text.'],
    ['huge.txt', 'x\n'.repeat(1_000_001), 'huge.txt is too large for a list of labels.'],
  ] as const) {
    await dropFiles(page, [{ name, bytes: text(content) }]);
    await expect(card).toContainText(reason);
    await expect(card).toHaveAttribute('data-code', 'INVALID_LABELS');
    await expect(page.getByTestId('label-question')).toHaveCount(0);
  }
  // A file that was chosen for labels is taken at once.
  await page.getByTestId('open-labels').setInputFiles({ name: 'two.txt', mimeType: 'text/plain', buffer: Buffer.from('a\nb') });
  await expect(page.getByText('two.txt, 2 labels')).toBeVisible();
  await expect(card).toHaveCount(0);
});

test('a link to a model that the gallery does not have names those that are near, and opens one', async ({ page }) => {
  await page.goto('/?model=nothing');
  const card = page.getByTestId('error-card');
  await expect(card).toHaveAttribute('data-code', 'UNKNOWN_GALLERY_MODEL');
  await expect(card).toContainText('The gallery has no model of this name');
  await expect(card).toContainText('There is no “nothing”. Nearest: ');
  await expect(card.getByTestId('error-step')).toHaveCount(3);
  await page.goto('/?model=face-detection-shortrange');
  await card.getByTestId('error-step').first().click();
  await expect(page.getByTestId('model-summary')).toContainText('229 kB');
  await expect(card).toHaveCount(0);
});

test('CORS is hinted at only where it can be the cause, and another try is a click', async ({ page, context, expectedConsoleErrors }) => {
  expectedConsoleErrors.push(/404/, /500/, 'Failed to load resource');
  await openPage(page);
  const card = page.getByTestId('error-card');
  const open = async (address: string, code: string): Promise<void> => {
    await page.getByTestId('open-url').fill(address);
    await page.keyboard.press('Enter');
    await expect(card).toHaveAttribute('data-code', code);
    await expect(card).toContainText(new URL(address).host.split(':')[0] ?? '');
  };
  const own = new URL('/models/nothing-here.tflite', page.url()).href;
  const foreign = 'https://models.example/face.tflite';

  await page.route(foreign, (route) => route.abort());
  await open(foreign, 'NO_ANSWER');
  await expect(card).toContainText('CORS');
  for (const status of [404, 500]) {
    for (const address of [own, foreign]) {
      await page.route(address, (route) => route.fulfill({ status, body: 'no', headers: { 'Access-Control-Allow-Origin': '*' } }));
      await open(address, 'DOWNLOAD_FAILED');
      await expect(card).toContainText(String(status));
      await expect(card).not.toContainText('CORS');
    }
  }
  await page.route(own, (route) => route.abort());
  await open(own, 'DOWNLOAD_FAILED');
  await expect(card).not.toContainText('CORS');
  await page.unrouteAll();
  await context.setOffline(true);
  await open(foreign, 'OFFLINE');
  await expect(card).not.toContainText('CORS');
  await context.setOffline(false);
  await page.route(foreign, (route) => route.fulfill({ path: faceModel, headers: { 'Access-Control-Allow-Origin': '*' } }));
  await card.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('model-summary')).toContainText('face.tflite');
  await expect(card).toHaveCount(0);
});

const measurements = [['benchmark', 'benchmark'], ['threads', 'sweep'], ['roofline', 'why'], ['ops', 'profile'], ['runtimes', 'cross-check']] as const;

test('a measurement that is cancelled says so where its progress stood, until it is started again', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-pose-landmarks-full').click();
  for (const [section, kind] of measurements) {
    await show(page, section);
    const start = page.getByTestId(`${kind}-start`);
    const line = page.locator(`[data-testid="cancelled"][data-place="${kind}"]`);
    await start.click();
    await page.getByTestId('cancel').click();
    await expect(line).toHaveText('Cancelled. What was measured before stays.');
    await start.click();
    await expect(line).toHaveCount(0);
    await page.getByTestId('cancel').click();
    await expect(line).toBeVisible();
    await expect(page.getByTestId('error-card')).toHaveCount(0);
  }
});

test('a cancelled benchmark keeps the one before', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await show(page, 'benchmark');
  await page.getByTestId('benchmark-start').click();
  const median = page.getByTestId('benchmark-median');
  await expect(median).toBeVisible({ timeout: 60_000 });
  const before = await median.innerText();
  await page.getByTestId('benchmark-start').click();
  await page.getByTestId('cancel').click();
  await expect(page.getByTestId('cancelled')).toBeVisible();
  await expect(median).toHaveText(before);
});

test.describe('by itself', () => {
  test.use({ byItself: true });

  test('several files at once all open and are measured without being looked at, and a broken one hides none', async ({ page }) => {
    test.setTimeout(180_000);
    await openPage(page);
    // The last step of each look tells whose it was.
    await page.evaluate(() => {
      const { litescope } = window;
      const finished: string[] = [];
      const estimate = litescope.estimateRecipe.bind(litescope);
      Object.assign(litescope, { estimateRecipe: async (...request: Parameters<typeof estimate>) => {
        const found = await estimate(...request);
        if (!finished.includes(request[0])) finished.push(request[0]);
        document.body.dataset.looks = String(finished.length);
        return found;
      } });
    });
    await dropFiles(page, [faceModel, broken, selfieModel, digitsModel, facePhoto(3)]);
    await expect(page.getByTestId('model-tab')).toHaveCount(3);
    const card = page.getByTestId('error-card');
    await expect(card).toHaveAttribute('data-code', 'NOT_TFLITE');
    await expect(card).toContainText('broken.tflite');
    const overview = page.getByTestId('overview');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('face_detection_short_range.tflite');
    await expect(overview).toHaveAttribute('data-phase', 'done', { timeout: 60_000 });
    await expect(overview.getByTestId('decoded-list')).toContainText('2 faces found');
    // Meanwhile the page belongs to the person.
    await show(page, 'graph');
    await expect(page.locator('body')).toHaveAttribute('data-looks', '3', { timeout: 120_000 });
    await expect(page.getByTestId('progress')).toHaveCount(0);
    await show(page, 'overview');
    for (const tab of [1, 2]) {
      await page.getByTestId('model-tab').nth(tab).click();
      await expect(overview).toHaveAttribute('data-phase', 'done', { timeout: 1000 });
      for (const tile of ['latency', 'ops', 'threads', 'smaller']) await expect(overview.getByTestId(`tile-${tile}`)).toHaveAttribute('data-filled', 'true');
    }
  });
});
