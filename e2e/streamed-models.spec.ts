/** Outputs of every decoder's form, from models that the test makes, streamed through both runtimes end to end. */
import type { Page } from '@playwright/test';
import type { StreamSettings } from '../src/engine/stream/shared/types';
import type { Decoded } from '../src/vision/shared/types';
import { apiTest as test, expect, serveFiles } from './support/fixtures';
import { detectorCells, detectorModel, keyPointModel, pictureModel, segmentationModel } from './support/made-models';

/** Rectangles in pixels of a picture of 128 × 128, which is black elsewhere. */
interface Patch { readonly colour: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }

interface Request {
  readonly model: Uint8Array;
  readonly runtime: 'tfjs-tflite' | 'litert';
  readonly patches: readonly Patch[];
  readonly settings?: Partial<StreamSettings>;
}

interface Streamed {
  readonly decoded: Decoded | null;
  readonly problem: string | null;
  /** Of a class map or a picture. */
  readonly values: readonly number[];
  /** R, G, B of the shown picture at a quarter and three quarters of its width, both at a quarter of its height, then at three quarters. */
  readonly shown: readonly (readonly number[])[];
}

const side = 128;

/** Streams a drawn picture and gives what the third frame was decoded to. */
async function stream(page: Page, { model, runtime, patches, settings }: Request): Promise<Streamed> {
  const { addresses: [address = ''], stop } = await serveFiles(page, [{ name: 'made.tflite', bytes: model }]);
  const streamed = await page.evaluate(async ({ url, by, drawn, size, own }) => {
    const { litescope } = window;
    const canvas = new OffscreenCanvas(size, size);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('There is no canvas.');
    context.fillRect(0, 0, size, size);
    for (const { colour, x, y, width, height } of drawn) {
      context.fillStyle = colour;
      context.fillRect(x, y, width, height);
    }
    const opened = await litescope.open(url);
    const source = await litescope.sources.openPicture(await canvas.convertToBlob(), 'drawn');
    return new Promise<Streamed>((resolve, reject) => {
      let ended = false;
      const started = litescope.stream(opened.id, source, {
        show: (picture) => {
          context.drawImage(picture, 0, 0);
          picture.close();
        },
        onFrame: ({ reply: { number, decoded, decodeError } }) => {
          if (number < 3 || ended) return;
          ended = true;
          const places = [1, 3].flatMap((row) => [1, 3].map((column) => [column, row] as const));
          const shown = places.map(([column, row]) => Array.from(context.getImageData((column * size) / 4, (row * size) / 4, 1, 1).data.subarray(0, 3)));
          const values = decoded?.kind === 'class-map' ? Array.from(decoded.ids) : decoded?.kind === 'picture' ? Array.from(decoded.pixels) : [];
          void started.then((running) => {
            running.close();
            litescope.close(opened.id);
            resolve({ decoded: JSON.parse(JSON.stringify(decoded)) as Decoded | null, problem: decodeError === null ? null : decodeError.details, values, shown });
          });
        },
        onState: (state) => { if (state.kind === 'interrupted') reject(new Error(JSON.stringify(state.error))); },
      }, { runtime: by, threads: 1 }, { fallback: false, settings: own });
      started.catch(reject);
    });
  }, { url: address, by: runtime, drawn: patches, size: side, own: settings ?? {} });
  stop();
  return streamed;
}

for (const runtime of ['tfjs-tflite', 'litert'] as const) {
  test.describe(runtime, () => {
    test('a detector’s boxes, classes and scores come out of its last op, named by the labels', async ({ page }) => {
        const cell = side / detectorCells;
      const red = { x: 2 * cell, y: cell, width: cell, height: cell };
      const blue = { x: 0, y: 2 * cell, width: cell, height: cell / 2 };
      const { decoded, problem } = await stream(page, {
        model: detectorModel(), runtime, patches: [{ colour: '#f00', ...red }, { colour: '#00f', ...blue }], settings: { labels: ['red thing', 'blue thing'] },
      });
      expect(problem).toBeNull();
      expect(decoded?.kind).toBe('detections');
      const detections = decoded?.kind === 'detections' ? decoded.detections : [];
      expect(detections.map(({ label }) => label)).toEqual(['red thing', 'blue thing']);
      // Half of the blue cell is blue.
      expect(detections[0]?.score).toBeCloseTo(1, 5);
      expect(detections[1]?.score).toBeCloseTo(0.5, 2);
      for (const [index, expected] of [red, { ...blue, height: cell }].entries()) {
        for (const key of ['x', 'y', 'width', 'height'] as const) expect(detections[index]?.box[key]).toBeCloseTo(expected[key], 3);
      }
    });

    test('a segmentation map gives each pixel its class, and a legend', async ({ page }) => {
        const half = side / 2;
      const { decoded, problem, values, shown } = await stream(page, {
        model: segmentationModel(), runtime,
        patches: [{ colour: '#f00', x: 0, y: 0, width: half, height: half }, { colour: '#0f0', x: half, y: 0, width: half, height: half }, { colour: '#00f', x: 0, y: half, width: half, height: half }],
        settings: { decoder: { kind: 'segmentation' }, labels: ['background', 'red', 'green', 'blue'] },
      });
      expect(problem).toBeNull();
      const expected = Array.from({ length: 32 * 32 }, (_, index) => {
        const [right, lower] = [index % 32 >= 16, index >= 16 * 32];
        return lower ? (right ? 0 : 3) : right ? 2 : 1;
      });
      expect(values).toEqual(expected);
      const legend = decoded?.kind === 'class-map' ? decoded.legend : [];
      expect(new Map(legend.map(({ label, share }) => [label, share]))).toEqual(new Map([['background', 0.25], ['red', 0.25], ['green', 0.25], ['blue', 0.25]]));
      // The background is shown as it is; the others are covered, each by the colour of its entry.
      expect(shown[3]).toEqual([0, 0, 0]);
      expect(new Set(shown.map(String)).size).toBe(4);
    });

    test('key points of MoveNet’s form are known by their shape', async ({ page }) => {
        const { decoded, problem } = await stream(page, { model: keyPointModel(), runtime, patches: [{ colour: '#fff', x: 0, y: 0, width: side, height: side }] });
      expect(problem).toBeNull();
      const [body, ...more] = decoded?.kind === 'skeletons' ? decoded.skeletons : [];
      expect(more).toEqual([]);
      expect(body?.points).toHaveLength(17);
      for (const [index, { x, y, visibility }] of body?.points.entries() ?? []) {
        expect(y).toBeCloseTo(((index + 1) / 20) * side, 3);
        expect(x).toBeCloseTo(((index + 2) / 20) * side, 3);
        expect(visibility).toBeCloseTo(1, 5);
      }
    });

    test('a model that makes pictures is shown as one', async ({ page }) => {
        const { decoded, problem, values, shown } = await stream(page, {
        model: pictureModel(), runtime, patches: [{ colour: '#f00', x: 0, y: 0, width: side, height: side / 2 }, { colour: '#00f', x: 0, y: side / 2, width: side, height: side / 2 }],
      });
      expect(problem).toBeNull();
      expect(decoded).toMatchObject({ kind: 'picture', width: 16, height: 16 });
      // Red and blue have changed places.
      expect(values.slice(0, 4)).toEqual([0, 0, 255, 255]);
      expect(values.slice(-4)).toEqual([255, 0, 0, 255]);
      expect(shown).toHaveLength(4);
    });
  });
}
