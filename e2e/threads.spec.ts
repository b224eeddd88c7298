import { openPage } from './support/engine';
import { apiTest, expect, serveFiles, sharedModel, test } from './support/fixtures';
import { hostBuild } from './support/static-host';
import { configure, openExports, openTable, show, unfold } from './support/views';

// Every point is several sessions.
test.setTimeout(300_000);

test('a sweep at one and two threads draws both series and names the best', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await show(page, 'benchmark');
  await page.getByText(/^Plan: warm up/).click();
  await page.getByLabel('and at least seconds').first().fill('0');
  await page.getByLabel('and at least seconds').last().fill('0');
  await show(page, 'threads');
  await unfold(page.getByTestId('sweep-plan'));
  await page.getByTestId('sweep-runtime-litert').check();
  await page.getByTestId('sweep-counts').fill('1, 2');
  await page.getByTestId('sweep-start').click();
  const best = page.getByTestId('sweep-best');
  await expect(best).toHaveCount(2, { timeout: 240_000 });
  await expect(best.first()).toContainText(/tfjs-tflite · wasm: [12] threads? (is|are) fastest, with [\d.]+ ms/);
  await expect(best.last()).toContainText(/litert · wasm: [12] threads? (is|are) fastest/);
  for (const chart of ['sweep-latency', 'sweep-speed-up']) {
    const series = page.getByTestId(chart).getByTestId('series');
    await expect(series).toHaveCount(2);
    await expect(series.first().locator('circle')).toHaveCount(2);
    await expect(series.last().locator('rect')).toHaveCount(2);
    await expect(page.getByTestId(chart).getByRole('img')).toHaveAccessibleName(/tfjs-tflite · wasm: 1 thread .*, 2 threads .*litert · wasm: 1 thread/);
  }
  await expect(page.getByTestId('ideal-line')).toBeVisible();
  // Two counts can be held against no law of one parameter.
  await expect(page.getByTestId('law')).toHaveCount(0);
  await expect(best.first()).not.toContainText('law');
  await openTable(page, 'sweep-table');
  const rows = page.getByTestId('sweep-table').getByRole('row');
  await expect(rows).toHaveCount(5);
  // One thread against itself is 1 by definition; the best row is the one that the sentence names.
  await expect(rows.nth(1)).toContainText('1.00 to 1.00');
  await expect(page.getByTestId('sweep-failed')).toHaveCount(0);
});

apiTest('a count that a runtime does not have is a row that failed, beside those that were measured', async ({ page }) => {
  const report = await page.evaluate(async () => {
    const model = await window.litescope.openFromGallery('face-detection-short-range');
    return window.litescope.sweep([model.id], [{ runtime: 'tfjs-tflite' }], [1, 99], { num_runs: 3, min_secs: 0, warmup_min_secs: 0 }, {}, { comparison: { rounds: 6 } });
  });
  expect(report.results[1]).toMatchObject({ error: { code: 'INVALID_CONFIGURATION' } });
  expect(report.sweep?.series).toMatchObject([{ best_threads: 1, enough_threads: 1, amdahl: null, points: [{ threads: 1, row: 0, speedup: 1, efficiency: 1 }] }]);
});

test('this browser’s peak is measured, ops stand under it with findings that have a cost, and a link carries the ops', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await configure(page, { runtime: 'tfjs-tflite', threads: '1' });
  await show(page, 'roofline');
  await page.getByTestId('why-start').click();
  const { cores } = await page.evaluate(() => window.litescope.capabilities());
  await expect(page.getByTestId('peak')).toContainText(/[\d.]+ GFLOP\/s and [\d.]+ GB\/s on 1 thread/, { timeout: 120_000 });
  await expect(page.getByTestId('peak')).toContainText(`on ${cores} thread`);
  await expect(page.getByTestId('roof-share').or(page.getByTestId('roof-doubtful'))).toContainText(/reach [\d.]+ % of this browser’s peak|peak of [a-z ]+ is doubtful/);
  expect(await page.getByTestId('roof-chart').locator('circle').count()).toBeGreaterThan(20);
  await openTable(page, 'roof-table');
  const first = page.getByTestId('roof-table').getByRole('row').nth(1);
  await first.getByRole('button').press('Enter');
  await expect(first.getByRole('button')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('roof-chart').locator('circle.selected')).toHaveCount(1);
  for (const cost of await page.getByTestId('findings').locator('.cost').allInnerTexts()) expect(cost).toMatch(/^(at most )?[\d.,]+ ms/);

  const [slowest = '', time = ''] = await first.locator('th, td').allInnerTexts();
  await openExports(page);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await context.newPage();
  await other.goto(link);
  await other.getByText(/^\d+ ops? of Face detection, short range with their times$/).click();
  const row = other.getByTestId('shared-ops').locator('tbody tr').first().locator('td');
  expect(slowest).toContain(await row.nth(1).innerText());
  expect(await row.nth(2).innerText()).toBe(time);
});

test('a sweep takes other models along, and tells how each op follows the threads', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-digits').click();
  await page.getByRole('button', { name: 'Open model' }).click();
  await page.getByTestId('gallery-digits-int8').click();
  await show(page, 'benchmark');
  await page.getByText(/^Plan: warm up/).click();
  await page.getByLabel('and at least seconds').first().fill('0');
  await page.getByLabel('and at least seconds').last().fill('0');
  await show(page, 'threads');
  await unfold(page.getByTestId('sweep-plan'));
  await page.getByRole('region', { name: 'Threads' }).getByRole('checkbox', { name: 'Digits', exact: true }).check();
  const counts = page.getByTestId('sweep-counts');
  await counts.fill('2–1');
  await counts.blur();
  await expect(counts).not.toHaveValue('2–1');
  await counts.fill('2 1');
  await counts.blur();
  await expect(counts).toHaveValue('1, 2');
  await page.getByTestId('sweep-ops').check();
  await page.getByTestId('sweep-start').click();
  await expect(page.getByTestId('sweep-best')).toHaveText([/^Digits, int8 · tfjs-tflite/, /^Digits · tfjs-tflite/], { timeout: 120_000 });
  await page.getByTestId('op-scaling-toggle').locator('summary').click({ timeout: 60_000 });
  const scaling = page.getByTestId('op-scaling');
  await expect(scaling.getByRole('columnheader')).toHaveText(['Op', '1 thread, ms', '2 threads, ms', 'Speed-up', 'Serial share', 'Lost, ms']);
  const [one = NaN, two = NaN, speedUp = NaN] = (await scaling.locator('tbody tr').first().locator('td').allInnerTexts()).map(Number);
  expect(Math.abs(speedUp - one / two)).toBeLessThan(0.02 + 0.02 * speedUp);
  await page.getByTestId('row-runs').getByText('Runs of 4 rows over time').click();
  await expect(page.getByTestId('sample-chart')).toHaveCount(4);
});

test('a sweep whose ops cannot be timed says so and keeps its figures', async ({ page }) => {
  await page.route('**/slicer.worker*', (route) => route.abort());
  await openPage(page);
  await page.getByTestId('gallery-digits').click();
  await show(page, 'benchmark');
  await page.getByText(/^Plan: warm up/).click();
  await page.getByLabel('and at least seconds').first().fill('0');
  await page.getByLabel('and at least seconds').last().fill('0');
  await show(page, 'threads');
  await unfold(page.getByTestId('sweep-plan'));
  await page.getByTestId('sweep-runtime-tfjs-tflite').uncheck();
  await page.getByTestId('sweep-runtime-litert').check();
  await page.getByTestId('sweep-ops').check();
  await page.getByTestId('sweep-start').click();
  await expect(page.getByTestId('op-scaling-failure')).toHaveText(/^The ops of litert could not be timed on 1 thread: .* SESSION_CRASHED$/, { timeout: 120_000 });
  await expect(page.getByTestId('sweep-best')).toHaveText(/^Digits/);
  await expect(page.getByTestId('op-scaling')).toHaveCount(0);
});

apiTest('what unfolding half-precision weights costs is timed by loads in turn, and is nothing where there are none', async ({ page }) => {
  const [times, none] = await page.evaluate(async () => {
    const { litescope } = window;
    const configuration = { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 } as const;
    const times: (Awaited<ReturnType<typeof litescope.timeUnfolding>>)[] = [];
    for (const id of ['face-detection-short-range', 'digits']) times.push(await litescope.timeUnfolding((await litescope.openFromGallery(id)).id, configuration));
    return times;
  });
  expect(none).toBeNull();
  expect(times?.half_ms).toHaveLength(9);
  expect(times?.float_ms).toHaveLength(9);
  for (const load of [...times?.half_ms ?? [], ...times?.float_ms ?? []]) expect(load).toBeGreaterThan(0);
});

test('what signed weights would save a legacy model is timed by runs in turn, and is nothing where there are none', async ({ page }) => {
  const file = sharedModel('mobilenet_v1_0.25_128_quant.tflite');
  test.skip(file === null, '../shared/models/mobilenet_v1_0.25_128_quant.tflite is not there');
  await openPage(page);
  const { addresses, stop } = await serveFiles(page, [file ?? '']);
  const [times, none] = await page.evaluate(async (address) => {
    const { litescope } = window;
    const configuration = { runtime: 'litert', accelerator: 'wasm', threads: 1 } as const;
    const legacy = await litescope.open(address);
    const digits = await litescope.openFromGallery('digits');
    return [await litescope.timeSigning(legacy.id, configuration), await litescope.timeSigning(digits.id, configuration)];
  }, addresses[0] ?? '');
  stop();
  expect(none).toBeNull();
  expect(times?.unsigned_ms.length).toBeGreaterThanOrEqual(9);
  expect(times?.signed_ms).toHaveLength(times?.unsigned_ms.length ?? 0);
  for (const run of [...times?.unsigned_ms ?? [], ...times?.signed_ms ?? []]) expect(run).toBeGreaterThan(0);
});

test('where threads cannot run, the view says why and how to get them', async ({ page }) => {
  const host = await hostBuild({ headers: false });
  await page.goto(host.address);
  await page.waitForFunction(() => 'litescope' in window);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await show(page, 'threads');
  await expect(page.getByTestId('threads-off')).toContainText('Cross-Origin-Opener-Policy: same-origin');
  await host.close();
});
