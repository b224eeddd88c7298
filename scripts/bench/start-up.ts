import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';
import { findFirefox } from '../lib/other-browsers.mjs';
import type { Stage } from './stage';
import { contestants, type Contestant } from './types';

export interface StartUp {
  /** The browser's name and version. */
  readonly browser: string;
  readonly name: Contestant;
  /** Milliseconds from navigation to the first result, one for each round. */
  readonly samples: number[];
}

interface OpenedPage {
  /** Milliseconds from navigation to the first result. */
  firstResult(): Promise<number>;
  close(): Promise<void>;
}

/** Opens a page whose caches are empty. */
type Opener = (address: string) => Promise<OpenedPage>;

const result = () => (window as Window & { firstResult?: Promise<number> }).firstResult ?? Promise.reject(new Error('The page did not start.'));

async function inTurn(browser: string, address: string, open: Opener, rounds: number): Promise<StartUp[]> {
  const series = contestants.map((name): StartUp => ({ browser, name, samples: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const { name, samples } of round % 2 === 0 ? series : [...series].reverse()) {
      const query = new URLSearchParams({ contestant: name, model: 'face-detection-short-range', file: 'face_detection_short_range.tflite' });
      const page = await open(`${address}/scripts/bench/page/${name === 'readme' ? 'start-up-readme' : 'start-up'}.html?${query}`);
      try {
        samples.push(await page.firstResult());
      } finally {
        await page.close();
      }
    }
  }
  return series;
}

function inFirefox(browser: Browser): Opener {
  return async (address) => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'load' });
    return { firstResult: () => page.evaluate(result), close: () => context.close() };
  };
}

/** Cold opens in turn, in Chromium and, where there is one, in Firefox: every one in a fresh context, whose caches are empty. */
export async function measureStartUp(stage: Stage, rounds: number, step: (text: string) => void): Promise<StartUp[]> {
  step(`${rounds} cold opens each in Chromium`);
  const measured = await inTurn(stage.browser.replace(/ built on.*/, ''), stage.address, async (address) => {
    const page = await stage.newPage(address.slice(stage.address.length));
    return { firstResult: () => page.evaluate(result), close: () => page.context().close() };
  }, rounds);
  const path = findFirefox();
  if (path === null || !existsSync(path)) {
    step('There is no Firefox here: Chromium alone');
    return measured;
  }
  step(`${rounds} cold opens each in Firefox`);
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: path, headless: true });
  try {
    return [...measured, ...await inTurn(await browser.version(), stage.address, inFirefox(browser), rounds)];
  } finally {
    await browser.close();
  }
}
