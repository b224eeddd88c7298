import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { runModelOk } from './support/engine';
import { expect, test } from './support/fixtures';
import { hostBuild } from './support/static-host';
import { show } from './support/views';

// Every test has a host of its own, and with it an origin where nothing is kept yet.
test.use({ keepsPage: true });

const dist = resolve(import.meta.dirname, '..', 'dist');
const face = { gallery: 'face-detection-short-range' };

/** Waits until what the visit used is kept. */
async function visitKept(page: Page, ...paths: readonly string[]): Promise<void> {
  await expect.poll(() => page.evaluate(async () => {
    const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
    return (await Promise.all(caches.map((cache) => cache.keys()))).flat().map(({ url }) => new URL(url).pathname.replace('/some/where/', ''));
  }), { timeout: 60_000 }).toEqual(expect.arrayContaining([...paths]));
}

test('after one visit, page, runtime and model that were used work without a network', async ({ page, context }) => {
  const host = await hostBuild({ headers: true });
  await page.goto(host.address);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await page.getByTestId('run').click();
  await expect(page.getByTestId('decoded-list')).toContainText('1 face found');
  const { runtime, threads } = await page.evaluate(async () => (await window.litescope.run(window.litescope.models()[0]?.id ?? '')).configuration);
  await visitKept(page, 'models/face_detection_short_range.tflite', 'index.html');
  await expect.poll(() => page.evaluate(async () => (await Promise.all((await caches.keys()).filter((name) => name.startsWith('litescope-runtimes')).map(async (name) => (await (await caches.open(name)).keys()).length))).reduce((sum, count) => sum + count, 0))).toBeGreaterThan(1);

  await host.close();
  await context.setOffline(true);
  await page.goto(host.address);
  await expect(page.getByTestId('gallery-face-detection-short-range')).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await page.getByTestId('run').click();
  await expect(page.getByTestId('decoded-list')).toContainText('1 face found');
  const report = await page.evaluate(async (configuration) => {
    const { litescope } = window;
    return await litescope.benchmark([litescope.models()[0]?.id ?? ''], [configuration], { num_runs: 5, min_secs: 0, warmup_min_secs: 0 });
  }, { runtime, threads });
  expect(report.results).toMatchObject([{ samples_ms: { length: 5 } }]);
  await context.setOffline(false);
});

test('a host without headers is isolated after one reload, which is announced, under any path', async ({ page }) => {
  const host = await hostBuild({ headers: false });
  await page.goto(host.address);
  await expect(page.getByTestId('reload-coming')).toContainText('reloads once');
  await expect(page.getByTestId('notice')).toHaveText('The page was reloaded once: threads are on now.');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(host.asked.get('index.html')).toBeLessThanOrEqual(3);
  for (const runtime of ['tfjs-tflite', 'litert', 'tfjs-kernels'] as const) {
    const result = await runModelOk(page, { model: face, configuration: { runtime, threads: 2 }, fallback: false });
    expect(result.configuration).toMatchObject({ runtime, threads: 2 });
  }
  // A second visit needs no reload.
  await page.goto(host.address);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await host.close();
});

test('a reload for threads waits where a model is open, and never comes twice', async ({ page }) => {
  const host = await hostBuild({ headers: false });
  await page.goto(`${host.address}?model=digits`);
  await expect(page.getByTestId('reload-notice')).toContainText('A reload switches threads on.');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await page.getByTestId('reload-now').click();
  await expect.poll(() => page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Digits');
  // Where something else is in the way, as with a browser that goes past the service worker, the page stays as it is.
  await page.evaluate(async () => { await (await navigator.serviceWorker.getRegistration())?.unregister(); });
  await page.goto(host.address);
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state)).toBe('activated');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(page.getByTestId('reload-coming')).toBeHidden();
  await host.close();
});

test('a newer version waits for the person, and pages of the older one keep their parts', async ({ page, context }) => {
  const host = await hostBuild({ headers: true });
  await page.goto(host.address);
  await visitKept(page, 'index.html', 'offline-files.json');
  const older = await context.newPage();
  await older.goto(host.address);

  // As a newer build would: another page, another list, and a part of the older one that is gone.
  const part = readFileSync(join(dist, 'service-worker.js'), 'utf8').match(/assets\/HistoryView-[^"]+\.js/)?.[0] ?? '';
  expect(part).not.toBe('');
  host.changed.set('index.html', readFileSync(join(dist, 'index.html'), 'utf8').replace('<title>', '<meta name="version" content="newer" /><title>'));
  host.changed.set('service-worker.js', readFileSync(join(dist, 'service-worker.js'), 'utf8').replace(/"?revision"?:"[^"]*","?url"?:"index.html"/, '"revision":"newer","url":"index.html"').replace(part, 'icon.svg?newer'));
  host.changed.set(part, null);

  // While something is measured, nothing is said of it.
  await page.goto(`${host.address}?model=digits`);
  await expect(page.getByTestId('reload-notice')).toContainText('A new version is here.');
  expect(await page.locator('meta[name=version]').count()).toBe(0);
  await show(page, 'speed');
  await page.getByTestId('measure-all').click();
  await expect(page.getByTestId('reload-notice')).toBeHidden();
  await page.getByTestId('activity-cancel').click();
  await page.getByTestId('reload-now').click();
  await expect(page.locator('meta[name=version]')).toHaveAttribute('content', 'newer');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Digits');

  // The other page was not reloaded, is told, and still gets a part that only the older version has.
  await expect(older.getByTestId('reload-notice')).toContainText('A new version is here.');
  await older.getByTestId('history-open').click();
  await expect(older.getByTestId('history')).toBeVisible();
  await older.close();
  await host.close();
});
