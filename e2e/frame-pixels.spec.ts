/** Frames as browsers make them are read as the browser itself shows them, by the shortest way that their format allows. */
import type { Page } from '@playwright/test';
import { bundle } from './support/bundle';
import { apiTest as test, expect } from './support/fixtures';
import type * as Frames from './support/frames';
import type { Comparison } from './support/frames';

declare global {
  interface Window {
    readonly framePixels: typeof Frames;
  }
}

// One after the other in one worker: what they all need is bundled once.
test.describe.configure({ mode: 'default' });

let script = '';
test.beforeAll(async () => { script = await bundle('e2e/support/frames.ts', 'framePixels'); });
test.beforeEach(async ({ page }) => { await page.evaluate(script); });

interface Compared extends Omit<Comparison, 'ours' | 'canvas' | 'image'> {
  readonly ours: readonly number[];
  readonly canvas: readonly number[];
  readonly image: readonly number[];
}

async function numbersOf(compared: Promise<Comparison>): Promise<Compared> {
  const { ours, canvas, image, ...facts } = await compared;
  return { ...facts, ours: [...ours], canvas: [...canvas], image: [...image] };
}

/** Greatest difference of each of R, G, B between the canvas's pixels and ours, those for the model and those that are shown. */
function differences({ ours, canvas, image }: Compared): number[] {
  expect(ours.length).toBe((canvas.length / 4) * 3);
  expect(image.filter((_, index) => index % 4 === 3)).toEqual(canvas.filter((_, index) => index % 4 === 3));
  return [0, 1, 2].map((lane) => Math.max(...Array.from({ length: ours.length / 3 }, (_, pixel) => {
    const shown = canvas[pixel * 4 + lane] ?? NaN;
    return Math.max(Math.abs((ours[pixel * 3 + lane] ?? NaN) - shown), Math.abs((image[pixel * 4 + lane] ?? NaN) - shown));
  })));
}

interface MadeFrame {
  readonly format: 'I420' | 'NV12';
  readonly size: readonly [width: number, height: number];
  readonly colorSpace?: VideoColorSpaceInit;
  readonly visibleRect?: DOMRectInit;
  readonly displaySize?: readonly [width: number, height: number];
  readonly rotation?: number;
  readonly flip?: boolean;
  readonly shift?: number;
}

function compareYuv(page: Page, made: MadeFrame): Promise<Compared> {
  return numbersOf(page.evaluate(({ format, size: [codedWidth, codedHeight], displaySize, shift, ...rest }) => {
    const display = displaySize === undefined ? {} : { displayWidth: displaySize[0], displayHeight: displaySize[1] };
    const init = { format, codedWidth, codedHeight, timestamp: 0, ...display, ...rest };
    return window.framePixels.compare(new VideoFrame(window.framePixels.yuvPlanes(format, codedWidth, codedHeight, shift), init));
  }, made));
}

// Chromium rounds its factors to 1/64, and what it computes to whole numbers: at most 1 beside the exact value.
const rounding = 1;
const colours: [what: string, colorSpace: VideoColorSpaceInit][] = [
  ['does not say, as cameras mostly do', {}],
  ['is BT.601 in limited range', { matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m', fullRange: false }],
  ['is BT.601 in full range', { matrix: 'bt470bg', fullRange: true }],
  ['is BT.709 in full range', { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', fullRange: true }],
  ['has a range but no matrix', { fullRange: true }],
  ['says RGB, which it is not', { matrix: 'rgb' }],
];
for (const format of ['I420', 'NV12'] as const) {
  for (const [what, colorSpace] of colours) {
    test(`${format} whose colour space ${what} is converted as the browser does`, async ({ page }) => {
      const compared = await compareYuv(page, { format, size: [64, 48], colorSpace });
      expect(compared.path).toBe(format);
      expect(Math.max(...differences(compared))).toBeLessThanOrEqual(rounding);
    });
  }

  test(`${format} in BT.709 and limited range is converted as the browser does, but for its limit on blue`, async ({ page }) => {
    const compared = await compareYuv(page, { format, size: [64, 48], colorSpace: { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', fullRange: false } });
    expect(compared.path).toBe(format);
    const [red = NaN, green = NaN, blue = NaN] = differences(compared);
    expect(red).toBeLessThanOrEqual(rounding);
    expect(green).toBeLessThanOrEqual(rounding);
    // Its factor of U for blue cannot exceed 2 where 2.112 is right; U is at most 23 from the middle here.
    expect(blue).toBeLessThanOrEqual(rounding + 0.112 * 23);
  });

  test(`${format} of odd size, and a part of a larger frame, are read as they are`, async ({ page }) => {
    for (const made of [
      { format, size: [17, 31] }, { format, size: [1, 1] }, { format, size: [64, 48], visibleRect: { x: 4, y: 2, width: 31, height: 17 } },
    ] as const) {
      const compared = await compareYuv(page, { ...made, colorSpace: {} });
      expect(compared.path).toBe(format);
      expect([compared.width, compared.height]).toEqual('visibleRect' in made ? [31, 17] : made.size);
      expect(Math.max(...differences(compared))).toBeLessThanOrEqual(rounding);
    }
  });

  test(`${format} that is turned, mirrored or has pixels that are not square takes the canvas`, async ({ page }) => {
    const stretched = await compareYuv(page, { format, size: [64, 48], displaySize: [128, 48] });
    expect([stretched.path, stretched.width, stretched.height]).toEqual(['canvas', 128, 48]);
    expect(differences(stretched)).toEqual([0, 0, 0]);
    const upright = await compareYuv(page, { format, size: [64, 48] });
    const turned = await compareYuv(page, { format, size: [64, 48], rotation: 90 });
    expect([turned.path, turned.width, turned.height]).toEqual(['canvas', 48, 64]);
    // Turned clockwise, what was the lower left corner is the upper left one.
    expect(turned.ours.slice(0, 3)).toEqual(upright.canvas.slice(47 * 64 * 4, 47 * 64 * 4 + 3));
    const mirrored = await compareYuv(page, { format, size: [64, 48], flip: true });
    expect(mirrored.path).toBe('canvas');
    expect(mirrored.ours.slice(0, 3)).toEqual(upright.canvas.slice(63 * 4, 63 * 4 + 3));
  });
}

test('frames of changing size and format follow each other through one reader', async ({ page }) => {
  for (const [format, size] of [['I420', [64, 48]], ['I420', [64, 48]], ['NV12', [16, 16]], ['I420', [100, 80]], ['NV12', [100, 80]]] as const) {
    for (const shift of [0, 37]) {
      const compared = await compareYuv(page, { format, size, shift, colorSpace: {} });
      expect(compared.path).toBe(format);
      expect(Math.max(...differences(compared))).toBeLessThanOrEqual(rounding);
    }
  }
});

for (const format of ['RGBA', 'RGBX', 'BGRA', 'BGRX'] as const) {
  test(`${format} is read as it is`, async ({ page }) => {
    const compared = await numbersOf(page.evaluate((asked) => {
      const bytes = Uint8Array.from({ length: 7 * 5 * 4 }, (_, index) => (index % 4 === 3 ? 255 : (index * 37) % 256));
      return window.framePixels.compare(new VideoFrame(bytes, { format: asked, codedWidth: 7, codedHeight: 5, timestamp: 0 }));
    }, format));
    expect(compared.path).toBe(format === 'RGBA' || format === 'RGBX' ? 'RGBA' : 'BGRA');
    expect(differences(compared)).toEqual([0, 0, 0]);
  });
}

test('formats that preprocessing does not read take the canvas', async ({ page }) => {
  const formats = { I420A: 2.5, I422: 2, I444: 3, I420P10: 3 };
  for (const [format, bytes] of Object.entries(formats)) {
    const compared = await numbersOf(page.evaluate((asked) => window.framePixels.compare(
      new VideoFrame(new Uint8Array(16 * 16 * asked.bytes).fill(2), { format: asked.format as VideoPixelFormat, codedWidth: 16, codedHeight: 16, timestamp: 0 }),
    ), { format, bytes }));
    expect(compared.path, format).toBe('canvas');
    expect(differences(compared), format).toEqual([0, 0, 0]);
  }
  for (const colorSpace of [
    { matrix: 'bt2020-ncl', primaries: 'bt2020', transfer: 'bt709', fullRange: false }, { matrix: 'bt709', primaries: 'bt709', transfer: 'pq', fullRange: false },
  ]) {
    // Their names are newer than TypeScript's types.
    const compared = await compareYuv(page, { format: 'I420', size: [16, 16], colorSpace: colorSpace as VideoColorSpaceInit });
    expect(compared.path).toBe('canvas');
    expect(differences(compared)).toEqual([0, 0, 0]);
  }
});

test('an opaque bitmap needs no canvas, and one that is not keeps its colours', async ({ page }) => {
  const draw = (alpha: number) => numbersOf(page.evaluate((opacity) => {
    const canvas = new OffscreenCanvas(9, 6);
    const context = canvas.getContext('2d');
    for (let x = 0; x < 9; x++) {
      if (context === null) throw new Error('no canvas');
      context.fillStyle = `rgb(${x * 28} 200 ${255 - x * 20} / ${opacity})`;
      context.fillRect(x, 0, 1, 6);
    }
    return window.framePixels.compare(canvas.transferToImageBitmap());
  }, alpha));
  const opaque = await draw(1);
  expect(opaque.path).toMatch(/^(RGBA|BGRA)$/);
  expect(differences(opaque)).toEqual([0, 0, 0]);
  expect(opaque.ours.slice(3, 6)).toEqual([28, 200, 235]);
  const translucent = await draw(0.5);
  expect(translucent.path).toBe('canvas');
  expect(differences(translucent)).toEqual([0, 0, 0]);
  // Colours multiplied by an alpha of 128 keep seven bits.
  [28, 200, 235].forEach((value, lane) => { expect(Math.abs((translucent.ours[3 + lane] ?? NaN) - value)).toBeLessThanOrEqual(2); });
});

test('a frame that was closed is an error, not a picture', async ({ page }) => {
  const codes = await page.evaluate(async () => {
    const frame = new VideoFrame(window.framePixels.yuvPlanes('I420', 8, 8), { format: 'I420', codedWidth: 8, codedHeight: 8, timestamp: 0 });
    frame.close();
    const bitmap = await createImageBitmap(new ImageData(8, 8));
    bitmap.close();
    return [await window.framePixels.errorOf(frame), await window.framePixels.errorOf(bitmap)];
  });
  expect(codes).toEqual(['INVALID_IMAGE', 'INVALID_IMAGE']);
});
