/** Counts VideoFrames on a page and in its sessions' workers: how many came, and how many nobody has closed yet. */
import type { Page, Worker } from '@playwright/test';
import { sessionWorker } from './session-worker';

interface Counter {
  readonly seen: number;
  readonly open: number;
}

type Counting = typeof globalThis & { frameCounter: Counter };

/** Runs in a page before anything else: frames that come out of a media track. */
function countInPage(): void {
  let seen = 0;
  let kept: VideoFrame[] = [];
  const prototype = ReadableStreamDefaultReader.prototype as { read(): Promise<ReadableStreamReadResult<unknown>> };
  const read = Reflect.get(prototype, 'read');
  // A frame that was closed, or moved to a worker, has no size.
  const stillOpen = () => { kept = kept.filter(({ codedWidth }) => codedWidth > 0); };
  prototype.read = async function noticing(this: unknown) {
    const result = await (Reflect.apply(read, this, []) as Promise<ReadableStreamReadResult<unknown>>);
    if (result.value instanceof VideoFrame) {
      stillOpen();
      kept.push(result.value);
      seen++;
    }
    return result;
  };
  Object.assign(globalThis, { frameCounter: { get seen() { return seen; }, get open() { stillOpen(); return kept.length; } } });
}

/** Runs in a worker: frames that are moved to it. Those before it are not counted. */
function countInWorker(): void {
  let seen = 0;
  let kept: VideoFrame[] = [];
  const stillOpen = () => { kept = kept.filter(({ codedWidth }) => codedWidth > 0); };
  interface Call { readonly argumentList?: readonly { readonly value?: { readonly frame?: unknown } | null }[] }
  globalThis.addEventListener('message', ({ data }: MessageEvent<Call | null>) => {
    for (const argument of data?.argumentList ?? []) {
      const frame = argument.value?.frame;
      if (!(frame instanceof VideoFrame)) continue;
      stillOpen();
      kept.push(frame);
      seen++;
    }
  });
  Object.assign(globalThis, { frameCounter: { get seen() { return seen; }, get open() { stillOpen(); return kept.length; } } });
}

/** Call it before the page is opened. */
export async function countOpenFrames(page: Page): Promise<{ seen(): Promise<number>; open(): Promise<number> }> {
  const workers: { readonly worker: Worker; readonly ready: Promise<void> }[] = [];
  await page.addInitScript(countInPage);
  page.on('worker', (worker) => {
    if (!sessionWorker.test(worker.url())) return;
    workers.push({ worker, ready: worker.evaluate(countInWorker) });
    worker.on('close', () => { workers.splice(workers.findIndex((each) => each.worker === worker), 1); });
  });
  const read = () => {
    const { seen, open } = (globalThis as Counting).frameCounter;
    return { seen, open };
  };
  return {
    seen: async () => (await page.evaluate(read)).seen,
    async open() {
      const counters = await Promise.all(workers.map(({ worker, ready }) => {
        // A worker that has ended meanwhile has taken its frames along.
        return ready.then(() => worker.evaluate(read)).catch(() => ({ seen: 0, open: 0 }));
      }));
      return [await page.evaluate(read), ...counters].reduce((sum, { open }) => sum + open, 0);
    },
  };
}
