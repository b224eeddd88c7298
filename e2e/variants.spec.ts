/** Every WASM build of both runtimes runs, each where the browser has what it needs and no better. */
import type { Page } from '@playwright/test';
import { greatestDifference, openPage, runModelError, runModelOk } from './support/engine';
import { apiTest, expect, facePhoto, test } from './support/fixtures';

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
  apiTest(`${runtime} takes its build “${variant}” on ${threads} thread(s) where ${lacks} is missing`, async ({ page, context }) => {
    const reference = await runModelOk(page, { ...run, configuration: { runtime: 'tfjs-tflite', threads: 1 }, fallback: false });
    const other = lacks === 'nothing' ? page : await context.newPage();
    if (other !== page) {
      await withoutSimd(other, lacks === 'relaxed SIMD');
      await openPage(other);
    }
    const result = await runModelOk(other, { ...run, configuration: { runtime, threads }, fallback: false });
    if (other !== page) await other.close();
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

test('the page says whether relaxed SIMD multiplies bytes without losing bits', async ({ page }) => {
  await openPage(page);
  // A function that stores i32x4.relaxed_dot_i8x16_i7x16_add_s of what stands at 0, 16 and 32 at 48, byte by byte.
  const sums = await page.evaluate(() => {
    const load = (at: number) => [0x41, at, 0xfd, 0, 4, 0];
    const body = [0, 0x41, 48, ...load(0), ...load(16), ...load(32), 0xfd, 0x93, 2, 0xfd, 0x0b, 4, 0, 0x0b];
    const bytes = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 9, 2, 1, 0x6d, 2, 0, 1, 0x66, 0, 0, 10, body.length + 2, 1, body.length, ...body]);
    const { m, f } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as { m: WebAssembly.Memory; f: () => void };
    new Int8Array(m.buffer).fill(-128, 0, 16);
    new Int8Array(m.buffer).set([-128, -128, -128, -128, -128, -128, -1, -1, -1, -1, -128, -128, -1, -1, -1, -1], 16);
    f();
    return [...new Int32Array(m.buffer, 48, 4)];
  });
  // With the second factor signed, with it unsigned, and with pairs cut off at 16 bits.
  const [signed, unsigned, cutOff] = [[65_536, 33_024, 33_024, 512], [-65_536, -98_048, -98_048, -130_560], [-65_536, -65_536, -65_536, -65_536]];
  expect([signed, unsigned, cutOff]).toContainEqual(sums);
  const exact = sums.join() !== cutOff?.join();
  await expect(page.getByText(`8-bit dot products ${exact ? 'available' : 'not available'}`, { exact: true })).toBeVisible();
  expect(await page.evaluate(async () => (await window.litescope.capabilities()).int8Dot)).toBe(exact);
});
