/** Models on the same inputs: the figures are those that the test reckons itself from single runs of each. */
import { openPage } from './support/engine';
import { expect, facePhoto, serveFiles, sharedModel, test } from './support/fixtures';

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

test('the API compares face detection with an int8 variant as single runs of both do', async ({ page }) => {
  await openPage(page);
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

test('labelled inputs give the accuracy, the confusion and the flips of single runs, and a model that fails loses nothing of the others', async ({ page }) => {
  const [float, int8, custom] = ['conv_fc_mnist.tflite', 'conv_fc_mnist_srq_a8w8.tflite', 'unknown_custom_op.tflite'].map(sharedModel);
  test.skip(!float || !int8 || !custom, 'needs ../shared/models');
  await openPage(page);
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
