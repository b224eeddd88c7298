/** Browsers with devices of their own, and what a page needs to try sources out. */
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { openPage } from './engine';
import { madeOnce } from './films';
import { bareTest, endWork, expectClean, watchContext } from './fixtures';

/** Frames of one grey each, so that a single pixel tells which frame it is. Y of BT.601 in limited range. */
export const greyFilm = { width: 320, height: 240, framesPerSecond: 30, luma: Array.from({ length: 25 }, (_, index) => 16 + index * 9) } as const;

/** Launch arguments that make the film the camera, whose use the page has yet to be granted. */
export async function greyCamera(): Promise<string[]> {
  const path = await madeOnce('grey.y4m', () => {
    const { width, height, framesPerSecond, luma } = greyFilm;
    const frames = luma.flatMap((y) => [Buffer.from('FRAME\n'), Buffer.alloc(width * height, y), Buffer.alloc((width * height) / 2, 128)]);
    return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`), ...frames]);
  });
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${path}`];
}

/** Launch arguments by which the browser answers for the person who is asked for a camera or a screen. */
export const [allowed, refused] = ['--use-fake-ui-for-media-stream', '--use-fake-ui-for-media-stream=deny'];

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
  /** Ends when a picture has come ten times at a camera's rate: by then what must not come would have come. */
  tenFrames(): Promise<void>;
}

declare global {
  interface Window {
    sourceBench: SourceBench;
  }
}

interface Devices {
  /**
   * Opens the playground in a browser that was started with these arguments.
   * @param context `address` is the origin under which the page believes itself to be
   */
  readonly openWith: (args: readonly string[], context?: BrowserContextOptions & { readonly address?: string }) => Promise<Page>;
}

interface Watched {
  readonly context: BrowserContext;
  /** Those that no test has answered for yet. */
  readonly problems: string[];
}

interface Started {
  readonly browser: Browser;
  /** The window of all tests that want nothing special of their context. */
  readonly usual: Watched;
}

interface Browsers {
  /** One browser for each list of arguments, started when it is first asked for. */
  readonly browserWith: (args: readonly string[]) => Promise<Started>;
}

async function newContext(browser: Browser, options: BrowserContextOptions): Promise<Watched> {
  const context = await browser.newContext(options);
  const problems = await watchContext(context);
  await context.addInitScript(countFrames);
  return { context, problems };
}

/** Runs in a page before anything else. */
function countFrames(): void {
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
  window.sourceBench = {
    seen,
    // A closed frame has no size.
    open: () => seen.filter(({ codedWidth }) => codedWidth > 0).length,
    async tenFrames() {
      const canvas = new OffscreenCanvas(1, 1);
      canvas.getContext('2d');
      const source = await window.litescope.sources.openPicture(await canvas.convertToBlob(), 'clock.png', 30);
      let heard = 0;
      await new Promise<void>((resolve, reject) => {
        source.start({
          onFrame: (frame) => {
            frame.drop();
            if (++heard === 10) resolve();
          },
          onEnd: reject,
        });
      });
      source.close();
    },
  };
}

/** Pages that start with the same care as all others: what they log as an error fails the test. */
export const deviceTest = bareTest.extend<Devices, Browsers>({
  browserWith: [async ({ launchOptions }, use, { project }) => {
    const all = new Map<string, Promise<Started>>();
    const start = async (args: readonly string[]): Promise<Started> => {
      const browser = await chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), ...args] });
      const usual = await newContext(browser, { baseURL: project.use.baseURL ?? '' });
      await usual.context.newPage();
      return { browser, usual };
    };
    await use((args) => {
      const key = args.join(' ');
      const started = all.get(key) ?? start(args);
      all.set(key, started);
      return started;
    });
    for (const started of all.values()) await (await started).browser.close();
  }, { scope: 'worker' }],

  openWith: async ({ browserWith, baseURL, expectedConsoleErrors }, use) => {
    const watched: Watched[] = [];
    const own: BrowserContext[] = [];
    await use(async (args, { address, ...options } = {}) => {
      const { browser, usual } = await browserWith(args);
      const isUsual = address === undefined && Object.keys(options).length === 0;
      const opened = isUsual ? usual : await newContext(browser, { baseURL: address ?? baseURL ?? '', ...options });
      const { context } = opened;
      watched.push(opened);
      if (!isUsual) own.push(context);
      if (address !== undefined) {
        await context.route(`${address}/**`, async (route) => {
          const { pathname, search } = new URL(route.request().url());
          await route.fulfill({ response: await route.fetch({ url: new URL(pathname + search, baseURL).href }) });
        });
      }
      const page = context.pages()[0] ?? await context.newPage();
      await openPage(page);
      return page;
    });
    for (const { context } of watched) {
      if (own.includes(context)) await context.close();
      else await endWork(context);
    }
    expectClean(watched.flatMap(({ problems }) => problems.splice(0)), expectedConsoleErrors);
  },
});
