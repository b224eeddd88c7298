/** What a person sets in the Live view, and what the model, the picture and the notes become by it. */
import type { Locator, Page } from '@playwright/test';
import { fromFloat16Bits, toFloat16Bits } from '../src/tensor/float16';
import { allowed, deviceTest as test } from './support/devices';
import { dropFiles, expect } from './support/fixtures';
import { seenModel, seenPlaces, seenSide, type Elements } from './support/made-models';
import { tileCamera, tilesSeen } from './support/tile-film';
import { show } from './support/views';

type Triple = readonly [number, number, number];

/** How R, G, B of a pixel become the elements of its channels, as a dequantised output shows them. */
type Stored = (pixel: Triple) => readonly number[];

const half = (value: number) => fromFloat16Bits(toFloat16Bits(value));
const luma = ([red, green, blue]: Triple) => 0.299 * red + 0.587 * green + 0.114 * blue;
const normalised: Stored = (pixel) => pixel.map((value) => (value - 127.5) / 127.5);

/** A number as the page writes it. */
const number = (text: string) => Number(text.replace('−', '-').replaceAll(',', ''));

async function framesShown(page: Page): Promise<number> {
  return number(await page.getByTestId('count-processed').innerText());
}

/** Smallest, greatest and mean value of each output, by its name. */
async function outputsShown(page: Page): Promise<[name: string, figures: number[]][]> {
  const rows = await page.getByTestId('live-outputs').locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.querySelectorAll('th > :first-child, td')].map(({ textContent }) => textContent)));
  return rows.map(([name = '', ...figures]) => [name, figures.map(number)]);
}

/** What `seenModel` has to give for these pixels. */
function outputsOf(pixels: readonly Triple[], stored: Stored): [name: string, figures: number[]][] {
  const elements = pixels.map(stored);
  return (elements[0] ?? []).flatMap((_, channel): [string, number[]][] => {
    const values = elements.map((all) => all[channel] ?? NaN);
    return [
      [`${channel}`, [Math.min(...values), Math.max(...values), values.reduce((sum, value) => sum + value, 0) / values.length]],
      ...seenPlaces.map(({ column, row }, place): [string, number[]] => {
        const value = values[row * seenSide + column] ?? NaN;
        return [`${channel} at ${place}`, [value, value, value]];
      }),
    ];
  });
}

/** Waits until the model gets these elements, to the six digits that are shown. */
async function expectSeen(page: Page, fit: Parameters<typeof tilesSeen>[0], stored: Stored): Promise<void> {
  const expected = new Map(outputsOf(tilesSeen(fit, seenSide), stored));
  await expect.poll(async () => {
    const shown = await outputsShown(page);
    if (shown.map(([name]) => name).join() !== [...expected.keys()].join()) return ['other outputs'];
    return shown.filter(([name, figures]) => figures.some((figure, index) => {
      const wanted = expected.get(name)?.[index] ?? NaN;
      return !(Math.abs(figure - wanted) <= 1e-5 * Math.max(1, Math.abs(wanted)));
    })).map(([name, figures]) => `${name}: ${figures.join(' ')}, wanted ${expected.get(name)?.join(' ')}`);
  }).toEqual([]);
}

/** Waits until the preview shows these pixels, to their rounding. */
async function expectPreview(page: Page, fit: Parameters<typeof tilesSeen>[0], drawn: (pixel: Triple) => Triple): Promise<void> {
  const expected = tilesSeen(fit, seenSide).flatMap((pixel) => [...drawn(pixel), 255]);
  await expect.poll(async () => {
    const { size, pixels } = await page.getByTestId('live-preview').evaluate((shown: HTMLCanvasElement) => {
      const { width, height } = shown;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(shown, 0, 0);
      return { size: [width, height], pixels: Array.from(context.getImageData(0, 0, width, height).data) };
    });
    return { size, wrong: pixels.filter((value, index) => Math.abs(value - (expected[index] ?? NaN)) > 0.501) };
  }).toEqual({ size: [seenSide, seenSide], wrong: [] });
}

async function openSeen(page: Page, name: string, ...of: Parameters<typeof seenModel>): Promise<Locator> {
  await dropFiles(page, [{ name: `${name}.tflite`, bytes: seenModel(...of) }]);
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await show(page, 'live');
  const live = page.getByTestId('live');
  const fields = live.getByTestId('preprocessing');
  if (!await fields.evaluate((details: HTMLDetailsElement) => details.open)) await fields.locator('summary').click();
  return live;
}

test('each choice of preprocessing reaches the model’s input from the next frame on, and is seen in the preview', async ({ openWith }) => {
  const page = await openWith(await tileCamera());
  const live = await openSeen(page, 'floats', 'nhwc', 3);
  await live.getByTestId('live-camera').click();
  await expect(page.getByTestId('live-ran')).toContainText('320 × 240 pixels');
  await expect(page.getByTestId('live-ran')).toContainText('(MediaStreamTrackProcessor), read as I420');
  const caption = page.getByTestId('live-preview-text');
  await expectSeen(page, 'crop', normalised);
  const cutOff = page.getByTestId('live-cut-off');
  await expect(cutOff).toContainText('cut off');
  await expectPreview(page, 'crop', (pixel) => pixel);
  await expect(caption).toHaveText('The input tensor, 8 × 8 pixels, its values turned back into brightness by mean and std.');

  for (const fit of ['letterbox', 'stretch'] as const) {
    await live.getByTestId('select-fit').selectOption(fit);
    await expectSeen(page, fit, normalised);
    await expectPreview(page, fit, (pixel) => pixel);
    await expect(cutOff).toHaveCount(0);
  }
  await live.getByTestId('select-channels').selectOption('bgr');
  await expectSeen(page, 'stretch', ([red, green, blue]) => normalised([blue, green, red]));
  await expectPreview(page, 'stretch', ([red, green, blue]) => [blue, green, red]);
  await expect(caption).toContainText('red and blue look exchanged');
  // Mean and std belong to the model's channels, the first of which is blue now.
  await live.getByTestId('field-mean').fill('100, 110, 120');
  await live.getByTestId('field-mean').press('Enter');
  await live.getByTestId('field-std').fill('50, 60, 70');
  await live.getByTestId('field-std').press('Enter');
  await expectSeen(page, 'stretch', ([red, green, blue]) => [(blue - 100) / 50, (green - 110) / 60, (red - 120) / 70]);
  await live.getByTestId('select-channels').selectOption('gray');
  await expectSeen(page, 'stretch', (pixel) => [(luma(pixel) - 100) / 50, (luma(pixel) - 110) / 60, (luma(pixel) - 120) / 70]);
  await expectPreview(page, 'stretch', (pixel) => [luma(pixel), luma(pixel), luma(pixel)]);
  await live.getByTestId('select-values').selectOption('pixels');
  await expectSeen(page, 'stretch', (pixel) => [luma(pixel), luma(pixel), luma(pixel)]);
  await expect(caption).toHaveText('The input tensor, 8 × 8 pixels.');

  // What does not fit the tensor is said, and the stream waits for something that does.
  await live.getByTestId('select-layout').selectOption('nchw');
  await expect(page.getByTestId('live-interrupted')).toHaveAttribute('data-code', 'INVALID_INPUT');
  await expect(page.getByTestId('live-interrupted')).toContainText('the source still runs');
  await live.getByRole('button', { name: 'Back to the model’s defaults' }).click();
  await expect(page.getByTestId('live-interrupted')).toHaveCount(0);
  await expectSeen(page, 'crop', normalised);
  await page.getByTestId('live-stop').click();
});

test('frames come into every layout and type that a picture’s input has', async ({ openWith }) => {
  const page = await openWith(await tileCamera());
  // None of the usual ranges of pixels: −6.55 to 6.2.
  const scaled = { scale: 0.05, zeroPoint: 3 };
  // What models whose channels come first are guessed to take.
  const [imagenetMean, imagenetStd] = [[123.675, 116.28, 103.53], [58.395, 57.12, 57.375]];
  /** Halves away from zero, as TFLite rounds. */
  const round = (value: number) => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
  const quantized = (real: number, [lowest, highest]: readonly [number, number]) => scaled.scale * (Math.min(highest, Math.max(lowest, round(real / scaled.scale) + scaled.zeroPoint)) - scaled.zeroPoint);
  const cases: readonly { readonly name: string; readonly of: [layout: 'nhwc' | 'nchw', channels: 1 | 3, elements?: Elements]; readonly stored: Stored; readonly normalise?: Stored }[] = [
    { name: 'planes', of: ['nchw', 3], stored: (pixel) => pixel.map((value, channel) => (value - (imagenetMean[channel] ?? 0)) / (imagenetStd[channel] ?? 1)) },
    { name: 'grey', of: ['nhwc', 1], stored: (pixel) => [luma(pixel) / 255] },
    { name: 'halves', of: ['nhwc', 3, { dtype: 'float16' }], stored: (pixel) => normalised(pixel).map(half) },
    {
      name: 'bytes', of: ['nhwc', 3, { dtype: 'uint8', quantization: scaled }],
      // Pixels as they are, whatever the scale says; the output shows what they stand for.
      stored: (pixel) => pixel.map((value) => scaled.scale * (round(value) - scaled.zeroPoint)),
      normalise: (pixel) => normalised(pixel).map((value) => quantized(value, [0, 255])),
    },
    {
      name: 'signed', of: ['nchw', 3, { dtype: 'int8', quantization: scaled }],
      stored: (pixel) => pixel.map((value) => scaled.scale * (round(value) - 128 - scaled.zeroPoint)),
      normalise: (pixel) => normalised(pixel).map((value) => quantized(value, [-128, 127])),
    },
  ];
  for (const [index, { name, of, stored, normalise }] of cases.entries()) {
    const live = await openSeen(page, name, ...of);
    // The stream is taken over by each model that is opened.
    if (index === 0) await live.getByTestId('live-camera').click();
    await expectSeen(page, 'crop', stored);
    if (normalise === undefined) continue;
    await live.getByTestId('select-values').selectOption('normalise');
    await expectSeen(page, 'crop', normalise);
  }
  await page.getByTestId('live-stop').click();
});

test('the camera, its size and its side are a person’s choice, before it runs and while it does', async ({ openWith }) => {
  const page = await openWith([allowed, '--use-fake-device-for-media-stream=device-count=2']);
  const live = await openSeen(page, 'floats', 'nhwc', 3);
  const ran = page.getByTestId('live-ran');
  const [camera, resolution, mirror] = [live.getByTestId('select-camera'), live.getByTestId('select-resolution'), live.getByTestId('live-mirror')];
  await resolution.selectOption('1280x720');
  await live.getByTestId('live-camera').click();
  await expect(ran).toContainText('fake_device_0, 1280 × 720 pixels');
  await expect(mirror).toBeChecked();
  // Only who has allowed a camera is told what there is.
  await expect(camera.locator('option')).toHaveText(['Automatic', 'Front', 'Back', 'fake_device_0', 'fake_device_1']);
  await camera.selectOption({ label: 'fake_device_1' });
  await expect(ran).toContainText('fake_device_1, 1280 × 720 pixels');
  await resolution.selectOption('640x480');
  await expect(ran).toContainText('fake_device_1, 640 × 480 pixels');
  const size = () => page.getByTestId('live-picture').evaluate((shown: HTMLCanvasElement) => [shown.width, shown.height]);
  await expect.poll(size).toEqual([640, 480]);
  await expect.poll(() => page.evaluate(() => window.sourceBench.open())).toBeLessThanOrEqual(3);

  // The browser's devices as those of a phone: one looks at the person, one away, and only one runs at a time.
  await page.evaluate(async () => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    const [front, back] = (await mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
    const devices = { user: front?.deviceId ?? '', environment: back?.deviceId ?? '' };
    let running: MediaStreamTrack | undefined;
    mediaDevices.getUserMedia = async ({ video } = {}) => {
      if (typeof video !== 'object') throw new TypeError('no video');
      const { facingMode, ...others } = video;
      const wish = facingMode as { readonly exact?: 'user' | 'environment'; readonly ideal?: 'user' | 'environment' } | undefined;
      const facing = wish?.exact ?? wish?.ideal ?? 'user';
      if (running?.readyState === 'live') throw new DOMException('Could not start video source', 'NotReadableError');
      const stream = await ask({ video: { ...others, deviceId: { exact: devices[facing] } } });
      [running] = stream.getVideoTracks();
      if (running !== undefined) {
        const settings = running.getSettings();
        running.getSettings = () => ({ ...settings, facingMode: facing });
      }
      return stream;
    };
  });
  await live.getByTestId('live-stop').click();
  await camera.selectOption('environment');
  await live.getByTestId('live-camera').click();
  await expect(ran).toContainText('fake_device_1');
  await expect(mirror).not.toBeChecked();
  const before = await framesShown(page);
  await camera.selectOption('user');
  await expect(ran).toContainText('fake_device_0');
  await expect(mirror).toBeChecked();
  await expect(page.getByTestId('live-interrupted')).toHaveCount(0);
  await expect(live.getByTestId('error-card')).toHaveCount(0);
  await expect.poll(() => framesShown(page)).toBeGreaterThan(before + 3);
  await live.getByTestId('live-stop').click();
  await expect.poll(() => page.evaluate(() => window.sourceBench.open())).toBe(0);
});
