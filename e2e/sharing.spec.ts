/** Reports that travel in links. */
import { deflateSync } from 'node:zlib';
import { encodeReport, linkLimit } from '../src/report/link/link-codec';
import { isMeasured } from '../src/report/report';
import { madeReport } from '../src/report/testing/made-report';
import { expect, test } from './support/fixtures';

test('a benchmark’s link shows the same figures in a fresh context, runs there, and shows the ratio', async ({ page, context, browser, baseURL }) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/?model=face-detection-short-range&runtime=tfjs-tflite&threads=1&run=1');
  await expect(page.getByTestId('benchmark-result')).toBeVisible({ timeout: 120_000 });
  const median = (await page.getByTestId('benchmark-median').innerText()).replace(/\s*ms$/, '').trim();
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
    // The report is there without the model and without a runtime.
    expect(asked.filter((url) => /\.(tflite|wasm)/.test(url))).toEqual([]);
    await other.getByTestId('shared-run').click();
    await expect(other.getByTestId('shared-ratio')).toHaveText(/^\d+\.\d\d×$/, { timeout: 120_000 });
    await expect(other.getByTestId('shared-median')).toHaveText(median);
  } finally {
    await fresh.close();
  }
});

test('a report of 300 ops travels in 8,000 characters, names stay text, and a missing model is asked for', async ({ page }) => {
  const made = madeReport({ ops: 300, samples: 350 });
  const name = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
  const report = { ...made, results: made.results.map((result) => ({ ...result, model: { ...result.model, name } })) };
  const text = encodeReport(report);
  expect(text.length).toBeLessThanOrEqual(linkLimit);
  await page.goto(`/?embed=1#report=${text}`);
  const shared = page.getByTestId('shared-report');
  await expect(shared).toContainText(name);
  const [first] = report.results;
  if (first === undefined || !isMeasured(first)) throw new Error('No row was made.');
  await expect(shared).toContainText(first.model.sha256);
  await expect(page.getByTestId('shared-left-out')).toContainText('samples');
  await page.getByText(/ops? of /).click();
  await expect(page.getByTestId('shared-ops').locator('tbody tr').last()).toContainText('together');
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
