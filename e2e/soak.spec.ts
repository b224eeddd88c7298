/** A stream that runs for minutes: what it holds at the end is what it held when it was warm. */
import type { Page } from '@playwright/test';
import type { ShownFrame } from '../src/engine/live/page/live-types';
import type { Stream } from '../src/engine/live/page/stream';
import { film } from './support/fake-camera';
import { openPage } from './support/engine';
import { expect, test } from './support/fixtures';
import { countOpenFrames } from './support/open-frames';

/** Short with every test run; longer where the environment says so, as by night. */
const seconds = Number(process.env['LITESCOPE_SOAK_SECONDS'] ?? 20);
const samples = 8;

/** What a heap may grow by between the first warm sample and the last, in bytes: less than two frames of 640 × 480. */
const slack_bytes = 2_000_000;

/** A frame that waits, one that the worker has, and one that the track has just delivered. */
const openFrames = 3;

interface Soak {
  readonly seen: { frames: number; wasm_memory_bytes: number; failed: string };
  readonly stream: Stream;
  readonly started_ms: number;
}

type SoakWindow = Window & typeof globalThis & { readonly soak: Soak };
type MeasuredPerformance = Performance & { measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }> };

async function start(page: Page): Promise<void> {
  await page.evaluate(async ({ width, height }) => {
    const { litescope } = window;
    const model = await litescope.openFromGallery('face-detection-short-range');
    const source = await litescope.sources.openCamera({ width, height });
    const seen = { frames: 0, wasm_memory_bytes: 0, failed: '' };
    const stream = await litescope.stream(model.id, source, {
      show: (picture) => { picture.close(); },
      onFrame: ({ reply }: ShownFrame) => {
        seen.frames++;
        seen.wasm_memory_bytes = reply.wasm_memory_bytes;
        reply.preview?.close();
      },
      onState: (state) => { if (state.kind === 'interrupted') seen.failed = state.error.details; },
    }, { threads: 1 }, { settings: { preview: true } });
    Object.assign(window, { soak: { seen, stream, started_ms: performance.now() } });
  }, film);
}

interface Sample {
  readonly frames: number;
  readonly wasm_memory_bytes: number;
  /** The page's, after a collection. */
  readonly heap_bytes: number;
  /** JavaScript's memory of page and workers. */
  readonly memory_bytes: number;
  readonly open: number;
}

test(`a stream of ${seconds} s keeps its memory, closes every frame and says nothing`, async ({ page }) => {
  test.setTimeout((seconds + 180) * 1000);
  const complaints: string[] = [];
  // Chromium says so when a frame or a bitmap is collected that nobody has closed.
  page.on('console', (message) => { if (/without being closed/i.test(message.text())) complaints.push(message.text()); });
  const frames = await countOpenFrames(page);
  await openPage(page);
  const session = await page.context().newCDPSession(page);
  await start(page);

  const taken: Sample[] = [];
  // The first part is for warming up: caches fill, code is compiled.
  for (let sample = 0; sample <= samples; sample++) {
    const until_ms = (((sample + 1) * seconds) / (samples + 1)) * 1000;
    await page.waitForFunction((until) => performance.now() - (window as SoakWindow).soak.started_ms >= until, until_ms, { timeout: (seconds + 60) * 1000, polling: 500 });
    const open = await frames.open();
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { seen, memory_bytes } = await page.evaluate(async () => ({
      seen: { ...(window as SoakWindow).soak.seen }, memory_bytes: (await (performance as MeasuredPerformance).measureUserAgentSpecificMemory()).bytes,
    }));
    expect(seen.failed).toBe('');
    expect(seen.frames).toBeGreaterThan(taken.at(-1)?.frames ?? 0);
    taken.push({ frames: seen.frames, wasm_memory_bytes: seen.wasm_memory_bytes, heap_bytes: usedSize, memory_bytes, open });
  }
  const counts = await page.evaluate(() => {
    const { stream } = (window as SoakWindow).soak;
    stream.close();
    return stream.live.counts;
  });
  await expect.poll(() => frames.open()).toBe(0);
  const warm = taken.slice(1);
  const megabytes = (key: 'heap_bytes' | 'memory_bytes') => warm.map((sample) => (sample[key] / 1e6).toFixed(1)).join(', ');
  const last = warm.at(-1);
  console.log(`soak of ${seconds} s: ${last?.frames} frames, ${counts.dropped} dropped; page's heap ${megabytes('heap_bytes')} MB; page and workers ${megabytes('memory_bytes')} MB; `
    + `WASM ${((last?.wasm_memory_bytes ?? 0) / 1e6).toFixed(1)} MB; open frames ${warm.map(({ open }) => open).join(', ')} of ${await frames.seen()}`);
  expect(new Set(taken.map(({ wasm_memory_bytes }) => wasm_memory_bytes)).size).toBe(1);
  for (const key of ['heap_bytes', 'memory_bytes'] as const) expect((last?.[key] ?? Infinity) - (warm[0]?.[key] ?? 0)).toBeLessThan(slack_bytes);
  expect(Math.max(...taken.map(({ open }) => open))).toBeLessThanOrEqual(openFrames);
  expect(await frames.seen()).toBeGreaterThanOrEqual(counts.processed);
  expect([counts.failed, counts.skipped]).toEqual([0, 0]);
  expect(complaints).toEqual([]);
});
