/** Models on the same inputs: the figures are those that the test reckons itself from single runs of each. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { formatReal } from '../src/messages/format';
import { mulberry32 } from '../src/stats/random';
import { writeNpy } from '../src/tensor/npy';
import { galleryModel } from '../src/tflite/testing/models';
import { openModel } from '../src/tflite/format/verify/verify';
import { openPage } from './support/engine';
import { apiTest, dropFiles, expect, facePhoto, serveFiles, sharedModel, test } from './support/fixtures';
import { planted } from './support/planted';
import { configure, show, unfold } from './support/views';

interface Reckoned {
  readonly mse: number;
  readonly rmse: number;
  readonly max_abs: number;
  readonly mean_abs: number;
  readonly cosine: number;
  readonly sqnr_db: number;
  readonly psnr_db: number;
}

/** The textbook's formulas, one by one. */
function reckon(reference: readonly number[], values: readonly number[]): Reckoned {
  const differences = values.map((value, index) => value - (reference[index] ?? NaN));
  const dot = (one: readonly number[], other: readonly number[]) => one.reduce((sum, value, index) => sum + value * (other[index] ?? NaN), 0);
  const mse = dot(differences, differences) / differences.length;
  return {
    mse,
    rmse: Math.sqrt(mse),
    max_abs: Math.max(...differences.map(Math.abs)),
    mean_abs: differences.reduce((sum, difference) => sum + Math.abs(difference), 0) / differences.length,
    cosine: dot(reference, values) / Math.sqrt(dot(reference, reference) * dot(values, values)),
    sqnr_db: 10 * Math.log10(dot(reference, reference) / dot(differences, differences)),
    psnr_db: 10 * Math.log10((Math.max(...reference) - Math.min(...reference)) ** 2 / mse),
  };
}

apiTest('the API compares face detection with an int8 variant as single runs of both do', async ({ page }) => {
  const photos = await serveFiles(page, [facePhoto(3)]);
  const { comparison, runs, fractions } = await page.evaluate(async (addresses) => {
    const { litescope } = window;
    const model = await litescope.openFromGallery('face-detection-short-range');
    const { model: variant } = await litescope.quantize(model.id, 'weights-int8', [], { prove: false });
    const images = await Promise.all(['samples/grace-hopper.jpg', ...addresses].map(async (address) => (await fetch(address)).blob()));
    const samples = [...images, new Blob(['no picture'])].map((image, index) => ({ name: `picture ${index}`, inputs: { input: { kind: 'image' as const, image } } }));
    const configuration = { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 } as const;
    const fractions: number[] = [];
    const comparison = await litescope.compare([model.id, variant.id], configuration, samples, { onProgress: (progress) => { if (progress.kind === 'compare-outputs') fractions.push(progress.fraction); } });
    const runs: { outputs: number[][]; faces: { box: { x: number; y: number; width: number; height: number }; score: number }[] }[][] = [];
    for (const image of images) {
      const both = [];
      for (const { id } of [model, variant]) {
        // The variant says nothing of its pictures: it takes them as the model does.
        const { outputs, decoded } = await litescope.run(id, configuration, { input: { kind: 'image', image, preprocessing: model.entry?.preprocessing } }, { decoder: model.entry?.decoder });
        both.push({ outputs: outputs.map(({ data }) => [...new Float32Array(data)]), faces: decoded?.kind === 'detections' ? decoded.detections.map(({ box, score }) => ({ box, score })) : [] });
      }
      runs.push(both);
    }
    return { comparison, runs, fractions };
  }, photos.addresses);

  const [reference, variant] = comparison.models;
  expect(comparison.models.map(({ error }) => error)).toEqual([null, null]);
  expect(reference).toMatchObject({ outputs: [], bytes: 229_032, samples: 2 });
  for (const { configuration, first_inference_ms, wasm_memory_bytes } of comparison.models) {
    expect(configuration).toMatchObject({ runtime: 'tfjs-tflite', threads: 1 });
    expect(first_inference_ms).toBeGreaterThan(0);
    expect(wasm_memory_bytes).toBeGreaterThan(1_000_000);
  }
  expect(fractions).toEqual([0, 1 / 3, 2 / 3, 1]);
  expect(variant?.outputs.map(({ name, other, by }) => [name, other, by])).toEqual([['regressors', 'regressors', 'name'], ['classificators', 'classificators', 'name']]);
  for (const [index, output] of (variant?.outputs ?? []).entries()) {
    const expected = reckon(runs.flatMap(([one]) => one?.outputs[index] ?? []), runs.flatMap(([, other]) => other?.outputs[index] ?? []));
    for (const figure of Object.keys(expected) as (keyof Reckoned)[]) expect(output.metrics?.[figure] ?? NaN, `${output.name} ${figure}`).toBeCloseTo(expected[figure], 9);
    expect(output.flagged).toBe(expected.mse > 1e-5);
    expect(output.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(runs.length * (runs[0]?.[0]?.outputs[index]?.length ?? 0));
  }
  // Faces lie far apart: the one that belongs to another is the only one that overlaps it at all.
  const pairs = runs.map(([one, other]) => (one?.faces ?? []).map((face) => {
    const overlaps = (other?.faces ?? []).map(({ box, score }) => {
      const width = Math.max(0, Math.min(face.box.x + face.box.width, box.x + box.width) - Math.max(face.box.x, box.x));
      const height = Math.max(0, Math.min(face.box.y + face.box.height, box.y + box.height) - Math.max(face.box.y, box.y));
      return { iou: width * height / (face.box.width * face.box.height + box.width * box.height - width * height), difference: Math.abs(score - face.score) };
    }).filter(({ iou }) => iou > 0);
    expect(overlaps).toHaveLength(1);
    return overlaps[0] ?? { iou: NaN, difference: NaN };
  }));
  expect(pairs.map(({ length }) => length)).toEqual([1, 2]);
  const expectedAgreement = (list: typeof pairs[number]) => ({
    mean_iou: expect.closeTo(list.reduce((sum, { iou }) => sum + iou, 0) / list.length, 9),
    least_iou: expect.closeTo(Math.min(...list.map(({ iou }) => iou)), 9),
    score_difference: expect.closeTo(Math.max(...list.map(({ difference }) => difference)), 9),
  });
  const agreements = comparison.samples.slice(0, 2).map(({ models: [, other] }) => (other !== null && other !== undefined && 'agreement' in other ? other.agreement : null));
  expect(agreements).toEqual(pairs.map((list) => ({ kind: 'detections', matched: list.length, missing: 0, extra: 0, ...expectedAgreement(list) })));
  expect(variant?.agreement).toEqual({ kind: 'detections', samples: 2, matched: 3, missing: 0, extra: 0, ...expectedAgreement(pairs.flat()) });
  // What is no picture fails alone, and nothing is compared with it.
  expect(comparison.samples[2]?.models).toEqual([{ failed: expect.objectContaining({ code: 'INVALID_IMAGE' }) }, null]);
});

apiTest('labelled inputs give the accuracy, the confusion and the flips of single runs, and a model that fails loses nothing of the others', async ({ page }) => {
  const [float, int8, custom] = ['conv_fc_mnist.tflite', 'conv_fc_mnist_srq_a8w8.tflite', 'unknown_custom_op.tflite'].map(sharedModel);
  test.skip(!float || !int8 || !custom, 'needs ../shared/models');
  const { addresses } = await serveFiles(page, [float ?? '', int8 ?? '', custom ?? '']);
  const { comparison, answers, errors } = await page.evaluate(async (urls) => {
    const { litescope } = window;
    const [reference, variant, unknown] = await Promise.all(urls.map((url) => litescope.open(url)));
    if (reference === undefined || variant === undefined || unknown === undefined) throw new Error('A model is missing.');
    const name = reference.summary.signatures[0]?.inputs[0]?.name ?? '';
    const own = variant.summary.signatures[0]?.inputs[0]?.name ?? '';
    const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
    const input = (seed: number) => ({ kind: 'random' as const, seed, min: 0, max: 1 });
    const samples = seeds.map((seed) => ({ label: String(seed % 10), name: `noise ${seed}`, inputs: { [name]: input(seed) } }));
    const configuration = { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 } as const;
    const comparison = await litescope.compare([reference.id, variant.id, unknown.id], configuration, [...samples, { label: 'horse', inputs: {} }], { decoder: { kind: 'classification', top: 1 }, fallback: false });
    const answers: (number | undefined)[][] = [];
    for (const seed of seeds) {
      const best: (number | undefined)[] = [];
      for (const [{ id }, tensor] of [[reference, name], [variant, own]] as const) {
        const { decoded } = await litescope.run(id, configuration, { [tensor]: input(seed) }, { decoder: { kind: 'classification', top: 1 } });
        best.push(decoded?.kind === 'classes' ? decoded.classes[0]?.index : undefined);
      }
      answers.push(best);
    }
    const errors: string[] = [];
    await litescope.compare([unknown.id, reference.id], configuration, samples, { fallback: false }).catch((error: unknown) => { errors.push((error as { code: string }).code); });
    const controller = new AbortController();
    const cancelled = litescope.compare([reference.id, variant.id], configuration, samples, { signal: controller.signal, onProgress: (progress) => { if (progress.kind === 'compare-outputs' && progress.samples === 2) controller.abort(); } });
    await cancelled.catch((error: unknown) => { errors.push((error as { code: string }).code); });
    return { comparison, answers, errors };
  }, addresses);

  const truths = answers.map((_, index) => (index + 1) % 10);
  const [reference, variant, unknown] = comparison.models;
  for (const [position, model] of [reference, variant].entries()) {
    const given = answers.map((best) => best[position] ?? -1);
    const right = given.filter((answer, index) => answer === truths[index]).length;
    expect(model?.accuracy).toMatchObject({ labelled: 12, right });
    const { classes = [], counts = [] } = model?.confusion ?? {};
    classes.forEach((truth, row) => {
      classes.forEach((answer, column) => { expect(counts[row]?.[column], `${truth} taken for ${answer}`).toBe(given.filter((each, index) => each === answer && truths[index] === truth).length); });
    });
    expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBe(12);
  }
  const isRight = (index: number, position: number) => answers[index]?.[position] === truths[index];
  expect(variant?.flips).toEqual({
    lost: truths.flatMap((_, index) => (isRight(index, 0) && !isRight(index, 1) ? [index] : [])),
    gained: truths.flatMap((_, index) => (!isRight(index, 0) && isRight(index, 1) ? [index] : [])),
  });
  expect(variant?.agreement).toMatchObject({ kind: 'classes', samples: 13 });
  expect(comparison.unknownLabels).toBe(1);
  expect(unknown).toMatchObject({ error: { code: 'UNSUPPORTED_OP' }, samples: 0, outputs: [], configuration: null });
  expect(comparison.samples[0]?.models[2]).toBeNull();
  expect(errors).toEqual(['UNSUPPORTED_OP', 'CANCELLED']);
});

/** The model's file on the page's own workbench, as a person would bring it. */
async function openVariant(page: Page, recipe: 'weights-int8' | 'float16', name: string): Promise<void> {
  const bytes = await page.evaluate(async (wanted) => {
    const { model } = await window.litescope.quantize(window.litescope.models()[0]?.id ?? '', wanted, [], { prove: false });
    window.litescope.close(model.id);
    return new Uint8Array(await model.blob.arrayBuffer());
  }, recipe);
  await dropFiles(page, [{ name, bytes }]);
  await expect(page.getByTestId('model-tab')).toHaveCount(2);
}

const cells = (row: Locator) => row.locator('td').allTextContents();

test('the page shows the figures of single runs, both results over the picture, and keeps them when latency is cancelled', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await expect(page.getByTestId('model-tab')).toHaveCount(1);
  await openVariant(page, 'weights-int8', 'face int8.tflite');
  // The first is the reference.
  await page.getByTestId('model-tab').first().click();
  await configure(page, { runtime: 'tfjs-tflite', threads: '1' });
  await show(page, 'outputs');
  await page.getByTestId('outputs-latency').selectOption('none');
  await page.getByTestId('outputs-start').click();
  await unfold(page.getByTestId('outputs-tables'));
  const rows = page.getByTestId('outputs-table').locator('tbody tr');
  await expect(rows).toHaveCount(2);

  const runs = await page.evaluate(async () => {
    const image = await (await fetch('samples/grace-hopper.jpg')).blob();
    const preprocessing = window.litescope.models().find(({ entry }) => entry !== null)?.entry?.preprocessing;
    return Promise.all(window.litescope.models().map(async ({ id }) => {
      const { outputs } = await window.litescope.run(id, { runtime: 'tfjs-tflite', accelerator: 'auto', threads: 1 }, { input: { kind: 'image', image, preprocessing } });
      return outputs.map(({ data }) => [...new Float32Array(data)]);
    }));
  });
  for (const index of [0, 1]) {
    const { mse, rmse, max_abs, mean_abs, cosine, sqnr_db, psnr_db } = reckon(runs[0]?.[index] ?? [], runs[1]?.[index] ?? []);
    const above = mse > 1e-5 ? '\u00a0above' : '';
    expect(await cells(rows.nth(index))).toEqual([`${formatReal(mse)}${above}`, formatReal(rmse), formatReal(max_abs), formatReal(mean_abs), cosine.toFixed(6), sqnr_db.toFixed(1), psnr_db.toFixed(1)]);
  }
  await expect(page.getByTestId('outputs-agreement')).toHaveText(/^1 box in common, none of one alone\. IoU 0\.9\d\d in the mean, 0\.9\d\d at worst; scores at most \d\.\d points apart\.$/);
  await expect(page.getByTestId('outputs-models').locator('tbody tr')).toHaveCount(2);
  expect((await cells(page.getByTestId('outputs-models').locator('tbody tr').nth(0)))[0]).toBe('229 kB');

  // A line between the two results, moved by keyboard: left of it the reference, right of it the other.
  const slider = page.getByRole('slider', { name: 'Line between the two results' });
  const left = page.getByTestId('slider-left');
  await slider.focus();
  await expect(left).toHaveCSS('clip-path', 'inset(0px 50% 0px 0px)');
  await page.keyboard.press('Home');
  await expect(left).toHaveCSS('clip-path', 'inset(0px 100% 0px 0px)');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
  await expect(left).toHaveCSS('clip-path', 'inset(0px 97% 0px 0px)');
  await expect(slider).toHaveAttribute('aria-valuetext', '3 % of the picture from A, the rest from B');

  // Nothing is lost by a cancel.
  await page.getByTestId('outputs-latency').selectOption('setup');
  await page.getByTestId('outputs-start').click();
  await expect(page.getByTestId('progress')).toContainText('Round');
  await page.getByTestId('cancel').click();
  await expect(page.getByTestId('outputs-start')).toBeEnabled();
  await expect(rows).toHaveCount(2);
  await expect(page.getByTestId('outputs-latency-table')).toHaveCount(0);
  await expect(page.getByTestId('error-card')).toHaveCount(0);
});

test('a folder for each class gives accuracy, confusion and flips, and a click shows what both made of an input', async ({ page }) => {
  const [float, int8] = ['conv_fc_mnist.tflite', 'conv_fc_mnist_srq_a8w8.tflite'].map(sharedModel);
  test.skip(!float || !int8, 'needs ../shared/models');
  const folder = mkdtempSync(join(tmpdir(), 'litescope-labelled-'));
  try {
    // Any pictures do: what is tested is what is made of the answers.
    const random = mulberry32(5);
    const noise = Array.from({ length: 9 }, () => Float32Array.from({ length: 784 }, () => random()));
    await openPage(page);
    await dropFiles(page, [float ?? '', int8 ?? '']);
    await expect(page.getByTestId('model-tab')).toHaveCount(2);
    const answers = await page.evaluate(async (lists) => {
      const configuration = { runtime: 'tfjs-tflite', accelerator: 'auto', threads: 1 } as const;
      const found: number[][] = [];
      for (const values of lists) {
        const file = new Blob([Float32Array.from(values)]);
        const both: number[] = [];
        for (const { id, summary } of window.litescope.models()) {
          const { scale: [scale = 1] = [], zeroPoint: [zero = 0] = [] } = summary.signatures[0]?.inputs[0]?.quantization ?? {};
          const own = summary.signatures[0]?.inputs[0]?.dtype === 'int8' ? new Blob([Int8Array.from(values, (value) => Math.max(-128, Math.min(127, Math.round(value / scale) + zero)))]) : file;
          const { outputs: [output] } = await window.litescope.run(id, configuration, { conv2d_input: { kind: 'file', format: 'raw', file: own } });
          const scores = output?.dtype === 'int8' ? [...new Int8Array(output.data)] : [...new Float32Array(output?.data ?? new ArrayBuffer(0))];
          both.push(scores.indexOf(Math.max(...scores)));
        }
        found.push(both);
      }
      return found;
    }, noise.map((values) => [...values]));
    // Labels by which each model is right on some and wrong on others.
    const images = noise.map((values, index) => ({ values, label: String(index % 3 === 2 ? 3 : answers[index]?.[index % 3] ?? -1) }));
    images.forEach(({ label, values }, index) => {
      mkdirSync(join(folder, label), { recursive: true });
      writeFileSync(join(folder, label, `${index}.npy`), writeNpy({ dtype: 'float32', shape: [1, 28, 28, 1], data: values.buffer }));
    });
    const truths = new Set(images.map(({ label }) => label)).size;
    expect(truths).toBeGreaterThan(1);
    await page.getByTestId('model-tab').first().click();
    await configure(page, { runtime: 'tfjs-tflite', threads: '1' });
    await show(page, 'outputs');
    await page.getByTestId('outputs-folder').setInputFiles(folder);
    await expect(page.getByTestId('outputs-inputs')).toHaveText(`9 files, ${truths} classes by folders`);
    await page.getByTestId('outputs-latency').selectOption('none');
    await page.getByTestId('outputs-start').click();

    const isRight = (index: number, model: number) => String(answers[index]?.[model]) === images[index]?.label;
    const accuracy = page.getByTestId('outputs-accuracy').locator('tbody tr');
    for (const model of [0, 1]) {
      const right = images.filter((_, index) => isRight(index, model)).length;
      await expect(accuracy.nth(model).locator('td').nth(0)).toHaveText(`${right} of 9`);
      await expect(accuracy.nth(model).locator('td').nth(1)).toHaveText(`${(right / 9 * 100).toFixed(1)} %`);
    }
    const lost = images.filter((_, index) => isRight(index, 0) && !isRight(index, 1)).length;
    const gained = images.filter((_, index) => !isRight(index, 0) && isRight(index, 1)).length;
    expect((await cells(accuracy.nth(1))).slice(3)).toEqual([String(lost), String(gained)]);
    await page.getByText('Confusion matrix').click();
    const classes = [...new Set([...images.map(({ label }) => Number(label)), ...answers.map(([, answer]) => answer ?? -1)])].sort((one, other) => one - other);
    const matrix = page.getByTestId('outputs-confusion').locator('tbody tr');
    for (const [place, truth] of classes.entries()) {
      expect(await cells(matrix.nth(place))).toEqual(classes.map((answer) => String(images.filter(({ label }, index) => label === String(truth) && answers[index]?.[1] === answer).length || '·')));
    }
    // Those that the two do not agree on stand first.
    const apart = images.filter((_, index) => answers[index]?.[0] !== answers[index]?.[1]).length;
    expect(apart).toBeGreaterThan(0);
    const agreement = await page.getByTestId('outputs-rows').locator('tbody tr td:nth-child(5)').allTextContents();
    expect(agreement.map((text) => text === 'same class')).toEqual(images.map((_, place) => place >= apart));
    await page.getByTestId('outputs-rows').getByRole('button', { name: `${images[4]?.label ?? ''}/4.npy` }).click();
    await expect(page.getByTestId('outputs-look').locator('h3').first()).toContainText('4.npy');
    await expect(page.getByTestId('outputs-look').getByTestId('decoded-list')).toHaveCount(2);

    // The same labels from a table, of which one row names nothing.
    const table = join(folder, 'labels.csv');
    writeFileSync(table, ['file,label', ...images.slice(0, 3).map(({ label }, index) => `${index}.npy,${label}`), 'elsewhere.npy,1'].join('\n'));
    await page.getByTestId('outputs-files').setInputFiles([...images.slice(0, 4).map(({ label }, index) => join(folder, label, `${index}.npy`)), table]);
    await expect(page.getByTestId('outputs-inputs')).toHaveText(/^4 files, [1-3] class(es)? by CSV, 1 without a label$/);
    await expect(page.getByTestId('outputs-drop')).toContainText('1 row of the CSV names no file that was chosen.');
    await page.getByTestId('outputs-start').click();
    await expect(accuracy.nth(0).locator('td').nth(0)).toHaveText(`${images.slice(0, 3).filter((_, index) => isRight(index, 0)).length} of 3`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the layer where a variant breaks is named, drawn and coloured, with the SQNR of single runs', async ({ page }) => {
  const bytes = galleryModel('face_detection/face_detection_short_range.tflite');
  const op = openModel(bytes).subgraphs[0]?.operators.filter(({ code }) => code.name === 'CONV_2D')[5]?.index ?? -1;
  // 24 in float16, far above the weights of this layer.
  const { file, kind, tensor } = planted(bytes, op, Uint8Array.of(0x00, 0x4e));
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await expect(page.getByTestId('model-tab')).toHaveCount(1);
  await dropFiles(page, [{ name: 'planted.tflite', bytes: file }]);
  await expect(page.getByTestId('model-tab')).toHaveCount(2);
  await page.getByTestId('model-tab').first().click();
  await show(page, 'outputs');
  await page.getByTestId('outputs-latency').selectOption('none');
  await page.getByTestId('outputs-start').click();
  await unfold(page.getByTestId('outputs-tables'));
  await page.getByTestId('layers-start').click();
  await expect(page.getByTestId('layers-verdict')).toContainText(`It breaks at op ${op}, ${kind},`);
  await page.getByText('Table of layers').click();
  const rows = page.getByTestId('layers-table').locator('tbody tr');
  await expect(rows).toHaveCount(90);

  const values = await page.evaluate(async (index) => {
    const image = await (await fetch('samples/grace-hopper.jpg')).blob();
    const preprocessing = window.litescope.models().find(({ entry }) => entry !== null)?.entry?.preprocessing;
    const seen: number[][] = [];
    for (const { id } of window.litescope.models()) {
      const { tensors: [found] } = await window.litescope.run(id, { runtime: 'tfjs-kernels' }, { input: { kind: 'image', image, preprocessing } }, { tensors: [index], fallback: false });
      seen.push([...new Float32Array(found?.data ?? new ArrayBuffer(0))]);
    }
    return seen;
  }, tensor);
  const { sqnr_db, max_abs } = reckon(values[0] ?? [], values[1] ?? []);
  const broken = rows.filter({ has: page.locator('td:first-child', { hasText: new RegExp(`^${op}$`) }) });
  expect(await cells(broken)).toEqual([String(op), kind, String(op), sqnr_db.toFixed(1).replace('-', '−'), formatReal(max_abs)]);
  // All before it are the same.
  await expect(rows.first().locator('td').nth(3)).toHaveText('equal');
  await page.getByTestId('layers-colour').click();
  await expect(page.getByTestId('graph-legend')).toContainText('Error against planted.tflite');
});

test('files without a sample, and models without a common layer, are told so', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-digits-int8').click();
  await page.getByRole('button', { name: 'Open model' }).click();
  await page.getByTestId('gallery-face-detection-short-range').click();
  await show(page, 'outputs');
  await page.getByTestId('outputs-files').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('nothing to see') });
  await expect(page.getByTestId('outputs').getByTestId('error-card')).toHaveAttribute('data-code', 'NO_SAMPLES');
  await expect(page.getByTestId('outputs-inputs')).toHaveText('The input that is set up under Overview');
  const code = await page.evaluate(async () => {
    const [digits, faces] = window.litescope.models();
    return window.litescope.compareLayers([digits?.id ?? '', faces?.id ?? '']).then(() => 'compared', (error: unknown) => (error as { code: string }).code);
  });
  expect(code).toBe('NOTHING_IN_COMMON');
});
