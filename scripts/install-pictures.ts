/** Takes the pictures of the web manifest, icons and screenshots, from the icon and the built page: `npx tsx scripts/install-pictures.ts` after `npm run build`. */
import { mkdirSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { canSandbox, findBrowser } from './lib/browser.mjs';

const found = await findBrowser();
if (found === null) throw new Error('There is no browser to take pictures with; npm test installs one where it can.');
const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
const browser = await chromium.launch({ executablePath: found.path, chromiumSandbox: canSandbox(), args: ['--disable-gpu'] });
mkdirSync('public/install', { recursive: true });

const icon = readFileSync('public/icon.svg', 'utf8');
// What is cut to a circle or another shape keeps its middle: it has no round corners of its own, and room around the drawing.
const maskable = icon.replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"').replace('<rect width="32" height="32" rx="7"', '<rect x="-4" y="-4" width="40" height="40"');
for (const { name, side, drawing } of [{ name: 'icon-192', side: 192, drawing: icon }, { name: 'icon-512', side: 512, drawing: icon }, { name: 'icon-maskable-512', side: 512, drawing: maskable }]) {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${drawing}`);
  await page.screenshot({ path: `public/install/${name}.png`, omitBackground: true });
  await page.close();
}

for (const { name, viewport } of [{ name: 'wide', viewport: { width: 1280, height: 800 } }, { name: 'narrow', viewport: { width: 412, height: 824 } }]) {
  const page = await browser.newPage({ viewport, colorScheme: 'light' });
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.getByTestId('gallery-face-detection-short-range').click();
  await page.locator('[data-testid=overview][data-phase=done]').waitFor();
  await page.screenshot({ path: `public/install/${name}.jpg`, type: 'jpeg', quality: 80, animations: 'disabled' });
  await page.close();
}
await browser.close();
await server.close();
