/** A click on a tensor in the graph shows it as it is in a run: as pictures, as a histogram, as a table. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { readNpy, writeNpy } from '../src/tensor/npy';
import { addition, buildModel, subgraph, tensor } from '../src/tflite/testing/build';
import { openPage } from './support/engine';
import { dropFiles, expect, test, type MadeFile } from './support/fixtures';
import { mixedTwiceModel } from './support/made-models';
import { show } from './support/views';

/** Grey levels of a drawn channel, row by row. */
function greys(canvas: Locator): Promise<number[]> {
  return canvas.evaluate((drawn) => {
    if (!(drawn instanceof HTMLCanvasElement)) throw new Error('The channel is drawn on something else.');
    const copy = new OffscreenCanvas(drawn.width, drawn.height).getContext('2d');
    copy?.drawImage(drawn, 0, 0);
    const pixels = copy?.getImageData(0, 0, drawn.width, drawn.height).data ?? new Uint8ClampedArray();
    return [...pixels].filter((_, index) => index % 4 === 0);
  });
}

async function cells(page: Page): Promise<string[][]> {
  const rows = page.getByTestId('run-tensor-values').locator('tbody tr');
  return Promise.all((await rows.all()).map((row) => row.locator('td').allTextContents()));
}

/** Drops one after the other, each when the page has taken the one before. */
async function openWith(page: Page, model: MadeFile, input: MadeFile | null = null): Promise<void> {
  await dropFiles(page, [model]);
  await expect(page.getByTestId('model-summary')).toContainText(model.name);
  if (input !== null) await give(page, input);
}

async function give(page: Page, input: MadeFile): Promise<void> {
  await dropFiles(page, [input]);
  await expect(page.getByText(`${input.name} is the input`)).toBeAttached();
}

function numbersFile(name: string, shape: readonly number[], values: readonly number[]): MadeFile {
  return { name, bytes: new Uint8Array(writeNpy({ dtype: 'float32', shape, data: Float32Array.from(values).buffer })) };
}

/** `out = sum + sum` of `sum = a + 2`, each in int8 on a grid of its own; then an op of nobody's. */
function quantizedModel(last: 'ADD' | 'Unheard'): Uint8Array {
  const int8 = (name: string, scale: number, zeroPoint: number, buffer = 0) => tensor({ name, type: 9, shape: [1, 3], buffer, quantization: { scale: [scale], zero_point: [zeroPoint] } });
  return buildModel(addition({
    operator_codes: [{ deprecated_builtin_code: 0, version: 1 }, { deprecated_builtin_code: 32, builtin_code: 32, custom_code: 'Unheard', version: 1 }],
    buffers: [{}, { data: Uint8Array.of(4, 4, 4) }],
    subgraphs: [subgraph({
      tensors: [int8('a', 0.5, 1), int8('two', 0.5, 0, 1), int8('sum', 1, -2), int8('out', 2, 0)], outputs: [3],
      operators: [
        { opcode_index: 0, inputs: [0, 1], outputs: [2], builtin_options: { member: 'AddOptions', value: {} } },
        last === 'ADD' ? { opcode_index: 0, inputs: [2, 2], outputs: [3], builtin_options: { member: 'AddOptions', value: {} } } : { opcode_index: 1, inputs: [2], outputs: [3] },
      ],
    })],
  }));
}

test.use({ viewport: { width: 1440, height: 900 } });

test('a tensor that is known by hand, from the graph: pictures, figures and table, until the input changes', async ({ page }) => {
  await openPage(page);
  // [1, 2, 3, 2] of 0 to 11: its channels become the first one, twice the second, and their difference.
  await openWith(page, { name: 'mixed.tflite', bytes: mixedTwiceModel() }, numbersFile('count.npy', [1, 2, 3, 2], Array.from({ length: 12 }, (_, index) => index)));
  await page.getByTestId('run').click();
  await expect(page.getByTestId('ran-configuration')).toContainText('tfjs-tflite');
  await show(page, 'graph');
  await page.getByTestId('graph-fit').click();
  // Input, two ops and output in a row: in the middle of it all is what lies between the ops.
  await page.getByTestId('graph-surface').click();
  const seen = page.getByTestId('run-tensor');
  await expect(page.getByTestId('inspector').getByRole('heading', { name: 'mixed', exact: true })).toBeVisible();
  await expect(page.getByTestId('look-provenance')).toContainText(/^Computed by tfjs-kernels · WebAssembly · \d+ threads? \(simd.*, the whole run in [\d.]+ ms, with count\.npy\.$/);
  await expect(seen.getByTestId('grey-black')).toHaveText('−0.5');
  await expect(seen.getByTestId('grey-white')).toHaveText('22');
  await seen.getByLabel('Each over its own range').check();
  await expect(seen.getByTestId('channel-0')).toHaveAttribute('aria-label', 'Channel 0 of mixed, 0 to 10; enlarge');
  await expect(seen.getByTestId('channel-1')).toHaveAttribute('aria-label', 'Channel 1 of mixed, 2 to 22; enlarge');
  await expect(seen.getByTestId('channel-2')).toHaveAttribute('aria-label', 'Channel 2 of mixed, all −0.5; enlarge');
  // The range is applied with the next answer, which brings the captions.
  await expect(seen.getByTestId('channel-0')).toContainText('0 to 10');
  expect(await greys(seen.getByTestId('channel-0').locator('canvas'))).toEqual([0, 51, 102, 153, 204, 255]);
  expect(await greys(seen.getByTestId('channel-2').locator('canvas'))).toEqual([128, 128, 128, 128, 128, 128]);
  await seen.getByTestId('channel-1').press('Enter');
  await expect(seen.getByTestId('channel-large').getByRole('img', { name: 'Channel 1 of mixed, 2 to 22' })).toBeVisible();
  expect(await greys(seen.getByTestId('channel-large').locator('canvas'))).toEqual([0, 51, 102, 153, 204, 255]);
  await expect(seen.getByTestId('run-tensor-statistics')).toContainText('5.5');
  await expect(seen.getByTestId('value-histogram').getByRole('img')).toHaveAttribute('aria-label', 'Histogram of the values of mixed: 18 elements from −0.5 to 22');
  await seen.getByText('Table of values').click();
  await expect(seen.getByTestId('run-tensor-values').locator('tbody tr')).toHaveCount(18);
  expect((await cells(page)).slice(0, 6)).toEqual([['0, 0, 0, 0', '0'], ['0, 0, 0, 1', '2'], ['0, 0, 0, 2', '−0.5'], ['0, 0, 1, 0', '2'], ['0, 0, 1, 1', '6'], ['0, 0, 1, 2', '−0.5']]);

  // Another input: what was seen is not of this one, and nothing runs that was not asked for.
  await give(page, numbersFile('ones.npy', [1, 2, 3, 2], Array.from({ length: 12 }, () => 1)));
  await expect(page.getByTestId('look-provenance')).toBeHidden();
  await page.getByTestId('look').press('Enter');
  await expect(page.getByTestId('look-provenance')).toContainText('with ones.npy.');
  await expect(seen.getByTestId('channel-2')).toHaveAttribute('aria-label', 'Channel 2 of mixed, all 0.5; enlarge');
  // From here the next tensor is computed as soon as it is selected.
  await page.getByTestId('tensor-panel').getByRole('button', { name: '#0 CONV_2D' }).click();
  await page.getByTestId('op-panel').getByRole('button', { name: 'values', exact: true }).click();
  await expect(seen.getByTestId('channel-1')).toHaveAttribute('aria-label', 'Channel 1 of values, all 1; enlarge');
});

test('quantized tensors show what is stored and what it means; an op that nobody has and an input that is missing are named', async ({ page }) => {
  await openPage(page);
  // 1, 2 and −1.5 as stored by the input: sums of 3, 4 and 0.5, of which the last lies between two steps and goes to the even one.
  await openWith(page, { name: 'sum.tflite', bytes: quantizedModel('ADD') }, { name: 'a.bin', bytes: Uint8Array.of(3, 5, 254) });
  await show(page, 'list');
  await page.getByRole('grid').getByText('ADD').first().click();
  await page.getByTestId('op-panel').getByRole('button', { name: 'sum', exact: true }).click();
  await page.getByTestId('look').click();
  await page.getByTestId('run-tensor').getByText('Table of values').click();
  await expect(page.getByTestId('run-tensor-values').locator('tbody tr')).toHaveCount(3);
  expect(await cells(page)).toEqual([['0, 0', '1', '3'], ['0, 1', '2', '4'], ['0, 2', '−2', '0']]);
  await expect(page.getByTestId('channel-pictures')).toBeHidden();

  await openWith(page, { name: 'unheard.tflite', bytes: quantizedModel('Unheard') });
  await page.getByRole('grid').getByText('ADD').first().click();
  await page.getByTestId('op-panel').getByRole('button', { name: 'sum', exact: true }).click();
  await page.getByTestId('look').click();
  const card = page.getByTestId('run-tensor').getByTestId('error-card');
  await expect(card).toHaveAttribute('data-code', 'UNSUPPORTED_OP');
  await expect(card).toContainText('tfjs-kernels lacks custom op Unheard.');

  await show(page, 'overview');
  await page.locator('label').filter({ hasText: /^File$/ }).click();
  await show(page, 'list');
  await page.getByTestId('look').click();
  await expect(card).toHaveAttribute('data-code', 'INVALID_INPUT');
  await expect(card).toContainText('Input “a” has no file yet. Choose one.');
  await expect(page.getByTestId('op-count')).toHaveText('2 ops');
});

test('an output of face detection is what LiteRT gives, and the run’s own session lives on', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await page.getByTestId('run').click();
  await expect(page.getByTestId('result')).toContainText('Invoke, first run');
  await show(page, 'graph');
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '90');
  await page.getByTestId('graph').focus();
  await page.keyboard.press('End');
  await page.getByTestId('op-panel').getByRole('button', { name: 'regressors', exact: true }).click();
  await expect(page.getByTestId('look-provenance')).toContainText('with Sample photo.');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download regressors as .npy' }).click()]);
  const { shape, data } = readNpy(new Uint8Array(readFileSync(await download.path())).buffer);
  expect(shape).toEqual([1, 896, 16]);
  await expect(page.getByTestId('channel-large').getByRole('img')).toHaveAttribute('aria-label', /^regressors, −[\d.]+ to [\d.]+$/);
  await show(page, 'overview');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('result')).not.toContainText('first run');
  const expected = await page.evaluate(async () => {
    const model = await window.litescope.openFromGallery('face-detection-short-range');
    const image = await (await fetch('samples/grace-hopper.jpg')).blob();
    const { outputs } = await window.litescope.run(model.id, { runtime: 'litert', threads: 1 }, { input: { kind: 'image', image } }, { fallback: false });
    return [...new Float32Array(outputs.find(({ name }) => name === 'regressors')?.data ?? new ArrayBuffer(0))];
  });
  const range = Math.max(...expected) - Math.min(...expected);
  expect(range).toBeGreaterThan(1);
  const values = new Float32Array(data);
  expect(values).toHaveLength(expected.length);
  expect(expected.reduce((apart, value, index) => Math.max(apart, Math.abs(value - (values[index] ?? NaN))), 0)).toBeLessThan(1e-3 * range);
});
