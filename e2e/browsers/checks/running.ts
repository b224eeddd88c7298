import { describe, expect, it } from 'vitest';
import { lacks, type Stand } from '../stand';

/** Of each runtime, the builds that a browser with all that it needs takes; the last one where there is no relaxed SIMD. */
const builds = {
  'tfjs-tflite': { single: 'simd', threaded: 'simd-threaded', plain: 'simd' },
  litert: { single: 'relaxed-simd', threaded: 'threaded', plain: 'compat' },
  'tfjs-kernels': { single: 'simd', threaded: 'simd-threaded', plain: 'simd' },
} as const;

type Runtime = keyof typeof builds | 'compiled';

interface FaceRun {
  readonly ran: { readonly runtime: string; readonly threads: number; readonly variant: string } | null;
  /** The greatest value of each output; the error's code where there is none. */
  readonly maxima: readonly string[];
  readonly faces: number;
}

/** Runs face detection on the sample photo, without another choice. */
export async function runFace({ runtime, threads, watchdog_ms }: { readonly runtime: Runtime; readonly threads: number; readonly watchdog_ms?: number }): Promise<FaceRun> {
  const { litescope } = window;
  const { id, entry } = await litescope.openFromGallery('face-detection-short-range');
  const photo = await (await fetch('samples/grace-hopper.jpg')).blob();
  try {
    const { configuration, outputs, decoded } = await litescope.run(id, { runtime, accelerator: 'wasm', threads }, { input: { kind: 'image', image: photo } }, { decoder: entry?.decoder, fallback: false, watchdog_ms });
    return {
      ran: { runtime: configuration.runtime, threads: configuration.threads, variant: configuration.variant },
      maxima: outputs.map(({ statistics }) => Number(statistics.max).toFixed(2)),
      faces: decoded?.kind === 'detections' ? decoded.detections.length : NaN,
    };
  } catch (error) {
    return { ran: null, maxima: [String(Reflect.get(Object(error), 'code'))], faces: 0 };
  }
}

/** What the photo gives, as TFLite's own interpreter says too (see e2e/faces.spec.ts). */
export const faceFound = { maxima: ['207.88', '2.75'], faces: 1 };

export function checkRunning(stand: Stand): void {
  describe.each(Object.entries(builds) as [keyof typeof builds, (typeof builds)[keyof typeof builds]][])('Models on %s', (runtime, { single, threaded, plain }) => {
    it('face detection gives the known values on one thread, by the best build that this browser takes', async () => {
      const { relaxedSimd } = await stand.driver.inPage(() => window.litescope.capabilities(), null);
      expect(await stand.driver.inPage(runFace, { runtime, threads: 1 })).toEqual({ ran: { runtime, threads: 1, variant: relaxedSimd ? single : plain }, ...faceFound });
    });

    it('face detection gives the known values on two threads, or says why there is one', async (context) => {
      const run = await stand.driver.inPage(runFace, { runtime, threads: 2, watchdog_ms: 10_000 });
      // Driven over WebDriver BiDi, Firefox now and then never starts the workers of these two runtimes, of which there are
      // eight; then its watchdog must end the session, and what comes after it must run.
      if (stand.driver.name === 'Firefox' && runtime !== 'litert' && run.maxima[0] === 'SESSION_HUNG') {
        expect(await stand.driver.inPage(runFace, { runtime, threads: 1 })).toEqual({ ran: { runtime, threads: 1, variant: single }, ...faceFound });
        return;
      }
      if (stand.threads) {
        expect(run).toEqual({ ran: { runtime, threads: 2, variant: threaded }, ...faceFound });
        return;
      }
      expect(run).toEqual({ ran: null, maxima: ['NO_SHARED_MEMORY'], faces: 0 });
      lacks(context, 'on one thread: there is no shared memory');
    });
  });

  describe('Models on compiled', () => {
    it('face detection gives the known values, by a module that takes what SIMD there is', async () => {
      const { relaxedSimd } = await stand.driver.inPage(() => window.litescope.capabilities(), null);
      expect(await stand.driver.inPage(runFace, { runtime: 'compiled', threads: 1 })).toEqual({ ran: { runtime: 'compiled', threads: 1, variant: relaxedSimd ? 'relaxed-simd' : 'simd' }, ...faceFound });
    });
  });

  describe('Decoded results', () => {
    it('a digit of 8 bits is told with its probability', async () => {
      const decoded = await stand.driver.inPage(async () => {
        const { id, entry } = await window.litescope.openFromGallery('digits-int8');
        const image = await (await fetch('models/digit.bmp')).blob();
        return (await window.litescope.run(id, { threads: 1 }, { [window.litescope.models().find((model) => model.id === id)?.summary.signatures[0]?.inputs[0]?.name ?? '']: { kind: 'image', image } }, { decoder: entry?.decoder })).decoded;
      }, null);
      expect(decoded?.kind === 'classes' ? decoded.classes[0] : decoded).toMatchObject({ index: 7, label: 'class 7' });
    });

    it('a hand has its 21 points where they are', async () => {
      const decoded = await stand.driver.inPage(async () => {
        const { id, entry, summary } = await window.litescope.openFromGallery('hand-landmarks-lite');
        const image = await (await fetch('samples/hand.jpg')).blob();
        return (await window.litescope.run(id, { runtime: 'tfjs-tflite', threads: 1 }, { [summary.signatures[0]?.inputs[0]?.name ?? '']: { kind: 'image', image } }, { decoder: entry?.decoder })).decoded;
      }, null);
      if (decoded?.kind !== 'landmarks') throw new Error('There are no landmarks.');
      expect(decoded.handedness?.label).toBe('right');
      expect(decoded.score).toBeCloseTo(0.987, 2);
      expect(decoded.points).toHaveLength(21);
      // Wrist and the tip of the middle finger, to the pixel.
      for (const [point, x, y] of [[0, 204.4, 405.4], [12, 238.5, 81.3]] as const) {
        expect(Math.abs((decoded.points[point]?.x ?? NaN) - x)).toBeLessThan(1);
        expect(Math.abs((decoded.points[point]?.y ?? NaN) - y)).toBeLessThan(1);
      }
    });

    it('a person’s mask covers its part of the picture, by an op of litert’s own', async () => {
      const covered = await stand.driver.inPage(async () => {
        const { id, entry, summary } = await window.litescope.openFromGallery('selfie-segmentation');
        const image = await (await fetch('samples/grace-hopper.jpg')).blob();
        const { decoded, configuration } = await window.litescope.run(id, { threads: 1 }, { [summary.signatures[0]?.inputs[0]?.name ?? '']: { kind: 'image', image } }, { decoder: entry?.decoder });
        return decoded?.kind === 'mask' ? { runtime: configuration.runtime, width: decoded.width, height: decoded.height, percent: Math.round((100 * decoded.mask.filter((value) => value > 127).length) / decoded.mask.length) } : decoded;
      }, null);
      expect(covered).toEqual({ runtime: 'litert', width: 256, height: 256, percent: 58 });
    });
  });

  describe('Cross-check of runtimes', () => {
    it('all three agree on face detection, tensor by tensor', async () => {
      const found = await stand.driver.inPage(async () => {
        const { id } = await window.litescope.openFromGallery('face-detection-short-range');
        const image = await (await fetch('samples/grace-hopper.jpg')).blob();
        const { runtimes, tensors, fault } = await window.litescope.crossCheck(id, { input: { kind: 'image', image } });
        return { runtimes, tensors: tensors.length, fault, differ: tensors.some(({ local }) => local.some(({ max_abs }) => max_abs > 0)) };
      }, null);
      expect(found).toEqual({ runtimes: ['tfjs-kernels', 'tfjs-tflite', 'litert'].map((runtime) => ({ runtime, error: null })), tensors: 90, fault: null, differ: true });
    });
  });
}
