/** Folders that are dropped from a file manager: samples where samples are wanted, models everywhere else. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPage } from './support/engine';
import { expect, facePhoto, packagedModel, test } from './support/fixtures';
import { dropByHand } from './support/hand-drop';
import { show } from './support/views';

const folder = mkdtempSync(join(tmpdir(), 'litescope-dropped-'));
const [photos, models] = [join(folder, 'photos'), join(folder, 'models')];

test.beforeAll(() => {
  for (const [path, number] of [['photos/cats/1.jpg', 1], ['photos/cats/2.jpg', 2], ['photos/dogs/10.jpg', 3]] as const) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    copyFileSync(facePhoto(number), join(folder, path));
  }
  mkdirSync(join(models, 'inner'), { recursive: true });
  copyFileSync(packagedModel('face_detection', 'face_detection_short_range.tflite'), join(models, 'inner', 'face.tflite'));
  copyFileSync(facePhoto(4), join(models, 'inner', 'not-a-model.jpg'));
});
test.afterAll(() => { rmSync(folder, { recursive: true }); });

test('a dropped folder gives models to the page, and samples to Compare and Variants', async ({ page }) => {
  await openPage(page);
  await dropByHand(page.locator('main'), [photos]);
  await expect(page.getByText('There is no model in that folder.')).toBeVisible();
  await expect(page.getByTestId('error-card')).toHaveCount(0);
  await dropByHand(page.locator('main'), [models]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('face.tflite');

  await show(page, 'variants');
  await dropByHand(page.getByTestId('samples'), [photos]);
  await expect(page.getByTestId('sample-count')).toHaveText('3 samples: 3 pictures');
  await expect(page.getByText(/^Drop models, a picture/)).toHaveCount(0);
  // Models are opened, wherever they fall.
  await dropByHand(page.getByTestId('samples'), [packagedModel('face_detection', 'face_detection_full_range.tflite')]);
  await expect(page.getByTestId('model-tab')).toHaveCount(2);

  await show(page, 'outputs');
  await dropByHand(page.getByTestId('outputs-drop'), [photos]);
  await expect(page.getByTestId('outputs-inputs')).toHaveText('3 files, 2 classes by folders');
});
