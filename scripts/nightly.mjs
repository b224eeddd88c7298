/** `npm run nightly`: what takes too long for every change, which is the stream of ten minutes. */
import { ensureBrowser } from './lib/browser.mjs';
import { heading, runMain } from './lib/console.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runTool } from './lib/processes.mjs';

const soakSeconds = 600;

await runMain(async () => {
  await ensureInstalled();
  const browser = await ensureBrowser({ others: false });
  heading(`A stream of ${soakSeconds / 60} minutes in ${browser.version}`);
  const environment = { LITESCOPE_BROWSER: browser.path, LITESCOPE_SOAK_SECONDS: String(soakSeconds) };
  const { code } = await runTool(['@playwright/test', 'playwright'], ['test', 'soak.spec.ts', '--reporter=list'], { environment });
  return code;
});
