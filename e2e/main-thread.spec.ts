import type { Page } from '@playwright/test';
import { openPage } from './support/engine';
import { expect, test } from './support/fixtures';

/**
 * The longest task that the main thread may have, in milliseconds. The aim is 50, where the Long Tasks API begins to
 * report. On a machine whose two cores are shared with the model's own work and with other people's, the page is now
 * and then held off its core in the middle of a short task, which the API cannot tell from work. So a task may be
 * stretched to twice the aim, twice at most, and the best of three tries counts: work of the page's own would be there
 * in each of them. What was seen is printed.
 */
const aim_ms = 50;
const slack_ms = 50;
const tries = 3;

/** Durations of the long tasks while the model is opened and run on both runtimes, in a fresh page. */
async function longTasks(page: Page): Promise<number[]> {
  await openPage(page);
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => { tasks.push(...list.getEntries().map(({ duration }) => duration)); }).observe({ entryTypes: ['longtask'] });
  });
  await page.getByTestId('gallery-pose-landmarks-heavy').click();
  await expect(page.getByTestId('model-summary')).toContainText('27.7 MB');
  for (const runtime of ['tfjs-tflite', 'litert']) {
    await page.getByTestId('select-runtime').selectOption(runtime);
    await page.getByTestId('select-threads').selectOption('1');
    await page.getByTestId('run').click();
    await expect(page.getByTestId('ran-configuration')).toContainText(runtime, { timeout: 60_000 });
  }
  return page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
}

test('the main thread stays free while pose landmarks heavy loads and runs', async ({ page }) => {
  test.setTimeout(300_000);
  const seen: number[][] = [];
  const isFree = (tasks: readonly number[]) => tasks.length <= 2 && tasks.every((duration) => duration <= aim_ms + slack_ms);
  while (seen.length < tries && !seen.some(isFree)) seen.push(await longTasks(page));
  for (const tasks of seen) console.log(`main thread: ${tasks.length} tasks above ${aim_ms} ms${tasks.length === 0 ? '' : `, longest ${Math.max(...tasks).toFixed(0)} ms`}`);
  expect(seen.filter(isFree)).not.toEqual([]);
});
