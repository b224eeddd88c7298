/** What is drawn over a frame, pixel by pixel, on a browser's own canvas. */
import type { Page } from '@playwright/test';
import { defaultDrawingStyle, type DrawingStyle } from '../src/vision/drawing/shared/drawing-style';
import type * as Painting from '../src/vision/drawing/shared/frame-painter';
import { placementFor } from '../src/vision/frames/shared/placement';
import type { Decoded, Placement } from '../src/vision/shared/types';
import { bundle } from './support/bundle';
import { apiTest as test, expect } from './support/fixtures';

declare global {
  interface Window {
    readonly painting: typeof Painting;
  }
}

type Colour = readonly [red: number, green: number, blue: number];

const red: Colour = [200, 0, 0];
const blue: Colour = [0, 0, 200];
const green: Colour = [30, 142, 62];
const boxColour: Colour = [74, 222, 128];
const dotColour: Colour = [253, 224, 71];
const [width, height] = [160, 120] as const;

/** Typed arrays do not survive the way into the page; lists of numbers do. */
type Described =
  | Exclude<Decoded, { kind: 'mask' | 'class-map' | 'picture' }>
  | { readonly kind: 'mask'; readonly mask: readonly number[]; readonly width: number; readonly height: number; readonly placement: Placement }
  | (Omit<Extract<Decoded, { kind: 'class-map' }>, 'ids'> & { readonly ids: readonly number[] })
  | (Omit<Extract<Decoded, { kind: 'picture' }>, 'pixels'> & { readonly pixels: readonly number[] });

interface Painted {
  /** Vertical stripes of equal width, from the left. */
  readonly frame: readonly Colour[];
  readonly decoded: Described | null;
  readonly style?: Partial<DrawingStyle>;
  readonly size?: readonly [width: number, height: number];
  /** Drawn on a canvas of this many times the frame's size instead of its own. */
  readonly scale?: number;
}

interface Picture {
  readonly width: number;
  readonly height: number;
  /** R, G, B, A of each. */
  readonly pixels: Uint8Array;
}

// One after the other in one worker: what they all need is bundled once.
test.describe.configure({ mode: 'default' });

let script = '';
test.beforeAll(async () => { script = await bundle('src/vision/drawing/shared/frame-painter.ts', 'painting'); });
test.beforeEach(async ({ page }) => { await page.evaluate(script); });

/** Paints one after the other with one painter; what the last one shows comes back. */
function paint(page: Page, ...frames: readonly Painted[]): Promise<Picture> {
  return page.evaluate(async ({ asked, defaults, usual }) => {
    const painter = new window.painting.FramePainter();
    const contextOf = (canvasWidth: number, canvasHeight: number): OffscreenCanvasRenderingContext2D => {
      const context = new OffscreenCanvas(canvasWidth, canvasHeight).getContext('2d');
      if (context === null) throw new Error('no canvas');
      return context;
    };
    let last = { width: 0, height: 0, pixels: new Uint8Array() };
    for (const { frame, decoded, style, size = usual, scale } of asked) {
      const [frameWidth, frameHeight] = size;
      const source = contextOf(frameWidth, frameHeight);
      for (const [index, colour] of frame.entries()) {
        const left = Math.round((index * frameWidth) / frame.length);
        source.fillStyle = `rgb(${colour.join(' ')})`;
        source.fillRect(left, 0, Math.round(((index + 1) * frameWidth) / frame.length) - left, frameHeight);
      }
      const found = decoded?.kind === 'mask' ? { ...decoded, mask: Uint8ClampedArray.from(decoded.mask) }
        : decoded?.kind === 'class-map' ? { ...decoded, ids: Uint16Array.from(decoded.ids) }
          : decoded?.kind === 'picture' ? { ...decoded, pixels: Uint8ClampedArray.from(decoded.pixels) } : decoded;
      const shown = contextOf(frameWidth * (scale ?? 1), frameHeight * (scale ?? 1));
      if (scale === undefined) {
        const bitmap = await painter.paint(source.canvas, frameWidth, frameHeight, found, { ...defaults, ...style });
        shown.drawImage(bitmap, 0, 0);
        bitmap.close();
      } else {
        painter.draw(shown, source.canvas, { width: frameWidth, height: frameHeight }, found, { ...defaults, ...style });
      }
      const { data } = shown.getImageData(0, 0, shown.canvas.width, shown.canvas.height);
      last = { width: shown.canvas.width, height: shown.canvas.height, pixels: new Uint8Array(data.buffer) };
    }
    return last;
  }, { asked: frames, defaults: defaultDrawingStyle, usual: [width, height] as const });
}

function at(picture: Picture, x: number, y: number): Colour {
  const start = (y * picture.width + x) * 4;
  const [r = NaN, g = NaN, b = NaN, alpha] = picture.pixels.slice(start, start + 4);
  expect(alpha, 'the picture is opaque').toBe(255);
  return [r, g, b];
}

function greatestDifference(one: Picture, other: Picture): number {
  expect([one.width, one.height]).toEqual([other.width, other.height]);
  return one.pixels.reduce((greatest, value, index) => Math.max(greatest, Math.abs(value - (other.pixels[index] ?? NaN))), 0);
}

/** `share` of one colour over another, to the rounding of 8 bits with multiplied alpha. */
function expectMixed(actual: Colour, over: Colour, under: Colour, share: number): void {
  for (const [lane, value] of actual.entries()) expect(Math.abs(value - ((over[lane] ?? NaN) * share + (under[lane] ?? NaN) * (1 - share)))).toBeLessThanOrEqual(2);
}

const stretched = (mapWidth: number, mapHeight: number): Placement => placementFor('stretch', width, height, mapWidth, mapHeight);
const mask = (rows: readonly (readonly number[])[], placement?: Placement): Described => {
  const [mapWidth, mapHeight] = [rows[0]?.length ?? 0, rows.length];
  return { kind: 'mask', mask: rows.flat(), width: mapWidth, height: mapHeight, placement: placement ?? stretched(mapWidth, mapHeight) };
};
const face = (x: number): Described => ({ kind: 'detections', detections: [{ box: { x, y: 40, width: 40, height: 50 }, score: 0.97, label: 'face', keypoints: [{ x: x + 10, y: 70 }] }] });
/** The person on the right. */
const person = mask(Array.from({ length: 6 }, () => [0, 0, 0, 0, 255, 255, 255, 255]));

test('a mirror turns pixels and places, and leaves letters readable', async ({ page }) => {
  const mirrored = await paint(page, { frame: [red, blue], decoded: face(20), style: { mirror: true } });
  expect(at(mirrored, 10, 10)).toEqual(blue);
  expect(at(mirrored, 150, 10)).toEqual(red);
  // Left edge at 160 − 20 − 40, right edge at 160 − 20, the point at 160 − 30.
  expect(at(mirrored, 100, 80)).toEqual(boxColour);
  expect(at(mirrored, 140, 80)).toEqual(boxColour);
  expect(at(mirrored, 130, 70)).toEqual(dotColour);
  expect(at(mirrored, 20, 80)).toEqual(blue);
  // On one colour the mirrored drawing is that of the mirrored place, letters and all.
  const plain = await paint(page, { frame: [red], decoded: face(100) });
  const turned = await paint(page, { frame: [red], decoded: { ...face(20), detections: [{ box: { x: 20, y: 40, width: 40, height: 50 }, score: 0.97, label: 'face', keypoints: [{ x: 50, y: 70 }] }] } as Described, style: { mirror: true } });
  expect(greatestDifference(plain, turned)).toBe(0);
});

test('a larger canvas shows the same at its scale', async ({ page }) => {
  const picture = await paint(page, { frame: [red, blue], decoded: face(20), scale: 3 });
  expect([picture.width, picture.height]).toEqual([480, 360]);
  expect(at(picture, 60, 200)).toEqual(boxColour);
  expect(at(picture, 180, 200)).toEqual(boxColour);
  expect(at(picture, 90, 210)).toEqual(dotColour);
  expect(at(picture, 120, 240)).toEqual(red);
});

test('a replaced background leaves the person as it is', async ({ page }) => {
  const picture = await paint(page, { frame: [red, blue], decoded: person, style: { mask: 'replace', background: '#1e8e3e' } });
  for (const [x, y] of [[0, 0], [0, 119], [60, 60]] as const) expect(at(picture, x, y)).toEqual(green);
  for (const [x, y] of [[159, 0], [159, 119], [100, 60]] as const) expect(at(picture, x, y)).toEqual(blue);
  const mirrored = await paint(page, { frame: [red, blue], decoded: person, style: { mask: 'replace', background: '#1e8e3e', mirror: true } });
  expect(at(mirrored, 0, 0)).toEqual(blue);
  expect(at(mirrored, 159, 0)).toEqual(green);
});

test('what a cropped mask has not seen is background, without a seam', async ({ page }) => {
  for (const [frameWidth, frameHeight] of [[160, 120], [163, 120], [97, 160]] as const) {
    const decoded = mask(Array.from({ length: 4 }, () => [255, 255, 255, 255]), placementFor('crop', frameWidth, frameHeight, 4, 4));
    const side = Math.min(frameWidth, frameHeight);
    const [left, top] = [(frameWidth - side) / 2, (frameHeight - side) / 2];
    for (const mirror of [false, true]) {
      const picture = await paint(page, { frame: [red], decoded, size: [frameWidth, frameHeight], style: { mask: 'replace', background: '#1e8e3e', mirror } });
      // An expectation for each of 100,000 pixels would take minutes.
      const wrong = Array.from({ length: frameWidth * frameHeight }, (_, index) => ({ x: index % frameWidth, y: Math.floor(index / frameWidth) })).filter(({ x, y }) => {
        const seen = x >= Math.ceil(left) && x < Math.floor(left + side) && y >= Math.ceil(top) && y < Math.floor(top + side);
        const wanted = [...(seen ? red : green), 255];
        return picture.pixels.slice((y * frameWidth + x) * 4, (y * frameWidth + x + 1) * 4).some((value, lane) => value !== wanted[lane]);
      });
      expect(wrong).toEqual([]);
    }
  }
});

test('a mask alone shows its probabilities, and the bars of a letterbox nothing', async ({ page }) => {
  const shown = await paint(page, { frame: [red, blue], decoded: mask([[0, 0, 128, 128, 255, 255]]), style: { mask: 'mask' } });
  expect(at(shown, 20, 60)).toEqual([0, 0, 0]);
  expectMixed(at(shown, 80, 60), [255, 255, 255], [0, 0, 0], 128 / 255);
  expect(at(shown, 140, 60)).toEqual([255, 255, 255]);
  // 160 × 120 in 8 × 8: a row of the mask is above the picture and one below it.
  const rows = Array.from({ length: 8 }, (_, row) => new Array<number>(8).fill(row === 0 || row === 7 ? 255 : 0));
  const letterboxed = await paint(page, { frame: [red], decoded: mask(rows, placementFor('letterbox', width, height, 8, 8)), style: { mask: 'mask' } });
  expect(at(letterboxed, 80, 60)).toEqual([0, 0, 0]);
  expect(at(letterboxed, 80, 15)).toEqual([0, 0, 0]);
});

test('a tint colours the person and nothing else', async ({ page }) => {
  const picture = await paint(page, { frame: [red, blue], decoded: person });
  expect(at(picture, 20, 60)).toEqual(red);
  expectMixed(at(picture, 140, 60), [56, 189, 248], blue, 0.6);
});

test('a blurred background keeps the person sharp, fades at its edge and has no rim', async ({ page }) => {
  const stripes = Array.from({ length: 20 }, (_, index): Colour => (index % 2 === 0 ? [240, 240, 240] : [16, 16, 16]));
  const sharp = await paint(page, { frame: stripes, decoded: null });
  const picture = await paint(page, { frame: stripes, decoded: person, style: { mask: 'blur' } });
  for (let x = 96; x < width; x++) expect(at(picture, x, 60)).toEqual(at(sharp, x, 60));
  // Stripes of 8 pixels are even grey at this strength, to the very edge of the picture.
  for (let x = 0; x < 64; x++) for (const y of [0, 60, 119]) for (const value of at(picture, x, y)) expect(Math.abs(value - 128)).toBeLessThan(24);
  const half = await paint(page, { frame: stripes, decoded: mask([[128]]), style: { mask: 'blur' } });
  for (const x of [4, 12, 84]) expectMixed(at(half, x, 60), at(sharp, x, 60), at(await paint(page, { frame: stripes, decoded: mask([[0]]), style: { mask: 'blur' } }), x, 60), 128 / 255);
});

test('a blur keeps the picture’s colours where they are', async ({ page }) => {
  const picture = await paint(page, { frame: [red, blue], decoded: mask([[0]]), style: { mask: 'blur' }, size: [640, 480] });
  expect(at(picture, 40, 240)).toEqual(red);
  expect(at(picture, 600, 240)).toEqual(blue);
  // Between the stripes the colours change by 3 from one pixel to the next.
  const [before, behind] = [at(picture, 319, 240), at(picture, 320, 240)];
  expectMixed([(before[0] + behind[0]) / 2, 0, (before[2] + behind[2]) / 2], red, blue, 0.5);
  expect(before[0]).toBeGreaterThan(behind[0]);
  const mirrored = await paint(page, { frame: [red, blue], decoded: mask([[0]]), style: { mask: 'blur', mirror: true }, size: [640, 480] });
  expect(at(mirrored, 40, 240)).toEqual(blue);
});

const map = (ids: readonly number[]): Described => ({
  kind: 'class-map', ids, width: ids.length, height: 1, placement: stretched(ids.length, 1),
  legend: [{ index: 0, label: 'background', colour: null, share: 0.5 }, { index: 7, label: 'cat', colour: [10, 220, 90], share: 0.5 }],
});

test('a map covers the frame with the colours of its legend, and the background not at all', async ({ page }) => {
  const covered = await paint(page, { frame: [red], decoded: map([0, 0, 7, 7]), style: { cover: 1 } });
  expect(at(covered, 20, 60)).toEqual(red);
  expect(at(covered, 140, 60)).toEqual([10, 220, 90]);
  const half = await paint(page, { frame: [red], decoded: map([0, 0, 7, 7]), style: { cover: 0.5, mirror: true } });
  expect(at(half, 140, 60)).toEqual(red);
  expectMixed(at(half, 20, 60), [10, 220, 90], red, 0.5);
  const bare = await paint(page, { frame: [red], decoded: map([7, 7]), style: { cover: 0 } });
  expect(at(bare, 80, 60)).toEqual(red);
});

test('a model’s picture covers the frame where the model has seen it', async ({ page }) => {
  const decoded: Described = {
    kind: 'picture', width: 2, height: 2, placement: placementFor('crop', width, height, 2, 2), range: { lowest: 0, highest: 1, from: 'values' },
    pixels: [9, 8, 7, 255, 90, 80, 70, 255, 9, 8, 7, 255, 90, 80, 70, 255],
  };
  const picture = await paint(page, { frame: [red], decoded, style: { cover: 1 } });
  expect(at(picture, 10, 60)).toEqual(red);
  expect(at(picture, 30, 60)).toEqual([9, 8, 7]);
  expect(at(picture, 130, 60)).toEqual([90, 80, 70]);
  expect(at(picture, 150, 60)).toEqual(red);
});

test('bodies have their points where they are, also in a mirror', async ({ page }) => {
  const decoded: Described = {
    kind: 'skeletons', connections: [[0, 1]], threshold: 0.3,
    skeletons: [{ points: [{ x: 20, y: 20, visibility: 0.9 }, { x: 20, y: 100, visibility: 0.4 }, { x: 60, y: 60, visibility: 0.1 }], score: 0.8 }],
  };
  const picture = await paint(page, { frame: [red], decoded, style: { mirror: true } });
  expect(at(picture, 140, 20)).toEqual(dotColour);
  expect(at(picture, 140, 100)).toEqual(dotColour);
  expect(at(picture, 140, 60)).toEqual([56, 189, 248]);
  expect(at(picture, 100, 60)).toEqual(red);
});

test('nothing of one frame is left in the next, whatever its kind and size', async ({ page }) => {
  const before: readonly Painted[] = [
    { frame: [blue], decoded: mask([[255, 100]]), style: { mask: 'blur' } },
    { frame: [blue], decoded: mask([[255, 100]]), style: { mask: 'replace', background: '#ffffff' } },
    { frame: [blue], decoded: map([7, 7, 7]), style: { cover: 1 } },
    { frame: [blue], decoded: face(60), size: [320, 200] },
    { frame: [blue, red], decoded: person, style: { mask: 'blur' }, size: [320, 200] },
  ];
  const after: readonly Painted[] = [
    { frame: [red, green], decoded: person, style: { mask: 'blur' } },
    { frame: [red, green], decoded: person, style: { mask: 'replace' } },
    { frame: [red, green], decoded: person, style: { mask: 'mask', mirror: true } },
    { frame: [red, green], decoded: map([0, 7, 0]) },
    { frame: [red, green], decoded: null },
  ];
  for (const last of after) expect(greatestDifference(await paint(page, ...before, last), await paint(page, last))).toBe(0);
});
