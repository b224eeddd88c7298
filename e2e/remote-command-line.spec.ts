/** The command line where its browser, or the program itself, is not in the clone. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { canSandbox } from '../scripts/lib/browser.mjs';
import { isMeasured, parseReport } from '../src/report/report';
import { litescope, start } from './support/command-line';
import { startGridHub } from './support/grid-hub';
import { bareTest as test, expect } from './support/fixtures';

const model = 'gallery:face-detection-short-range';
const one = ['--runtime', 'tfjs-tflite', '--num_threads', '1', '--num_runs', '5', '--min_secs', '0', '--json', '-'];
const browser = process.env['LITESCOPE_BROWSER'] ?? '';
const root = fileURLToPath(new URL('..', import.meta.url));

let folder = '';
test.beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'litescope-remote-')); });
test.afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

function expectMeasured({ code, output, errors }: { readonly code: number | null; readonly output: string; readonly errors: string }): void {
  expect({ code, errors }).toMatchObject({ code: 0 });
  const { results } = parseReport(JSON.parse(output));
  expect(results.map((result) => (isMeasured(result) ? result.misc_metrics.num_runs : result.error))).toEqual([5]);
}

test('--connect measures in a browser that Playwright serves elsewhere, and leaves it there', async () => {
  const server = await chromium.launchServer({ executablePath: browser, chromiumSandbox: canSandbox(), args: ['--disable-gpu'] });
  try {
    // The address is this machine's own, which the browser reaches through the connection alone.
    expectMeasured(await litescope('bench', model, ...one, '--connect', server.wsEndpoint()));
    expect(server.process().exitCode).toBeNull();
  } finally {
    await server.close();
  }
});

test('--grid measures on several nodes of a Selenium Grid at once, and ends its sessions', async () => {
  const hub = await startGridHub(browser, 2);
  try {
    const both = await Promise.all([litescope('bench', model, ...one, '--grid', hub.address), litescope('bench', model, ...one, '--grid', hub.address, '--host', 'localhost')]);
    both.forEach(expectMeasured);
    expect([hub.opened, hub.most, hub.running]).toEqual([2, 2, 0]);
    // What a Grid refuses is told, as wrong use.
    expect(await litescope('bench', model, ...one, '--grid', hub.address.replace('/wd/hub', '/elsewhere'))).toMatchObject({ code: 2, errors: expect.stringContaining('The browser does not start') });
  } finally {
    await hub.close();
  }
});

test('the package runs with what it ships and declares', async () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly files: readonly string[]; readonly bin: { readonly litescope: string }; readonly dependencies: Readonly<Record<string, string>> };
  const modules = join(folder, 'node_modules');
  for (const part of [...manifest.files, 'package.json']) cpSync(join(root, part), join(modules, 'litescope', part), { recursive: true });
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
  expectMeasured(await start(['bench', model, ...one], join(modules, 'litescope', manifest.bin.litescope)).ended);
});
