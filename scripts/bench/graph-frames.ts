/**
 * How evenly the graph moves under the hand: `npx tsx scripts/bench/graph-frames.ts`. The built page in a real browser, real
 * input events, and the times between its animation frames. Without a graphics card, so that all is drawn by the processor.
 */
import { chromium, type Page } from '@playwright/test';
import getPort from 'get-port';
import { preview } from 'vite';
import { canSandbox, findBrowser, quietArguments } from '../lib/browser.mjs';
import { ensureBuild } from '../lib/build.mjs';
import { SetupError } from '../lib/console.mjs';

const duration_ms = 2000;
/** Of a frame that came in time on a screen of 60 Hz, with what a timer may be off. */
const inTime_ms = 1000 / 60 + 2;
const models = [['face-detection-short-range', false], ['pose-landmarks-heavy', false], ['pose-landmarks-heavy', true]] as const;

interface Middle { readonly x: number; readonly y: number }

type Move = (page: Page, middle: Middle, step: number) => Promise<void>;
const follow: Move = (page, { x, y }, step) => page.mouse.move(x + Math.sin(step / 20) * 300, y - Math.sin(step / 33) * 250);
const moves: Readonly<Record<string, { readonly start?: (page: Page) => Promise<void>; readonly move: Move; readonly end?: (page: Page) => Promise<void> }>> = {
  'drag': { start: (page) => page.mouse.down(), move: follow, end: (page) => page.mouse.up() },
  'wheel': { move: (page, _, step) => page.mouse.wheel(Math.sin(step / 20) * 20, Math.cos(step / 30) * 30) },
  'zoom': { start: (page) => page.keyboard.down('Control'), move: (page, _, step) => page.mouse.wheel(0, Math.sin(step / 25) * 40), end: (page) => page.keyboard.up('Control') },
  'hover': { move: follow },
};

/** Times between animation frames while something is done with the page. */
async function framesDuring(page: Page, work: () => Promise<void>): Promise<readonly number[]> {
  // As text: the TypeScript loader marks functions with a helper that the page does not have.
  await page.evaluate(`{
    const times = globalThis.frameTimes = [];
    let last = 0;
    const tick = (now) => { if (last > 0) times.push(now - last); last = now; globalThis.frameHandle = requestAnimationFrame(tick); };
    globalThis.frameHandle = requestAnimationFrame(tick);
  }`);
  await work();
  return await page.evaluate('(cancelAnimationFrame(globalThis.frameHandle), globalThis.frameTimes)');
}

function row(name: string, view: string, frames: readonly number[]): string {
  const sorted = [...frames].sort((one, other) => one - other);
  const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(1).padStart(8);
  const inTime = frames.filter((each) => each <= inTime_ms).length / frames.length;
  const perSecond = 1000 * frames.length / frames.reduce((total, each) => total + each, 0);
  return `  ${name.padEnd(8)}${view.padEnd(10)}${perSecond.toFixed(1).padStart(8)}${at(0.5)}${at(0.95)}${at(1)}${`${(100 * inTime).toFixed(0)} %`.padStart(10)}`;
}

const found = await findBrowser();
if (found === null) throw new SetupError('There is no browser to measure with; npm test installs one where it can.');
await ensureBuild();
const port = await getPort({ port: 4573, host: '127.0.0.1' });
const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port, strictPort: true, open: false } });
const browser = await chromium.launch({ executablePath: found.path, chromiumSandbox: canSandbox(), args: ['--disable-gpu', ...quietArguments] });
try {
  for (const [model, unfolded] of models) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.getByTestId(`gallery-${model}`).click();
    await page.getByTestId('view-graph').click();
    const view = page.getByTestId('graph-view');
    await page.getByTestId('graph-minimap').waitFor();
    if (unfolded) {
      const folded = await view.getAttribute('data-ops');
      await page.getByTestId('graph-more').locator('summary').click();
      await page.getByTestId('graph-fold').uncheck();
      // What runs in the page later than the call that brings it there, its content security policy forbids.
      await page.locator(`[data-testid=graph-view]:not([data-ops="${folded}"])`).waitFor();
    }
    console.log(`\n${model}, ${await view.getAttribute('data-ops')} ops drawn\n  ${'move'.padEnd(8)}${'view'.padEnd(10)}${'fps'.padStart(8)}${'median'.padStart(8)}${'p95'.padStart(8)}${'max ms'.padStart(8)}${'in time'.padStart(10)}`);
    const box = await page.getByTestId('graph-surface').boundingBox();
    if (box === null) throw new Error('The graph is not seen.');
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    for (const seen of ['readable', 'whole']) {
      if (seen === 'whole') await page.getByTestId('graph-fit').click();
      for (const [name, { start, move, end }] of Object.entries(moves)) {
        await page.mouse.move(middle.x, middle.y);
        const frames = await framesDuring(page, async () => {
          await start?.(page);
          const began = performance.now();
          for (let step = 1; performance.now() - began < duration_ms; step++) await move(page, middle, step);
          await end?.(page);
        });
        console.log(row(name, seen, frames));
      }
    }
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
