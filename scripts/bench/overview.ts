/**
 * From a model that is dropped to what a person came for: `npx tsx scripts/bench/overview.ts [--rounds 3]`. The built page in
 * a real browser, each time in a context of its own, over loopback.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { median } from 'd3-array';
import getPort from 'get-port';
import { preview } from 'vite';
import { parseCatalogue } from '../../src/gallery/shared/catalogue';
import { ensureBuild } from '../lib/build.mjs';
import { canSandbox, findBrowser, quietArguments } from '../lib/browser.mjs';
import { SetupError } from '../lib/console.mjs';
import { root } from '../lib/processes.mjs';
import { layOut } from './tables';

/** Larger ones are given more time than the ten seconds that this measures. */
const largest_bytes = 8e6;
const parts = ['tile-latency', 'tile-ops', 'tile-threads', 'tile-smaller'];

interface Times {
  /** Milliseconds from the drop to the result of the first run, and to each tile in the order of `parts`. */
  readonly result_ms: number;
  readonly tiles_ms: readonly number[];
}

async function measureOnce(browser: Browser, address: string, path: string): Promise<Times> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(address);
    // As text: the TypeScript loader marks functions with a helper that the page does not have. Looks at each frame.
    await page.evaluate(`globalThis.overviewTimes = {};
      addEventListener('change', () => {
        const began = performance.now();
        const seen = (name, there) => { if (there && !(name in overviewTimes)) overviewTimes[name] = performance.now() - began; };
        const look = () => {
          seen('result', document.querySelector('[data-testid=overview] :is([data-testid=decoded-list], [data-testid=plain-outputs])') !== null);
          for (const tile of document.querySelectorAll('[data-testid=overview] article')) seen(tile.dataset.testid, tile.dataset.filled === 'true');
          requestAnimationFrame(look);
        };
        look();
      }, { capture: true, once: true });`);
    await page.getByTestId('open-file').setInputFiles({ name: basename(path), mimeType: 'application/octet-stream', buffer: readFileSync(path) });
    await page.locator('[data-testid=overview][data-phase=done]').waitFor({ timeout: 120_000 });
    const times = await page.evaluate<Record<string, number>>('overviewTimes');
    return { result_ms: times['result'] ?? NaN, tiles_ms: parts.map((part) => times[part] ?? NaN) };
  } finally {
    await context.close();
  }
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const rounds = Number(values.rounds);
const found = await findBrowser();
if (found === null) throw new SetupError('There is no browser to measure with; npm test installs one where it can.');
await ensureBuild();
const port = await getPort({ port: 4673, host: '127.0.0.1' });
const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port, strictPort: true, open: false } });
const browser = await chromium.launch({ executablePath: found.path, chromiumSandbox: canSandbox(), args: ['--disable-gpu', ...quietArguments] });
try {
  const { models } = parseCatalogue(JSON.parse(readFileSync(join(root, 'models', 'catalog.json'), 'utf8')));
  const rows: string[][] = [];
  for (const { file, title, bytes } of models.filter((model) => model.bytes <= largest_bytes)) {
    const samples: Times[] = [];
    for (let round = 0; round < rounds; round++) samples.push(await measureOnce(browser, `http://127.0.0.1:${port}/`, join(root, 'dist', 'models', file)));
    const seconds = (of: (times: Times) => number) => ((median(samples, of) ?? NaN) / 1000).toFixed(1);
    rows.push([title, `${(bytes / 1e6).toFixed(1)} MB`, seconds(({ result_ms }) => result_ms), ...parts.map((_, index) => seconds(({ tiles_ms }) => tiles_ms[index] ?? NaN)), seconds(({ tiles_ms }) => Math.max(...tiles_ms))]);
  }
  console.log(`Seconds from the drop to what stands on the page, median of ${rounds}. Aims: the result in 3, the scorecard in 10.\n`);
  console.log(layOut(['model', 'size', 'result', 'latency', 'ops', 'threads', 'int8', 'scorecard'], rows, 2));
} finally {
  await browser.close();
  await server.close();
}
