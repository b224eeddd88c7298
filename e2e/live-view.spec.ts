/** What a person can do in the Live view and take from it: pictures, recordings, and what a mirror turns. */
import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';
import { bar, cameraArguments, faceIn, film, makeFilm } from './support/fake-camera';
import { openPage } from './support/engine';
import { expect, serveFiles, test as base } from './support/fixtures';

/** The browser's camera shows the film. */
const test = base.extend<object, object>({
  launchOptions: [async ({ launchOptions }, use) => {
    const path = await makeFilm(launchOptions.executablePath);
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...cameraArguments(path)] });
  }, { scope: 'worker' }],
});

async function openLive(page: Page, source: 'live-camera' | 'live-image'): Promise<void> {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await page.getByTestId('view-live').click();
  await page.getByTestId(source).click();
  await expect(page.getByTestId('live')).toContainText('1 face found');
}

async function framesShown(page: Page): Promise<number> {
  return Number((await page.getByTestId('count-processed').innerText()).replaceAll(',', ''));
}

/** Waits for frames that were shown after this call. */
async function moreFrames(page: Page, count: number): Promise<void> {
  const before = await framesShown(page);
  await expect.poll(() => framesShown(page)).toBeGreaterThanOrEqual(before + count);
}

/** What a person's download holds, served to the page that is to look at it. */
async function served(page: Page, download: Download): Promise<{ readonly address: string; readonly bytes: Buffer }> {
  const bytes = readFileSync(await download.path());
  const { addresses: [address = ''] } = await serveFiles(page, [{ name: download.suggestedFilename(), bytes }]);
  return { address, bytes };
}

/** R, G, B, A of the shown picture. */
function shownPixels(page: Page): Promise<{ readonly width: number; readonly height: number; readonly pixels: number[] }> {
  return page.getByTestId('live-picture').evaluate((shown: HTMLCanvasElement) => {
    const { width, height } = shown;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.drawImage(shown, 0, 0);
    return { width, height, pixels: Array.from(context.getImageData(0, 0, width, height).data) };
  });
}

test('a saved picture is the shown one, pixel by pixel', async ({ page }) => {
  await openLive(page, 'live-camera');
  await page.getByTestId('live-pause').click();
  await expect(page.getByTestId('live-step')).toBeVisible();
  const saving = page.waitForEvent('download');
  await page.getByTestId('live-snapshot').click();
  const { address, bytes } = await served(page, await saving);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const saved = await page.evaluate(async (url) => {
    const bitmap = await createImageBitmap(await (await fetch(url)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.drawImage(bitmap, 0, 0);
    return Array.from(context.getImageData(0, 0, bitmap.width, bitmap.height).data);
  }, address);
  const { width, height, pixels } = await shownPixels(page);
  expect([width, height]).toEqual([film.width, film.height]);
  expect(saved.length).toBe(pixels.length);
  expect(saved.findIndex((value, index) => value !== pixels[index])).toBe(-1);
});

test('a recording holds the frames of the film in order, with the boxes over them', async ({ page }) => {
  await openLive(page, 'live-camera');
  await page.getByTestId('live-mirror').uncheck();
  await moreFrames(page, 3);
  const started = Date.now();
  await page.getByTestId('live-record').click();
  await expect(page.getByTestId('live-record')).toHaveText('End recording');
  await moreFrames(page, 40);
  const saving = page.waitForEvent('download');
  await page.getByTestId('live-record').click();
  const download = await saving;
  const recorded_s = (Date.now() - started) / 1000;
  expect(download.suggestedFilename()).toBe('Face-detection-short-range.webm');
  const { address, bytes } = await served(page, download);
  // EBML, which every WebM file begins with.
  expect(bytes.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
  await page.getByTestId('live-stop').click();

  const faces = Array.from({ length: film.frames }, (_, frame) => faceIn(frame));
  const played = await page.evaluate(async ({ url, bar: { bits, size }, known }) => {
    const video = document.createElement('video');
    video.muted = true;
    video.src = URL.createObjectURL(await (await fetch(url)).blob());
    const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('no canvas');
    const frames: { at_s: number; frame: number; green: number; elsewhere: number }[] = [];
    const look = (_now: number, { mediaTime }: { mediaTime: number }) => {
      const { videoWidth: width, videoHeight: height } = video;
      if (context.canvas.width !== width) Object.assign(context.canvas, { width, height });
      context.drawImage(video, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      let frame = 0;
      for (let bit = 0; bit < bits; bit++) frame = frame * 2 + ((data[((height - size / 2) * width + (bit + 0.5) * size) * 4 + 1] ?? 0) > 128 ? 1 : 0);
      const face = known[frame];
      let [green, elsewhere] = [0, 0];
      for (let index = 0; index < data.length; index += 4) {
        const [r = 0, g = 0, b = 0] = data.subarray(index, index + 3);
        if (g - r < 70 || g - b < 40) continue;
        const [x, y] = [(index / 4) % width, Math.floor(index / 4 / width)];
        const near = face !== undefined && x > face.x - 60 && x < face.x + face.width + 60 && y > face.y - 60 && y < face.y + face.height + 60;
        if (near) green++;
        else elsewhere++;
      }
      frames.push({ at_s: mediaTime, frame, green, elsewhere });
      video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
    const ended = new Promise((resolve) => { video.addEventListener('ended', resolve); });
    // Slowly, so that no frame is left out.
    video.playbackRate = 0.5;
    await video.play();
    await ended;
    return { frames, width: video.videoWidth, height: video.videoHeight, duration_s: video.currentTime };
  }, { url: address, bar, known: faces });
  expect([played.width, played.height]).toEqual([film.width, film.height]);
  expect(played.duration_s).toBeGreaterThan(0.5);
  expect(played.duration_s).toBeLessThanOrEqual(recorded_s);
  expect(new Set(played.frames.map(({ frame }) => frame)).size).toBeGreaterThan(10);
  for (const [index, { frame }] of played.frames.entries()) {
    const step = (frame - (played.frames[index - 1]?.frame ?? frame) + film.frames) % film.frames;
    expect(step).toBeLessThan(film.frames / 2);
  }
  // A box of 140 pixels with lines of 3: more than 800 in all, of which compression leaves most.
  const marked = played.frames.filter(({ green, elsewhere }) => green > 400 && elsewhere < 100);
  expect(marked.length / played.frames.length).toBeGreaterThanOrEqual(0.95);
});

test('a mirror turns the picture, and nothing that the model sees', async ({ page }) => {
  await openLive(page, 'live-image');
  const mirror = page.getByTestId('live-mirror');
  await expect(mirror).not.toBeChecked();
  await moreFrames(page, 2);
  const plain = await shownPixels(page);
  const seen = () => page.getByTestId('live-preview').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const seenBefore = await seen();
  await mirror.check();
  await moreFrames(page, 2);
  const turned = await shownPixels(page);
  // A row of the photo above everything that is drawn over it.
  const rowOf = ({ width, pixels }: typeof plain) => Array.from({ length: width }, (_, x) => pixels.slice((2 * width + x) * 4, (2 * width + x) * 4 + 3).join(' '));
  expect(new Set(rowOf(plain)).size).toBeGreaterThan(20);
  expect(rowOf(turned)).toEqual(rowOf(plain).reverse());
  expect(await seen()).toBe(seenBefore);
});

test('caps at one click leave frames out on purpose, and the source’s rate comes back', async ({ page }) => {
  await openLive(page, 'live-camera');
  const rate = async () => Number(await page.getByTestId('live-fps').innerText());
  for (const fps of [5, 15]) {
    await page.getByTestId(`cap-${fps}`).click();
    await expect(page.getByTestId(`cap-${fps}`)).toHaveAttribute('aria-pressed', 'true');
    // The window of five seconds must have passed on.
    await expect.poll(rate, { timeout: 30_000 }).toBeLessThan(fps * 1.1);
  }
  await page.getByTestId('cap-source').click();
  await expect(page.getByTestId('cap-source')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('cap-15')).toHaveAttribute('aria-pressed', 'false');
});
