/** Every view with results in it, for those who see it otherwise, hear it, or use no mouse. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { walkWithModel, walkWithoutModel } from './support/filled-views';
import { onTouchScreen, tooSmall } from './support/targets';

/** Those that the page has; an address asks for one with `?lang=`. */
const languages = ['en', 'zh-CN'] as const;
const openMenu = '[popover]:popover-open';
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe objects to: rule, element, reason. */
async function violations(axe: AxeBuilder): Promise<readonly string[]> {
  const found = await axe.setLegacyMode(true).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary?.split('\n').slice(1).join(' ') ?? ''}`));
}

/** Switches the theme, and waits until what is drawn has it. */
async function colour(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => { requestAnimationFrame(drawn); }); }));
}

/** All that is asked of a page; in the dark theme what depends on colours, the rest being the same. */
async function expectAccessible(page: Page, place: string): Promise<void> {
  await colour(page, 'light');
  const everywhere = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(tags);
  if (await page.locator(openMenu).count() === 0) expect.soft(await violations(everywhere), `${place}, light`).toEqual([]);
  else {
    // What lies half under an open menu is tapped when that is closed; a tap beside the menu closes it.
    expect.soft(await violations(everywhere.disableRules('target-size')), `${place}, light`).toEqual([]);
    expect.soft(await violations(new AxeBuilder({ page }).include(openMenu).withRules('target-size')), `${place}, in the menu`).toEqual([]);
  }
  await colour(page, 'dark');
  expect.soft(await violations(new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withRules(['color-contrast', 'link-in-text-block'])), `${place}, dark`).toEqual([]);
  for (const width of [390, 1180]) {
    const { targets, small } = await onTouchScreen(page, width, () => tooSmall(page, 40));
    expect.soft(small, `${place}, ${targets} targets on a touch screen of ${width} px`).toEqual([]);
  }
}

for (const lang of languages) {
  test.describe(`in ${lang}`, () => {
    for (const [name, walk] of [['where models are opened', walkWithoutModel], ['of a model', walkWithModel]] as const) {
      test(`every view ${name} is accessible in both themes, and large enough to be tapped`, async ({ page }) => {
        test.setTimeout(240_000);
        await walk(page, lang, (place) => expectAccessible(page, place));
      });
    }
  });
}
