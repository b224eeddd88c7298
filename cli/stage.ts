/** The built page in a headless browser, and everything's end. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type LaunchOptions, type Page } from 'playwright-core';
import { canSandbox, findBrowser, quietArguments } from '../scripts/lib/browser.mjs';
import { commandLine as text } from '../src/messages/command-line';
import { currentLanguage } from '../src/messages/messages';
import type { Progress } from '../src/studies/progress';
import { UsageError } from './errors';
import { addPageSide } from './page-side';
import { startServer } from './server';

export interface StageOptions {
  /** `chrome`, `chromium`, `edge`, or a program's path; whatever this system has when left out. */
  readonly browser?: string | undefined;
  /** A browser elsewhere: an address for Playwright's `connect` (ws://…). */
  readonly connect?: string | undefined;
  /** A browser elsewhere: the address of a Selenium Grid (http://…). */
  readonly grid?: string | undefined;
  /** How a browser elsewhere reaches this machine. */
  readonly host?: string | undefined;
}

export interface Stage {
  readonly page: Page;
  /** Lets the page read a file. @returns its address in the page */
  share(path: string): string;
  onProgress: ((progress: Progress) => void) | null;
  /** Ends browser and server; may be called twice. */
  close(): Promise<void>;
}

const products: Readonly<Record<string, RegExp>> = { chrome: /google.?chrome/i, chromium: /chromium/i, edge: /edge/i };

/** @throws UsageError when there is none */
async function programOf(name: string | undefined): Promise<string> {
  const product = name === undefined ? undefined : products[name.toLowerCase()];
  if (name !== undefined && product === undefined) {
    if (!existsSync(name)) throw new UsageError(text.noProgram(name));
    return name;
  }
  const found = await findBrowser(product);
  if (found === null) throw new UsageError(text.noBrowser(name ?? null));
  return found.path;
}

async function openBrowser(options: StageOptions, address: string): Promise<Browser> {
  const { connect, grid } = options;
  try {
    // The forwarding makes this machine's own address mean this machine over there, too.
    if (connect !== undefined) return await chromium.connect(connect, { exposeNetwork: '<loopback>', timeout: 30_000 });
    // The command line ends the browser itself, together with the rest.
    const launch: LaunchOptions = { headless: true, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false, args: quietArguments };
    if (grid === undefined) return await chromium.launch({ ...launch, executablePath: await programOf(options.browser), chromiumSandbox: canSandbox() });
    // Playwright takes a Grid from the environment only.
    process.env['SELENIUM_REMOTE_URL'] = grid;
    return await chromium.launch({ ...launch, args: [...quietArguments, `--unsafely-treat-insecure-origin-as-secure=${new URL(address).origin}`] });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(text.browserDoesNotStart(error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)));
  }
}

/** @param folder the built page */
export async function openStage(folder: string, options: StageOptions): Promise<Stage> {
  if (!existsSync(join(folder, 'index.html'))) throw new UsageError(text.notBuilt(folder));
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    const server = await startServer(folder, options.host);
    undo.push(() => server.close());
    const browser = await openBrowser(options, server.address);
    undo.push(() => browser.close().catch(() => undefined));
    const page = await browser.newPage();
    const stage: Stage = { page, share: (path) => server.share(path), onProgress: null, close };
    await page.exposeFunction('litescopeProgress', (progress: Progress) => { stage.onProgress?.(progress); });
    // A page that is used once has no use for what it would keep.
    await page.addInitScript(() => { localStorage.setItem('litescope.offline', 'off'); });
    await page.addInitScript(addPageSide);
    // What the page says of a model is passed on.
    await page.goto(`${server.address}?lang=${currentLanguage()}`);
    await page.waitForFunction(() => 'litescope' in window);
    return stage;
  } catch (error) {
    await close();
    throw error;
  }
}
