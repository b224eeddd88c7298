import type { Page } from '@playwright/test';
import { bar, faceIn, film } from './support/fake-camera';
import { openPage } from './support/engine';
import { expect, test } from './support/fixtures';
import { configure, show } from './support/views';

type Box = ReturnType<typeof faceIn>;

function overlap(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x));
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}

interface Seen {
  /** The film's frame, read from the picture itself. */
  readonly frame: number;
  readonly boxes: readonly Box[];
  readonly stages: Readonly<Record<string, number>>;
  readonly latency_ms: number;
  /** Means of a mask, 0 to 255: over the known face, and over the corner that has most of it. */
  readonly face: number;
  readonly corners: number;
}

interface Watched {
  readonly seen: readonly Seen[];
  readonly counts: Readonly<Record<'received' | 'processed' | 'dropped' | 'skipped' | 'failed' | 'waiting' | 'inFlight', number>>;
  readonly way: string;
}

/** Streams the camera through a gallery model until so many frames were shown. */
function watch(page: Page, request: { model: string; runtime: 'tfjs-tflite' | 'litert'; frames: number; way?: 'video-callback' }): Promise<Watched> {
  const faces = Array.from({ length: film.frames }, (_, frame) => faceIn(frame));
  return page.evaluate(async ({ asked, faces, bar, film }) => {
    const { litescope } = window;
    const model = await litescope.openFromGallery(asked.model);
    const source = await litescope.sources.openCamera({ width: film.width, height: film.height, ...(asked.way === undefined ? {} : { way: asked.way }) });
    const canvas = new OffscreenCanvas(film.width, film.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('There is no canvas.');
    const meanOf = (x: number, y: number, width: number, height: number) => {
      const { data } = context.getImageData(Math.round(x), Math.round(y), Math.round(width), Math.round(height));
      let sum = 0;
      for (let index = 1; index < data.length; index += 4) sum += data[index] ?? 0;
      return sum / (data.length / 4);
    };
    const seen: Seen[] = [];
    let latest = 0;
    return new Promise<Watched>((resolve, reject) => {
      const watcher = {
        show: (picture: ImageBitmap) => {
          context.drawImage(picture, 0, 0);
          picture.close();
          latest = 0;
          for (let bit = 0; bit < bar.bits; bit++) latest = latest * 2 + (meanOf(bit * bar.size + 4, film.height - bar.size + 4, 8, 8) > 128 ? 1 : 0);
        },
        onFrame: ({ reply, stages, latency_ms }: Parameters<NonNullable<Parameters<typeof litescope.stream>[2]['onFrame']>>[0]) => {
          const face = faces[latest] ?? { x: 0, y: 0, width: 1, height: 1 };
          const { decoded } = reply;
          /** Mean of the mask, 0 to 255, over a part of the frame. */
          const maskOver = (x: number, y: number, width: number, height: number) => {
            if (decoded?.kind !== 'mask') return 0;
            const { mask, placement } = decoded;
            const [left, right] = [x, x + width].map((edge) => Math.round(edge * placement.scaleX + placement.offsetX)) as [number, number];
            const [top, bottom] = [y, y + height].map((edge) => Math.round(edge * placement.scaleY + placement.offsetY)) as [number, number];
            let sum = 0;
            for (let row = top; row < bottom; row++) for (let column = left; column < right; column++) {
              // What the model does not see is no part of the mask.
              if (column >= 0 && column < decoded.width) sum += mask[row * decoded.width + column] ?? 0;
            }
            return sum / ((bottom - top) * (right - left));
          };
          seen.push({
            frame: latest,
            boxes: reply.decoded?.kind === 'detections' ? reply.decoded.detections.map(({ box }) => ({ ...box })) : [],
            stages: { ...stages },
            latency_ms,
            face: maskOver(face.x + face.width * 0.2, face.y + face.height * 0.2, face.width * 0.6, face.height * 0.6),
            corners: Math.max(...[[0, 0], [film.width - 40, 0], [film.width - 40, film.height - 40]].map(([x = 0, y = 0]) => maskOver(x, y, 40, 40))),
          });
          if (seen.length < asked.frames) return;
          const { counts } = stream.live;
          stream.close();
          resolve({ seen, counts, way: source.way });
        },
        onState: (state: { kind: string }) => { if (state.kind === 'interrupted') reject(new Error(JSON.stringify(state))); },
      };
      let stream: Awaited<ReturnType<typeof litescope.stream>>;
      litescope.stream(model.id, source, watcher, { runtime: asked.runtime, threads: 1 }, { fallback: false }).then((opened) => { stream = opened; }, reject);
    });
  }, { asked: request, faces, bar, film });
}

function expectToAddUp({ seen, counts }: Watched): void {
  const { received, processed, dropped, skipped, failed, waiting, inFlight } = counts;
  expect(processed + dropped + skipped + failed + waiting + inFlight).toBe(received);
  expect([skipped, failed]).toEqual([0, 0]);
  expect(processed).toBe(seen.length);
  for (const { stages, latency_ms } of seen) {
    expect(Object.values(stages).reduce((sum, stage) => sum + stage, 0)).toBeCloseTo(latency_ms, 3);
    // Page and worker share one clock, to within its resolution.
    for (const stage of Object.values(stages)) expect(stage).toBeGreaterThan(-1);
    expect(stages['invoke']).toBeGreaterThan(0);
  }
}

for (const runtime of ['tfjs-tflite', 'litert'] as const) {
  test(`boxes follow a face that moves across the camera’s frame, on ${runtime}`, async ({ page }) => {
    await openPage(page);
    const watched = await watch(page, { model: 'face-detection-short-range', runtime, frames: 80 });
    expect(watched.way).toBe('track-processor');
    expectToAddUp(watched);
    const found = watched.seen.filter(({ frame, boxes }) => boxes.some((box) => overlap(box, faceIn(frame)) >= 0.5));
    expect(found.length / watched.seen.length).toBeGreaterThanOrEqual(0.95);
    expect(new Set(watched.seen.map(({ frame }) => frame)).size).toBeGreaterThan(20);
  });
}

test('boxes follow the face in pictures of the playing video too, for browsers without track processors', async ({ page }) => {
  await openPage(page);
  const watched = await watch(page, { model: 'face-detection-short-range', runtime: 'tfjs-tflite', frames: 30, way: 'video-callback' });
  expect(watched.way).toBe('video-callback');
  expectToAddUp(watched);
  const found = watched.seen.filter(({ frame, boxes }) => boxes.some((box) => overlap(box, faceIn(frame)) >= 0.5));
  expect(found.length / watched.seen.length).toBeGreaterThanOrEqual(0.95);
});

test('the selfie mask covers the face and not the corners, live', async ({ page }) => {
  await openPage(page);
  const watched = await watch(page, { model: 'selfie-segmentation', runtime: 'litert', frames: 40 });
  expectToAddUp(watched);
  const right = watched.seen.filter(({ face, corners }) => face > 200 && corners < 30);
  expect(right.length / watched.seen.length).toBeGreaterThanOrEqual(0.95);
});

test('a person starts the camera, pauses, steps, switches the model and stops', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await show(page, 'live');
  await page.getByTestId('live-camera').click();
  const shown = page.getByTestId('count-processed');
  await expect(shown).not.toHaveText('0');
  await expect(page.getByTestId('live-ran')).toContainText('640 × 480 pixels');
  await expect(page.getByTestId('live')).toContainText('1 face found');

  await page.getByTestId('live-pause').click();
  await expect(page.getByTestId('live-step')).toBeVisible();
  const count = async () => Number((await shown.innerText()).replaceAll(',', ''));
  // Figures are read four times a second: two equal readings mean that nothing moves.
  await expect(async () => {
    const before = await count();
    await expect(shown).toHaveText(new Intl.NumberFormat('en').format(before));
    await page.getByTestId('live-step').click();
    await expect.poll(count, { timeout: 3000 }).toBe(before + 1);
  }).toPass();
  await page.getByTestId('live-resume').click();

  const snapshot = page.waitForEvent('download');
  await page.getByTestId('live-snapshot').click();
  expect((await snapshot).suggestedFilename()).toBe('Face-detection-short-range.png');

  // Another runtime takes the running stream over, and so does another source.
  await configure(page, { runtime: 'litert' }, page.getByTestId('live'));
  await expect(page.getByTestId('live-ran')).toContainText('litert');
  await page.getByTestId('live-image').click();
  await expect(page.getByTestId('live-ran')).toContainText('Sample photo');
  const before = await count();
  await expect.poll(count).toBeGreaterThan(before);
  await page.getByTestId('live-stop').click();
  await expect(page.getByTestId('live-figures')).toHaveCount(0);
  await expect(page.getByTestId('live-camera')).toBeVisible();
});

test('a model that is opened takes the running stream over', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-selfie-segmentation').click();
  await show(page, 'overview');
  await page.getByRole('button', { name: 'Open model' }).click();
  await page.getByTestId('gallery-face-detection-short-range').click();
  await show(page, 'live');
  await page.getByTestId('live-camera').click();
  await expect(page.getByTestId('live')).toContainText('1 face found');
  await page.getByRole('navigation', { name: 'Open models' }).getByText('Selfie segmentation', { exact: true }).click();
  await expect(page.getByTestId('live-ran')).toContainText('litert');
  await expect(page.getByTestId('live')).toContainText('Mask of 256 × 256 pixels');
  // Looking away turns the camera off.
  await show(page, 'graph');
  await show(page, 'live');
  await expect(page.getByTestId('live')).toContainText('Frames will run here');
});
