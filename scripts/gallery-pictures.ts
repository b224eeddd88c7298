/**
 * Takes the pictures of the start page, after `npm run build`: `npx tsx scripts/gallery-pictures.ts`. Each model of the
 * gallery runs in the built page on its sample, and what the page draws of its result is kept in public/gallery.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium, type JSHandle, type Locator, type Page } from '@playwright/test';
import { preview } from 'vite';
import { canSandbox, findBrowser } from './lib/browser.mjs';

/** Pixels a side: what a card shows, on a screen of two pixels for each of its own. */
const side = 400;
const largest_bytes = 14_000;
/** The square of a sample that is worth seeing in a card, in parts of its width. All of it for those that are square. */
const squares: Readonly<Record<string, { readonly left: number; readonly top: number; readonly size: number }>> = {
  'Sample photo': { left: 0.09, top: 0.02, size: 0.82 },
};

interface Taken {
  readonly picture: Buffer;
  /** Of the sample, and of what was found in it: both as the page says them. */
  readonly sample: string;
  readonly result: string;
  /** Of the model. */
  readonly sha256: string;
}

/** A square of what the page shows, or of a picture that it has, small enough for a card. */
async function small(shown: Locator | string, page: Page, sample: string): Promise<Buffer> {
  const options = { square: squares[sample] ?? { left: 0, top: 0, size: 1 }, side, largest_bytes };
  const source: JSHandle<HTMLCanvasElement | ImageBitmap> = typeof shown === 'string'
    ? await page.evaluateHandle(async (address) => createImageBitmap(await (await fetch(address)).blob()), shown)
    : await shown.evaluateHandle((canvas: HTMLCanvasElement) => canvas);
  const base64 = await source.evaluate(async (picture, { square: { left, top, size }, side, largest_bytes }) => {
    const drawn = new OffscreenCanvas(side, side);
    const pen = drawn.getContext('2d');
    if (pen === null) throw new Error('The browser gave no canvas.');
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(picture, left * picture.width, top * picture.width, size * picture.width, size * picture.width, 0, 0, side, side);
    for (let quality = 0.9; quality > 0.3; quality -= 0.05) {
      const blob = await drawn.convertToBlob({ type: 'image/webp', quality });
      if (blob.size > largest_bytes) continue;
      let text = '';
      for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
      return btoa(text);
    }
    throw new Error(`No quality makes a picture of at most ${largest_bytes} bytes.`);
  }, options);
  return Buffer.from(base64, 'base64');
}

async function take(page: Page, id: string): Promise<Taken> {
  await page.getByTestId(`gallery-${id}`).click();
  await page.getByTestId('run').click();
  const canvas = page.getByTestId('overview').getByTestId('decoded-canvas');
  await canvas.waitFor();
  // The canvas is there before the picture below its drawing is decoded.
  await page.waitForFunction((shown) => shown instanceof HTMLCanvasElement && (shown.getContext('2d')?.getImageData(2, shown.height - 2, 1, 1).data[3] ?? 0) > 0, await canvas.elementHandle());
  const label = await canvas.locator('..').getAttribute('aria-label') ?? '';
  const [sample = '', result = ''] = label.split(/: (.*)/s);
  const sha256 = await page.evaluate(() => window.litescope.models()[0]?.sha256 ?? '');
  return { picture: await small(canvas, page, sample), sample, result, sha256 };
}

const found = await findBrowser();
if (found === null) throw new Error('There is no browser to take pictures with; npm test installs one where it can.');
const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({ executablePath: found.path, chromiumSandbox: canSandbox(), args: ['--disable-gpu'] });
// Lines and labels are of one width on the screen: this scale leaves them readable in a small card.
const page = await browser.newPage({ viewport: { width: 1440, height: 1200 }, deviceScaleFactor: 1.25 });
await page.addInitScript(() => { localStorage.setItem('litescope.by-itself', 'off'); });
await page.goto(address);
await page.getByTestId('gallery-digits').waitFor();
const ids = await page.evaluate(async () => (await window.litescope.gallery()).map(({ id }) => id));
mkdirSync('public/gallery', { recursive: true });
// What the models were given where they found a face, for the picture of how one works.
writeFileSync('public/gallery/photo.webp', await small('samples/grace-hopper.jpg', page, 'Sample photo'));
const facts: Record<string, Omit<Taken, 'picture'>> = {};
for (const id of ids) {
  await page.goto(address);
  const { picture, ...rest } = await take(page, id);
  writeFileSync(`public/gallery/${id}.webp`, picture);
  facts[id] = rest;
  console.log(`${id}: ${rest.sample}, ${rest.result}; ${picture.length} bytes`);
}
writeFileSync('src/app/start/result-pictures.json', `${JSON.stringify({ side, pictures: facts }, null, 2)}\n`);
await browser.close();
await server.close();
