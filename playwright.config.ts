import { defineConfig } from '@playwright/test';
import getPort from 'get-port';

import { canSandbox, findBrowser, quietArguments } from './scripts/lib/browser.mjs';
import { SetupError } from './scripts/lib/console.mjs';
import { servedFolder } from './e2e/support/files';
// Tests make and change models themselves.

const browser = await findBrowser();
if (browser === null) throw new SetupError('There is no browser to test with; set LITESCOPE_BROWSER to one, or let npm test look for it.');

// Playwright reads this file again in every worker; through the environment all get the same answers.
process.env['LITESCOPE_BROWSER'] = browser.path;
// A preview left open in another terminal must neither stop the tests nor be what they test.
process.env['LITESCOPE_TEST_PORT'] ??= String(await getPort({ port: 4173, host: '127.0.0.1' }));
const address = `http://127.0.0.1:${process.env['LITESCOPE_TEST_PORT']}`;

const minute = 60_000;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  // One more than there are cores: tests wait for time as often as for the processor.
  workers: 3,
  // A test that passes at the second try hides a defect.
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 2 * minute,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL: address,
    headless: true,
    // Drawn by the processor, what moves on the first screen takes a fifth of all tests' time.
    contextOptions: { reducedMotion: 'reduce' },
    // A new window costs more processor time than most tests: each worker has one, which is emptied between tests.
    reuseContext: true,
    // Recording takes time in every test: npm test runs those that failed once more to record them.
    trace: 'off',
    screenshot: 'only-on-failure',
    navigationTimeout: minute,
    launchOptions: {
      executablePath: browser.path,
      chromiumSandbox: canSandbox(),
      args: ['--disable-gpu', ...quietArguments],
    },
  },
  projects: [
    { name: 'parallel', grepInvert: /@timing/ },
    // One by one, and by their lock only while no other test runs.
    { name: 'timing', grep: /@timing/, workers: 1 },
  ],
  webServer: {
    command: `node e2e/support/serve.mjs ${process.env['LITESCOPE_TEST_PORT']} "${servedFolder}"`,
    url: `${address}/`,
    timeout: 5 * minute,
    reuseExistingServer: false,
    stdout: 'pipe',
  },
});
