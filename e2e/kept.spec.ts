import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { formatBytes } from '../src/messages/format';
import { expect, test } from './support/fixtures';
import { pictureModel } from './support/made-models';
import { hostBuild, type StaticHost } from './support/static-host';
import { unfold } from './support/views';

// Every test has a host of its own, and with it an origin where nothing is kept yet.
test.use({ keepsPage: true });

const own = resolve(import.meta.dirname, '..', 'models', 'digits', 'digits.tflite');

/** Opens the page and a model of the gallery, and what the page says of what is kept when both are. */
async function visit(page: Page, host: StaticHost) {
  await page.goto(`${host.address}?model=digits`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Digits');
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state)).toBe('activated');
  const toggle = page.getByTestId('kept-toggle');
  await unfold(toggle);
  const size = (kind: string) => page.getByTestId(`kept-${kind}`).locator('.number');
  await expect(size('page')).toHaveText(/^[\d.]+ MB$/);
  return { size, clear: (kind: string) => page.getByTestId(`kept-${kind}`).getByRole('button', { name: 'Clear' }).click() };
}

test('what is kept is shown by kind with its size, and is cleared by kind', async ({ page }) => {
  const host = await hostBuild({ headers: true });
  const { size, clear } = await visit(page, host);
  await page.getByTestId('open-file').setInputFiles({ name: 'dropped.tflite', mimeType: 'application/octet-stream', buffer: Buffer.from(pictureModel()) });
  await expect(page.getByTestId('kept-files')).toBeVisible();
  await page.evaluate(async () => {
    const { litescope } = window;
    const model = litescope.models()[0]?.id ?? '';
    await litescope.run(model, { runtime: 'tfjs-tflite', threads: 1 });
  });
  // It is looked at anew when it is opened anew.
  await page.getByTestId('kept-toggle').locator('summary').click();
  await page.getByTestId('kept-toggle').locator('summary').click();
  await expect(size('models')).toHaveText('74.3 kB');
  await expect(size('runtimes')).toHaveText('3.77 MB');
  await expect(size('dropped')).toHaveText(formatBytes(pictureModel().length));
  await expect(size('runs')).toHaveText('0 B');

  await clear('models');
  await expect(size('models')).toHaveText('0 B');
  await expect(size('runtimes')).toHaveText('3.77 MB');
  await clear('dropped');
  await expect(size('dropped')).toHaveText('0 B');
  await clear('page');
  await expect(size('page')).toHaveText('0 B');
  expect(await page.evaluate(async () => (await caches.keys()).map((name) => name.split(' ')[0]))).toEqual(['litescope-runtimes']);
  await host.close();
});

test('all that is missing is kept by one click, which says how much it is, and works without a network', async ({ page, context }) => {
  const host = await hostBuild({ headers: true });
  await visit(page, host);
  await expect(page.getByTestId('keep-all')).toHaveText(/^Make available offline: \d{2,3}(\.\d)? MB$/);
  await page.getByTestId('keep-all').click();
  await page.getByTestId('kept').getByTestId('cancel').click();
  await expect(page.getByTestId('keep-all')).toBeVisible();
  await page.getByTestId('keep-all').click();
  await expect(page.getByTestId('kept-all')).toBeVisible({ timeout: 60_000 });
  await host.close();
  await context.setOffline(true);
  await page.goto(host.address);
  const ran = await page.evaluate(async () => {
    const { litescope } = window;
    const { id } = await litescope.openFromGallery('pose-landmarks-lite');
    return await Promise.all(([['tfjs-tflite', 1], ['tfjs-tflite', 2], ['litert', 1], ['litert', 2], ['tfjs-kernels', 1], ['tfjs-kernels', 2]] as const).map(async ([runtime, threads]) =>
      (await litescope.run(id, { runtime, accelerator: 'wasm', threads }, {}, { fallback: false })).configuration.runtime));
  });
  expect(ran).toEqual(['tfjs-tflite', 'tfjs-tflite', 'litert', 'litert', 'tfjs-kernels', 'tfjs-kernels']);
  await context.setOffline(false);
});

test('a full store says so and loses nothing that is open', async ({ page, context }) => {
  const host = await hostBuild({ headers: true });
  const { size } = await visit(page, host);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(host.address).origin, quotaSize: 8_000_000 });
  await page.getByTestId('keep-all').click();
  await expect(page.getByTestId('kept-failure')).toHaveAttribute('data-code', 'STORAGE_FULL');
  await expect(page.getByTestId('kept-failure')).toContainText('There is no more room in this browser');
  await expect(size('page')).toHaveText(/^[\d.]+ MB$/);
  await page.getByTestId('run').click();
  await expect(page.getByTestId('decoded-list')).toBeVisible();
  // What finds no room is used all the same.
  await page.goto(`${host.address}?model=pose-landmarks-full`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Pose landmarks, full');
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(host.address).origin });
  await host.close();
});

test('a file that another application shares is opened, once', async ({ page }) => {
  const host = await hostBuild({ headers: true });
  await visit(page, host);
  const answered = await page.evaluate(async (bytes) => {
    const form = new FormData();
    form.append('files', new File([Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0))], 'from afar #1.tflite'));
    const answer = await fetch('share-files', { method: 'POST', body: form });
    return answer.url;
  }, readFileSync(own).toString('base64'));
  expect(answered).toBe(`${host.address}?shared=files`);
  await page.goto(answered);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('from afar #1.tflite');
  expect(page.url()).not.toContain('shared=');
  await page.goto(answered);
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'FILE_UNREADABLE');
  await host.close();
});

test('the page can be installed', async ({ page, context }) => {
  const host = await hostBuild({ headers: true });
  await visit(page, host);
  const devtools = await context.newCDPSession(page);
  const { errors, data } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? '')).toMatchObject({ name: 'Litescope', file_handlers: [{ accept: { 'application/octet-stream': ['.tflite'] } }] });
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // Windows of tests are incognito ones.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  const { icons, screenshots } = JSON.parse(data ?? '') as { readonly icons: readonly { src: string }[]; readonly screenshots: readonly { src: string }[] };
  for (const { src } of [...icons, ...screenshots]) expect((await page.request.get(host.address + src)).status()).toBe(200);
  await host.close();
});
