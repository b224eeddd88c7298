import { openPage } from './support/engine';
import { expect, test } from './support/fixtures';

for (const { name, viewport } of [{ name: 'a phone', viewport: { width: 390, height: 844 } }, { name: 'a desk', viewport: { width: 1440, height: 900 } }]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`on ${name} in the ${colorScheme} theme`, () => {
      test.use({ viewport, colorScheme });

      test('nothing is cut off', async ({ page }) => {
        const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        await openPage(page);
        expect(await overflow()).toBeLessThanOrEqual(0);
        await page.getByTestId('gallery-face-detection-short-range').click();
        await expect(page.getByTestId('model-summary')).toBeVisible();
        expect(await overflow()).toBeLessThanOrEqual(0);
        await page.getByTestId('run').click();
        await expect(page.getByTestId('decoded-list')).toBeVisible();
        expect(await overflow()).toBeLessThanOrEqual(0);
      });
    });
  }
}

test('every control of the page can be reached with the Tab key alone', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await expect(page.getByTestId('run')).toBeEnabled();
  const reached = new Set<string>();
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    const id = await page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');
    if (id !== '') reached.add(id);
  }
  expect([...reached]).toEqual(expect.arrayContaining(['model-tab', 'select-runtime', 'select-accelerator', 'select-threads', 'select-decoder', 'run', 'benchmark-start']));
});
