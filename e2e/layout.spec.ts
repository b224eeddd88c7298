import type { Page } from '@playwright/test';
import { openPage } from './support/engine';
import { expect, test } from './support/fixtures';
import { show } from './support/views';

/** What stands on each view once it is there. */
const landmarks = {
  overview: 'tile-latency', live: 'live', speed: 'benchmark-start', ops: 'profile-start', threads: 'sweep-start', roofline: 'why-start', graph: 'graph-surface', list: 'op-list',
  compare: 'pair-answer', variants: 'variants-view', structure: 'compare', runtimes: 'cross-check',
} as const;

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
  expect([...reached]).toEqual(expect.arrayContaining(['model-tab', 'share', 'history-open', 'model-origin', 'configuration-line', 'select-decoder', 'run', 'overview-start', 'by-itself', 'view-speed']));
});

/** Text that is smaller than 12 px, headings that are smaller than the page's text, and by how much the page is wider than its window. */
function misfits(page: Page): Promise<{ readonly small: readonly string[]; readonly headings: readonly string[]; readonly overflow: number }> {
  return page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement | SVGElement>('body *')].filter((element) => element.checkVisibility({ visibilityProperty: true })
      && [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== ''));
    const sizeOf = (element: Element) => parseFloat(getComputedStyle(element).fontSize);
    const named = (element: Element) => `${element.tagName.toLowerCase()} “${element.textContent?.trim().slice(0, 30) ?? ''}” ${sizeOf(element)} px`;
    const text = sizeOf(document.body);
    return {
      small: shown.filter((element) => sizeOf(element) < 12).map(named),
      headings: shown.filter((element) => /^H[1-6]$/i.test(element.tagName) && sizeOf(element) <= text).map(named),
      overflow: document.documentElement.scrollWidth - window.innerWidth,
    };
  });
}

for (const [width, language] of [[390, 'en'], [768, 'en'], [1440, 'en'], [2560, 'en'], [390, 'zh-CN'], [768, 'zh-CN'], [1440, 'zh-CN']] as const) {
  test.describe(`at ${width} px, in ${language}`, () => {
    test.use({ viewport: { width, height: 900 } });

    test('every view fits, no text is below 12 px and no heading smaller than text', async ({ page }) => {
      await openPage(page, `?lang=${language}`);
      expect(await misfits(page)).toEqual({ small: [], headings: [], overflow: 0 });
      await page.getByTestId('gallery-face-detection-short-range').click();
      await page.getByTestId('run').click();
      await expect(page.getByTestId('decoded-list')).toBeVisible();
      for (const place of Object.keys(landmarks) as (keyof typeof landmarks)[]) {
        await show(page, place);
        await expect(page.getByTestId(landmarks[place])).toBeVisible();
        expect({ place, ...await misfits(page) }).toEqual({ place, small: [], headings: [], overflow: 0 });
      }
    });
  });
}
