import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createServer } from 'vite';
import { buildHeaders } from '../scripts/vite/security';
import { runModelOk } from './support/engine';
import { expect, test } from './support/fixtures';
import { hostBuild } from './support/static-host';

const face = { gallery: 'face-detection-short-range' };

test('a static host with the stated headers runs both runtimes with threads, under any path', async ({ page }) => {
  const host = await hostBuild({ headers: true });
  await page.goto(host.address);
  await page.waitForFunction(() => 'litescope' in window);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  for (const runtime of ['tfjs-tflite', 'litert'] as const) {
    const result = await runModelOk(page, { model: face, configuration: { runtime, threads: 2 }, fallback: false });
    expect(result.configuration).toMatchObject({ runtime, threads: 2 });
  }
  await host.close();
});

test('a static host without headers runs on one thread and says how to get more', async ({ page }) => {
  const host = await hostBuild({ headers: false });
  await page.goto(host.address);
  await page.waitForFunction(() => 'litescope' in window);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  const result = await runModelOk(page, { model: face, configuration: { runtime: 'litert', threads: 2 } });
  expect(result.configuration).toMatchObject({ runtime: 'litert', threads: 1 });
  expect(result.refusals).toMatchObject([{ configuration: { threads: 2 }, error: { code: 'NOT_ISOLATED' } }]);
  expect(result.refusals[0]?.error.hint).toContain('Cross-Origin-Opener-Policy: same-origin');
  await page.getByTestId('gallery-face-detection-short-range').click();
  await expect(page.getByRole('region', { name: 'Input and configuration' })).toContainText(/isolated/i);
  // The policy stands in the page too, for hosts that cannot send it.
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute('content', /script-src 'self' 'wasm-unsafe-eval'/);
  await host.close();
});

test('nothing imports the entry of a worker, which WebKit would run a second time', () => {
  const assets = resolve(import.meta.dirname, '..', 'dist', 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const entries = scripts.filter((name) => name.includes('.worker-'));
  expect(entries.length).toBeGreaterThan(10);
  const imported = scripts.flatMap((name) => [...readFileSync(join(assets, name), 'utf8').matchAll(/(?:from|import)\s*\(?\s*["'`]\.\/([^"'`]+)["'`]/g)].map(([, from]) => from));
  expect(imported.length).toBeGreaterThan(100);
  expect(imported.filter((name) => entries.includes(name ?? ''))).toEqual([]);
});

test('the preview sends its headers where nothing has changed, too', async ({ request }) => {
  const first = await request.get('/');
  const again = await request.get('/', { headers: { 'If-None-Match': first.headers()['etag'] ?? '' } });
  expect([first.status(), again.status()]).toEqual([200, 304]);
  for (const answer of [first, again]) for (const [name, value] of Object.entries(buildHeaders)) expect(answer.headers()[name.toLowerCase()]).toBe(value);
});

test('the development server runs both runtimes with threads', async ({ page }) => {
  const server = await createServer({ root: resolve(import.meta.dirname, '..'), server: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  await server.listen();
  const address = server.httpServer?.address();
  if (address === null || address === undefined || typeof address === 'string') throw new Error('The development server has no port.');
  const first = await fetch(`http://127.0.0.1:${address.port}/src/main.ts`);
  const again = await fetch(`http://127.0.0.1:${address.port}/src/main.ts`, { headers: { 'If-None-Match': first.headers.get('ETag') ?? '' } });
  expect([again.status, again.headers.get('Cross-Origin-Embedder-Policy')]).toEqual([304, 'require-corp']);
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await page.waitForFunction(() => 'litescope' in window, undefined, { timeout: 60_000 });
  for (const runtime of ['tfjs-tflite', 'litert'] as const) {
    const result = await runModelOk(page, { model: face, configuration: { runtime, threads: 2 }, fallback: false });
    expect(result.configuration).toMatchObject({ runtime, threads: 2 });
  }
  await page.goto('about:blank');
  await server.close();
});
