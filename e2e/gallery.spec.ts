import { greatestDifference, runModelOk } from './support/engine';
import { apiTest as test, expect, facePhoto } from './support/fixtures';

/** Float models of hundreds of layers, on kernels that round differently (relaxed SIMD fuses multiply and add): relative to an output's range. */
const agreement = 1e-3;

const both = ['tfjs-tflite', 'litert'];
/** Which runtimes run each gallery model; the custom op of selfie segmentation is LiteRT's alone. */
const runsOn: Readonly<Record<string, readonly string[]>> = {
  'face-detection-short-range': both,
  'face-detection-full-range': both,
  'face-detection-full-range-sparse': both,
  'selfie-segmentation': ['litert'],
  'selfie-segmentation-landscape': ['litert'],
  'hand-landmarks-lite': both,
  'hand-landmarks-full': both,
  'pose-landmarks-lite': both,
  'pose-landmarks-full': both,
  'pose-landmarks-heavy': both,
  digits: both,
  'digits-int8': both,
};

/** One step of an 8-bit probability may fall either way. */
const toleranceOf = (id: string): number => (id.endsWith('-int8') ? 1 / 256 + agreement : agreement);

test('the list of what runs where covers the whole gallery', async ({ page }) => {
  const ids = await page.evaluate(async () => (await window.litescope.gallery()).map(({ id }) => id));
  expect(ids.toSorted()).toEqual(Object.keys(runsOn).toSorted());
});

for (const [id, expected] of Object.entries(runsOn)) {
  test(`${id} runs on ${expected.join(' and ')}`, async ({ page }) => {
    const results = [];
    for (const runtime of both as ('tfjs-tflite' | 'litert')[]) {
      const result = await runModelOk(page, { model: { gallery: id }, configuration: { runtime, threads: 1 }, inputs: { '*': { image: facePhoto(3) } }, decode: 'gallery' });
      expect(result.decodeError).toBeNull();
      expect(result.decoded).not.toBeNull();
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
}
