import type { Page } from '@playwright/test';
import { decodeReport, encodeReport } from '../src/report/link/link-codec';
import { madeReport } from '../src/report/testing/made-report';
import { compareOnTestSet, openDigitClassifiers } from './support/digits';
import { openPage } from './support/engine';
import { expect, test, timing } from './support/fixtures';
import { aim_ms, expectFree, traceOf } from './support/main-thread';
import { unfold } from './support/views';

/** A person opens the model and runs it on both runtimes, by mouse and keys. */
async function openAndRun(page: Page): Promise<void> {
  await page.getByTestId('gallery-pose-landmarks-heavy').click();
  await expect(page.getByTestId('model-summary')).toContainText('27.7 MB');
  await unfold(page.getByTestId('configuration'));
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

test('the main thread stays free while pose landmarks heavy loads and runs', timing, async ({ browser, page }, testInfo) => {
  test.setTimeout(300_000);
  await openPage(page);
  // What is measured here must be able to fail: work of known length, which the page does of its own accord, is found.
  const { thread: busy } = await traceOf(browser, page, testInfo.outputPath('busy.json'), () => page.evaluate(async (work_ms) => {
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        // By the clock it is less work where the core is shared, so it lasts several times as long.
        for (const start = performance.now(); performance.now() - start < 6 * work_ms;);
        resolve();
      });
    });
  }, aim_ms));
  expect(busy.longest_ms).toBeGreaterThan(aim_ms);

  await openPage(page);
  await expectFree(browser, page, testInfo.outputPath('trace.json'), () => openAndRun(page));
});

test('the main thread stays free while a report of 300 ops is read from a link, and while it is kept and shown among others', timing, async ({ browser, page }, testInfo) => {
  test.setTimeout(300_000);
  const report = madeReport({ ops: 300, samples: 1000 });
  const link = encodeReport(report);
  const kept = decodeReport(link).results.flatMap((result) => ('op_profile' in result ? result.op_profile?.ops ?? [] : []));
  expect(kept.length).toBeGreaterThan(100);
  const runs = { litescope_runs: 1, runs: Array.from({ length: 30 }, (_, index) => ({ name: `run ${index}`, tags: [], report })) };
  await openPage(page);
  await expectFree(browser, page, testInfo.outputPath('link.json'), async () => {
    await page.goto(`/#report=${link}`);
    await page.getByText(/ops? of made/).click();
    const rows = page.getByTestId('shared-ops').locator('tbody tr');
    for (let first = 0; first < kept.length; first += 50) {
      if (first > 0) await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByTestId('shared-report')).toContainText(`Ops ${first + 1} to ${Math.min(kept.length, first + 50)} of ${kept.length} ops`);
      await expect(rows).toHaveCount(Math.min(kept.length - first, 50));
    }
  });
  await openPage(page);
  await page.getByTestId('history-open').click();
  await expectFree(browser, page, testInfo.outputPath('history.json'), async () => {
    await page.getByTestId('history-import').setInputFiles([{ name: 'runs.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(runs)) }]);
    await expect(page.getByText('30 runs of runs.json added.')).toBeVisible({ timeout: 60_000 });
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('history-csv').click()]);
    expect(download.suggestedFilename()).toBe('litescope-runs.csv');
  });
});

test('the main thread stays free while two classifiers are compared on 500 labelled digits', timing, async ({ browser, page }, testInfo) => {
  test.setTimeout(300_000);
  await openPage(page);
  await openDigitClassifiers(page);
  await expectFree(browser, page, testInfo.outputPath('trace.json'), async () => {
    await compareOnTestSet(page);
    await page.getByTestId('outputs-order').selectOption('name');
    await page.getByTestId('outputs-samples').getByRole('button', { name: 'Next' }).click();
    await expect(page.getByTestId('outputs-samples')).toContainText('Rows 26 to 50 of 500 rows');
  });
});
