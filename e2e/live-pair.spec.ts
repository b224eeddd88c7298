/** Two models on the frames of one camera: both see the same frames, and none stays open. */
import { bar, film } from './support/fake-camera';
import { openPage } from './support/engine';
import { expect, packagedModel, dropFiles, test } from './support/fixtures';
import { countOpenFrames } from './support/open-frames';
import { sessionWorker } from './support/session-worker';
import { show } from './support/views';

test('two models see the same frames of a camera, side by side, and close them all', async ({ page }) => {
  const frames = await countOpenFrames(page);
  await openPage(page);

  // Through the API first: each picture carries the number of its frame.
  const numbers = await page.evaluate(async ({ bar, film, wanted }) => {
    const { litescope } = window;
    const models = [await litescope.openFromGallery('face-detection-short-range'), await litescope.openFromGallery('selfie-segmentation')];
    const camera = await litescope.sources.openCamera({ width: film.width, height: film.height });
    const parts = litescope.sources.shareSource(camera, models.length);
    const canvas = new OffscreenCanvas(film.width, film.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('There is no canvas.');
    const read: number[][] = models.map(() => []);
    let finish: () => void = () => undefined;
    const enough = new Promise<void>((resolve) => { finish = resolve; });
    const streams = [];
    for (const [index, { id }] of models.entries()) {
      const part = parts[index];
      if (part === undefined) throw new Error('A part is missing.');
      streams.push(await litescope.stream(id, part, {
        show: (picture) => {
          context.drawImage(picture, 0, 0);
          picture.close();
          let number = 0;
          for (let bit = 0; bit < bar.bits; bit++) number = number * 2 + ((context.getImageData(bit * bar.size + bar.size / 2, film.height - bar.size / 2, 1, 1).data[1] ?? 0) > 128 ? 1 : 0);
          read[index]?.push(number);
          if (read.every(({ length }) => length >= wanted)) finish();
        },
      }, { threads: 1 }));
    }
    await enough;
    for (const stream of streams) stream.close();
    for (const { id } of models) litescope.close(id);
    return read.map((list) => list.slice(0, wanted));
  }, { bar, film, wanted: 8 });
  expect(new Set(numbers[0]).size).toBeGreaterThan(1);
  expect(numbers[1]).toEqual(numbers[0]);

  // And as a person does it.
  await dropFiles(page, [packagedModel('face_detection', 'face_detection_short_range.tflite'), packagedModel('face_detection', 'face_detection_full_range.tflite')]);
  await expect(page.getByTestId('model-tab')).toHaveCount(2);
  await page.getByTestId('model-tab').first().click();
  await show(page, 'outputs');
  await page.getByTestId('pair-camera').click();
  for (const index of [0, 1]) {
    await expect(page.getByTestId('pair-shown').nth(index)).toHaveText(/^([3-9]|\d\d+)$/);
    await expect(page.getByTestId('pair-invoke').nth(index)).toHaveText(/^\d[\d.,]* ms$/);
    expect(await page.getByTestId('pair-canvas').nth(index).evaluate((canvas) => [(canvas as HTMLCanvasElement).width, (canvas as HTMLCanvasElement).height])).toEqual([film.width, film.height]);
  }
  // Whoever looks elsewhere has the camera off, and no frame stays open.
  await show(page, 'overview');
  expect(await frames.seen()).toBeGreaterThan(10);
  await expect.poll(() => frames.open()).toBe(0);
  await expect.poll(() => page.workers().filter((worker) => sessionWorker.test(worker.url())).length).toBe(0);
});
