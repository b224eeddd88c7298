import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bmpOf, picture as noise } from '../../testing/pictures';
import { preprocess } from '../../../vision/frames/worker/preprocess';
import { rgbaPixels } from '../../../vision/frames/worker/pixels';
import type { Preprocessing } from '../../../vision/shared/types';
import { storedValues, targetOf } from '../../../vision/testing/reference';
import { packRun } from '../archive';
import { runOf, type TestInput } from '../../testing/runs';

const signed: Preprocessing['values'] = { kind: 'normalise', mean: [127.5], std: [127.5] };
const plain: Preprocessing = { fit: 'crop', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: signed };

const cases: readonly (readonly [name: string, input: Omit<TestInput, 'data' | 'picture'>, options: Preprocessing])[] = [
  ['floats of a picture that is cropped', { dtype: 'float32', shape: [1, 6, 8, 3] }, plain],
  ['a letterbox, averaged, in BGR with channels first, ImageNet’s values', { dtype: 'float32', shape: [1, 3, 7, 5] }, { ...plain, fit: 'letterbox', resize: 'area', channels: 'bgr', layout: 'nchw', values: { kind: 'normalise', mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] } }],
  ['a picture that grows, bilinear', { dtype: 'float32', shape: [1, 40, 30, 3] }, { ...plain, fit: 'stretch', resize: 'bilinear' }],
  ['int8 by its scale', { dtype: 'int8', shape: [1, 6, 8, 3], quantization: { scale: [0.0078125], zeroPoint: [-1], dimension: 0 } }, { ...plain, fit: 'stretch' }],
  ['bytes of two pictures', { dtype: 'uint8', shape: [2, 5, 5, 3] }, { ...plain, values: { kind: 'pixels' } }],
  ['int8 pixels in grey', { dtype: 'int8', shape: [1, 6, 6, 1] }, { ...plain, channels: 'gray', values: { kind: 'pixels' } }],
  ['a fourth channel of its own', { dtype: 'float32', shape: [1, 4, 4, 4] }, { ...plain, extra: 0.5 }],
  ['a fourth channel from the alpha', { dtype: 'float32', shape: [1, 4, 4, 4] }, { ...plain, channels: 'gray' }],
];

/** What the page's own preprocessing writes. */
function own({ dtype, shape, quantization }: Omit<TestInput, 'data' | 'picture'>, options: Preprocessing, [width, height]: readonly [number, number]) {
  const target = targetOf(dtype, shape, quantization);
  preprocess(rgbaPixels({ width, height, data: noise(width, height) }), target, options);
  return { numbers: storedValues(target), data: target.view.buffer.slice(0) as ArrayBuffer };
}

/** In a folder of its own, as somebody has it who unpacked a run. */
async function unpacked<T>(inputs: readonly TestInput[], use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'litescope-listings-'));
  try {
    for (const [name, bytes] of Object.entries(unzipSync(packRun(runOf(inputs))))) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const pythonRuns = spawnSync('python3', ['-c', 'import numpy, PIL']).status === 0;
const size = [23, 17] as const;

describe.each(cases)('listings of %s', (_, input, options) => {
  const { numbers, data } = own(input, options, size);
  const whole: TestInput = { ...input, data, picture: { bytes: bmpOf(...size), ending: 'bmp', preprocessing: options } };

  it('give the page’s own tensor in JavaScript', async () => {
    await unpacked([whole], async (folder) => {
      const { input0 } = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'preprocess.mjs')).href) as { input0: (pixels: unknown) => ArrayLike<number> };
      const made = Array.from(input0({ width: size[0], height: size[1], data: noise(...size) }));
      expect(made).toHaveLength(numbers.length);
      // Floats within what single precision keeps of 255 levels; whole numbers are the same.
      const most = made.reduce((greatest, value, index) => Math.max(greatest, Math.abs(value - (numbers[index] ?? NaN))), 0);
      expect(most).toBeLessThanOrEqual(input.dtype === 'float32' ? 1e-6 : 0);
    });
  });

  // Pillow reads bitmaps of 32 bits without their alpha.
  it.skipIf(!pythonRuns || (input.shape.at(-1) === 4 && options.extra === undefined))('give the page’s own tensor in Python, where NumPy and Pillow are installed', async () => {
    await unpacked([whole], (folder) => {
      const { stdout, stderr } = spawnSync('python3', ['preprocess.py'], { cwd: folder, encoding: 'utf8' });
      expect(stderr).toBe('');
      const [, apart] = /at most (\S+) apart/.exec(stdout) ?? [];
      expect(Number(apart)).toBeLessThanOrEqual(input.dtype === 'float32' ? 1e-6 : 0);
    });
  }, 60_000);

  it('are in Kotlin what was looked over', async () => {
    const { 'Preprocess.kt': kotlin = new Uint8Array(0) } = unzipSync(packRun(runOf([whole])));
    await expect(new TextDecoder().decode(kotlin)).toMatchFileSnapshot(`../../testing/kotlin/${cases.findIndex(([, each]) => each === input)}.kt`);
  });
});

describe('listings of values that are no picture', () => {
  const values = Float32Array.of(1.5, -2, 3);
  const input: TestInput = { dtype: 'float32', shape: [1, 3], data: values.buffer };

  it('load the array, in JavaScript and Kotlin', async () => {
    await unpacked([input], async (folder) => {
      const { readFileSync } = await import('node:fs');
      const { input0 } = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'preprocess.mjs')).href) as { input0: (npy: ArrayBuffer) => ArrayLike<number> };
      expect(Array.from(input0(new Uint8Array(readFileSync(join(folder, 'inputs/0.npy'))).slice().buffer))).toEqual([...values]);
      await expect(readFileSync(join(folder, 'Preprocess.kt'), 'utf8')).toMatchFileSnapshot('../../testing/kotlin/values.kt');
    });
  });

  it.skipIf(spawnSync('python3', ['-c', 'import numpy']).status !== 0)('load the array in Python, where NumPy is installed', async () => {
    await unpacked([input], (folder) => {
      expect(spawnSync('python3', ['preprocess.py'], { cwd: folder, encoding: 'utf8' }).stdout).toBe('inputs/0.npy: float32 (1, 3), at most 0 apart\n');
    });
  });
});
