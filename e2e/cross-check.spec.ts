/** Every tensor on all three runtimes: they agree on models as they are, and a weight that was changed in one runtime's copy is found. */
import { readFileSync } from 'node:fs';
import { galleryModel } from '../src/tflite/testing/models';
import { openModel } from '../src/tflite/format/verify/verify';
import { openPage } from './support/engine';
import { apiTest, dropFiles, expect, serveFiles, sharedModel, test } from './support/fixtures';
import { manyTypesModel } from './support/made-models';
import { planted } from './support/planted';
import { show } from './support/views';

apiTest('runtimes agree on face detection, tensor by tensor', async ({ page }) => {
  const result = await page.evaluate(async () => {
    const model = await window.litescope.openFromGallery('face-detection-short-range');
    const fractions: number[] = [];
    const image = await (await fetch('samples/grace-hopper.jpg')).blob();
    const checked = await window.litescope.crossCheck(model.id, { input: { kind: 'image', image } }, { onProgress: (progress) => { if (progress.kind === 'cross-check') fractions.push(progress.fraction); } });
    return { ...checked, fractions };
  });
  expect(result.runtimes).toEqual(['tfjs-kernels', 'tfjs-tflite', 'litert'].map((runtime) => ({ runtime, error: null })));
  expect(result.fault).toBeNull();
  expect(result.tensors).toHaveLength(90);
  for (const { pairs, local } of result.tensors) {
    expect(pairs.map(({ pair }) => pair.join(' '))).toEqual(['tfjs-kernels tfjs-tflite', 'tfjs-kernels litert', 'tfjs-tflite litert']);
    expect(local.map(({ runtime }) => runtime)).toEqual(['tfjs-tflite', 'litert']);
  }
  // A comparison of a thing with itself would have no difference anywhere.
  expect(Math.max(...result.tensors.flatMap(({ local }) => local.map(({ max_abs }) => max_abs)))).toBeGreaterThan(0);
  expect(result.fractions).toEqual([0, 1 / 3, 2 / 3, 1]);
});

apiTest('runtimes agree on pose landmarks, whose tensors take two sessions each, down to outputs of one value', async ({ page }) => {
  const { runtimes, tensors, fault } = await page.evaluate(async () => window.litescope.crossCheck((await window.litescope.openFromGallery('pose-landmarks-lite')).id));
  expect(runtimes.map(({ error }) => error)).toEqual([null, null, null]);
  expect(tensors).toHaveLength(129);
  expect(tensors.filter(({ pairs, local }) => pairs.length < 3 || local.length < 2)).toEqual([]);
  expect(fault).toBeNull();
});

for (const runtime of ['litert', 'tfjs-tflite', 'tfjs-kernels'] as const) {
  apiTest(`a weight that was changed in the copy for ${runtime} alone is found`, async ({ page }) => {
    const bytes = galleryModel('face_detection/face_detection_short_range.tflite');
    const op = openModel(bytes).subgraphs[0]?.operators.filter(({ code }) => code.name === 'CONV_2D')[5]?.index ?? -1;
    // 24 in float16, far above the weights of this layer.
    const { file, kind, tensor } = planted(bytes, op, Uint8Array.of(0x00, 0x4e));
    const { addresses: [address = ''], stop } = await serveFiles(page, [{ name: 'planted.tflite', bytes: file }]);
    const fault = await page.evaluate(async ([url, name]) => {
      const model = await window.litescope.openFromGallery('face-detection-short-range');
      const copy = await window.litescope.open(url);
      return (await window.litescope.crossCheck(model.id, {}, { copies: { [name]: copy.id } })).fault;
    }, [address, runtime] as const);
    stop();
    expect(fault).toMatchObject({ op, kind, tensor, apart: [runtime] });
  });
}

const path = sharedModel('mobilenet_v1_0.25_128_quant.tflite');
apiTest('an integer weight that was changed is found in a quantized model, and nothing where none was', async ({ page }) => {
  test.skip(path === null, '../shared/models/mobilenet_v1_0.25_128_quant.tflite is not there');
  const quantized = new Uint8Array(readFileSync(path ?? ''));
  const op = openModel(quantized).subgraphs[0]?.operators.filter(({ code }) => code.name === 'CONV_2D')[3]?.index ?? -1;
  const { file, kind, tensor } = planted(quantized, op, Uint8Array.of(0, 255, 0, 255));
  const { addresses: [sound = '', changed = ''], stop } = await serveFiles(page, [{ name: 'sound.tflite', bytes: quantized }, { name: 'changed.tflite', bytes: file }]);
  const faults = await page.evaluate(async ([first, second]) => {
    const model = await window.litescope.open(first);
    const copy = await window.litescope.open(second);
    const image = await (await fetch('samples/grace-hopper.jpg')).blob();
    const inputs = { input: { kind: 'image' as const, image } };
    return [await window.litescope.crossCheck(model.id, inputs), await window.litescope.crossCheck(model.id, inputs, { copies: { 'tfjs-tflite': copy.id } })];
  }, [sound, changed] as const);
  stop();
  expect(faults[0]?.fault).toBeNull();
  expect(faults[1]?.fault).toMatchObject({ op, kind, tensor, apart: ['tfjs-tflite'] });
});

test('the page checks the model as it is set up, shows where it stands and colours the graph', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await show(page, 'outputs');
  await page.getByTestId('cross-check-start').click();
  await expect(page.getByTestId('cross-check-verdict')).toHaveText('tfjs-kernels, tfjs-tflite, litert agree on 90 tensors.', { timeout: 60_000 });
  const rows = page.getByTestId('cross-check-table').locator('tbody tr');
  await expect(rows).toHaveCount(90);
  await rows.first().getByRole('button').click();
  await expect(rows.first().getByRole('button')).toHaveAttribute('aria-pressed', 'true');
  await page.getByTestId('cross-check-colour').click();
  await expect(page.getByTestId('graph-legend')).toContainText('tfjs-tflite against kernels');
});

test('tensors of every type are compared, and what is left out is said', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [{ name: 'types.tflite', bytes: manyTypesModel() }]);
  await expect(page.getByTestId('model-summary')).toContainText('types.tflite');
  await show(page, 'outputs');
  await page.getByTestId('cross-check-start').click();
  await expect(page.getByTestId('cross-check-verdict')).toHaveText('tfjs-kernels, tfjs-tflite, litert agree on 8 tensors.', { timeout: 60_000 });
  await expect(page.getByTestId('cross-check-table').getByRole('rowheader')).toHaveText(['counts', 'positive', 'steps', 'real', 'half', 'halved', 'counted', 'truth']);
  await expect(page.getByTestId('cross-check')).not.toContainText('Left out:');
});
