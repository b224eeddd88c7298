import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { builtinOperators } from '../src/tflite/format/schema/operators';
import { buildModel } from '../src/tflite/testing/build';
import { openPage, runModel, runModelError, runModelOk } from './support/engine';
import { apiTest, expect, test } from './support/fixtures';
import { sessionWorker } from './support/session-worker';
import { unfold } from './support/views';

const face = { gallery: 'face-detection-short-range' };

/** The sum of ten tensors of 480 MB each, which are more than a 32-bit heap has room for. */
function hugeModel(): Uint8Array {
  const inputs = Array.from({ length: 10 }, (_, index) => index);
  const code = builtinOperators.indexOf('ADD_N');
  return buildModel({
    version: 3,
    operator_codes: [{ deprecated_builtin_code: code, builtin_code: code, version: 1 }],
    buffers: [{}],
    subgraphs: [{
      tensors: [...inputs, 10].map((index) => ({ name: `tensor_${index}`, shape: [1, 120_000_000], type: 0 })),
      inputs,
      outputs: [10],
      operators: [{ opcode_index: 0, inputs, outputs: [10] }],
    }],
  });
}

/** Opens the page with a route that stays while others go: a worker whose script is requested when the last one goes may wait for it for ever. */
async function openRouted(page: Page): Promise<void> {
  await page.context().route('https://nowhere.example/**', (route) => route.abort());
  await openPage(page);
}

test('a session that hangs is ended by its watchdog, and the next model runs', async ({ page }) => {
  await openRouted(page);
  // The test double: a worker that never answers and never yields.
  await page.route(sessionWorker, (route) => route.fulfill({ contentType: 'text/javascript', headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' }, body: 'for (;;) {}' }));
  await page.getByTestId('gallery-face-detection-short-range').click();
  await unfold(page.getByTestId('configuration'));
  await page.getByText('More settings').click();
  await page.getByLabel('End a session that shows no sign of life').fill('1');
  await page.getByTestId('run').click();
  const card = page.getByTestId('error-card');
  await expect(card).toHaveAttribute('data-code', 'SESSION_HUNG');
  await expect(card).toContainText('No sign of life for 1 s.');
  await page.unroute(sessionWorker);
  await page.getByTestId('run').click();
  await expect(page.getByTestId('decoded-list')).toContainText('1 face found');
});

test('a session that crashes is reported, and the page goes on', async ({ page, expectedConsoleErrors }) => {
  await openRouted(page);
  expectedConsoleErrors.push('planted');
  await page.route(sessionWorker, (route) => route.fulfill({ contentType: 'text/javascript', headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' }, body: 'setTimeout(() => { throw new Error("planted"); });' }));
  const error = await runModelError(page, { model: face, configuration: { runtime: 'litert', threads: 1 }, fallback: false });
  expect(error.code).toBe('SESSION_CRASHED');
  expect(error.details).toContain('planted');
  await page.unroute(sessionWorker);
  expect((await runModelOk(page, { model: face })).outputs).toHaveLength(2);
});

test('a runtime whose files are missing is passed over', async ({ page, expectedConsoleErrors }) => {
  await openRouted(page);
  expectedConsoleErrors.push(/404/);
  await page.route(/\/runtimes\/tfjs-tflite-.*\.wasm$/, (route) => route.fulfill({ status: 404, body: '' }));
  const result = await runModelOk(page, { model: face, configuration: { runtime: 'tfjs-tflite' } });
  expect(result.configuration.runtime).toBe('litert');
  expect(result.refusals).toMatchObject([{ error: { code: 'RUNTIME_LOAD_FAILED' } }]);
  // The failure is not kept: once the file is there again, the runtime starts.
  await page.unroute(/\/runtimes\/tfjs-tflite-.*\.wasm$/);
  expect((await runModelOk(page, { model: face, configuration: { runtime: 'tfjs-tflite', threads: 1 } })).configuration.runtime).toBe('tfjs-tflite');
});

apiTest('what the device lacks is named, and something else runs', async ({ page }) => {
  for (const [accelerator, code] of [['webnn', 'NO_WEBNN'], ['webgpu', 'NO_WEBGPU']] as const) {
    const result = await runModelOk(page, { model: face, configuration: { accelerator } });
    expect(result.configuration.accelerator).toBe('wasm');
    expect(result.refusals).toMatchObject([{ configuration: { runtime: 'litert', accelerator }, error: { code } }]);
  }
});

apiTest('an input that does not fit is refused, and the session goes on', async ({ page }) => {
  const error = await runModelError(page, { model: face, inputs: { input: { values: [1, 2, 3] } } });
  expect(error).toMatchObject({ code: 'INVALID_INPUT' });
  expect((await runModelOk(page, { model: face })).outputs).toHaveLength(2);
});

apiTest('a picture that is none is refused', async ({ page }) => {
  const outcome = await page.evaluate(async () => {
    const model = await window.litescope.openFromGallery('face-detection-short-range');
    return window.litescope.run(model.id, {}, { input: { kind: 'image', image: new Blob(['no picture']) } }).then(() => 'ran', (error: { code: string }) => error.code);
  });
  expect(outcome).toBe('INVALID_IMAGE');
});

for (const runtime of ['tfjs-tflite', 'litert'] as const) {
  apiTest(`a model that needs more memory than there is says so on ${runtime}, and the page goes on`, async ({ page }, testInfo) => {
    const file = testInfo.outputPath('huge.tflite');
    writeFileSync(file, hugeModel());
    const error = await runModelError(page, { model: { file }, configuration: { runtime, threads: 1 }, fallback: false });
    expect(error.code).toBe('OUT_OF_MEMORY');
    expect(error.details).toMatch(/the heap could not grow to \d+ bytes/);
    expect((await runModelOk(page, { model: face })).outputs).toHaveLength(2);
  });
}

apiTest('a cancelled run ends as cancelled, and the next one runs', async ({ page }) => {
  const code = await page.evaluate(async () => {
    const model = await window.litescope.openFromGallery('pose-landmarks-heavy');
    const controller = new AbortController();
    const running = window.litescope.benchmark([model.id], [{ threads: 1 }], {}, {}, {
      signal: controller.signal,
      onProgress: ({ kind }) => { if (kind === 'warm-up' || kind === 'timed-runs') controller.abort(); },
    });
    return running.then(() => 'finished', (error: { code: string }) => error.code);
  });
  expect(code).toBe('CANCELLED');
  expect((await runModelOk(page, { model: face })).outputs).toHaveLength(2);
});

apiTest('ten models one after the other leave one session at most', async ({ page }) => {
  for (let round = 0; round < 5; round++) {
    for (const threads of [1, 2]) {
      const outcome = await runModel(page, { model: face, configuration: { runtime: round % 2 === 0 ? 'tfjs-tflite' : 'litert', threads }, fallback: false });
      expect(outcome).toMatchObject({ configuration: { threads } });
    }
  }
  // A worker that was terminated is reported as gone a little later.
  await expect.poll(() => page.workers().filter((worker) => sessionWorker.test(new URL(worker.url()).pathname)).length).toBe(1);
});
