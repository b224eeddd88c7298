import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { type BrowserDriver, patience_ms } from './driver';

const products = { Chromium: 'chrome', Firefox: 'firefox' } as const;

/** Chromium by its own protocol, Firefox by WebDriver BiDi. @param path of the browser's program */
export async function startWithPuppeteer(name: keyof typeof products, path: string): Promise<BrowserDriver> {
  const browser: Browser = await puppeteer.launch({
    browser: products[name], executablePath: path, headless: true, timeout: patience_ms, protocolTimeout: 4 * patience_ms,
    args: name === 'Chromium' ? ['--no-sandbox', '--disable-gpu'] : [],
  });
  const page: Page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
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
      const field = await page.$(`input[data-testid="${testId}"]`);
      await (field as Awaited<ReturnType<typeof page.$<'input'>>>)?.uploadFile(...paths);
    },
    press: (key) => page.keyboard.press(key),
    close: () => browser.close(),
  };
}
