import { readFileSync } from 'node:fs';
import { openPage } from './support/engine';
import { dropFiles, expect, facePhoto, packagedModel, test } from './support/fixtures';
import { configure, show } from './support/views';

const faceModel = packagedModel('face_detection', 'face_detection_short_range.tflite');

test.beforeEach(async ({ page }) => {
  await openPage(page);
});

for (const runtime of ['tfjs-tflite', 'litert']) {
  test(`a dropped model and a dropped photo give faces on ${runtime}, in the page`, async ({ page }) => {
    await dropFiles(page, [faceModel]);
    await dropFiles(page, [facePhoto(3)]);
    await configure(page, { runtime, threads: '1' });
    await page.getByTestId('run').click();
    await expect(page.getByTestId('ran-configuration')).toContainText(`${runtime} · WebAssembly · 1 thread`);
    const list = page.getByTestId('decoded-list');
    await expect(list).toContainText('2 faces found');
    // The scores that both runtimes give for the two faces, to the digit that is shown.
    await expect(list).toContainText('93.9 %');
    await expect(list).toContainText('86.1 %');
    await expect(page.getByTestId('fallback-notice')).toHaveCount(0);
    await expect(page.getByTestId('output-regressors')).toContainText('1×896×16');
  });
}

test('selfie segmentation runs on LiteRT, and the page says why not on tfjs-tflite', async ({ page }) => {
  await page.getByTestId('gallery-selfie-segmentation').click();
  await configure(page, { runtime: 'tfjs-tflite' });
  await page.getByTestId('run').click();
  await expect(page.getByTestId('ran-configuration')).toContainText('litert');
  const notice = page.getByTestId('fallback-notice');
  await expect(notice).toContainText('tfjs-tflite');
  await expect(notice).toContainText('Convolution2DTransposeBias');
});

test('Control and Enter run the model', async ({ page }) => {
  await page.getByTestId('gallery-face-detection-short-range').click();
  await expect(page.getByTestId('run')).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('decoded-list')).toContainText('1 face found');
});

test('the first run of a session is told from those that follow', async ({ page }) => {
  await page.getByTestId('gallery-face-detection-short-range').click();
  const result = page.getByTestId('result');
  await page.getByTestId('run').click();
  await expect(result.getByText('Invoke, first run')).toBeVisible();
  await page.getByTestId('run').click();
  await expect(result.getByText('Invoke', { exact: true })).toBeVisible();
  // Other settings start another session.
  await configure(page, { runtime: 'litert' });
  await page.getByTestId('run').click();
  await expect(result.getByText('Invoke, first run')).toBeVisible();
});

test('an output downloads as .npy with the values that the runtime gave', async ({ page }) => {
  await page.getByTestId('gallery-face-detection-short-range').click();
  await page.getByTestId('run').click();
  const output = page.getByTestId('output-classificators');
  const [download] = await Promise.all([page.waitForEvent('download'), output.getByRole('button', { name: /npy/ }).click()]);
  const bytes = readFileSync(await download.path());
  const headerBytes = bytes.readUInt16LE(8);
  expect(bytes.subarray(0, 6).toString('latin1')).toBe('\u0093NUMPY');
  expect(bytes.subarray(10, 10 + headerBytes).toString('latin1').trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 896, 1), }");
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset + 10 + headerBytes, bytes.byteOffset + bytes.byteLength));
  expect(values).toHaveLength(896);
  // The best anchor's logit stands behind the score that the page shows: σ(2.754…) = 94.0 %.
  expect(Math.max(...values)).toBeCloseTo(2.7544, 2);
});

test('a benchmark reports benchmark_model’s figures with units, and can be cancelled', async ({ page }) => {
  await page.getByTestId('gallery-face-detection-short-range').click();
  await configure(page, { threads: '1' });
  await show(page, 'benchmark');
  await page.getByTestId('benchmark-start').click();
  const reading = page.getByTestId('benchmark-result');
  await expect(reading).toBeVisible({ timeout: 60_000 });
  for (const label of ['Mean', 'Std', 'Min', 'p5', 'p95', 'Max', 'Init', 'First inference', 'Warm-up mean']) {
    await expect(reading.getByRole('term').filter({ hasText: new RegExp(`^${label}$`) })).toBeVisible();
  }
  await expect(page.getByTestId('benchmark-median')).toContainText(/^\d+(\.\d+)? ms$/);
  await expect(reading).toContainText(/\d MB/);
  // A second one is stopped half way: the first one's figures stay.
  const before = await reading.innerText();
  await show(page, 'benchmark');
  await page.getByTestId('benchmark-start').click();
  await expect(page.getByTestId('progress')).toContainText(/run/i);
  await page.getByTestId('progress').getByTestId('cancel').click();
  await expect(page.getByTestId('progress')).toHaveCount(0);
  expect(await reading.innerText()).toBe(before);
  await expect(page.getByTestId('error-card')).toHaveCount(0);
});

test('the report that a benchmark gives is whole and consistent', async ({ page }) => {
  const report = await page.evaluate(async () => {
    const model = await window.litescope.openFromGallery('face-detection-short-range');
    const phases: string[] = [];
    const result = await window.litescope.benchmark([model.id], [{ runtime: 'tfjs-tflite', threads: 1 }, { runtime: 'litert', threads: 99 }], { num_runs: 20, min_secs: 0.2, warmup_min_secs: 0.1 }, {}, {
      fallback: false, onProgress: (progress) => { if (phases.at(-1) !== progress.kind) phases.push(progress.kind); },
    });
    return { result, phases };
  });
  const [measured, failed] = report.result.results;
  if (measured === undefined || !('latency_metrics' in measured)) throw new Error('The first row was not measured.');
  const sorted = measured.samples_ms.toSorted((a, b) => a - b);
  const { latency_metrics: latency } = measured;
  expect(measured.samples_ms.length).toBeGreaterThanOrEqual(20);
  expect(measured.misc_metrics.num_runs).toBe(measured.samples_ms.length);
  expect(measured.warmup_samples_ms[0]).toBe(latency.first_inference_ms);
  expect(latency.min_ms).toBe(sorted[0]);
  expect(latency.max_ms).toBe(sorted.at(-1));
  expect(latency.avg_ms).toBeCloseTo(sorted.reduce((sum, sample) => sum + sample, 0) / sorted.length, 9);
  const middle = (sorted.length - 1) / 2;
  expect(latency.median_ms).toBeCloseTo(((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2, 9);
  expect(measured.memory_metrics.peak_mem_mb).toBeGreaterThan(0);
  expect(failed).toMatchObject({ error: { code: 'INVALID_CONFIGURATION' } });
  expect(report.phases).toEqual(expect.arrayContaining(['calibrate', 'take-turns']));
});
