/** A model that was read and written again must mean the same to both runtimes, bit for bit. */
import type { Page } from '@playwright/test';
import fc from 'fast-check';
import type { RuntimeName } from '../src/engine/configuration/shared/configuration';
import { unfoldFloat16 } from '../src/rewrite/unfold-float16';
import { buildModel } from '../src/tflite/testing/build';
import { fixtureModel, fixtureModels, galleryModel, galleryModels } from '../src/tflite/testing/models';
import { arbitraryNetwork } from '../src/tflite/testing/networks';
import { openModel } from '../src/tflite/format/verify/verify';
import { writeModel } from '../src/tflite/format/write/writer';
import { apiTest as test, expect, serveFiles } from './support/fixtures';

/**
 * LiteRT gives what its heap held in place of this model's states: addresses at the second run, and other values once sixteen
 * zeros stand behind the very same file. So what it gives says nothing of what a file holds.
 */
const unreadOnLiteRt = 'feedback_tensor_with_state_copy_model.tflite';

/** SHA-256 of every output for seeded inputs, or the error's code, by runtime. */
async function fingerprints(page: Page, address: string, runtimes: readonly RuntimeName[] = ['tfjs-tflite', 'litert']): Promise<Record<string, string[]>> {
  return page.evaluate(async ([url, asked]) => {
    const model = await window.litescope.open(url);
    const result: Record<string, string[]> = {};
    for (const runtime of asked) {
      try {
        const { outputs } = await window.litescope.run(model.id, { runtime, threads: 1 }, {}, { fallback: false });
        result[runtime] = await Promise.all(outputs.map(async ({ name, data }) => {
          const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
          return `${name} ${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
        }));
      } catch (error) {
        result[runtime] = [(error as { code: string }).code];
      }
    }
    window.litescope.close(model.id);
    return result;
  }, [address, runtimes] as const);
}

const models = [
  ...galleryModels.map((path) => ({ name: path, read: () => galleryModel(path) })),
  ...fixtureModels.map((path) => ({ name: `shared ${path}`, read: () => fixtureModel(path) })),
];

for (const { name, read } of models) {
  test(`${name} computes the same after it was rewritten`, async ({ page }) => {
    const original = read();
    const rewritten = writeModel(openModel(original));
    // Rewriting lays the file out anew: were the bytes the same, the test would compare nothing.
    expect(Buffer.compare(original, rewritten)).not.toBe(0);
    const { addresses: [before = '', after = ''], stop } = await serveFiles(page, [{ name: 'before.tflite', bytes: original }, { name: 'after.tflite', bytes: rewritten }]);
    const runtimes = name.endsWith(unreadOnLiteRt) ? ['tfjs-tflite'] as const : undefined;
    const expected = await fingerprints(page, before, runtimes);
    expect(await fingerprints(page, after, runtimes)).toEqual(expected);
    stop();
  });
}

// Dense weights, sparse ones, and those of a custom op.
for (const path of ['face_detection/face_detection_short_range.tflite', 'face_detection/face_detection_full_range_sparse.tflite', 'selfie_segmentation/selfie_segmentation.tflite']) {
  test(`${path} computes the same with float32 weights`, async ({ page }) => {
    const original = galleryModel(path);
    const unfolded = writeModel(unfoldFloat16(openModel(original)).model);
    const { addresses: [before = '', after = ''], stop } = await serveFiles(page, [{ name: 'before.tflite', bytes: original }, { name: 'after.tflite', bytes: unfolded }]);
    const expected = await fingerprints(page, before);
    expect(expected['litert']?.[0]).toMatch(/ [0-9a-f]{64}$/);
    expect(await fingerprints(page, after)).toEqual(expected);
    stop();
  });
}

const generated = fc.sample(arbitraryNetwork, { seed: 20261, numRuns: 36 }).map((record) => buildModel(record));
const batch = 12;

for (let first = 0; first < generated.length; first += batch) {
  test(`generated networks ${first} to ${first + batch - 1} compute the same after they were rewritten`, async ({ page }) => {
    for (const original of generated.slice(first, first + batch)) {
      const rewritten = writeModel(openModel(original));
      expect(Buffer.compare(original, rewritten)).not.toBe(0);
      const { addresses: [before = '', after = ''], stop } = await serveFiles(page, [{ name: 'before.tflite', bytes: original }, { name: 'after.tflite', bytes: rewritten }]);
      const expected = await fingerprints(page, before);
      // Both runtimes must have run it: two refusals would be the same as well.
      for (const runtime of ['tfjs-tflite', 'litert']) expect(expected[runtime]?.[0]).toMatch(/ [0-9a-f]{64}$/);
      expect(await fingerprints(page, after)).toEqual(expected);
      stop();
    }
  });
}
