/**
 * Models behind their detectors, on a camera: what moves and turns keeps its points, in the API and on the page. How far it
 * moves from one frame to the next depends on how many frames the machine keeps up with, so these run alone.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { allowed, deviceTest as test } from './support/devices';
import { bar } from './support/fake-camera';
import { facePhoto } from './support/files';
import { expect, timing } from './support/fixtures';
import { makeTurningFilm, mapIn, turning, type Subject } from './support/turning-film';
import { show } from './support/views';

const sample = (name: string): string => join(fileURLToPath(new URL('..', import.meta.url)), 'public', 'samples', name);

const face: Subject = { name: 'face', path: facePhoto(3), part: { x: 950, y: 110, width: 400, height: 520 }, shown: 220, background: '#808080' };
const hand: Subject = { name: 'hand', path: sample('hand.jpg'), part: { x: 0, y: 0, width: 480, height: 480 }, shown: 200, background: '#fff' };

const body: Subject = { name: 'body', path: sample('body.jpg'), part: { x: 0, y: 0, width: 480, height: 480 }, shown: 260, background: '#fff' };

async function cameraOf(subject: Subject, executablePath: string | undefined): Promise<string[]> {
  return [allowed, '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${await makeTurningFilm(subject, executablePath)}`];
}

interface Tracked {
  /** Of each frame after the first one that was found by its own landmarks: mean distance of its points from where they must be, as a share of the size. */
  readonly errors: readonly number[];
  /** Whether the detector was asked, for each of them. */
  readonly asked: readonly (boolean | undefined)[];
  readonly share: number | null;
  readonly frames: number;
}

/** Streams the camera through a model and its detector, and holds each frame's points against the first one's, moved as the film moves. */
function track(page: Page, models: { readonly model: string; readonly detector: string }, frames: number): Promise<Tracked> {
  const maps = Array.from({ length: turning.frames }, (_, frame) => mapIn(frame));
  return page.evaluate(async ({ models, frames, maps, bar, turning }) => {
    const { litescope } = window;
    const model = await litescope.openFromGallery(models.model);
    const detector = await litescope.openFromGallery(models.detector);
    const source = await litescope.sources.openCamera({ width: turning.width, height: turning.height });
    const context = new OffscreenCanvas(turning.width, turning.height).getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('There is no canvas.');
    const errors: number[] = [];
    const asked: (boolean | undefined)[] = [];
    const seen = new Set<number>();
    let first: { readonly map: (typeof maps)[number]; readonly points: readonly { readonly x: number; readonly y: number }[]; readonly size: number } | null = null;
    let frame = 0;
    return new Promise<Tracked>((resolve, reject) => {
      let stream: Awaited<ReturnType<typeof litescope.stream>>;
      litescope.stream(model.id, source, {
        show: (picture) => {
          context.drawImage(picture, 0, 0);
          picture.close();
          frame = 0;
          for (let bit = 0; bit < bar.bits; bit++) frame = frame * 2 + ((context.getImageData(bit * bar.size + 8, turning.height - bar.size + 8, 1, 1).data[1] ?? 0) > 128 ? 1 : 0);
        },
        onFrame: ({ reply: { decoded, located } }) => {
          const map = maps[frame];
          if (map === undefined) return;
          const found = decoded?.kind === 'landmarks' && (decoded.score ?? 1) >= 0.5 ? decoded.points : null;
          // A detector says roughly where to look, the landmarks exactly.
          if (first === null && found !== null && located?.asked === false) {
            const [xs, ys] = [found.map(({ x }) => x), found.map(({ y }) => y)];
            first = { map, points: found, size: Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) / Math.hypot(map.a, map.b) };
          }
          if (first === null) return;
          asked.push(located?.asked);
          seen.add(frame);
          const { map: from, points, size } = first;
          const determinant = from.a * from.d - from.b * from.c;
          let sum = 0;
          points.forEach((point, index) => {
            // Back to the subject by the first frame's map, and on to this frame by its own.
            const [dx, dy] = [point.x - from.e, point.y - from.f];
            const x = (from.d * dx - from.c * dy) / determinant;
            const y = (from.a * dy - from.b * dx) / determinant;
            const now = found?.[index];
            sum += now === undefined ? Infinity : Math.hypot(now.x - (map.a * x + map.c * y + map.e), now.y - (map.b * x + map.d * y + map.f));
          });
          errors.push(sum / points.length / (size * Math.hypot(map.a, map.b)));
          if (errors.length < frames) return;
          const share = stream.live.figures().detected_share;
          stream.close();
          resolve({ errors, asked, share, frames: seen.size });
        },
        onState: (state) => { if (state.kind === 'interrupted') reject(new Error(JSON.stringify(state))); },
      }, { threads: 1 }, { detector: detector.id }).then((opened) => { stream = opened; }, reject);
    });
  }, { models, frames, maps, bar, turning });
}

function expectTracked({ errors, asked, share, frames }: Tracked): void {
  expect(errors.filter((error) => error < 0.03).length / errors.length).toBeGreaterThanOrEqual(0.95);
  // It is the landmarks that are followed: the detector was not asked for each frame anew.
  expect(asked.filter((each) => each === false).length / asked.length).toBeGreaterThanOrEqual(0.9);
  expect(share).toBeLessThan(0.5);
  expect(frames).toBeGreaterThan(20);
}

test('a face that moves, turns and grows across the camera keeps its mesh', timing, async ({ openWith, launchOptions }) => {
  const page = await openWith(await cameraOf(face, launchOptions.executablePath));
  expectTracked(await track(page, { model: 'face-mesh', detector: 'face-detection-short-range' }, 60));
});

test('so does a body', timing, async ({ openWith, launchOptions }) => {
  const page = await openWith(await cameraOf(body, launchOptions.executablePath));
  expectTracked(await track(page, { model: 'pose-landmarks-lite', detector: 'pose-detection' }, 30));
});

test('so does a hand, and the page tells how often its detector ran', timing, async ({ openWith, launchOptions }) => {
  const page = await openWith(await cameraOf(hand, launchOptions.executablePath));
  expectTracked(await track(page, { model: 'hand-landmarks-lite', detector: 'palm-detection-lite' }, 60));
  await page.reload();
  await page.getByTestId('gallery-hand-landmarks-lite').click();
  await show(page, 'live');
  await expect(page.getByTestId('live-detector')).toBeChecked();
  await page.getByTestId('live-camera').click();
  await expect(page.getByTestId('decoded-list')).toContainText('21 landmarks');
  await expect(page.getByTestId('stage-detect')).toContainText('Detect');
  await expect(page.getByTestId('detected-share')).toContainText('% of frames');
  await page.getByTestId('live-detector').uncheck();
  await expect(page.getByTestId('stage-detect')).toHaveCount(0);
  await expect(page.getByTestId('detected-share')).toHaveCount(0);
});
