/** Every WASM build of both runtimes runs, each where the browser has what it needs and no better. */
import type { Page } from '@playwright/test';
import { greatestDifference, openPage, runModelError, runModelOk } from './support/engine';
import { expect, facePhoto, test } from './support/fixtures';

/** Makes the browser seem to lack SIMD, or relaxed SIMD alone: the modules that ask for it are found invalid. */
async function withoutSimd(page: Page, relaxedOnly: boolean): Promise<void> {
  await page.addInitScript((onlyRelaxed) => {
    const { validate } = WebAssembly;
    WebAssembly.validate = (source) => {
      const bytes = new Uint8Array(ArrayBuffer.isView(source) ? source.buffer : source);
      // Opcodes of SIMD follow 0xfd; those of relaxed SIMD have 0x80 0x02 after it.
      const usesSimd = bytes.includes(0xfd);
      const usesRelaxed = bytes.some((byte, index) => byte === 0xfd && bytes[index + 1] === 0x80 && bytes[index + 2] === 0x02);
      return (onlyRelaxed ? !usesRelaxed : !usesSimd) && validate(source);
    };
  }, relaxedOnly);
}

interface Build {
  readonly lacks: 'nothing' | 'relaxed SIMD' | 'SIMD';
  readonly runtime: 'tfjs-tflite' | 'litert';
  readonly threads: number;
  readonly variant: string;
}

const builds: readonly Build[] = [
  { lacks: 'nothing', runtime: 'tfjs-tflite', threads: 1, variant: 'simd' },
  { lacks: 'nothing', runtime: 'tfjs-tflite', threads: 2, variant: 'simd-threaded' },
  { lacks: 'SIMD', runtime: 'tfjs-tflite', threads: 1, variant: 'no-simd' },
  { lacks: 'SIMD', runtime: 'tfjs-tflite', threads: 2, variant: 'no-simd-threaded' },
  { lacks: 'nothing', runtime: 'litert', threads: 1, variant: 'relaxed-simd' },
  { lacks: 'nothing', runtime: 'litert', threads: 2, variant: 'threaded' },
  { lacks: 'relaxed SIMD', runtime: 'litert', threads: 1, variant: 'compat' },
];

const run = { model: { gallery: 'face-detection-short-range' }, inputs: { '*': { image: facePhoto(3) } } };

for (const { lacks, runtime, threads, variant } of builds) {
  test(`${runtime} takes its build “${variant}” on ${threads} thread(s) where ${lacks} is missing`, async ({ page, context }) => {
    await openPage(page);
    const reference = await runModelOk(page, { ...run, configuration: { runtime: 'tfjs-tflite', threads: 1 }, fallback: false });
    const other = await context.newPage();
    if (lacks !== 'nothing') await withoutSimd(other, lacks === 'relaxed SIMD');
    await openPage(other);
    const result = await runModelOk(other, { ...run, configuration: { runtime, threads }, fallback: false });
    expect(result.configuration.variant).toBe(variant);
    for (const [index, { values }] of reference.outputs.entries()) {
      const range = values.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 1);
      expect(greatestDifference(values, result.outputs[index]?.values ?? []) / range).toBeLessThan(1e-4);
    }
  });
}

test('LiteRT says that it needs SIMD where there is none', async ({ page }) => {
  await withoutSimd(page, false);
  await openPage(page);
  const error = await runModelError(page, { ...run, configuration: { runtime: 'litert', threads: 1 }, fallback: false });
  expect(error.code).toBe('NO_SIMD');
  const fallenBack = await runModelOk(page, { ...run, configuration: { runtime: 'litert', threads: 1 } });
  expect(fallenBack.configuration).toMatchObject({ runtime: 'tfjs-tflite', variant: 'no-simd' });
});
