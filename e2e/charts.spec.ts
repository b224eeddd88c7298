/** Charts tell their values to pointer, keyboard and finger; what leaves a view is in one menu; no part is blank. */
import type { Page } from '@playwright/test';
import { openPage } from './support/engine';
import { expect, test } from './support/fixtures';
import { configure, openExports, openTable, show } from './support/views';

async function benchmarked(page: Page): Promise<void> {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await configure(page, { threads: '1' });
  await show(page, 'benchmark');
  await page.getByTestId('benchmark-start').click();
  await expect(page.getByTestId('benchmark-median')).toBeVisible({ timeout: 60_000 });
}

/** Texts of charts that reach out of them, and names along one axis that touch or say the same. */
function misplaced(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => [...document.querySelectorAll<SVGSVGElement>('figure svg[role=img]')].filter((svg) => svg.checkVisibility()).flatMap((svg) => {
    const outer = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() }));
    return texts.flatMap(({ words, box }, index) => [
      ...(box.left < outer.left - 0.5 || box.right > outer.right + 0.5 || box.top < outer.top - 0.5 || box.bottom > outer.bottom + 0.5 ? [`${words} is cut off`] : []),
      ...texts.slice(0, index).filter((other) => other.box.left < box.right && other.box.right > box.left && other.box.top + 2 < box.bottom && other.box.bottom - 2 > box.top).map((other) => `${other.words} and ${words} touch`),
    ]);
  }));
}

test('a histogram tells each bar by pointer and by keys, its table on request, and begins where the data does', async ({ page }) => {
  await benchmarked(page);
  const chart = page.getByTestId('histogram');
  const tip = chart.getByTestId('chart-tip');
  await expect(page.getByTestId('benchmark-result')).toContainText(/Half of the runs take at most [\d.]+ ms, 95 of 100 at most [\d.]+ ms\./);
  const height = await chart.evaluate((figure) => figure.getBoundingClientRect().height);
  await chart.locator('rect').first().hover();
  await expect(tip).toHaveText(/^[\d.]+ to [\d.]+ ms \d+ runs?$/);
  expect(await chart.evaluate((figure) => figure.getBoundingClientRect().height)).toBe(height);
  await page.keyboard.press('Escape');
  await expect(tip).toHaveCount(0);

  const values = chart.getByRole('slider', { name: 'Runs by latency' });
  await values.press('Home');
  const first = await values.getAttribute('aria-valuetext');
  expect(first).toMatch(/^[\d.]+ to [\d.]+ ms: \d+ runs?$/);
  await values.press('ArrowRight');
  await expect(values).not.toHaveAttribute('aria-valuetext', first ?? '');
  await expect(tip).toBeVisible();
  await values.blur();
  await expect(tip).toHaveCount(0);

  // The table has the same figures, and no other runs than those that were timed.
  await openTable(chart, 'table');
  const rows = await chart.locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)));
  expect(`${rows[0]?.[0]}: ${rows[0]?.[1]}`).toBe(first?.replace(/ runs?$/, ''));
  const runs = Number(((await chart.getByRole('img').getAttribute('aria-label')) ?? '').match(/of ([\d,]+) runs/)?.[1]?.replace(',', ''));
  expect(rows.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(runs);

  const names = () => chart.locator('text').evaluateAll((texts) => texts.map((text) => Number(text.textContent)).filter((value) => !Number.isNaN(value)));
  await chart.getByLabel('Latency axis from zero').check();
  await expect.poll(async () => (await names()).filter((value) => value === 0)).toHaveLength(2);
});

for (const width of [390, 1440]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 844 }, hasTouch: true });

    test('no name on an axis is cut off or touches another, and a finger is told a value that stays', async ({ page }) => {
      await benchmarked(page);
      await expect(page.getByTestId('sample-chart')).toBeVisible();
      expect(await misplaced(page)).toEqual([]);
      const chart = page.getByTestId('sample-chart');
      await chart.locator('svg').tap({ position: { x: 120, y: 80 } });
      await expect(chart.getByTestId('chart-tip')).toHaveText(/^Run \d+(, slow outlier)? [\d.]+ ms$/);
      await page.getByTestId('histogram').locator('svg').tap({ position: { x: 120, y: 80 } });
      await expect(chart.getByTestId('chart-tip')).toHaveCount(0);
    });
  });
}

test('what leaves a view is in one menu, which Escape and a click elsewhere close', async ({ page }) => {
  await benchmarked(page);
  const menu = page.getByTestId('exports');
  const item = page.getByTestId('report-json');
  await expect(item).toBeHidden();
  await menu.press('Enter');
  await expect(menu).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Copy as text' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(item).toBeHidden();
  await expect(menu).toBeFocused();
  await expect(menu).toHaveAttribute('aria-expanded', 'false');
  await openExports(page);
  await expect(item).toBeInViewport();
  await page.getByRole('heading', { name: 'Benchmark' }).click();
  await expect(item).toBeHidden();
  await openExports(page);
  const [download] = await Promise.all([page.waitForEvent('download'), item.click()]);
  expect(download.suggestedFilename()).toMatch(/\.json$/);
  await expect(item).toBeHidden();

  // Of several parts the one in sight comes opened, and one at a time.
  await show(page, 'ops');
  await page.getByTestId('profile-start').click();
  await expect(page.getByTestId('profile-table')).toBeVisible({ timeout: 60_000 });
  await openExports(page);
  const [distribution, ops] = [page.getByTestId('exports-benchmark'), page.getByTestId('exports-ops')];
  await expect(ops.getByTestId('profile-csv')).toBeVisible();
  await expect(item).toBeHidden();
  await distribution.getByText('Distribution').click();
  await expect(item).toBeVisible();
  await expect(ops.getByTestId('profile-csv')).toBeHidden();
});

test('each part of Speed says before it is measured what it will show and how long that takes, and has its button', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await show(page, 'speed');
  for (const [name, start] of [['benchmark', 'benchmark-start'], ['profile', 'profile-start'], ['threads', 'sweep-start'], ['why', 'why-start']] as const) {
    const preview = page.getByTestId(`${name}-preview`);
    await expect(preview).toContainText(/Takes at least \d+ s\./);
    await expect(preview.getByTestId(start)).toBeEnabled();
  }
  // The plan decides: half a second and one become a minute and one.
  await page.getByText(/^Plan: warm up/).click();
  await page.getByLabel('and at least seconds').last().fill('60');
  await page.getByLabel('and at least seconds').last().blur();
  await expect(page.getByTestId('benchmark-preview')).toContainText('Takes at least 1 min 1 s.');
});
