import type { ShownFrame } from '../src/engine/stream/live-types';
import { cameraArguments, film, makeFilm } from './support/fake-camera';
import { openPage } from './support/engine';
import { expect, test as base } from './support/fixtures';

const test = base.extend<object, object>({
  launchOptions: [async ({ launchOptions }, use) => {
    const path = await makeFilm(launchOptions.executablePath);
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...cameraArguments(path)] });
  }, { scope: 'worker' }],
});

/** Two minutes with every test run; more where the environment says so, as by night. */
const seconds = Number(process.env['LITESCOPE_SOAK_SECONDS'] ?? 120);
const samples = 8;

/** What the page's heap may grow by between its first and its last sample, in bytes: less than two frames of 640 × 480. */
const slack_bytes = 2_000_000;

test(`a stream of ${seconds} s keeps its memory, closes every frame and says nothing`, async ({ page }) => {
  test.setTimeout((seconds + 120) * 1000);
  const complaints: string[] = [];
  // Chromium says so when a frame or a bitmap is collected that nobody has closed.
  page.on('console', (message) => { if (/without being closed/i.test(message.text())) complaints.push(message.text()); });
  await openPage(page);
  const session = await page.context().newCDPSession(page);
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
    Object.assign(window, { soak: { seen, stream } });
  }, film);

  const taken: { frames: number; wasm_memory_bytes: number; heap_bytes: number }[] = [];
  // The first part is for warming up: caches fill, code is compiled.
  for (let sample = 0; sample <= samples; sample++) {
    const until = ((sample + 1) * seconds) / (samples + 1);
    await page.waitForFunction((frames) => (window as unknown as { soak: { seen: { frames: number } } }).soak.seen.frames >= frames, Math.floor(until * film.framesPerSecond * 0.8), { timeout: (seconds + 60) * 1000, polling: 500 });
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const seen = await page.evaluate(() => ({ ...(window as unknown as { soak: { seen: { frames: number; wasm_memory_bytes: number; failed: string } } }).soak.seen }));
    expect(seen.failed).toBe('');
    taken.push({ frames: seen.frames, wasm_memory_bytes: seen.wasm_memory_bytes, heap_bytes: usedSize });
  }
  const counts = await page.evaluate(() => {
    const { stream } = (window as unknown as { soak: { stream: Awaited<ReturnType<typeof window.litescope.stream>> } }).soak;
    stream.close();
    return stream.live.counts;
  });
  const [first, ...later] = taken;
  const last = later.at(-1);
  console.log(`soak: ${last?.frames} frames, heap ${later.map(({ heap_bytes }) => (heap_bytes / 1e6).toFixed(1)).join(', ')} MB, WASM ${((last?.wasm_memory_bytes ?? 0) / 1e6).toFixed(1)} MB, dropped ${counts.dropped}`);
  expect(new Set(taken.map(({ wasm_memory_bytes }) => wasm_memory_bytes))).toEqual(new Set([first?.wasm_memory_bytes]));
  expect((last?.heap_bytes ?? Infinity) - (later[0]?.heap_bytes ?? 0)).toBeLessThan(slack_bytes);
  expect(counts.failed).toBe(0);
  expect(complaints).toEqual([]);
});
