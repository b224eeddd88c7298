/** Reports that travel in links. */
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { readRuns } from '../src/history/shared/runs';
import { decodeReport, encodeReport, linkLimit } from '../src/report/link/link-codec';
import { isMeasured, type Report } from '../src/report/report';
import { LitescopeError } from '../src/errors';
import { arbitraryReport } from '../src/report/testing/arbitrary-report';
import { madeReport } from '../src/report/testing/made-report';
import { readQrCode } from '../src/share/testing/read-qr-code';
import { expect, packagedModel, test } from './support/fixtures';
import { openExports } from './support/views';

test('a benchmark’s link shows the same figures in a fresh context, runs there, and shows the ratio', async ({ page, context, browser, baseURL }) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/?model=face-detection-short-range&runtime=tfjs-tflite&threads=1&run=1');
  await expect(page.getByTestId('benchmark-result')).toBeVisible({ timeout: 120_000 });
  const median = (await page.getByTestId('benchmark-median').innerText()).replace(/\s*ms$/, '').trim();
  const figures = await page.getByTestId('benchmark-result').locator('dl').innerText();
  await openExports(page);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.startsWith(`${baseURL ?? ''}/#report=1.`)).toBe(true);
  expect(link.length).toBeLessThanOrEqual(linkLimit + 100);

  const fresh = await browser.newContext();
  try {
    const other = await fresh.newPage();
    const asked: string[] = [];
    other.on('request', (request) => { asked.push(request.url()); });
    await other.goto(link);
    await expect(other.getByTestId('shared-median')).toHaveText(median);
    await expect(other.getByTestId('shared-reading')).toHaveText(`${median} ms`);
    expect(await other.getByTestId('shared-figures').locator('dl').innerText()).toBe(figures);
    // The report is there without the model and without a runtime.
    expect(asked.filter((url) => /\.(tflite|wasm)/.test(url))).toEqual([]);
    await other.getByTestId('shared-run').click();
    await expect(other.getByTestId('shared-ratio')).toHaveText(/^\d+\.\d\d×$/, { timeout: 120_000 });
    await expect(other.getByTestId('shared-difference')).toHaveText(/^[+−]\d+(\.\d+)? ms$/);
    await expect(other.getByTestId('shared-median')).toHaveText(median);
    // The ratio is that of the two medians, as far as their three digits tell.
    const [ours, ratio] = await Promise.all([other.getByTestId('shared-here').innerText(), other.getByTestId('shared-ratio').innerText()]);
    expect(Math.abs(Number(ours) / Number(median) / Number.parseFloat(ratio) - 1)).toBeLessThan(0.02);
    // Both were measured in the same browser: nothing differs.
    await expect(other.getByTestId('shared-environment').locator('tbody tr')).toHaveCount(8);
    await expect(other.getByTestId('shared-environment').locator('.differs')).toHaveCount(0);
  } finally {
    await fresh.close();
  }
});

test('rows of several models in a link take turns here as they did there', async ({ page }) => {
  test.slow();
  await page.goto('/');
  const gallery = await page.evaluate(() => window.litescope.gallery());
  const made = madeReport({ ops: 0, samples: 9 });
  const [first] = made.results;
  if (first === undefined || !isMeasured(first)) throw new Error('No row was made.');
  // Not every model in every configuration.
  const results = ([['face-detection-short-range', 'tfjs-tflite', 0.5], ['selfie-segmentation', 'litert', 1]] as const).map(([id, runtime, median_ms]) => {
    const { title, sha256, bytes } = gallery.find((entry) => entry.id === id) ?? { title: '', sha256: '', bytes: 0 };
    return { ...first, name: id, model: { name: title, sha256, bytes }, configuration: { ...first.configuration, runtime, threads: 1 }, latency_metrics: { ...first.latency_metrics, median_ms } };
  });
  const plan = { ...made.plan, num_runs: 12, min_secs: 0, warmup_runs: 1, warmup_min_secs: 0 };
  await page.goto(`/#report=${encodeReport({ ...made, plan, results, comparison: { seed: 1, rounds: 6, confidence: 0.95, ratios: [] } })}`);
  await page.getByTestId('shared-run').click();
  await expect(page.getByTestId('shared-ratio')).toHaveCount(2, { timeout: 120_000 });
  // Each row is held against its own.
  const seen = await page.getByTestId('shared-row').evaluateAll((rows) => rows.map((row) => ['shared-here', 'shared-ratio'].map((id) => Number.parseFloat(row.querySelector(`[data-testid=${id}]`)?.textContent ?? ''))));
  for (const [index, [here = NaN, ratio = NaN]] of seen.entries()) expect(Math.abs(here / (results[index]?.latency_metrics.median_ms ?? NaN) / ratio - 1)).toBeLessThan(0.02);
  // One measurement of all rows, and not one after the other of each model.
  await page.getByTestId('history-open').click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('history-json').click()]);
  const [run] = readRuns(readFileSync(await download.path(), 'utf8'));
  expect(run?.report.comparison?.rounds).toBe(6);
  expect(run?.report.results.map((result) => (isMeasured(result) ? [result.configuration.runtime, result.bursts?.length] : null))).toEqual([['tfjs-tflite', 6], ['litert', 6]]);
});

test('a report of 300 ops travels in 8,000 characters, names stay text, and a missing model is asked for', async ({ page }) => {
  const made = madeReport({ ops: 300, samples: 350 });
  const name = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
  const report = { ...made, results: made.results.map((result) => ({ ...result, model: { ...result.model, name } })) };
  const text = encodeReport(report);
  expect(text.length).toBeLessThanOrEqual(linkLimit);
  const lost = decodeReport(text).left_out;
  await page.goto(`/?embed=1#report=${text}`);
  const shared = page.getByTestId('shared-report');
  await expect(shared).toContainText(name);
  const [first] = report.results;
  if (first === undefined || !isMeasured(first)) throw new Error('No row was made.');
  await expect(shared).toContainText(first.model.sha256);
  await expect(page.getByTestId('shared-left-out')).toContainText(`no room for ${lost?.samples} samples and ${lost?.ops[0]?.count} ops`);
  await page.getByText(/ops? of /).click();
  await expect(page.getByTestId('shared-ops').locator('tfoot tr')).toContainText('together');
  await expect(page.getByTestId('shared-run')).toHaveCount(0);
  // Embedded, there is nothing but the report.
  await expect(page.getByTestId('open-url')).toHaveCount(0);
  expect(await page.title()).toBe('Litescope');
});

test('damaged links say so and leave the page as it was', async ({ page }) => {
  const link = encodeReport(madeReport({ ops: 0, samples: 9 }));
  const bomb = deflateSync(Buffer.alloc(9_000_000)).toString('base64url');
  for (const [text, code] of [[link.slice(0, -4), 'INVALID_LINK'], [`9${link.slice(1)}`, 'UNKNOWN_LINK_VERSION'], [`1.${'A'.repeat(20_000)}`, 'LINK_TOO_LONG'], [`1.${bomb}`, 'INVALID_LINK']] as const) {
    await page.goto('about:blank');
    await page.goto(`/#report=${text}`);
    await expect(page.getByTestId('error-card').first()).toHaveAttribute('data-code', code);
    await expect(page.getByTestId('shared-report')).toHaveCount(0);
    await expect(page.getByTestId('open-url')).toBeVisible();
  }
});

/** The report's own link, where it has room. */
function linkOf(report: Report): string | null {
  try {
    return encodeReport(report);
  } catch (error) {
    if (LitescopeError.from(error).code === 'LINK_TOO_LONG') return null;
    throw error;
  }
}

test('links that strangers made show whatever they say as text, ask nobody for anything and hold the page up by nothing', async ({ page }) => {
  test.slow();
  // Any report that the schema allows, with texts that would like to be more than texts. The page must stay clean: no error
  // in its console, none that nobody caught, no violation of its policy.
  const payload = '"><img src=https://strangers.example/x onerror=document.title="harmed"><script>document.title="harmed"</script>';
  const made = fc.sample(arbitraryReport({ items: 3, text: 30 }), { numRuns: 45, seed: 11 });
  const links = made.flatMap((report, index) => {
    const hostile = index % 2 === 0 ? report : { ...report, results: report.results.map((result) => ({ ...result, name: payload, model: { ...result.model, name: payload, url: 'https://strangers.example/model.tflite' } })) };
    return linkOf(hostile) ?? [];
  });
  expect(links.length).toBeGreaterThan(30);
  const asked: string[] = [];
  page.on('request', (request) => { asked.push(request.url()); });
  await page.goto('/');
  let rows = 0;
  for (const link of links) {
    await page.goto(`/#report=${link}`);
    await expect(page.getByTestId('shared-row')).toHaveCount(decodeReport(link).results.length);
    // Everything that unfolds is laid out too: figures and ops of rows, and where it was measured.
    const measured = decodeReport(link).results.filter(isMeasured);
    await expect(page.getByTestId('shared-report').locator('details:not(.table)')).toHaveCount(1 + measured.length + measured.filter(({ op_profile }) => op_profile !== undefined).length);
    await page.getByTestId('shared-report').evaluate((section) => { for (const details of section.querySelectorAll('details')) details.open = true; });
    await expect(page.getByTestId('shared-figures')).toHaveCount(measured.length);
    rows += await page.getByTestId('shared-row').count();
    await page.getByRole('button', { name: 'Close the report' }).click();
    await expect(page.getByTestId('shared-report')).toHaveCount(0);
  }
  expect(rows).toBeGreaterThan(30);
  expect(await page.title()).toBe('Litescope');
  const { origin } = new URL(page.url());
  expect(asked.filter((url) => new URL(url).origin !== origin || /\.(tflite|wasm)/.test(url))).toEqual([]);
});

test('a report’s model from elsewhere, and a link that asks to measure one, wait for a click', async ({ page }) => {
  test.slow();
  const foreign: string[] = [];
  await page.route('https://models.example/**', async (route) => {
    foreign.push(route.request().url());
    await route.fulfill({ path: packagedModel('face_detection', 'face_detection_short_range.tflite'), headers: { 'Access-Control-Allow-Origin': '*' } });
  });
  const made = madeReport({ ops: 0, samples: 9 });
  const [first] = made.results;
  if (first === undefined) throw new Error('No row was made.');
  await page.goto(`/#report=${encodeReport({ ...made, results: [{ ...first, model: { ...first.model, url: 'https://models.example/other.tflite' } }] })}`);
  const run = page.getByTestId('shared-run');
  await expect(run).toHaveText('Load from models.example and run on this device');
  expect(foreign).toEqual([]);
  await run.click();
  // The file there is not the one that the report is of.
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'HASH_MISMATCH');
  expect(foreign).toEqual(['https://models.example/other.tflite']);

  await page.goto('about:blank');
  await page.goto('/?model=https://models.example/face.tflite&runtime=tfjs-tflite&threads=1&run=1');
  await expect(page.getByRole('heading', { name: 'This link asks to open and measure a model from models.example' })).toBeVisible();
  expect(foreign).toHaveLength(1);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByTestId('benchmark-result')).toContainText('tfjs-tflite · WebAssembly · 1 thread', { timeout: 120_000 });
});

test('a result leaves the page as a picture and as a QR code that another page opens', async ({ page }) => {
  test.slow();
  await page.goto('/?model=face-detection-short-range&runtime=tfjs-tflite&threads=1&run=1');
  await expect(page.getByTestId('benchmark-result')).toBeVisible({ timeout: 120_000 });
  const median = (await page.getByTestId('benchmark-median').innerText()).replace(/\s*ms$/, '').trim();
  await openExports(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('report-png').click()]);
  expect(download.suggestedFilename()).toMatch(/^litescope-Face-detection-short-range.*\.png$/);
  const png = readFileSync(await download.path());
  expect([png.subarray(1, 4).toString('latin1'), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(['PNG', 1200, 630]);

  await openExports(page);
  await page.getByTestId('report-qr').click();
  // What a camera sees, read by another library.
  const code = await page.getByTestId('qr-code').locator('svg').evaluate((svg: SVGSVGElement) => ({ size: svg.viewBox.baseVal.width, path: svg.querySelector('path')?.getAttribute('d') ?? '' }));
  const link = readQrCode(code);
  expect(link.length).toBeLessThan(1200);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByTestId('shared-median')).toHaveText(median);
});
