import { readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { eventually, textOf } from '../driver';
import type { Stand } from '../stand';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of a film of a face beside a band that is grey (see film.ts). */
    film: string;
  }
}

/** Colours of the picture that is shown; 0 while there is none. */
function coloursShown(): number {
  const shown = document.querySelector<HTMLCanvasElement>('canvas[data-testid="live-picture"]');
  if (shown === null || shown.width * shown.height === 0) return 0;
  const copy = new OffscreenCanvas(shown.width, shown.height).getContext('2d');
  copy?.drawImage(shown, 0, 0);
  const pixels = copy?.getImageData(0, 0, shown.width, shown.height).data;
  return pixels === undefined ? 0 : new Set(new Uint32Array(pixels.buffer)).size;
}

export function checkLive(stand: Stand): void {
  const framesShown = async () => Number((await stand.driver.inPage(textOf, 'count-processed') ?? '').replaceAll(',', ''));

  /** Goes to the Live view of face detection. */
  async function openLive(): Promise<void> {
    await stand.open('?model=face-detection-short-range&view=live&runtime=tfjs-tflite&threads=1');
    await stand.text('live', 'Frames will run here');
  }

  /** Waits for a face and for frames after it; the picture that is shown is one. */
  async function expectFrames(source: string): Promise<void> {
    await stand.text('decoded-list', '1 face found');
    const before = await framesShown();
    await eventually(stand.driver, textOf, 'count-processed', (text) => Number((text ?? '').replaceAll(',', '')) > before + 3);
    expect(await stand.driver.inPage(coloursShown, null)).toBeGreaterThan(500);
    await stand.text('live-ran', source);
  }

  async function expectStopped(): Promise<void> {
    await stand.driver.click('live-stop');
    await stand.text('live', 'Frames will run here');
  }

  describe('Live from a picture', () => {
    it('frame by frame, each with its face', async () => {
      await stand.open();
      const frames = await stand.driver.inPage(async () => {
        const { litescope } = window;
        const { id } = await litescope.openFromGallery('face-detection-short-range');
        const photo = await (await fetch('samples/grace-hopper.jpg')).blob();
        const found: (readonly [number, number, number])[] = [];
        const source = await litescope.sources.openPicture(photo, 'photo', 30);
        await new Promise<void>((resolve, reject) => {
          litescope.stream(id, source, {
            show: (picture) => { picture.close(); },
            onFrame: ({ reply: { decoded, number } }) => {
              if (decoded?.kind === 'detections') found.push([number, decoded.detections.length, Math.round(decoded.detections[0]?.box.x ?? NaN)]);
              if (found.length === 5) resolve();
            },
          }, { runtime: 'tfjs-tflite', threads: 1 }, { fallback: false }).catch(reject);
        });
        source.close();
        return found;
      }, null);
      expect(frames.map(([number, faces]) => [number, faces])).toEqual([[1, 1], [2, 1], [3, 1], [4, 1], [5, 1]]);
      expect(new Set(frames.map(([, , x]) => x)).size).toBe(1);
    });

    it('on the page, until it is stopped', async () => {
      await openLive();
      await stand.driver.click('live-image');
      await expectFrames('one picture again and again');
      await expectStopped();
    });
  });

  describe('Live from a video file', () => {
    it('plays over and over, and its frames are the film’s', async () => {
      await stand.open();
      const end = stand.host.answer(/film\.webm$/, readFileSync(inject('film')));
      const seen = await stand.driver.inPage(async () => {
        const source = await window.litescope.sources.openVideo(await (await fetch('film.webm')).blob(), 'film.webm');
        const looker = new OffscreenCanvas(320, 240).getContext('2d', { willReadFrequently: true });
        const greys: number[] = [];
        await new Promise<void>((resolve, reject) => {
          source.start({
            onFrame: (frame) => {
              frame.take().then((picture) => {
                // As a whole: WebKit draws no part of a VideoFrame.
                looker?.drawImage(picture, 0, 0);
                picture.close();
                greys.push(looker?.getImageData(280, 120, 1, 1).data[0] ?? -1);
                // Twice around at most.
                if (new Set(greys.map((grey) => Math.round((grey - 40) / 50))).size === 4 || greys.length > 100) resolve();
              }, reject);
            },
            onEnd: reject,
          });
        });
        const { way, width, height, name } = source;
        source.close();
        return { greys, facts: { way, width, height, name } };
      }, null);
      end();
      expect(seen.facts).toEqual({ way: 'video-callback', width: 320, height: 240, name: 'film.webm' });
      expect(new Set(seen.greys.map((grey) => Math.round((grey - 40) / 50)))).toEqual(new Set([0, 1, 2, 3]));
      for (const grey of seen.greys) expect(Math.min(...[40, 90, 140, 190].map((level) => Math.abs(level - grey)))).toBeLessThanOrEqual(6);
    });

    it('on the page, with the face in it', async () => {
      await openLive();
      await stand.driver.choose('live-video', [inject('film')]);
      await expectFrames('frames of a playing video (requestVideoFrameCallback)');
      await expectStopped();
    });

    it('a file that is none says so', async () => {
      const { code } = await stand.driver.inPage(async () => window.litescope.sources.openVideo(new Blob(['no video']), 'broken.mp4').then(() => ({ code: 'opened' }), ({ code }: { code: string }) => ({ code })), null);
      expect(code).toBe('INVALID_VIDEO');
    });
  });

  describe('Live from a camera', () => {
    it('its frames run through the model, by the best way that this browser has', async () => {
      await openLive();
      const processor = await stand.driver.inPage(() => 'MediaStreamTrackProcessor' in window, null);
      await stand.driver.click('live-camera');
      await stand.text('live-ran', processor ? 'frames of the track itself (MediaStreamTrackProcessor)' : 'frames of a playing video (requestVideoFrameCallback)');
      await eventually(stand.driver, textOf, 'count-processed', (text) => Number((text ?? '').replaceAll(',', '')) > 5);
      await stand.text('live-ran', '640 × 480 pixels');
      expect(await stand.driver.inPage(coloursShown, null)).toBeGreaterThan(1);
      await expectStopped();
    });
  });
}
