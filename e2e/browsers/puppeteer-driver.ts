import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer-core';
import { type BrowserDriver, patience_ms } from './driver';

const products = { Chromium: 'chrome', Firefox: 'firefox' } as const;

/** A camera that the browser makes up, and that it gives to whoever asks. */
const camera = {
  arguments: ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  preferences: { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true },
};

/** Chromium by its own protocol, Firefox by WebDriver BiDi. @param path of the browser's program */
export async function startWithPuppeteer(name: keyof typeof products, path: string): Promise<BrowserDriver> {
  const browser: Browser = await puppeteer.launch({
    browser: products[name], executablePath: path, headless: true, timeout: patience_ms, protocolTimeout: 3 * patience_ms,
    ...(name === 'Chromium' ? { args: ['--no-sandbox', '--disable-gpu', ...camera.arguments] } : { extraPrefsFirefox: camera.preferences }),
  });
  let profile: BrowserContext | null = null;
  let page: Page = await begin();

  async function begin(): Promise<Page> {
    profile = await browser.createBrowserContext();
    const opened = await profile.newPage();
    await opened.setViewport({ width: 1280, height: 800 });
    return opened;
  }

  const find = (testId: string) => page.waitForSelector(`[data-testid="${testId}"]`, { timeout: patience_ms });
  return {
    name,
    version: await browser.version(),
    open: async (address) => { await page.goto(address, { waitUntil: 'load', timeout: patience_ms }); },
    reload: async () => { await page.reload({ waitUntil: 'load', timeout: patience_ms }); },
    inPage: (work, argument) => page.evaluate(work as (argument: unknown) => never, argument),
    click: async (testId) => {
      const found = await find(testId);
      await found?.scrollIntoView();
      await found?.click();
    },
    choose: async (testId, paths) => {
      const field = await page.waitForSelector(`input[data-testid="${testId}"]`, { timeout: patience_ms });
      await (field as Awaited<ReturnType<typeof page.$<'input'>>>)?.uploadFile(...paths);
    },
    type: async (testId, text) => { await (await find(testId))?.type(text); },
    press: async (key, held) => {
      if (held !== undefined) await page.keyboard.down(held);
      await page.keyboard.press(key);
      if (held !== undefined) await page.keyboard.up(held);
    },
    forget: async () => {
      await profile?.close();
      page = await begin();
    },
    close: () => browser.close(),
  };
}
