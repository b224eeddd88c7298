/** Public models that are handed to developers beside the repository; a clone without them skips these tests and says so. */
import { readFileSync } from 'node:fs';
import { greatestDifference, runModel, runModelError, runModelOk } from './support/engine';
import { apiTest as test, expect, sharedImage, sharedModel } from './support/fixtures';

const runtimes = ['tfjs-tflite', 'litert'] as const;

/** The model's path; skips the test where the folder is not there. */
function model(name: string): { file: string } {
  const file = sharedModel(`${name}.tflite`);
  test.skip(file === null, `../shared/models/${name}.tflite is not there`);
  return { file: file ?? '' };
}

for (const runtime of runtimes) {
  test(`MobileNet v2 (int8) sees a cat in its first three classes on ${runtime}`, async ({ page }) => {
    const image = sharedImage('cat.bmp') ?? '';
    const labels = sharedModel('imagenet_labels.txt');
    const asked = model('tf2_mobilenet_v2_1.0_224_ptq');
    const names = readFileSync(labels ?? '', 'utf8').trimEnd().split('\n');
    const result = await runModelOk(page, { model: asked, configuration: { runtime, threads: 1 }, inputs: { '*': { image } }, decode: 'classification', labels: names, fallback: false });
    const classes = result.decoded?.kind === 'classes' ? result.decoded.classes : [];
    expect(classes).toHaveLength(5);
    expect(classes.slice(0, 3).some(({ label }) => /\bcat\b/.test(label))).toBe(true);
  });

  test(`micro speech (int8 in and out) gives its known scores on ${runtime}`, async ({ page }) => {
    const result = await runModelOk(page, { model: model('micro_speech_quantized'), configuration: { runtime, threads: 1 }, inputs: { '*': { values: new Array<number>(1960).fill(0) } }, fallback: false });
    expect(result.outputs).toMatchObject([{ dtype: 'int8', shape: [1, 4], values: [-128, -121, -120, 113] }]);
  });

  test(`mixed int32 and float32 inputs give (int + float) × 2 on ${runtime}`, async ({ page }) => {
    const integers = Array.from({ length: 10 }, (_, index) => index);
    const floats = integers.map((value) => value / 10);
    const result = await runModelOk(page, {
      model: model('mixed_input_model'), configuration: { runtime, threads: 1 },
      inputs: { int_input: { values: integers }, float_input: { values: floats } }, fallback: false,
    });
    expect(result.outputs[0]?.values).toEqual(integers.map((value, index) => Math.fround(Math.fround(value + Math.fround(floats[index] ?? 0)) * 2)));
  });

  test(`a free batch dimension takes the size that was asked for on ${runtime}`, async ({ page }) => {
    const a = Array.from({ length: 3 * 128 * 4 }, (_, index) => index);
    const b = a.map((value) => -2 * value);
    const result = await runModelOk(page, {
      model: model('simple_add_dynamic_shape'), configuration: { runtime, threads: 1 }, shapes: { arg0: [3, 128, 4], arg1: [3, 128, 4] },
      inputs: { arg0: { values: a }, arg1: { values: b } }, fallback: false,
    });
    expect(result.outputs).toMatchObject([{ shape: [3, 128, 4] }]);
    expect(result.outputs[0]?.values).toEqual(a.map((value, index) => value + (b[index] ?? 0)));
  });

  test(`a shape that contradicts the model is refused on ${runtime}`, async ({ page }) => {
    const error = await runModelError(page, { model: model('simple_add_dynamic_shape'), configuration: { runtime }, shapes: { arg0: [2, 127, 4] } });
    expect(error.code).toBe('INVALID_SHAPE');
  });
}

const operations = { add: (a: number, b: number) => a + b, mul: (a: number, b: number) => a * b, sub: (a: number, b: number) => a - b };

for (const [signature, operation] of Object.entries(operations)) {
  test(`signature “${signature}” computes what it says, on whichever runtime has it`, async ({ page }) => {
    const a = Array.from({ length: 100 }, (_, index) => index);
    const b = a.map((value) => value - 50);
    const result = await runModelOk(page, { model: model('multi_signature_model'), signature, inputs: { a: { values: a }, b: { values: b } } });
    expect([result.outputs[0]?.values]).toContainEqual(a.map((value, index) => operation(value, b[index] ?? 0)));
    // tfjs-tflite offers the first subgraph alone, so that later signatures run on LiteRT, and the reason is told.
    expect(result.configuration.runtime).toBe(signature === 'add' ? 'tfjs-tflite' : 'litert');
    expect(result.refusals.map(({ error }) => error.code)).toEqual(signature === 'add' ? [] : ['MODEL_REFUSED']);
  });
}

test('a signature that the model lacks is refused', async ({ page }) => {
  const outcome = await runModel(page, { model: model('multi_signature_model'), signature: 'div' });
  expect(outcome).toMatchObject({ error: { code: 'INVALID_CONFIGURATION' } });
});

/** A digit of 28 × 28 pixels, white strokes of three pixels on black, from the distance to its strokes. */
function digit(distance: (x: number, y: number) => number): number[] {
  return Array.from({ length: 784 }, (_, index) => {
    const level = 1.75 - distance((index % 28) + 0.5, Math.floor(index / 28) + 0.5);
    return Math.round(255 * Math.min(1, Math.max(0, level)));
  });
}

function toSegment([x1, y1, x2, y2]: readonly [number, number, number, number]) {
  return (x: number, y: number) => {
    const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2);
    const t = Math.min(1, Math.max(0, along));
    return Math.hypot(x - x1 - t * (x2 - x1), y - y1 - t * (y2 - y1));
  };
}

const strokesOfFour = [toSegment([9, 5, 9, 14]), toSegment([9, 14, 20, 14]), toSegment([18, 5, 18, 23])];
const digits: Readonly<Record<number, number[]>> = {
  0: digit((x, y) => Math.abs(Math.hypot((x - 14) / 6, (y - 14) / 8) - 1) * 7),
  4: digit((x, y) => Math.min(...strokesOfFour.map((stroke) => stroke(x, y)))),
};

for (const [value, pixels] of Object.entries(digits)) {
  test(`the int8 LSTM reads a drawn ${value}, on tfjs-tflite, after LiteRT refused it`, async ({ page }) => {
    const result = await runModelOk(page, { model: model('keras_lstm_mnist_ptq'), configuration: { runtime: 'litert' }, inputs: { '*': { values: pixels } } });
    expect(result.configuration.runtime).toBe('tfjs-tflite');
    expect(result.refusals).toMatchObject([{ configuration: { runtime: 'litert' }, error: { code: 'MODEL_REFUSED', details: '[model_load.cc:290] Variable tensors not yet supported. · Failed to load model from buffer' } }]);
    const scores = result.outputs[0]?.values ?? [];
    expect(scores).toHaveLength(10);
    expect(scores.indexOf(Math.max(...scores))).toBe(Number(value));
    expect((scores[Number(value)] ?? 0) / 256).toBeGreaterThan(0.9);
  });

  test(`the float digit classifier reads a drawn ${value} alike on both runtimes`, async ({ page }) => {
    const outputs = [];
    for (const runtime of runtimes) {
      const result = await runModelOk(page, {
        model: model('conv_fc_mnist'), configuration: { runtime, threads: 1 }, inputs: { '*': { values: pixels.map((level) => level / 255) } }, fallback: false,
      });
      const scores = result.outputs[0]?.values ?? [];
      expect(scores.indexOf(Math.max(...scores))).toBe(Number(value));
      outputs.push(scores);
    }
    expect(greatestDifference(outputs[0] ?? [], outputs[1] ?? [])).toBeLessThan(1e-4);
  });
}

test('a custom op that nobody has is named with its place', async ({ page }) => {
  const error = await runModelError(page, { model: model('unknown_custom_op') });
  // Said once, for all say it.
  expect(error).toMatchObject({ code: 'UNSUPPORTED_OP', place: 'subgraph 0, op 0, fake-op-double', details: 'Every runtime here lacks custom op fake-op-double.' });
  expect(error.attempts).toBeUndefined();
});

test('strings are refused clearly', async ({ page }) => {
  const error = await runModelError(page, { model: model('gather_string') });
  expect(error).toMatchObject({ code: 'UNSUPPORTED_DTYPE', details: 'Tensor “input” is of type string.' });
});

test('a runtime that aborts ends its session, not the page', async ({ page }) => {
  const error = await runModelError(page, { model: model('blockwise_quantized') });
  expect(error.code).toBe('NO_RUNTIME');
  expect(error.attempts?.map(({ code }) => code)).toEqual(['MODEL_REFUSED', 'INVOKE_FAILED', 'MODEL_REFUSED']);
  const good = await runModelOk(page, { model: { gallery: 'face-detection-short-range' } });
  expect(good.outputs).toHaveLength(2);
});
