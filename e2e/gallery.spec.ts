/** Every model of the gallery, once on each runtime: it runs where it should, and all agree. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { RuntimeName } from '../src/engine/configuration/shared/configuration';
import { parseCatalogue } from '../src/gallery/shared/catalogue';
import { describeDecoded } from '../src/wording/decoded-text';
import { expectAgreement, expectAgreementWithBoth } from './support/agreement';
import { greatestDifference, runModelOk, type EngineOutcome } from './support/engine';
import { apiTest as test, expect } from './support/fixtures';

/** Float models of hundreds of layers, on kernels that round differently (relaxed SIMD fuses multiply and add): relative to an output's range. */
const agreement = 1e-3;

const { models } = parseCatalogue(JSON.parse(readFileSync(new URL('../models/catalog.json', import.meta.url), 'utf8')));
const kept = (JSON.parse(readFileSync(new URL('../src/app/start/result-pictures.json', import.meta.url), 'utf8')) as { pictures: Readonly<Record<string, { readonly result: string }>> }).pictures;

const both = ['tfjs-tflite', 'litert'] as const;
/** Which runtimes run each gallery model; the custom op of selfie segmentation is LiteRT's alone. */
const runsOn: Readonly<Record<string, readonly RuntimeName[]>> = {
  'face-detection-short-range': both,
  'face-detection-full-range': both,
  'face-detection-full-range-sparse': both,
  'face-mesh': both,
  'palm-detection-lite': both,
  'palm-detection-full': both,
  'object-detection': both,
  'pose-detection': both,
  'selfie-segmentation': ['litert'],
  'selfie-segmentation-landscape': ['litert'],
  'hand-landmarks-lite': both,
  'hand-landmarks-full': both,
  'pose-landmarks-lite': both,
  'pose-landmarks-full': both,
  'pose-landmarks-heavy': both,
  'box-in-space-chair': both,
  'box-in-space-camera': both,
  'box-in-space-cup': both,
  'box-in-space-sneakers': both,
  digits: both,
  'digits-int8': both,
};

/** One step of an 8-bit probability may fall either way. */
const toleranceOf = (id: string): number => (id.endsWith('-int8') ? 1 / 256 + agreement : agreement);

test('the list of what runs where covers the whole gallery', async ({ page }) => {
  const ids = await page.evaluate(async () => (await window.litescope.gallery()).map(({ id }) => id));
  expect(ids.toSorted()).toEqual(Object.keys(runsOn).toSorted());
});

/** The picture that the page gives to a model of the gallery. */
function sampleOf(id: string): string {
  const sample = models.find((entry) => entry.id === id)?.sample ?? (id.startsWith('digits') ? 'digit' : 'photo');
  return fileURLToPath(new URL(sample === 'digit' ? '../models/digits/digit.bmp' : `../public/samples/${sample === 'photo' ? 'grace-hopper' : sample}.jpg`, import.meta.url));
}

/** A model on its sample, on a runtime; run once, whichever test asks first. */
function runsOf(id: string): (page: Page, runtime: RuntimeName) => Promise<EngineOutcome> {
  const runs = new Map<RuntimeName, Promise<EngineOutcome>>();
  return (page, runtime) => {
    const run = runs.get(runtime) ?? runModelOk(page, { model: { gallery: id }, configuration: { runtime, threads: 1 }, inputs: { '*': { image: sampleOf(id) } }, decode: 'gallery' });
    runs.set(runtime, run);
    return run;
  };
}

for (const [id, expected] of Object.entries(runsOn)) {
  test.describe(() => {
    // In one worker, so that the second has the runs of the first.
    test.describe.configure({ mode: 'default' });
    const runOn = runsOf(id);

    test(`${id} runs on ${expected.join(' and ')}`, async ({ page }) => {
      const results = [];
      for (const runtime of both) {
        const result = await runOn(page, runtime);
        expect(result.decodeError).toBeNull();
        // What the start page says that this model makes of its sample.
        expect(result.decoded === null ? null : describeDecoded(result.decoded)).toBe(kept[id]?.result);
        if (expected.includes(runtime)) {
          expect(result.configuration.runtime).toBe(runtime);
          expect(result.refusals).toEqual([]);
          results.push(result);
        } else {
          expect(result.configuration.runtime).toBe('litert');
          expect(result.refusals).toMatchObject([{ configuration: { runtime: 'tfjs-tflite' }, error: { code: 'UNSUPPORTED_OP', details: 'tfjs-tflite lacks custom op Convolution2DTransposeBias.' } }]);
        }
      }
      const [first, second] = results;
      if (first === undefined || second === undefined) return;
      for (const [index, { values }] of first.outputs.entries()) {
        const range = values.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 1);
        expect(greatestDifference(values, second.outputs[index]?.values ?? []) / range).toBeLessThan(toleranceOf(id));
      }
    });

    test(`${id} gives what the runtimes with XNNPACK give`, async ({ page }) => {
      const reference = await runOn(page, 'tfjs-kernels');
      expect(reference.configuration).toMatchObject({ runtime: 'tfjs-kernels', accelerator: 'wasm', variant: 'simd' });
      expect(reference.refusals).toEqual([]);
      const others: EngineOutcome[] = [];
      for (const runtime of expected) others.push(await runOn(page, runtime));
      const compiled = await runOn(page, 'compiled');
      if (id === 'digits-int8') {
        expect(compiled.refusals).toMatchObject([{ configuration: { runtime: 'compiled' }, error: { code: 'UNSUPPORTED_OP' } }]);
      } else {
        expect([compiled.configuration, compiled.refusals]).toMatchObject([{ runtime: 'compiled', threads: 1, variant: 'relaxed-simd' }, []]);
        expect(compiled.decoded === null ? null : describeDecoded(compiled.decoded)).toBe(kept[id]?.result);
        expectAgreement(reference, compiled, null, agreement);
      }
      // One step of an 8-bit probability behind float edges may fall either way.
      expectAgreementWithBoth(reference, others, id === 'digits-int8' ? 2 / 256 : 1e-4);
    });
  });
}
