import { readFile } from 'node:fs/promises';
import type { Browser, Page, TestInfo } from '@playwright/test';
import { openPage } from './support/engine';
import { expect, test } from './support/fixtures';

/**
 * The longest task that the main thread may have, in milliseconds of its own processor time. The Long Tasks API counts
 * the time on the clock, in which a thread on shared cores is also held off its core; a trace tells the two apart.
 */
const aim_ms = 50;
/** A core that is shared runs slower as well: work of the page's own is too long in each of so many tries. */
const tries = 3;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time of the thread in microseconds. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Longest task of each renderer's main thread in a trace, in milliseconds of processor time, and how many tasks there were. */
function mainThreadTasks(trace: readonly TraceEvent[]): { tasks: number; longest_ms: number } {
  const mainThreads = new Set(trace.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`));
  const durations = trace.flatMap(({ name, ph, pid, tid, tdur }) =>
    ph === 'X' && name === 'ThreadControllerImpl::RunTask' && mainThreads.has(`${pid} ${tid}`) && tdur !== undefined ? [tdur / 1000] : []);
  return { tasks: durations.length, longest_ms: durations.reduce((longest, duration) => Math.max(longest, duration), 0) };
}

/** What the main thread did while the model was opened and run on both runtimes, in a fresh page. */
async function watch(browser: Browser, page: Page, path: string): Promise<{ tasks: number; longest_ms: number }> {
  await openPage(page);
  // Playwright's own script in the page is a task of 100 ms when it first looks for something there.
  await expect(page.getByTestId('gallery-pose-landmarks-heavy')).toBeVisible();
  await browser.startTracing(page, { path, categories: ['toplevel'] });
  await page.getByTestId('gallery-pose-landmarks-heavy').click();
  await expect(page.getByTestId('model-summary')).toContainText('27.7 MB');
  for (const runtime of ['tfjs-tflite', 'litert']) {
    await page.getByTestId('select-runtime').selectOption(runtime);
    await page.getByTestId('select-threads').selectOption('1');
    await page.getByTestId('run').click();
    await expect(page.getByTestId('ran-configuration')).toContainText(runtime, { timeout: 60_000 });
  }
  await browser.stopTracing();
  return mainThreadTasks((JSON.parse(await readFile(path, 'utf8')) as { traceEvents: TraceEvent[] }).traceEvents);
}

// Playwright's own recording for a failed test runs in the page too, and takes snapshots of it there.
test.use({ trace: 'off' });

test('the main thread stays free while pose landmarks heavy loads and runs', async ({ browser, page }, testInfo: TestInfo) => {
  test.setTimeout(300_000);
  const seen: number[] = [];
  while (seen.length < tries && !seen.some((longest_ms) => longest_ms <= aim_ms)) {
    const { tasks, longest_ms } = await watch(browser, page, testInfo.outputPath(`trace-${seen.length}.json`));
    console.log(`main thread: ${tasks} tasks, the longest took ${longest_ms.toFixed(1)} ms of processor time`);
    // A trace without the page's work would let anything pass.
    expect(tasks).toBeGreaterThan(100);
    seen.push(longest_ms);
  }
  expect(Math.min(...seen)).toBeLessThanOrEqual(aim_ms);
});
