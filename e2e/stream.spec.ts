/** A live stream under exchange of everything it is made of, by the page's automation API. */
import type { JSHandle, Page } from '@playwright/test';
import type { OpenModel } from '../src/api';
import type { FrameCounts } from '../src/engine/live/page/live-types';
import type { Stream } from '../src/engine/live/page/stream';
import { openPage } from './support/engine';
import { expect, test } from './support/fixtures';
import { sessionWorker } from './support/session-worker';

interface Shown {
  readonly number: number;
  readonly kind: string;
  readonly width: number;
  readonly latency_ms: number;
  readonly stages_ms: number;
  readonly smallestStage_ms: number;
  readonly counts: FrameCounts & { readonly waiting: number; readonly inFlight: number };
}

interface Bench {
  readonly stream: Stream;
  readonly shown: Shown[];
  readonly states: string[];
  readonly face: OpenModel;
  readonly selfie: OpenModel;
}

/** Streams the sample photo, as if a camera looked at it, through short-range face detection. */
function start(page: Page): Promise<JSHandle<Bench>> {
  return page.evaluateHandle(async () => {
    const { litescope } = window;
    const face = await litescope.openFromGallery('face-detection-short-range');
    const selfie = await litescope.openFromGallery('selfie-segmentation');
    const photo = await (await fetch('samples/grace-hopper.jpg')).blob();
    const source = await litescope.sources.openPicture(photo, 'photo');
    const shown: Shown[] = [];
    const states: string[] = [];
    let width = 0;
    const stream: Stream = await litescope.stream(face.id, source, {
      show: (picture) => {
        ({ width } = picture);
        picture.close();
      },
      onFrame: ({ reply, stages, latency_ms }) => {
        const all = Object.values(stages);
        shown.push({
          number: reply.number, kind: reply.decoded?.kind ?? 'nothing', width, latency_ms, stages_ms: all.reduce((sum, stage) => sum + stage, 0),
          smallestStage_ms: Math.min(...all), counts: stream.live.counts,
        });
      },
      onState: (state) => { states.push(state.kind === 'interrupted' ? state.error.code : state.kind); },
    }, { runtime: 'tfjs-tflite', threads: 1 }, { fallback: false });
    return { stream, shown, states, face, selfie };
  });
}

/** Waits for five frames more, and gives the latest. */
async function latestOf(bench: JSHandle<Bench>): Promise<Shown> {
  const shown = () => bench.evaluate((held) => held.shown.length);
  const before = await shown();
  await expect.poll(shown).toBeGreaterThanOrEqual(before + 5);
  return bench.evaluate((held) => held.shown.at(-1) as Shown);
}

/** Workers that hold a model. */
function sessionsOf(page: Page): number {
  return page.workers().filter((worker) => sessionWorker.test(worker.url())).length;
}

test('a stream goes on through other runtimes, threads, models and sources, and leaves no worker behind', async ({ page }) => {
  await openPage(page);
  const bench = await start(page);
  expect(await latestOf(bench)).toMatchObject({ kind: 'detections', width: 512 });
  await expect.poll(() => sessionsOf(page)).toBe(1);

  for (const configuration of [{ runtime: 'litert', threads: 1 }, { runtime: 'litert', threads: 2 }, { runtime: 'tfjs-tflite', threads: 2 }] as const) {
    const ran = await bench.evaluate(async ({ stream, face }, asked) => {
      await window.litescope.switchStream(stream, face.id, asked, { fallback: false });
      return stream.configuration;
    }, configuration);
    expect(ran).toMatchObject(configuration);
    expect(await latestOf(bench)).toMatchObject({ kind: 'detections' });
    await expect.poll(() => sessionsOf(page)).toBe(1);
  }

  await bench.evaluate(({ stream, selfie }) => window.litescope.switchStream(stream, selfie.id, { runtime: 'litert', threads: 1 }));
  expect(await latestOf(bench)).toMatchObject({ kind: 'mask' });
  await expect.poll(() => sessionsOf(page)).toBe(1);

  // What cannot be opened changes nothing.
  const refusal = await bench.evaluate(({ stream, selfie }) => window.litescope.switchStream(stream, selfie.id, { runtime: 'tfjs-tflite', threads: 1 }, { fallback: false })
    .then(() => 'none', (error: unknown) => (error as { code: string }).code));
  expect(refusal).toBe('UNSUPPORTED_OP');
  expect(await latestOf(bench)).toMatchObject({ kind: 'mask' });
  await expect.poll(() => sessionsOf(page)).toBe(1);

  await bench.evaluate(async ({ stream }) => { stream.live.useSource(await window.litescope.sources.openCamera({ width: 640, height: 480 })); });
  expect(await latestOf(bench)).toMatchObject({ kind: 'mask', width: 640 });

  // A model that is closed takes its session with it; another one brings the stream back.
  expect(await bench.evaluate(({ states }) => states)).toEqual([]);
  await bench.evaluate(({ selfie }) => { window.litescope.close(selfie.id); });
  await expect.poll(() => bench.evaluate(({ states }) => states)).toEqual(['SESSION_CLOSED']);
  await expect.poll(() => sessionsOf(page)).toBe(0);
  await bench.evaluate(({ stream, face }) => window.litescope.switchStream(stream, face.id, { runtime: 'tfjs-tflite', threads: 1 }));
  expect(await latestOf(bench)).toMatchObject({ kind: 'detections', width: 640 });

  const end = await bench.evaluate(({ stream, shown, states }) => {
    stream.close();
    return { shown, states };
  });
  expect(end.states).toEqual(['SESSION_CLOSED', 'running', 'closed']);
  await expect.poll(() => sessionsOf(page)).toBe(0);

  for (const { counts, latency_ms, stages_ms, smallestStage_ms } of end.shown) {
    const { received, processed, dropped, skipped, failed, waiting, inFlight } = counts;
    expect(processed + dropped + skipped + failed + waiting + inFlight).toBe(received);
    expect(stages_ms).toBeCloseTo(latency_ms, 3);
    // Page and worker share one clock, to within its resolution.
    expect(smallestStage_ms).toBeGreaterThan(-1);
  }
  expect(end.shown.map(({ counts }) => counts.processed)).toEqual(end.shown.map((_, index) => index + 1));
  // Each of the six sessions counts its own frames, and each one that was exchanged lost at most the one that it held.
  expect(end.shown.filter(({ number }) => number === 1)).toHaveLength(6);
  expect(end.shown.at(-1)?.counts.failed).toBeLessThanOrEqual(6);
});

test('a stream that is paused takes one frame a step, and settings hold from the next frame on', async ({ page }) => {
  await openPage(page);
  const bench = await start(page);
  await latestOf(bench);
  // The frame in flight is still shown after the pause.
  await bench.evaluate(({ stream }) => { stream.live.pause(); });
  await expect.poll(() => bench.evaluate(({ stream }) => stream.live.counts.inFlight)).toBe(0);
  const before = await bench.evaluate(({ stream }) => stream.live.counts);
  await bench.evaluate(({ stream }) => {
    const { settings } = stream.live;
    stream.live.apply({ ...settings, decoder: undefined, preview: true });
    stream.live.step();
  });
  await expect.poll(() => bench.evaluate(({ stream }) => stream.live.counts.processed)).toBe(before.processed + 1);
  // Ten more frames come and are left out.
  await expect.poll(() => bench.evaluate(({ stream }) => stream.live.counts.received)).toBeGreaterThan(before.received + 10);
  const after = await bench.evaluate(({ stream, shown }) => ({ counts: stream.live.counts, latest: shown.at(-1) as Shown }));
  expect(after.counts).toMatchObject({ processed: before.processed + 1, dropped: before.dropped, failed: 0, inFlight: 0 });
  expect(after.latest.kind).toBe('nothing');
  await bench.evaluate(({ stream }) => { stream.live.resume(); });
  await latestOf(bench);
  await bench.evaluate(({ stream }) => { stream.close(); });
});
