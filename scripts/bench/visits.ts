/**
 * What the service worker costs the first visit, and what a second one takes: `npx tsx scripts/bench/visits.ts [--rounds 5]`.
 * The built page in a real browser, each first visit in a context of its own, from a host behind a line of 20 Mbit/s.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { median } from 'd3-array';
import getPort from 'get-port';
import { ensureBuild } from '../lib/build.mjs';
import { canSandbox, findBrowser, quietArguments } from '../lib/browser.mjs';
import { SetupError } from '../lib/console.mjs';
import { root } from '../lib/processes.mjs';
import { buildHeaders } from '../vite/security';
import { layOut } from './tables';

/** Of the line: how long an answer takes to begin, and how fast it comes. */
const latency_ms = 40;
const bytesPerMillisecond = 2500;

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.json': 'application/json' };

/** A host as `_headers` asks for one, behind a line that all its answers share. */
async function hostBehindLine(port: number): Promise<Server> {
  let lineFree = 0;
  const line = () => new Transform({
    transform(chunk: Buffer, _, done) {
      lineFree = Math.max(lineFree, performance.now()) + chunk.length / bytesPerMillisecond;
      void pause(lineFree - performance.now()).then(() => { done(null, chunk); });
    },
  });
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
    const path = join(root, 'dist', name);
    const found = statSync(path, { throwIfNoEntry: false });
    void pause(latency_ms).then(async () => {
      if (found?.isFile() !== true) {
        response.writeHead(404).end();
        return;
      }
      const caching = /^(assets|runtimes)\//.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.writeHead(200, { ...buildHeaders, 'Cache-Control': caching, 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Content-Length': found.size });
      // Whoever closes a page breaks its answers off.
      await pipeline(createReadStream(path), line(), response).catch(() => undefined);
    });
  });
  await new Promise<void>((done) => { server.listen(port, '127.0.0.1', done); });
  return server;
}

/** Milliseconds from the navigation to the first result, as the page's own clock has it. */
async function timeVisit(page: Page, address: string): Promise<number> {
  await page.goto(address);
  await page.locator('[data-testid=overview][data-phase=done]').waitFor({ timeout: 120_000 });
  return await page.evaluate<number>('firstResult');
}

interface Visits {
  readonly first_ms: number;
  readonly second_ms: number;
  /** Without a network; null without a service worker. */
  readonly offline_ms: number | null;
}

async function visit(browser: Browser, address: string, served: boolean): Promise<Visits> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    // As text: the TypeScript loader marks functions with a helper that the page does not have. Looks at each frame.
    await context.addInitScript(`localStorage.setItem('litescope.offline', '${served ? 'on' : 'off'}');
      const look = () => {
        if (document.querySelector('[data-testid=overview] [data-testid=decoded-list]') !== null) globalThis.firstResult ??= performance.now();
        else requestAnimationFrame(look);
      };
      look();`);
    const page = await context.newPage();
    const first_ms = await timeVisit(page, address);
    if (served) {
      // Until what the visit used is kept.
      await page.evaluate(async () => {
        for (;;) {
          const name = (await caches.keys()).find((each) => each.startsWith('litescope-models'));
          if (name !== undefined && (await (await caches.open(name)).keys()).length > 0) return;
          await new Promise((resolve) => { setTimeout(resolve, 100); });
        }
      });
    }
    await page.goto('about:blank');
    const second_ms = await timeVisit(page, address);
    if (!served) return { first_ms, second_ms, offline_ms: null };
    await page.goto('about:blank');
    await context.setOffline(true);
    return { first_ms, second_ms, offline_ms: await timeVisit(page, address) };
  } finally {
    await context.close();
  }
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
const found = await findBrowser();
if (found === null) throw new SetupError('There is no browser to measure with; npm test installs one where it can.');
await ensureBuild();
const port = await getPort({ port: 4773, host: '127.0.0.1' });
const server = await hostBehindLine(port);
const browser = await chromium.launch({ executablePath: found.path, chromiumSandbox: canSandbox(), args: ['--disable-gpu', ...quietArguments] });
try {
  const series = [{ name: 'without a service worker', served: false, visits: [] as Visits[] }, { name: 'with it', served: true, visits: [] as Visits[] }];
  for (let round = 0; round < rounds; round++) {
    for (const { served, visits } of round % 2 === 0 ? series : [...series].reverse()) visits.push(await visit(browser, `http://127.0.0.1:${port}/?model=face-detection-short-range`, served));
  }
  const figure = (visits: readonly Visits[], of: (visits: Visits) => number | null) => median(visits, (each) => of(each) ?? NaN) ?? NaN;
  const rows = series.map(({ name, visits }) => [name, ...[({ first_ms }: Visits) => first_ms, ({ second_ms }: Visits) => second_ms, ({ offline_ms }: Visits) => offline_ms].map((of) => {
    const value = figure(visits, of);
    return Number.isNaN(value) ? '' : value.toFixed(0);
  })]);
  console.log(`Milliseconds from the navigation to the first result, median of ${rounds}, over ${(bytesPerMillisecond * 8) / 1000} Mbit/s and ${latency_ms} ms.\n`);
  console.log(layOut(['', 'first visit', 'second', 'offline'], rows, 1));
  const [without, served] = series.map(({ visits }) => visits);
  if (without === undefined || served === undefined) throw new Error('Nothing was measured.');
  const first = figure(served, ({ first_ms }) => first_ms);
  console.log(`\nThe first visit with it takes ${(first / figure(without, ({ first_ms }) => first_ms)).toFixed(3)} of that without (aim: at most 1.05); a second one ${(figure(served, ({ second_ms }) => second_ms) / first).toFixed(2)} of the first, ${(figure(served, ({ offline_ms }) => offline_ms) / first).toFixed(2)} without a network (aim: at most 0.5).`);
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
