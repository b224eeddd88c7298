/** What models are taken for by themselves: a YOLO detector, as Ultralytics exports it, on the page and by the API. */
import { openPage } from './support/engine';
import { drawnPicture } from './support/drawn-picture';
import { dropFiles, expect, test } from './support/fixtures';
import { yoloModel } from './support/made-models';

// Letterboxed into 64 × 64 at half size below 16 rows: cells 3, 3 and 6, 5 of the finest grid.
const picture = drawnPicture(128, 64, [{ colour: [255, 0, 0], x: 48, y: 16, width: 16, height: 16 }, { colour: [0, 0, 255], x: 96, y: 48, width: 16, height: 16 }]);

test('a YOLO file is known by what its exporter wrote, and finds its boxes on the page and by the API', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [{ name: 'yolo.tflite', bytes: yoloModel(['red thing', 'blue thing']) }]);
  await expect(page.getByTestId('recognised')).toHaveText('YOLO11n detector The file itself names the task (“detect”) and 2 classes.');
  await dropFiles(page, [{ name: 'drawn.bmp', bytes: picture }]);
  await page.getByTestId('run').click();
  const found = page.getByTestId('decoded-list').getByRole('listitem');
  await expect(found).toHaveCount(2);
  await expect(found.filter({ hasText: 'red thing' })).toContainText('16 × 16 px at 48, 16');
  await expect(found.filter({ hasText: 'blue thing' })).toContainText('16 × 16 px at 96, 48');

  const result = await page.evaluate(async (bytes) => {
    const { litescope } = window;
    const [model] = litescope.models();
    const run = await litescope.run(model?.id ?? '', {}, { images: { kind: 'image', image: new Blob([Uint8Array.from(bytes)]) } }, { decoder: 'auto' });
    const without = await litescope.run(model?.id ?? '', {}, {}, {});
    return { decoded: run.decoded, recognised: run.recognised, without: 'recognised' in without };
  }, [...picture]);
  expect(result).toEqual({
    decoded: {
      kind: 'detections',
      detections: expect.arrayContaining([
        { box: { x: 48, y: 16, width: 16, height: 16 }, score: expect.closeTo(0.75, 6), label: 'red thing', keypoints: [] },
        { box: { x: 96, y: 48, width: 16, height: 16 }, score: expect.closeTo(0.75, 6), label: 'blue thing', keypoints: [] },
      ]),
    },
    recognised: { name: 'YOLO11n detector', because: 'The file itself names the task (“detect”) and 2 classes.' },
    without: false,
  });
});
