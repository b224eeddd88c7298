import { defineConfig } from '@playwright/test';
import getPort from 'get-port';

import { canSandbox, findBrowser } from './scripts/lib/browser.mjs';
import { SetupError } from './scripts/lib/console.mjs';

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
  // Inference times are part of what is tested: two tests at once would disturb each other.
  workers: 1,
  fullyParallel: false,
  // A test that passes at the second try hides a defect.
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 2 * minute,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL: address,
    headless: true,
    // Screenshots for every step would take a core from what is measured.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true },
    screenshot: 'only-on-failure',
    navigationTimeout: minute,
    launchOptions: {
      executablePath: browser.path,
      chromiumSandbox: canSandbox(),
      args: [
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
  projects: [{ name: 'chromium' }],
  webServer: {
    command: `node scripts/lib/build.mjs && npx vite preview --host 127.0.0.1 --port ${process.env['LITESCOPE_TEST_PORT']} --strictPort`,
    url: `${address}/`,
    timeout: 5 * minute,
    reuseExistingServer: false,
    stdout: 'pipe',
  },
});
