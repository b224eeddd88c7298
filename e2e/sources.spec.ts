/** Where frames come from, in a real browser with a fake camera that plays a known film. */
import type { Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import type { SerializedError } from '../src/errors';
import type { FrameSource, FrameWay, SourceKind } from '../src/vision/sources/page/types';
import { allowed, deviceTest as test, greyCamera, greyFilm, greyOf, refused } from './support/devices';
import { expect } from './support/fixtures';

const ways = ['track-processor', 'video-callback'] as const;
const levels = greyFilm.luma.map(greyOf);

type Opening =
  | { readonly kind: 'camera'; readonly options?: Parameters<Window['litescope']['sources']['openCamera']>[0] }
  | { readonly kind: 'screen'; readonly way?: FrameWay }
  | { readonly kind: 'video' | 'picture'; readonly text: string };

/** Opens a source that must fail, and gives the error. */
async function openingError(page: Page, opening: Opening): Promise<Pick<SerializedError, 'code' | 'details'>> {
  return page.evaluate(async (asked) => {
    const { sources } = window.litescope;
    const open = (): Promise<FrameSource> => {
      if (asked.kind === 'camera') return sources.openCamera(asked.options);
      if (asked.kind === 'screen') return sources.openScreen({ way: asked.way });
      const file = new Blob([asked.text]);
      return asked.kind === 'video' ? sources.openVideo(file, 'broken.mp4') : sources.openPicture(file, 'broken.png');
    };
    const error: unknown = await open().then((source) => { source.close(); }, (thrown: unknown) => thrown);
    if (!(error instanceof Error) || !('serialize' in error)) throw new Error(`no typed error: ${String(error)}`);
    const { code, details } = (error as Error & { serialize(): SerializedError }).serialize();
    return { code, details };
  }, opening);
}

interface Watched {
  readonly facts: { readonly kind: SourceKind; readonly name: string; readonly way: FrameWay; readonly clock: string; readonly width: number; readonly height: number; readonly frameRate: number | null; readonly facesPerson: boolean };
  /** What the taken frames are, and the grey of each one's middle. */
  readonly frames: readonly { readonly type: string; readonly width: number; readonly height: number; readonly grey: number; readonly captured_ms: number; readonly arrived_ms: number }[];
  readonly opened_ms: number;
  readonly dropped: number;
  /** Frames heard after the source was closed. */
  readonly late: number;
  readonly ends: number;
  readonly open: number;
}

/** Opens the source that `open` names, takes every second frame until there are `count`, and closes it. */
async function watch(page: Page, kind: 'camera' | 'screen' | 'video' | 'picture', way: FrameWay, count: number): Promise<Watched> {
  return page.evaluate(async ({ asked, by, enough }) => {
    const { sources } = window.litescope;

    /** Less than a second of video in four greys, recorded here: the browser brings its own encoder and no file is needed. */
    const record = async (): Promise<Blob> => {
      const canvas = document.createElement('canvas');
      canvas.width = 320;
      canvas.height = 240;
      const context = canvas.getContext('2d', { alpha: false });
      if (context === null) throw new Error('no canvas');
      const paint = (grey: number) => { context.fillStyle = `rgb(${grey} ${grey} ${grey})`; context.fillRect(0, 0, 320, 240); };
      paint(40);
      const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm;codecs=vp8', videoBitsPerSecond: 2_000_000 });
      const parts: Blob[] = [];
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
      const stopped = new Promise((resolve) => { recorder.addEventListener('stop', resolve); });
      recorder.start();
      for (let picture = 0; picture < 48; picture++) {
        paint(40 + 50 * Math.floor(picture / 12));
        await new Promise(requestAnimationFrame);
      }
      recorder.stop();
      await stopped;
      return new Blob(parts, { type: 'video/webm' });
    };
    const draw = async (): Promise<Blob> => {
      const canvas = new OffscreenCanvas(33, 17);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.fillStyle = 'rgb(90 90 90)';
      context.fillRect(0, 0, 33, 17);
      return canvas.convertToBlob();
    };
    const open = async (): Promise<FrameSource> => {
      if (asked === 'camera') return sources.openCamera({ way: by });
      if (asked === 'screen') return sources.openScreen({ way: by });
      if (asked === 'video') return sources.openVideo(await record(), 'greys.webm', { way: by });
      return sources.openPicture(await draw(), 'grey.png', 50);
    };

    const opened_ms = performance.now();
    const source = await open();
    const looker = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (looker === null) throw new Error('no canvas');
    const frames: { type: string; width: number; height: number; grey: number; captured_ms: number; arrived_ms: number }[] = [];
    let [heard, dropped, late, ends, closed] = [0, 0, 0, 0, false];
    await new Promise<void>((resolve, reject) => {
      source.start({
        onFrame: (frame) => {
          const arrived_ms = performance.now();
          heard += 1;
          if (closed) late += 1;
          if (closed || heard % 2 === 0) {
            dropped += 1;
            frame.drop();
            return;
          }
          frame.take().then((picture) => {
            const [width, height] = 'displayWidth' in picture ? [picture.displayWidth, picture.displayHeight] : [picture.width, picture.height];
            looker.drawImage(picture, Math.floor(width / 2), Math.floor(height / 2), 1, 1, 0, 0, 1, 1);
            const type = picture.constructor.name;
            frames.push({ type, width, height, grey: looker.getImageData(0, 0, 1, 1).data[0] ?? -1, captured_ms: frame.captured_ms, arrived_ms });
            picture.close();
            if (frames.length === enough) resolve();
          }, (error: unknown) => { if (!closed) reject(error instanceof Error ? error : new Error(String(error))); });
        },
        onEnd: (error) => { ends += 1; reject(error); },
      });
    });
    const { kind: sourceKind, name, way: sourceWay, clock, width, height, frameRate, facesPerson } = source;
    closed = true;
    source.close();
    source.close();
    await window.sourceBench.tenFrames();
    return { facts: { kind: sourceKind, name, way: sourceWay, clock, width, height, frameRate, facesPerson }, frames, opened_ms, dropped, late, ends, open: window.sourceBench.open() };
  }, { asked: kind, by: way, enough: count });
}

/** What holds for every source. */
function expectSound({ frames, opened_ms, late, ends, open, dropped }: Watched, count: number): void {
  expect([frames.length, late, ends, open]).toEqual([count, 0, 0, 0]);
  expect(dropped).toBeGreaterThanOrEqual(count - 1);
  for (const [index, { captured_ms, arrived_ms }] of frames.entries()) {
    expect(captured_ms).toBeLessThanOrEqual(arrived_ms);
    expect(captured_ms).toBeGreaterThan(frames[index - 1]?.captured_ms ?? opened_ms - 1000);
  }
}

for (const way of ways) {
  test(`a camera by ${way} delivers the film, with times of capture`, async ({ openWith }) => {
    const page = await openWith([...await greyCamera(), allowed]);
    const watched = await watch(page, 'camera', way, 20);
    expectSound(watched, 20);
    expect(watched.facts).toMatchObject({ kind: 'camera', way, clock: way === 'track-processor' ? 'timestamp' : 'capture', width: 320, height: 240, frameRate: 30, facesPerson: true });
    expect(watched.facts.name).toContain('grey.y4m');
    for (const { type, width, height, grey } of watched.frames) {
      expect([type, width, height]).toEqual(['VideoFrame', 320, 240]);
      expect(Math.min(...levels.map((level) => Math.abs(level - grey)))).toBeLessThanOrEqual(2);
    }
    expect(new Set(watched.frames.map(({ grey }) => grey)).size).toBeGreaterThan(5);
  });

  test(`a video file by ${way} plays over and over`, async ({ openWith }) => {
    const page = await openWith([...await greyCamera(), allowed]);
    // Forty of every second frame of some sixteen: it has begun again at least three times.
    const watched = await watch(page, 'video', way, 40);
    expectSound(watched, 40);
    expect(watched.facts).toMatchObject({ kind: 'video', name: 'greys.webm', way, clock: way === 'track-processor' ? 'timestamp' : 'arrival', width: 320, height: 240, facesPerson: false });
    const greys = watched.frames.map(({ grey }) => grey);
    // Lossy, in four greys 50 apart; a fall of the brightness is where it began again.
    for (const grey of greys) expect(Math.min(...[40, 90, 140, 190].map((level) => Math.abs(level - grey)))).toBeLessThanOrEqual(8);
    expect(greys.filter((grey, index) => grey < (greys[index - 1] ?? 0) - 60).length).toBeGreaterThanOrEqual(2);
  });

  test(`a shared screen by ${way} delivers its picture`, async ({ openWith }) => {
    const page = await openWith([...await greyCamera(), allowed]);
    const watched = await watch(page, 'screen', way, 3);
    expectSound(watched, 3);
    expect(watched.facts).toMatchObject({ kind: 'screen', name: 'Screen', way, width: 1280, height: 720, facesPerson: false });
  });

  test(`a camera by ${way} that is taken away ends the source, and another one can be opened`, async ({ openWith }) => {
    const page = await openWith(await greyCamera(), { permissions: ['camera'] });
    const started = page.evaluate(async (by) => {
      const source = await window.litescope.sources.openCamera({ way: by });
      return new Promise<{ code: string; details: string; framesAfter: number; open: number }>((resolve) => {
        let [frames, ended] = [0, false];
        source.start({
          onFrame: (frame) => {
            frames += 1;
            frame.drop();
            if (frames === 5) document.title = 'running';
            if (ended) throw new Error('a frame came after the end');
          },
          onEnd: ({ code, details }) => {
            ended = true;
            const before = frames;
            void window.sourceBench.tenFrames().then(() => { resolve({ code, details, framesAfter: frames - before, open: window.sourceBench.open() }); });
          },
        });
      });
    }, way);
    await expect(page).toHaveTitle('running');
    // The person takes the permission back: the browser ends the camera's track.
    await page.context().clearPermissions();
    expect(await started).toEqual({ code: 'SOURCE_LOST', details: 'The camera was disconnected or taken away.', framesAfter: 0, open: 0 });
    expect((await openingError(page, { kind: 'camera', options: { way } })).code).toBe('CAMERA_DENIED');
    await page.context().grantPermissions(['camera']);
    expectSound(await watch(page, 'camera', way, 3), 3);
  });
}

test('browsers without VideoFrame hand out bitmaps', async ({ openWith }) => {
  const page = await openWith([...await greyCamera(), allowed]);
  await page.evaluate(() => { Reflect.deleteProperty(window, 'VideoFrame'); });
  for (const [kind, way, greys] of [['camera', 'video-callback', levels], ['picture', 'timer', [90]]] as const) {
    const watched = await watch(page, kind, way, 10);
    expectSound(watched, 10);
    for (const { type, grey } of watched.frames) {
      expect(type).toBe('ImageBitmap');
      expect(Math.min(...greys.map((level) => Math.abs(level - grey)))).toBeLessThanOrEqual(2);
    }
  }
});

test('a picture is repeated, pixel by pixel', async ({ openWith }) => {
  const page = await openWith([...await greyCamera(), allowed]);
  const watched = await watch(page, 'picture', 'timer', 10);
  expectSound(watched, 10);
  expect(watched.facts).toEqual({ kind: 'picture', name: 'grey.png', way: 'timer', clock: 'arrival', width: 33, height: 17, frameRate: 50, facesPerson: false });
  expect(watched.frames.map(({ type, width, height, grey }) => [type, width, height, grey])).toEqual(Array.from({ length: 10 }, () => ['VideoFrame', 33, 17, 90]));
});

test('closing at any moment leaves no frame open', async ({ openWith }) => {
  const page = await openWith([...await greyCamera(), allowed]);
  const { open, seen, after } = await page.evaluate(async () => {
    let after = 0;
    for (let stop = 0; stop < 12; stop++) {
      const source = await window.litescope.sources.openCamera({ way: 'track-processor' });
      let [heard, closed] = [0, false];
      await new Promise<void>((resolve) => {
        const close = () => {
          closed = true;
          source.close();
          resolve();
        };
        source.start({
          onFrame: (frame) => {
            if (closed) after += 1;
            heard += 1;
            frame.drop();
            // Within the delivery, right after it, and while the next frame may be on its way.
            if (heard > stop / 3) {
              if (stop % 3 === 0) close();
              else if (stop % 3 === 1) queueMicrotask(close);
              else requestAnimationFrame(() => { requestAnimationFrame(close); });
            }
          },
          onEnd: () => undefined,
        });
      });
    }
    await window.sourceBench.tenFrames();
    return { open: window.sourceBench.open(), seen: window.sourceBench.seen.length, after };
  });
  expect([open, after]).toEqual([0, 0]);
  expect(seen).toBeGreaterThan(12);
});

test('a camera gives the size that it has where it does not have the one that is wished', async ({ openWith }) => {
  const page = await openWith([...await greyCamera(), allowed]);
  const sizes = await page.evaluate(async () => {
    const { sources } = window.litescope;
    const [camera] = await sources.listCameras();
    const found: unknown[] = [camera?.label.includes('grey.y4m')];
    for (const wish of [{ width: 160, height: 120 }, { width: 1920, height: 1080, facing: 'environment' as const }, { deviceId: camera?.deviceId, frameRate: 15 }]) {
      const source = await sources.openCamera(wish);
      found.push([source.width, source.height, source.frameRate]);
      source.close();
    }
    return found;
  });
  expect(sizes).toEqual([true, [160, 120, 30], [320, 240, 30], [320, 240, 15]]);
  expect(await openingError(page, { kind: 'camera', options: { deviceId: 'another' } })).toEqual({ code: 'NO_CAMERA', details: 'The chosen camera is not connected.' });
  expect((await openingError(page, { kind: 'camera', options: { width: 0 } })).code).toBe('INVALID_CONFIGURATION');
  expect((await openingError(page, { kind: 'camera', options: { way: 'timer' } })).code).toBe('INVALID_CONFIGURATION');
});

test('cameras that come and go are heard until one stops listening', async ({ openWith }) => {
  const page = await openWith([...await greyCamera(), allowed]);
  expect(await page.evaluate(() => {
    let heard = 0;
    const stop = window.litescope.sources.watchCameras(() => { heard += 1; });
    const change = () => navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    change();
    change();
    stop();
    change();
    return heard;
  })).toBe(2);
});

test('a refused camera and a refused screen say so, and other sources stay available', async ({ openWith }) => {
  const page = await openWith([...await greyCamera(), refused]);
  expect((await openingError(page, { kind: 'camera' })).code).toBe('CAMERA_DENIED');
  expect((await openingError(page, { kind: 'screen' })).code).toBe('SCREEN_REFUSED');
  expectSound(await watch(page, 'picture', 'timer', 3), 3);
});

test('without a camera the error says so, and the list is empty', async ({ openWith }) => {
  const page = await openWith(['--use-fake-device-for-media-stream=device-count=0', allowed]);
  expect(await page.evaluate(() => window.litescope.sources.listCameras())).toEqual([]);
  expect((await openingError(page, { kind: 'camera' })).code).toBe('NO_CAMERA');
});

test('a camera that another program holds is busy', async ({ openWith }) => {
  const page = await openWith([...await greyCamera(), allowed]);
  // The fake camera can be had any number of times: what a held one answers is put in its place.
  for (const name of ['NotReadableError', 'AbortError']) {
    await page.evaluate((thrown) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Could not start video source', thrown));
    }, name);
    expect(await openingError(page, { kind: 'camera' })).toEqual({ code: 'CAMERA_BUSY', details: 'Could not start video source' });
  }
});

/** Opens a camera that goes away by itself, and gives the code of the error by which that is told, at the opening or at the end. */
async function lossOf(page: Page, way: FrameWay): Promise<string> {
  return page.evaluate(async (by) => {
    try {
      const source = await window.litescope.sources.openCamera({ way: by });
      return await new Promise<string>((resolve) => {
        source.start({ onFrame: (frame) => { frame.drop(); }, onEnd: ({ code }) => { resolve(code); } });
      });
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
  }, way);
}

for (const way of ways) {
  test(`a camera by ${way} that breaks as it starts is busy or lost, as it happens`, async ({ openWith }) => {
    const path = test.info().outputPath('short.y4m');
    // Chromium's fake camera gives up at a frame that is cut off, before or after the page has its track.
    writeFileSync(path, Buffer.concat([Buffer.from('YUV4MPEG2 W320 H240 F30:1 Ip A1:1 C420jpeg\nFRAME\n'), Buffer.alloc(1000)]));
    const page = await openWith(['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${path}`, allowed]);
    expect(['CAMERA_BUSY', 'SOURCE_LOST']).toContain(await lossOf(page, way));
  });

  test(`a camera by ${way} that is gone before anybody could listen is lost`, async ({ openWith }) => {
    const page = await openWith([...await greyCamera(), allowed]);
    await page.evaluate(() => {
      const devices = navigator.mediaDevices;
      const ask = devices.getUserMedia.bind(devices);
      devices.getUserMedia = async (constraints) => {
        const stream = await ask(constraints);
        for (const track of stream.getTracks()) track.stop();
        return stream;
      };
    });
    expect(await lossOf(page, way)).toBe('SOURCE_LOST');
  });
}

test('files that are no video and no picture are refused', async ({ openWith }) => {
  const page = await openWith([...await greyCamera(), allowed]);
  expect((await openingError(page, { kind: 'video', text: 'not a video' })).code).toBe('INVALID_VIDEO');
  expect((await openingError(page, { kind: 'picture', text: 'not a picture' })).code).toBe('INVALID_IMAGE');
});

test.describe('on an insecure page', () => {
  // What the browser says of the headers that it does not follow there.
  test.use({ expectedConsoleErrors: [/Cross-Origin-Opener-Policy/] });

  test('there is no capture, and pictures still work', async ({ openWith }) => {
    const page = await openWith([...await greyCamera(), allowed], { address: 'http://litescope.test' });
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    expect((await openingError(page, { kind: 'camera' })).code).toBe('NO_CAPTURE');
    expect((await openingError(page, { kind: 'screen' })).code).toBe('NO_CAPTURE');
    expect(await page.evaluate(() => window.litescope.sources.listCameras().then(() => null, (error: { code?: string }) => error.code))).toBe('NO_CAPTURE');
    expectSound(await watch(page, 'picture', 'timer', 3), 3);
  });
});
