/** Browsers with devices of their own, and what a page needs to try sources out. */
import { chromium, type BrowserContextOptions, type Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { openPage } from './engine';
import { expect, test } from './fixtures';

/** Frames of one grey each, so that a single pixel tells which frame it is. Y of BT.601 in limited range. */
export const greyFilm = { width: 320, height: 240, framesPerSecond: 30, luma: Array.from({ length: 25 }, (_, index) => 16 + index * 9) } as const;

/** Writes the film as raw video (.y4m), which Chromium's fake camera plays over and over. */
export function writeGreyFilm(path: string): void {
  const { width, height, framesPerSecond, luma } = greyFilm;
  const frames = luma.flatMap((y) => [Buffer.from('FRAME\n'), Buffer.alloc(width * height, y), Buffer.alloc((width * height) / 2, 128)]);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`), ...frames]));
}

/** What a canvas shows for a Y of the film. */
export function greyOf(luma: number): number {
  return Math.round(((luma - 16) * 255) / 219);
}

/** Counts the frames of all tracks of a page. */
export interface SourceBench {
  /** Every VideoFrame that came out of a track, whoever read it. */
  readonly seen: VideoFrame[];
  /** Those that are still open. */
  open(): number;
}

declare global {
  interface Window {
    sourceBench: SourceBench;
  }
}

interface Devices {
  /**
   * Starts a browser with these arguments and opens the playground in it.
   * @param context `address` is the origin under which the page believes itself to be
   */
  readonly openWith: (args: readonly string[], context?: BrowserContextOptions & { readonly address?: string }) => Promise<Page>;
}

/** Pages that start with the same care as all others: what they log as an error fails the test. */
export const deviceTest = test.extend<Devices>({
  openWith: async ({ launchOptions, baseURL, expectedConsoleErrors }, use) => {
    const problems: string[] = [];
    const started: { close(): Promise<void> }[] = [];
    await use(async (args, { address, ...options } = {}) => {
      const browser = await chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), ...args] });
      started.push(browser);
      const context = await browser.newContext({ baseURL: address ?? baseURL ?? '', ...options });
      context.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
      context.on('weberror', (error) => { problems.push(error.error().message); });
      if (address !== undefined) {
        await context.route(`${address}/**`, async (route) => {
          const { pathname, search } = new URL(route.request().url());
          await route.fulfill({ response: await route.fetch({ url: new URL(pathname + search, baseURL).href }) });
        });
      }
      await context.addInitScript(() => {
        const seen: VideoFrame[] = [];
        // A test may take it away from the page.
        const Frame = VideoFrame;
        const prototype = ReadableStreamDefaultReader.prototype as { read(): Promise<ReadableStreamReadResult<unknown>> };
        const read = Reflect.get(prototype, 'read');
        prototype.read = async function noticing(this: unknown) {
          const result = await (Reflect.apply(read, this, []) as Promise<ReadableStreamReadResult<unknown>>);
          if (result.value instanceof Frame) seen.push(result.value);
          return result;
        };
        // A closed frame has no size.
        window.sourceBench = { seen, open: () => seen.filter(({ codedWidth }) => codedWidth > 0).length };
      });
      const page = await context.newPage();
      await openPage(page);
      return page;
    });
    for (const browser of started) await browser.close();
    const unexpected = problems.filter((problem) => !expectedConsoleErrors.some((expected) => (typeof expected === 'string' ? problem.includes(expected) : expected.test(problem))));
    expect(unexpected).toEqual([]);
  },
});
