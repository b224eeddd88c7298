import { openPage } from './support/engine';
import { expect, test } from './support/fixtures';

/**
 * The longest task that the main thread may have, in milliseconds. The aim is 50, where the Long Tasks API begins to
 * report. On a machine whose two cores are shared with the model's own work and with other people's, the page is now
 * and then held off its core in the middle of a short task, which the API cannot tell from work. So up to two tasks
 * may be stretched, to no more than twice the aim; what was seen is printed.
 */
const aim_ms = 50;
const slack_ms = 50;

test('the main thread stays free while pose landmarks heavy loads and runs', async ({ page }) => {
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
  const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  console.log(`main thread: ${tasks.length} tasks above ${aim_ms} ms${tasks.length === 0 ? '' : `, longest ${Math.max(...tasks).toFixed(0)} ms`}`);
  expect(Math.max(0, ...tasks)).toBeLessThanOrEqual(aim_ms + slack_ms);
  expect(tasks.length).toBeLessThanOrEqual(2);
});
