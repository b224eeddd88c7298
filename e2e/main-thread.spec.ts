import { readFile } from 'node:fs/promises';
import type { Browser, Page, TestInfo } from '@playwright/test';
import { decodeReport, encodeReport } from '../src/report/link/link-codec';
import { madeReport } from '../src/report/testing/made-report';
import { compareOnTestSet, openDigitClassifiers } from './support/digits';
import { openPage } from './support/engine';
import { expect, test, timing } from './support/fixtures';

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
  /** Start on the trace's clock in microseconds. */
  readonly ts: number;
  /** Time on the clock in microseconds. */
  readonly dur?: number;
  /** Processor time of the thread in microseconds. */
  readonly tdur?: number;
  readonly args: { readonly name?: string; readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string } };
}

interface MainThread {
  /** Tasks of the page's own, and those in which the test looked into the page. */
  readonly tasks: number;
  readonly lookedIn: number;
  /** Processor time of the page's longest task in milliseconds. */
  readonly longest_ms: number;
}

/**
 * What the main thread of each renderer did by a trace. Tasks that serve Chromium's debugging interface are left out:
 * there the test's own script looks into the page, which takes it up to 60 ms; keys and clicks come on the way of any
 * input and are the page's.
 */
function mainThreadTasks(trace: readonly TraceEvent[]): MainThread {
  const mainThreads = new Set(trace.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`));
  const onMain = trace.filter(({ ph, pid, tid }) => ph === 'X' && mainThreads.has(`${pid} ${tid}`));
  const debugging = onMain.filter(({ args }) => args.chrome_mojo_event_info?.mojo_interface_tag?.includes('DevToolsSession') === true);
  const tasks = onMain.filter(({ name, tdur }) => name === 'ThreadControllerImpl::RunTask' && tdur !== undefined);
  const own = tasks.filter(({ pid, tid, ts, dur = 0 }) =>
    !debugging.some((message) => message.pid === pid && message.tid === tid && message.ts >= ts && message.ts <= ts + dur));
  return {
    tasks: own.length,
    lookedIn: tasks.length - own.length,
    longest_ms: own.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0),
  };
}

/** What the main thread does by a trace of the page while something happens there. */
async function traceOf(browser: Browser, page: Page, path: string, happens: () => Promise<void>): Promise<MainThread> {
  await browser.startTracing(page, { path, categories: ['toplevel'] });
  await happens();
  await browser.stopTracing();
  return mainThreadTasks((JSON.parse(await readFile(path, 'utf8')) as { traceEvents: TraceEvent[] }).traceEvents);
}

/** A person opens the model and runs it on both runtimes, by mouse and keys. */
async function openAndRun(page: Page): Promise<void> {
  await page.getByTestId('gallery-pose-landmarks-heavy').click();
  await expect(page.getByTestId('model-summary')).toContainText('27.7 MB');
  await page.getByTestId('select-threads').press('ArrowDown');
  await expect(page.getByTestId('select-threads')).toHaveValue('1');
  for (const runtime of ['tfjs-tflite', 'litert']) {
    await page.getByTestId('select-runtime').press('ArrowDown');
    await expect(page.getByTestId('select-runtime')).toHaveValue(runtime);
    await page.getByTestId('run').click();
    await expect(page.getByTestId('ran-configuration')).toContainText(runtime, { timeout: 60_000 });
  }
}

// Playwright's own recording for a failed test runs in the page too, and takes snapshots of it there.
test.use({ trace: 'off' });

test('the main thread stays free while pose landmarks heavy loads and runs', timing, async ({ browser, page }, testInfo: TestInfo) => {
  test.setTimeout(300_000);
  await openPage(page);
  // What is measured here must be able to fail: work of known length, which the page does of its own accord, is found.
  const busy = await traceOf(browser, page, testInfo.outputPath('busy.json'), () => page.evaluate(async (work_ms) => {
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        // By the clock it is less work where the core is shared, so it lasts several times as long.
        for (const start = performance.now(); performance.now() - start < 6 * work_ms;);
        resolve();
      });
    });
  }, aim_ms));
  expect(busy.longest_ms).toBeGreaterThan(aim_ms);

  await expectFree(browser, page, testInfo, () => openPage(page), () => openAndRun(page));
});

test('the main thread stays free while a report of 300 ops is read from a link, and while it is kept and shown among others', timing, async ({ browser, page }, testInfo: TestInfo) => {
  test.setTimeout(300_000);
  const report = madeReport({ ops: 300, samples: 1000 });
  const link = encodeReport(report);
  const kept = decodeReport(link).results.flatMap((result) => ('op_profile' in result ? result.op_profile?.ops ?? [] : []));
  expect(kept.length).toBeGreaterThan(100);
  const runs = { litescope_runs: 1, runs: Array.from({ length: 30 }, (_, index) => ({ name: `run ${index}`, tags: [], report })) };
  await expectFree(browser, page, testInfo, () => openPage(page), async () => {
    await page.goto(`/#report=${link}`);
    await page.getByText(/ops? of made/).click();
    const rows = page.getByTestId('shared-ops').locator('tbody tr');
    for (let first = 0; first < kept.length; first += 50) {
      if (first > 0) await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByTestId('shared-report')).toContainText(`Ops ${first + 1} to ${Math.min(kept.length, first + 50)} of ${kept.length} ops`);
      await expect(rows).toHaveCount(Math.min(kept.length - first, 50));
    }
  });
  await expectFree(browser, page, testInfo, async () => {
    await openPage(page);
    await page.getByTestId('history-open').click();
  }, async () => {
    await page.getByTestId('history-import').setInputFiles([{ name: 'runs.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(runs)) }]);
    await expect(page.getByText('30 runs of runs.json added.')).toBeVisible({ timeout: 60_000 });
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('history-csv').click()]);
    expect(download.suggestedFilename()).toBe('litescope-runs.csv');
  });
});

test('the main thread stays free while two classifiers are compared on 500 labelled digits', timing, async ({ browser, page }, testInfo: TestInfo) => {
  test.setTimeout(300_000);
  await expectFree(browser, page, testInfo, async () => {
    await openPage(page);
    await openDigitClassifiers(page);
  }, async () => {
    await compareOnTestSet(page);
    await page.getByTestId('outputs-order').selectOption('name');
    await page.getByTestId('outputs-samples').getByRole('button', { name: 'Next' }).click();
    await expect(page.getByTestId('outputs-samples')).toContainText('Rows 26 to 50 of 500 rows');
  });
});

/** Tries several times whether no task of the page is too long while something happens. */
async function expectFree(browser: Browser, page: Page, testInfo: TestInfo, prepare: () => Promise<void>, happens: () => Promise<void>): Promise<void> {
  const seen: number[] = [];
  while (seen.length < tries && !seen.some((longest_ms) => longest_ms <= aim_ms)) {
    await prepare();
    const { tasks, lookedIn, longest_ms } = await traceOf(browser, page, testInfo.outputPath(`trace-${seen.length}.json`), happens);
    console.log(`main thread: ${tasks} tasks, the longest took ${longest_ms.toFixed(1)} ms of processor time; ${lookedIn} more in which the test looked in`);
    // A trace without the page's work, or one whose tasks all count as the test's, would let anything pass.
    expect(tasks).toBeGreaterThan(100);
    expect(lookedIn).toBeLessThan(tasks);
    seen.push(longest_ms);
  }
  expect(Math.min(...seen)).toBeLessThanOrEqual(aim_ms);
}
