/** All that the bench needs around its page: a build of it, a server, a browser, and their end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import getPort from 'get-port';
import { build, preview } from 'vite';
import { canSandbox, findBrowser, quietArguments } from '../lib/browser.mjs';
import { SetupError } from '../lib/console.mjs';

export interface Stage {
  /** The browser's name and version, as it tells them itself. */
  readonly browser: string;
  readonly address: string;
  /** A page in a context of its own: nothing is cached yet. */
  newPage(path: string): Promise<Page>;
  /** Ends browser and server and removes the build. May be called twice. */
  close(): Promise<void>;
}

const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url));

/** Builds and starts everything; what was started is stopped when a later step fails. */
export async function openStage(): Promise<Stage> {
  const found = await findBrowser();
  if (found === null) throw new SetupError('There is no browser to measure with; npm test installs one where it can.');
  const outDir = mkdtempSync(join(tmpdir(), 'litescope-bench-'));
  const undo: (() => Promise<void> | void)[] = [() => { rmSync(outDir, { recursive: true, force: true }); }];
  const close = async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    await build({ configFile, logLevel: 'error', build: { outDir } });
    const port = await getPort({ port: 4373, host: '127.0.0.1' });
    const server = await preview({ configFile, logLevel: 'error', build: { outDir }, preview: { host: '127.0.0.1', port, strictPort: true, open: false } });
    undo.push(() => server.close());
    const address = `http://127.0.0.1:${port}`;
    const browser = await chromium.launch({
      executablePath: found.path,
      chromiumSandbox: canSandbox(),
      // The bench ends the browser itself, together with the rest.
      handleSIGINT: false,
      handleSIGTERM: false,
      args: ['--disable-gpu', ...quietArguments],
    });
    undo.push(() => browser.close());
    return {
      browser: found.version,
      address,
      close,
      async newPage(path) {
        const context = await browser.newContext();
        const page = await context.newPage();
        // The TypeScript loader marks functions with a helper that the page does not have.
        await page.addInitScript('globalThis.__name = (marked) => marked');
        await page.goto(address + path);
        return page;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
