/** Takes the README's pictures from the built page: `npx tsx scripts/screenshots.ts` after `npm run build`. */
import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { canSandbox, findBrowser } from './lib/browser.mjs';

const found = await findBrowser();
if (found === null) throw new Error('There is no browser to take pictures with; npm test installs one where it can.');
const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
const browser = await chromium.launch({ executablePath: found.path, chromiumSandbox: canSandbox(), args: ['--disable-gpu'] });
mkdirSync('docs', { recursive: true });
for (const colorScheme of ['light', 'dark'] as const) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme });
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.getByTestId('gallery-face-detection-short-range').click();
  await page.locator('[data-testid=overview][data-phase=done]').waitFor();
  await page.screenshot({ path: `docs/screenshot-${colorScheme}.png`, animations: 'disabled' });
  await page.close();
}
await browser.close();
await server.close();
