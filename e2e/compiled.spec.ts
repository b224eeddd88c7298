/** Models that are compiled into WebAssembly of their own; the gallery's are held to the other runtimes in gallery.spec.ts. */
import { type EngineOutcome, openPage, runModelOk } from './support/engine';
import { apiTest, expect, facePhoto, test } from './support/fixtures';
import { configure, show } from './support/views';

const face = { model: { gallery: 'face-detection-short-range' }, inputs: { '*': { image: facePhoto(1) } }, decode: 'gallery' } as const;

apiTest('Face detection, compiled, finds the boxes that others find, frame after frame', async ({ page }) => {
  const [known, found, again] = [
    await runModelOk(page, { ...face, configuration: { runtime: 'tfjs-tflite', threads: 1 } }), await runModelOk(page, { ...face, configuration: { runtime: 'compiled' } }),
    await runModelOk(page, { ...face, configuration: { runtime: 'compiled', threads: 2 } }),
  ];
  expect(found.configuration).toMatchObject({ runtime: 'compiled', accelerator: 'wasm', threads: 1, variant: 'relaxed-simd', fullyAccelerated: true });
  const boxes = ({ decoded }: EngineOutcome) => (decoded?.kind === 'detections' ? decoded.detections.map(({ box, score }) => [...Object.values(box), score]) : []);
  expect(boxes(known)).not.toHaveLength(0);
  expect(boxes(found)).toEqual(boxes(known).map((values) => values.map((value) => expect.closeTo(value, 2) as unknown)));
  // It has one thread so far: two are refused, and one of it is nearer than another runtime.
  expect([again.configuration.runtime, again.configuration.threads, again.refusals.map(({ error }) => error.code)]).toEqual(['compiled', 1, ['INVALID_CONFIGURATION']]);
});

test('The page measures a compiled model as it measures others: alone, and by ops', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await configure(page, { runtime: 'compiled' });
  await show(page, 'benchmark');
  await page.getByText(/^Plan: warm up/).click();
  await page.getByLabel('and at least seconds').first().fill('0');
  await page.getByLabel('and at least seconds').last().fill('0');
  await page.getByTestId('benchmark-start').click();
  await expect(page.getByTestId('benchmark-result')).toContainText('compiled · WebAssembly · 1 thread', { timeout: 60_000 });
  await show(page, 'ops');
  await page.getByTestId('profile-start').click();
  await expect(page.getByTestId('profile-view')).toContainText('By the runtime’s clock around each kernel', { timeout: 60_000 });
  // 40 of 164 ops have a time of their own; the others are part of them, or of nothing.
  await expect(page.getByTestId('profile-table')).toHaveAttribute('aria-rowcount', '41');
});
