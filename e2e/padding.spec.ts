/** What LiteRT leaves in unused lanes of packed weights: there in a heap that was used before, and gone where we load the model. */
import type { DirtyHeap } from '../src/engine/runtimes/shared/types';
import type { PaddingReport } from '../src/engine/configuration/shared/padding-report';
import { unfoldFloat16 } from '../src/rewrite/unfold-float16';
import { galleryModel } from '../src/tflite/testing/models';
import { openModel } from '../src/tflite/format/verify/verify';
import { writeModel } from '../src/tflite/format/write/writer';
import { apiTest as test, expect, serveFiles } from './support/fixtures';

const filled_bytes = 48 * 2 ** 20;

const cases = [
  { name: 'face detection as shipped, on threads with their shared heap', path: 'face_detection/face_detection_short_range.tflite', float32: false, threads: 2 },
  { name: 'hand landmarks with float32 weights', path: 'hands/hand_landmark_lite.tflite', float32: true, threads: 1 },
];

for (const { name, path, float32, threads } of cases) {
  test(`${name} has its unused lanes cleared and computes the same`, async ({ page }) => {
    const shipped = galleryModel(path);
    const { addresses: [address = ''], stop } = await serveFiles(page, [{ name: 'model.tflite', bytes: float32 ? writeModel(unfoldFloat16(openModel(shipped)).model) : shipped }]);
    const run = (dirtyHeap: DirtyHeap) => page.evaluate(async ([url, count, trial]) => {
      const model = await window.litescope.open(url);
      const { outputs, configuration } = await window.litescope.run(model.id, { runtime: 'litert', threads: count }, {}, { fallback: false, dirtyHeap: trial });
      window.litescope.close(model.id);
      return { padding: configuration.padding, bytes: outputs.map(({ data }) => new Uint8Array(data)) };
    }, [address, threads, dirtyHeap] as const);
    const left = await run({ filled_bytes, leavePadding: true });
    const cleared = await run({ filled_bytes, leavePadding: false });
    const { layers, denormals, notFound } = left.padding as PaddingReport;
    expect(layers).toBeGreaterThan(0);
    expect(denormals).toBeGreaterThan(0);
    expect(notFound).toBe(0);
    expect(cleared.padding).toMatchObject({ layers, notFound: 0 });
    expect(cleared.padding?.cleaned).toBeGreaterThan(0);
    expect(cleared.padding?.denormals).toBeGreaterThan(0);
    expect(cleared.bytes.length).toBeGreaterThan(0);
    for (const [index, bytes] of cleared.bytes.entries()) {
      expect(bytes.length).toBeGreaterThan(0);
      expect(Buffer.compare(bytes, left.bytes[index] ?? Buffer.alloc(0))).toBe(0);
    }
    stop();
  });
}
