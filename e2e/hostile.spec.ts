/** Damaged files go through the built page: each opens or gets its own error, and the page lives on. */
import { errorCodes } from '../src/errors';
import { galleryModel } from '../src/tflite/testing/models';
import { mutations } from '../src/tflite/testing/mutations';
import { openPage, runModelOk } from './support/engine';
import { dropFiles, expect, packagedModel, serveFiles, test } from './support/fixtures';

/** Six models of the gallery, of all its tasks. */
const sources = [
  'face_detection/face_detection_short_range.tflite', 'face_detection/face_detection_full_range.tflite', 'face_detection/face_detection_full_range_sparse.tflite',
  'selfie_segmentation/selfie_segmentation.tflite', 'selfie_segmentation/selfie_segmentation_landscape.tflite', 'hands/hand_landmark_lite.tflite',
];
const count = 300;

test(`${count} damaged models leave the page alive`, async ({ page }) => {
  test.setTimeout(600_000);
  await openPage(page);
  const damaged = [...mutations(sources.map(galleryModel), count, 7)];
  const { addresses, stop } = await serveFiles(page, damaged.map(({ bytes }, index) => ({ name: `${index}.tflite`, bytes })));
  const outcomes = await page.evaluate(async (urls) => {
    const seen: { opened: boolean; code: string }[] = [];
    let survivors = 0;
    for (const url of urls) {
      try {
        const model = await window.litescope.open(url);
        survivors++;
        let code = 'not run';
        // Every fifth that opens also runs: bytes that read well may still mean nonsense to a runtime.
        if (survivors % 5 === 0) {
          code = await window.litescope.run(model.id, { threads: 1 }, {}, { watchdog_ms: 3000 }).then(() => 'ran', (error: { code: string }) => error.code);
        }
        window.litescope.close(model.id);
        seen.push({ opened: true, code });
      } catch (error) {
        seen.push({ opened: false, code: (error as { code?: string }).code ?? `untyped: ${String(error)}` });
      }
    }
    return seen;
  }, addresses);
  stop();
  expect(outcomes).toHaveLength(count);
  const known: readonly string[] = [...errorCodes, 'ran', 'not run'];
  expect(outcomes.filter(({ code }) => !known.includes(code))).toEqual([]);
  expect(outcomes.filter(({ code }) => code === 'INTERNAL')).toEqual([]);
  const opened = outcomes.filter((outcome) => outcome.opened).length;
  console.log(`damaged models: ${opened} opened, ${count - opened} refused (${[...new Set(outcomes.filter((outcome) => !outcome.opened).map(({ code }) => code))].toSorted().join(', ')})`);
  expect(opened).toBeGreaterThan(0);
  expect(opened).toBeLessThan(count);

  // The page itself takes them by drop, all at once, and shows an error for each that it refuses.
  const refused = damaged.filter((_, index) => outcomes[index]?.opened === false).slice(0, 12);
  await dropFiles(page, refused.map(({ bytes }, index) => ({ name: `damaged-${index}.tflite`, bytes })));
  await expect(page.getByTestId('error-card')).toHaveCount(refused.length);
  await dropFiles(page, [packagedModel('face_detection', 'face_detection_short_range.tflite')]);
  await expect(page.getByTestId('model-summary')).toContainText('229 kB');
  const good = await runModelOk(page, { model: { gallery: 'face-detection-short-range' } });
  expect(good.outputs).toHaveLength(2);
});
