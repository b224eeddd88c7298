/** Runs that are saved whole and replayed: the same on what they were saved with, differences named on another runtime. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Page } from '@playwright/test';
import type { RequestedConfiguration } from '../src/engine/configuration/shared/configuration';
import type { SerializedError } from '../src/errors';
import { unpackRun } from '../src/golden/worker/archive';
import { writeNpy } from '../src/tensor/npy';
import { litescope } from './support/command-line';
import { openPage } from './support/engine';
import { apiTest, bareTest, dropFiles, expect, serveFiles, test } from './support/fixtures';
import { features, recurrentModel, stepsOfInput } from './support/recurrent';
import { configure } from './support/views';

const photo = fileURLToPath(new URL('../public/samples/grace-hopper.jpg', import.meta.url));

interface Told { readonly sameConfiguration: boolean; readonly equal: boolean; readonly runtime: string; readonly outputs: readonly { readonly name: string; readonly equal: boolean; readonly relative: number; readonly greatest: number; readonly differing: number; readonly first: readonly number[] | null }[] }

/** Replays a file. @returns what was told, or the error */
function replayed(page: Page, bytes: Uint8Array, asked?: Partial<RequestedConfiguration>): Promise<Told | SerializedError> {
  return page.evaluate(async ({ file, configuration }) => {
    try {
      const { sameConfiguration, equal, outputs, result } = await window.litescope.replay(new Blob([file]), configuration);
      return { sameConfiguration, equal, outputs: [...outputs], runtime: result.configuration.runtime };
    } catch (error) {
      if (error instanceof Error && 'serialize' in error) return (error as Error & { serialize(): SerializedError }).serialize();
      throw error;
    }
  }, { file: new Uint8Array(bytes), configuration: asked });
}

apiTest('a photo’s run comes back the same on its runtime and opens its model by itself; on another one each output’s difference is named', async ({ page }) => {
  const { addresses: [address = ''], stop } = await serveFiles(page, [photo]);
  const saved = await page.evaluate(async (url) => {
    const model = await window.litescope.openFromGallery('face-detection-short-range');
    const inputs = { input: { kind: 'image' as const, image: await (await fetch(url)).blob() } };
    const result = await window.litescope.run(model.id, { runtime: 'tfjs-tflite', threads: 1 }, inputs, { keepInputs: true });
    const file = await window.litescope.saveRun(model.id, result, inputs);
    window.litescope.close(model.id);
    return new Uint8Array(await file.arrayBuffer());
  }, address);
  stop();
  const files = unzipSync(saved);
  expect(Object.keys(files)).toEqual(['run.json', 'inputs/0.npy', 'inputs/0.jpg', 'outputs/0.npy', 'outputs/1.npy', 'preprocess.py', 'preprocess.mjs', 'Preprocess.kt']);
  expect(files['inputs/0.jpg']).toEqual(new Uint8Array(readFileSync(photo)));
  const { about } = unpackRun(saved);
  expect(about).toMatchObject({
    model: { gallery: 'face-detection-short-range', sha256: expect.stringMatching(/^[\da-f]{64}$/) }, configuration: { runtime: 'tfjs-tflite', threads: 1 },
    inputs: [{ kind: 'image', shape: [1, 128, 128, 3], picture: { preprocessing: { values: { kind: 'normalise', mean: [127.5], std: [127.5] } } } }],
  });
  expect(await page.evaluate(() => window.litescope.models().length)).toBe(0);
  const same = await replayed(page, saved);
  expect(same).toMatchObject({ sameConfiguration: true, equal: true, runtime: 'tfjs-tflite', outputs: [{ equal: true }, { equal: true }] });
  const other = await replayed(page, saved, { runtime: 'tfjs-kernels', accelerator: 'cpu' });
  expect(other).toMatchObject({ sameConfiguration: false, equal: false, runtime: 'tfjs-kernels' });
  if (!('outputs' in other)) throw new Error(JSON.stringify(other));
  for (const { relative, greatest, differing, first } of other.outputs) {
    expect([greatest > 0, differing > 0, relative > 0 && relative < 1e-4, first?.length]).toEqual([true, true, true, 3]);
  }
});

apiTest('a sequence is replayed with its state; what cannot be saved or read says so', async ({ page }) => {
  const steps = 7;
  const npy = writeNpy({ dtype: 'float32', shape: [steps, features], data: Float32Array.from(stepsOfInput(steps)).buffer });
  const { saved, refusal } = await page.evaluate(async ({ edges, variable, array }) => {
    const inputs = { x: { kind: 'sequence' as const, file: new Blob([array as Uint8Array<ArrayBuffer>]) } };
    const { id } = await window.litescope.open(edges as Uint8Array<ArrayBuffer>);
    const feedback = [{ output: 'state_out', input: 'state_in' }];
    const result = await window.litescope.run(id, { runtime: 'litert', threads: 1 }, inputs, { keepInputs: true, feedback });
    const file = await window.litescope.saveRun(id, result, inputs, { feedback });
    const { id: kept } = await window.litescope.open(variable as Uint8Array<ArrayBuffer>);
    await window.litescope.run(kept, {}, {}, { keepInputs: true });
    const second = await window.litescope.run(kept, {}, {}, { keepInputs: true });
    const refused = await window.litescope.saveRun(kept, second).then(() => null, (error: Error & { serialize(): SerializedError }) => error.serialize());
    return { saved: new Uint8Array(await file.arrayBuffer()), refusal: refused };
  }, { edges: new Uint8Array(recurrentModel('edges')), variable: new Uint8Array(recurrentModel('variable')), array: npy });
  expect(refusal).toMatchObject({ code: 'STATE_NOT_SAVED', details: 'The run was step 2 of a model with variables of its own.' });
  expect(unpackRun(saved).about.sequence).toEqual({ steps, inputs: ['x'], feedback: [{ output: 'state_out', input: 'state_in' }] });
  expect(await replayed(page, saved)).toMatchObject({ sameConfiguration: true, equal: true });
  // The same run of a model that nobody has.
  const changed = unzipSync(saved);
  changed['run.json'] = strToU8(strFromU8(changed['run.json'] ?? new Uint8Array(0)).replace(/"sha256": "\w+"/, `"sha256": "${'0'.repeat(64)}"`));
  expect(await replayed(page, zipSync(changed, { level: 0 }))).toMatchObject({ code: 'RUN_NEEDS_MODEL', details: expect.stringContaining('0'.repeat(64)) });
  changed['run.json'] = strToU8(strFromU8(changed['run.json'] ?? new Uint8Array(0)).replace('"version": 1', '"version": 3'));
  expect(await replayed(page, zipSync(changed, { level: 0 }))).toMatchObject({ code: 'NEWER_RUN' });
  expect(await replayed(page, strToU8('no archive'))).toMatchObject({ code: 'INVALID_RUN' });
});

bareTest('the command line saves a run and replays it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'litescope-golden-'));
  try {
    const [file, json] = [join(folder, 'run.zip'), join(folder, 'replay.json')];
    expect(await litescope('run', 'gallery:face-detection-short-range', '--input', photo, '--runtime', 'tfjs-tflite', '--num_threads', '1', '--save', file)).toMatchObject({ code: 0 });
    const same = await litescope('replay', file, '--json', json);
    expect(same).toMatchObject({ code: 0, output: expect.stringContaining('All 2 outputs are the same, bit for bit.') });
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ equal: true, sameConfiguration: true });
    const other = await litescope('replay', file, '--runtime', 'tfjs-kernels', '--accelerator', 'cpu', '--tolerance', '0');
    expect(other).toMatchObject({ code: 1, output: expect.stringMatching(/“regressors” differs in [\d,]+ of 14,336 elements: by \S+ at most, \S+ of its range, by \S+ on average; the first at \[0, \d+, \d+\]\./) });
    writeFileSync(file, 'nothing');
    expect(await litescope('replay', file)).toMatchObject({ code: 3, errors: expect.stringContaining('This is not a readable saved run') });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the page saves the run that it shows, replays what is dropped, on another runtime too, and asks for a model that it has not', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [{ name: 'recurrent.tflite', bytes: recurrentModel('edges') }]);
  await page.getByTestId('run').click();
  const downloading = page.waitForEvent('download');
  await page.getByTestId('save-run').click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('recurrent.tflite-run.zip');
  const bytes = new Uint8Array(readFileSync(await download.path()));
  expect(unpackRun(bytes).about.inputs.map(({ name, kind }) => [name, kind])).toEqual([['x', 'random'], ['state_in', 'zeros']]);
  await page.getByRole('button', { name: /^Close recurrent/ }).click();
  await dropFiles(page, [{ name: 'mine.zip', bytes }]);
  await expect(page.getByText('The saved run belongs to a model that is not open').first()).toBeVisible();
  // The model comes, and the run that waited for it is replayed.
  await dropFiles(page, [{ name: 'recurrent.tflite', bytes: recurrentModel('edges') }]);
  const replay = page.getByTestId('replay');
  await expect(replay).toContainText('All 2 outputs are the same, bit for bit.');
  await configure(page, { runtime: 'tfjs-kernels', accelerator: 'cpu' });
  await page.getByTestId('replay-again').click();
  await expect(replay).toContainText('Ran on tfjs-kernels · JavaScript · 1 thread');
  await page.getByTestId('replay-close').click();
  await expect(replay).toHaveCount(0);
});
