import { runModelOk, greatestDifference } from './support/engine';
import { apiTest as test, expect, facePhoto } from './support/fixtures';

/** The middle face of the third photo, from ear to cheek and brow to chin, marked by eye in the photo's pixels. */
const knownFace = { x: 1070, y: 240, width: 235, height: 270 };

type Box = typeof knownFace;

function overlap(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x));
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

test('both runtimes find a known face, and agree', async ({ page }) => {
  const outputs: Record<string, readonly number[][]> = {};
  for (const runtime of ['tfjs-tflite', 'litert'] as const) {
    for (const threads of [1, 2]) {
      const result = await runModelOk(page, {
        model: { gallery: 'face-detection-short-range' },
        configuration: { runtime, threads },
        inputs: { '*': { image: facePhoto(3) } },
        decode: 'gallery',
        fallback: false,
      });
      expect(result.configuration).toMatchObject({ runtime, threads, accelerator: 'wasm' });
      expect(result.decoded?.kind).toBe('detections');
      const detections = result.decoded?.kind === 'detections' ? result.decoded.detections : [];
      const best = detections.reduce((found, detection) => (overlap(detection.box, knownFace) > overlap(found.box, knownFace) ? detection : found));
      expect(overlap(best.box, knownFace)).toBeGreaterThan(0.6);
      expect(best.score).toBeGreaterThan(0.8);
      outputs[`${runtime} ${threads}`] = result.outputs.map(({ values }) => [...values]);
    }
  }
  const [reference, ...others] = Object.values(outputs) as [number[][], ...number[][][]];
  for (const other of others) {
    for (const [index, values] of reference.entries()) {
      // Regressors are pixels of the input (up to ±260): 1e-4 is relative to that range, scores are compared as scores.
      const range = values.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 1);
      expect(greatestDifference(values, other[index] ?? []) / range).toBeLessThan(1e-4);
    }
  }
});
