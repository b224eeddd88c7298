/** Runs that the browser keeps. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { readRuns } from '../src/history/shared/runs';
import { isMeasured } from '../src/report/report';
import { madeReport } from '../src/report/testing/made-report';
import { deviceTest } from './support/devices';
import { expect, test } from './support/fixtures';

const made = madeReport({ ops: 0, samples: 20 });

/** A report whose median is what a test says. */
function reportOf(median_ms: number): typeof made {
  return { ...made, results: made.results.map((result) => (isMeasured(result) ? { ...result, latency_metrics: { ...result.latency_metrics, median_ms } } : result)) };
}

function runFile(name: string, text: string) {
  return { name, mimeType: 'application/json', buffer: Buffer.from(text) };
}

async function openHistory(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByTestId('history-open').click();
  await expect(page.getByTestId('history')).toBeVisible();
}

async function saved(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

test('a benchmark is kept by itself, named and tagged, and there after a reload', async ({ page }) => {
  test.slow();
  await page.goto('/?model=face-detection-short-range&runtime=tfjs-tflite&threads=1&run=1');
  const median = (await page.getByTestId('benchmark-median').innerText({ timeout: 120_000 })).replace(/\s*ms$/, '').trim();
  await page.getByTestId('history-open').click();
  const row = page.getByTestId('history-row');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(median);
  await row.getByLabel('Name of the run').fill('before the change');
  await row.getByLabel('Name of the run').press('Enter');
  await row.getByLabel('Tags of before the change').fill('lite, , laptop, lite');
  await row.getByLabel('Tags of before the change').press('Enter');
  await expect(row.getByLabel('Tags of before the change')).toHaveValue('lite, laptop');
  // The tab of the model leads back to it, with what was measured.
  await page.getByTestId('model-tab').click();
  await expect(page.getByTestId('history')).toHaveCount(0);
  await expect(page.getByTestId('benchmark-median')).toBeVisible();

  await openHistory(page);
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(median);
  await expect(row.getByLabel('Name of the run')).toHaveValue('before the change');
  await expect(row.getByLabel('Tags of before the change')).toHaveValue('lite, laptop');
});

test('any number of runs are added from JSON, compared, found, saved in four forms and deleted', async ({ page }) => {
  await openHistory(page);
  await expect(page.getByTestId('history-empty')).toContainText('Nothing was measured yet');
  const many = { litescope_runs: 1, runs: [10, 12.5, 5].map((median) => ({ name: `median ${median}`, tags: median === 5 ? ['fast'] : [], report: reportOf(median) })) };
  await page.getByTestId('history-import').setInputFiles([runFile('three.json', JSON.stringify(many)), runFile('one.json', JSON.stringify(reportOf(20)))]);
  const rows = page.getByTestId('history-row');
  await expect(rows).toHaveCount(4);

  await page.getByRole('radio', { name: 'Compare with median 10,' }).check();
  const named = (name: string) => rows.filter({ has: page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }) });
  for (const [name, ratio] of [['median 10', '1.000×'], ['median 12.5', '1.250×'], ['median 5', '0.500×'], ['made.tflite', '2.000×']] as const) {
    await expect(named(name).getByTestId('history-ratio')).toHaveText(ratio);
  }

  await page.getByTestId('history-find').fill('fast tfjs');
  await expect(rows).toHaveCount(1);
  const markdown = await saved(page, 'history-markdown');
  expect(markdown.name).toBe('litescope-runs.md');
  expect(markdown.text.trimEnd().split('\n')).toHaveLength(3);
  expect(markdown.text).toContain('| 5.000 |');
  await page.getByTestId('history-find').fill('');

  await page.getByRole('checkbox', { name: 'Choose median 12.5' }).check();
  await page.getByRole('checkbox', { name: 'Choose median 5' }).check();
  const json = await saved(page, 'history-json');
  expect(readRuns(json.text).map(({ name, tags }) => [name, tags]).sort()).toEqual([['median 12.5', []], ['median 5', ['fast']]]);
  const csv = await saved(page, 'history-csv');
  expect(csv.text.trimEnd().split('\r\n')).toHaveLength(3);
  const text = await saved(page, 'history-benchmark_model');
  expect(text.text.match(/median=(5000|12500)\b/g)).toHaveLength(2);

  await page.getByTestId('history-delete').click();
  await expect(rows).toHaveCount(2);
  await openHistory(page);
  await expect(rows).toHaveCount(2);
});

test('a file that holds no runs says where it is wrong, and adds nothing', async ({ page }) => {
  await openHistory(page);
  await page.getByTestId('history-import').setInputFiles([runFile('broken.json', '{"schema":1}')]);
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'INVALID_REPORT');
  await expect(page.getByTestId('error-card')).toContainText('broken.json');
  await expect(page.getByTestId('history-row')).toHaveCount(0);
});

test('storage that is refused is told of, and what was measured stays and can be downloaded', async ({ page }) => {
  await page.addInitScript(() => {
    // As browsers do where a person blocks data of sites.
    Object.defineProperty(globalThis.indexedDB, 'open', { value: () => { throw new DOMException('The user denied permission to access the database.', 'SecurityError'); } });
  });
  await openHistory(page);
  await expect(page.getByTestId('history-refusal')).toHaveAttribute('data-code', 'STORAGE_REFUSED');
  await page.getByTestId('history-import').setInputFiles([runFile('one.json', JSON.stringify(made))]);
  await expect(page.getByTestId('history-row')).toContainText('Not kept: gone when the page is left');
  await expect(page.getByTestId('history-refusal')).toContainText('1 run is not kept.');
  const rescued = await saved(page, 'history-rescue');
  expect(readRuns(rescued.text).map(({ report }) => report)).toEqual([made]);
});

// In a browser of its own: what earlier tests have kept counts until the browser has cleaned it up.
deviceTest('storage whose quota is used up is told of, what was measured can be downloaded, and room that is made is used', async ({ openWith, baseURL }) => {
  const page = await openWith([]);
  const devTools = await page.context().newCDPSession(page);
  const origin = new URL(baseURL ?? '').origin;
  // Room for a run of twenty samples, and not for one of twenty thousand.
  await devTools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 100_000 });
  await openHistory(page);
  const named = (name: string, report: typeof made) => runFile(`${name}.json`, JSON.stringify({ litescope_runs: 1, runs: [{ name, tags: [], report }] }));
  await page.getByTestId('history-import').setInputFiles([named('first', made)]);
  await expect(page.getByTestId('history-row')).toHaveCount(1);
  await expect(page.getByTestId('history-refusal')).toHaveCount(0);
  await page.getByTestId('history-import').setInputFiles([named('second', madeReport({ ops: 0, samples: 20_000 }))]);
  await expect(page.getByTestId('history-refusal')).toHaveAttribute('data-code', 'STORAGE_FULL');
  await expect(page.getByTestId('history-row').first()).toContainText('Not kept');
  const rescued = await saved(page, 'history-rescue');
  expect(readRuns(rescued.text).map(({ name }) => name)).toEqual(['second']);
  await devTools.send('Storage.overrideQuotaForOrigin', { origin });
  await page.getByRole('checkbox', { name: 'Choose first' }).check();
  await page.getByTestId('history-delete').click();
  await expect(page.getByTestId('history-refusal')).toHaveCount(0);
  await openHistory(page);
  await expect(page.getByTestId('history-row')).toHaveCount(1);
  await expect(page.getByLabel('Name of the run')).toHaveValue('second');
});
