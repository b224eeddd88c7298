/** The page that one comes to: where models are dropped, what the gallery's have made of their samples, and a camera in one click. */
import type { Page } from '@playwright/test';
import { deviceTest, greyCamera, refused } from './support/devices';
import { openPage } from './support/engine';
import { expect, test } from './support/fixtures';

const buttons = (page: Page) => page.getByRole('region', { name: 'Gallery' }).getByRole('button');

/** How far below the window's top an element ends, in pixels. */
async function bottomOf(page: Page, testId: string): Promise<number> {
  const box = await page.getByTestId(testId).boundingBox();
  return box === null ? Number.POSITIVE_INFINITY : box.y + box.height;
}

test('each card shows a result, and each model says its name, size, licence and what it does', async ({ page }) => {
  await openPage(page);
  const entries = await page.evaluate(async () => (await window.litescope.gallery()).map(({ id, title, description, licence }) => ({ id, title, description, licence })));
  await expect(buttons(page)).toHaveCount(entries.length);
  for (const { id, title, description, licence } of entries) {
    await expect(page.getByTestId(`gallery-${id}`)).toHaveAccessibleName(new RegExp(`^${title} [\\d.]+ [kM]B ${description.replaceAll('.', '\\.')} ${licence}`));
  }
  const pictures = page.getByTestId('result-picture');
  await expect(pictures).toHaveCount(9);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBe(400);
  }
});

// One of each kind of drawing, whose result is the same on every machine.
for (const id of ['face-detection-short-range', 'selfie-segmentation', 'pose-landmarks-lite', 'digits']) {
  test(`the card of ${id} shows what the model still makes of its sample`, async ({ page }) => {
    await openPage(page);
    const button = page.getByTestId(`gallery-${id}`);
    await button.hover();
    const kept = await page.getByTestId('result-picture').and(page.locator(`[src$="/${id}.webp"]`)).getAttribute('alt') ?? '';
    await button.click();
    await page.getByTestId('run').click();
    const label = await page.getByTestId('overview').getByTestId('decoded-canvas').locator('..').getAttribute('aria-label') ?? '';
    expect(label).toMatch(/^Sample \w+: ./);
    expect(kept.split(' on the ')[1]?.toLowerCase()).toBe(label.toLowerCase());
  });
}

test('the model that is pointed at or focused shows its own picture and words, and the picture opens it', async ({ page }) => {
  await openPage(page);
  const card = page.getByRole('article', { name: 'pose landmarks' });
  const picture = card.getByTestId('result-picture');
  await expect(picture).toHaveAttribute('alt', /^Pose landmarks, lite on the sample body: 33 landmarks/);
  await page.getByTestId('gallery-pose-landmarks-full').hover();
  await expect(picture).toHaveAttribute('alt', /^Pose landmarks, full /);
  await expect(card).toContainText('the middle of three sizes. Apache-2.0.');
  await page.getByTestId('gallery-pose-landmarks-lite').focus();
  await expect(picture).toHaveAttribute('alt', /^Pose landmarks, lite /);
  const box = await picture.boundingBox();
  if (box === null) throw new Error('The picture has no place.');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.getByTestId('model-summary')).toContainText('Pose landmarks, lite');
});

test.describe('on a desk', () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test('the first row of models is seen at once, and no more pictures are fetched than are shown', async ({ page }) => {
    const fetched: string[] = [];
    page.on('request', (request) => { if (request.url().includes('/gallery/')) fetched.push(new URL(request.url()).pathname); });
    await openPage(page);
    await expect(buttons(page)).toHaveCount(19);
    // The first row is seen at once, and the last one without much of a way.
    for (const button of (await buttons(page).all()).slice(0, 8)) await expect(button).toBeInViewport({ ratio: 1 });
    expect(await bottomOf(page, 'gallery-digits-int8')).toBeLessThan(2 * 900);
    await page.waitForLoadState('networkidle');
    expect(fetched.toSorted()).toEqual(['box-in-space-chair', 'digits', 'face-detection-short-range', 'face-mesh', 'hand-landmarks-lite', 'palm-detection-lite', 'photo', 'pose-detection', 'pose-landmarks-lite', 'selfie-segmentation'].map((name) => `/gallery/${name}.webp`));
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('the first screen says what this is, takes a file or a camera and begins the gallery; the third one ends it', async ({ page }) => {
    await openPage(page);
    for (const name of ['Choose files…', 'Use my camera', 'Open address']) await expect(page.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
    await expect(page.getByTestId('gallery-face-detection-short-range')).toBeInViewport({ ratio: 1 });
    expect(await bottomOf(page, 'gallery-digits-int8')).toBeLessThan(3 * 844);
  });
});

test('the picture of how a model works moves for a few seconds when it is pointed at, and for nobody who wants no motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  const drawn = page.getByTestId('model-flow');
  const zone = page.getByTestId('drop-zone');
  await zone.hover();
  await expect(drawn).toHaveAttribute('data-running', 'false');
  expect(await drawn.evaluate((element) => element.getAnimations({ subtree: true }).length)).toBe(0);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.mouse.move(0, 0);
  await zone.hover();
  await expect(drawn).toHaveAttribute('data-running', 'true');
  const ends_ms = await drawn.evaluate((element) => Math.max(...element.getAnimations({ subtree: true }).map(({ effect }) => Number(effect?.getComputedTiming().endTime))));
  expect(ends_ms).toBeLessThanOrEqual(5000);
  await page.mouse.move(0, 0);
  await expect(drawn).toHaveAttribute('data-running', 'false');
});

test('nothing moves while a model is open, which may be measured', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await openPage(page);
  await page.evaluate(async () => { await window.litescope.openFromGallery('digits'); });
  const drawn = page.getByTestId('model-flow');
  // What came by itself before the model was open ends.
  await expect(drawn).toHaveAttribute('data-running', 'false');
  await page.getByTestId('drop-zone').hover();
  await expect(drawn).toHaveAttribute('data-running', 'false');
});

test('the drop zone shows that a file may be let go', async ({ page }) => {
  await openPage(page);
  const zone = page.getByTestId('drop-zone');
  const border = () => zone.evaluate((element) => getComputedStyle(element).borderTopStyle);
  const drag = (type: 'dragenter' | 'dragleave') => page.evaluate((name) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['a'], 'a.tflite'));
    document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
  }, type);
  expect(await border()).toBe('dashed');
  await drag('dragenter');
  await expect.poll(border).toBe('solid');
  await expect(page.getByText('Drop .tflite models, and a picture if you like')).toBeVisible();
  await drag('dragleave');
  await expect.poll(border).toBe('dashed');
});

test('one click finds the face before the camera, and Back leads to the start', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Use my camera' }).click();
  await expect(page.getByTestId('view-live')).toHaveAttribute('aria-current', 'page');
  await expect(page.getByTestId('live-ran')).toContainText('640 × 480 pixels');
  await expect(page.getByTestId('live')).toContainText('1 face found');
  // The person has allowed the camera: its name can be read now.
  await expect(page.getByTestId('select-camera').locator('option')).not.toHaveCount(3);
  await page.goBack();
  await expect(page.getByTestId('start-camera')).toBeVisible();
  await page.goForward();
  await expect(page.getByTestId('live')).toContainText('Frames will run here');
});

deviceTest('a camera that is refused is told in Live, where other sources stay available', async ({ openWith }) => {
  const page = await openWith([...await greyCamera(), refused]);
  await page.getByTestId('start-camera').click();
  await expect(page.getByTestId('live').getByTestId('error-card')).toHaveAttribute('data-code', 'CAMERA_DENIED');
  await page.getByTestId('live-image').click();
  await expect(page.getByTestId('live')).toContainText('1 face found');
});
