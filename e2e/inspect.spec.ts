import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from '@playwright/test';
import { readNpy } from '../src/tensor/npy';
import { addition, buildModel, subgraph, tensor } from '../src/tflite/testing/build';
import { openPage } from './support/engine';
import { dropFiles, expect, packagedModel, sharedModel, test } from './support/fixtures';
import { modelTables, show } from './support/views';

const faceModel = packagedModel('face_detection', 'face_detection_short_range.tflite');
const handFull = packagedModel('hands', 'hand_landmark_full.tflite');
const handLite = packagedModel('hands', 'hand_landmark_lite.tflite');

async function openOps(page: Page, files: readonly string[]): Promise<void> {
  await openPage(page);
  await dropFiles(page, files);
  await show(page, 'list');
  await expect(page.getByTestId('op-list').getByRole('row').first()).toBeVisible();
}

/** What a list of facts says beside a name. */
function fact(within: Locator, name: string): Locator {
  return within.locator('div:has(> dt)').filter({ has: within.page().getByText(name, { exact: true }) }).locator('dd');
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFileSync(await download.path());
}

test('an op in words, its weights in figures, and the weights as a file', async ({ page }) => {
  await openOps(page, [faceModel]);
  await expect(page.getByTestId('op-count')).toHaveText('164 ops');
  await page.getByLabel('Search ops').fill('conv_2d 5x5');
  await expect(page.getByTestId('op-count')).toHaveText('1 of 164 ops');
  await page.keyboard.press('Enter');

  const panel = page.getByTestId('op-panel');
  await expect(page.getByTestId('inspector').getByRole('heading', { name: 'CONV_2D' })).toBeVisible();
  await expect(fact(panel, 'kernel')).toHaveText('5×5');
  await expect(fact(panel, 'stride')).toHaveText('2×2');
  await expect(fact(panel, 'padding')).toHaveText('same');
  await expect(fact(panel, 'fused activation')).toHaveText('none');
  await expect(fact(panel, 'MACs')).toHaveText('7,372,800');
  await panel.getByRole('button', { name: 'conv2d/Kernel_dequantize' }).click();

  const tensor = page.getByTestId('tensor-panel');
  await expect(tensor).toContainText('Stored as conv2d/Kernel (float16) and unfolded when a runtime loads the model.');
  const figures = page.getByTestId('constant-statistics');
  await expect(fact(figures, 'min')).toHaveText('−0.810059');
  await expect(fact(figures, 'max')).toHaveText('0.518066');
  await expect(fact(figures, 'sparsity')).toHaveText('0.0 %, 0 of 1,800 are exactly 0');
  await expect(page.getByTestId('value-histogram').locator('rect')).toHaveCount(48);

  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download conv2d/Kernel as .npy' }).click();
  const file = await bytesOf(await started);
  const { dtype, shape, data } = readNpy(new Uint8Array(file).buffer);
  expect({ dtype, shape, bytes: data.byteLength }).toEqual({ dtype: 'float16', shape: [24, 5, 5, 3], bytes: 3600 });
  expect(readFileSync(faceModel).includes(Buffer.from(data))).toBe(true);

  // From the tensor back to an op, and by keyboard through the list.
  await tensor.getByRole('button', { name: '#1 DEQUANTIZE' }).click();
  await expect(page.getByTestId('inspector').getByRole('heading', { name: 'DEQUANTIZE' })).toBeVisible();
  await page.getByLabel('Search ops').fill('');
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  await expect(page.getByTestId('inspector').getByRole('heading', { name: 'CONCATENATION' })).toBeVisible();
  await expect(page.getByRole('row', { selected: true })).toContainText('163');
});

test('values are read page by page', async ({ page }) => {
  await openOps(page, [faceModel]);
  await page.getByRole('row').filter({ hasText: 'DEQUANTIZE' }).nth(1).click();
  await page.getByTestId('op-panel').getByRole('button', { name: 'conv2d/Kernel', exact: true }).click();
  await page.getByText('Table of values').click();
  const table = page.getByTestId('constant-values');
  await expect(table.locator('tbody tr')).toHaveCount(50);
  await page.getByLabel('Index').fill('1799');
  await page.keyboard.press('Tab');
  await expect(page.getByText('Elements 1,750 to 1,799 of 1,800')).toBeVisible();
  await expect(table.locator('tbody tr').last()).toContainText('23, 4, 4, 2');
});

test('strings of a constant are shown', async ({ page }) => {
  const words = ['cat', 'dog', 'naïve'].map((word) => Buffer.from(word));
  const head = Buffer.alloc(20);
  [3, 20, 23, 26, 32].forEach((value, index) => head.writeInt32LE(value, 4 * index));
  const names = { data: new Uint8Array(Buffer.concat([head, ...words])) };
  const bytes = buildModel(addition({
    operator_codes: [{ deprecated_builtin_code: 36, version: 1 }],
    buffers: [{}, names],
    subgraphs: [subgraph({
      tensors: [tensor({ name: 'which', type: 2, shape: [1] }), tensor({ name: 'names', type: 5, shape: [3], buffer: 1 }), tensor({ name: 'name', type: 5, shape: [1] })],
      operators: [{ inputs: [1, 0], outputs: [2], builtin_options: { member: 'GatherOptions', value: {} } }],
    })],
  }));
  await openPage(page);
  await dropFiles(page, [{ name: 'names.tflite', bytes }]);
  await show(page, 'list');
  await page.getByRole('row').filter({ hasText: 'GATHER' }).click();
  await page.getByTestId('op-panel').getByRole('button', { name: 'names', exact: true }).click();
  await expect(page.getByTestId('constant-texts').locator('tbody td')).toHaveText(['cat', 'dog', 'naïve']);
});

test('per-channel quantization is shown as a formula with its scales', async ({ page }) => {
  const mobile = sharedModel('tf2_mobilenet_v2_1.0_224_ptq.tflite');
  test.skip(mobile === null, 'needs ../shared/models');
  await openOps(page, [mobile ?? '']);
  await page.getByRole('row').filter({ hasText: 'CONV_2D' }).first().click();
  const weights = page.getByTestId('op-panel').locator('li').filter({ hasText: 'weights' });
  await expect(weights).toContainText('scale[c] × q');
  await expect(weights).toContainText(/32 scales along dimension 0, [\d.e−]+ to [\d.e−]+/);
  await weights.getByRole('button').click();
  await page.getByText('Scales of 32 channels').click();
  await expect(page.getByTestId('tensor-panel').locator('details table').first().locator('tbody tr')).toHaveCount(32);
});

test('the model panel says what a run costs, and hands out summary and ops', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [faceModel]);
  const model = await modelTables(page);
  await expect(model.getByTestId('model-figures')).toContainText('101,390');
  await expect(model.getByTestId('model-figures')).toContainText('30,760,960');
  await expect(model.getByRole('row', { name: /^CONV_2D/ })).toContainText(/21\s*87\.8 %\s*183 kB/);
  const summary = page.waitForEvent('download');
  await model.getByRole('button', { name: 'Summary as JSON' }).click();
  const json = JSON.parse((await bytesOf(await summary)).toString()) as Record<string, unknown>;
  expect(json).toMatchObject({ schema: 'litescope-summary', file: { bytes: 229_032 }, opCount: 164, parameters: 101_390, macs: 30_760_960 });
  const ops = page.waitForEvent('download');
  await model.getByRole('button', { name: 'Ops as CSV' }).click();
  const lines = (await bytesOf(await ops)).toString().split('\r\n');
  expect(lines).toHaveLength(166);
  expect(lines[3]).toContain('CONV_2D,false,1,"kernel 5×5, stride 2×2, padding same, fused activation none"');
  // A large tensor leads to its description.
  await model.getByTestId('largest-tensors').getByRole('button').first().click();
  await expect(page.getByTestId('tensor-panel')).toContainText('459 kB');
});

test('two models side by side: counts, and a selection that follows', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [handLite]);
  await show(page, 'outputs');
  await expect(page.getByTestId('compare')).toContainText('open a second model');
  await dropFiles(page, [handFull]);
  const compare = page.getByTestId('compare');
  await expect(compare).toContainText('hand_landmark_full.tflite');
  await expect(compare.getByTestId('compare-counts')).toHaveText('7 equal, 56 differ, 0 only in A, 2 only in B; folded into these: 102 in A, 102 in B');
  await expect(compare.getByTestId('compare-kinds').getByRole('row', { name: /^ADD/ })).toContainText(/9\s*10\s*\+1/);
  await expect(compare.getByTestId('compare-kinds').getByRole('row', { name: /^MAX_POOL_2D/ })).toContainText(/0\s*1\s*\+1/);
  await expect(compare.getByTestId('compare-figures').getByRole('row', { name: /^Ops/ })).toContainText(/165\s*167\s*\+2/);

  await compare.getByRole('row').filter({ hasText: 'shape 1×56×56×24 → 1×56×56×16' }).filter({ hasText: 'CONV_2D' }).first().getByRole('button').click();
  await expect(page.getByTestId('side-a')).toContainText('Op 17');
  await expect(page.getByTestId('side-b')).toContainText('Op 18');
  // Selecting on either side selects its match on the other.
  await page.getByTestId('side-b').getByRole('button', { name: 'model_1/model/conv2d_3/Conv2D_dequantize' }).first().click();
  await expect(page.getByTestId('side-b').getByTestId('tensor-panel')).toContainText('16×1×1×64');
  await expect(page.getByTestId('side-a').getByTestId('tensor-panel')).toContainText('24×1×1×64');
  await compare.getByRole('row', { name: /MAX_POOL_2D only in B/ }).getByRole('button').click();
  await expect(page.getByTestId('side-a')).toContainText('Nothing in A belongs to it.');
  await expect(page.getByTestId('side-b').getByTestId('op-panel')).toContainText('2×2');
});

test('a variant is held against its original, whichever is looked at; what it folds away leads to where it went', async ({ page }) => {
  test.setTimeout(120_000);
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await show(page, 'variants');
  for (const pass of ['unfold-float16', 'fuse-activations']) await page.getByTestId(`pass-${pass}`).getByRole('checkbox').check();
  await page.getByTestId('rewrite-start').click();
  await page.getByTestId('variant-open').click({ timeout: 90_000 });
  const compare = page.getByTestId('compare');
  const counts = compare.getByTestId('compare-counts');
  const sides = compare.getByTestId('sides');
  const [original, variant] = ['Face detection, short range', 'Face detection, short range, unfold-float16, fuse-activations'];

  await show(page, 'structure');
  await expect(sides).toHaveText(`A is ${original}, B is ${variant}.`);
  // 74 DEQUANTIZE and 17 RELU are part of 37 ops with weights and of 16 additions more; none is only in A.
  await expect(counts).toHaveText('20 equal, 53 differ, 0 only in A, 0 only in B; folded into these: 91 in A, 0 in B');
  await expect(compare.getByTestId('compare-figures').getByRole('row', { name: /^Ops/ })).toContainText(/164\s*73\s*−91/);
  await expect(compare.getByTestId('compare-figures').getByRole('row', { name: /^Without folded ops/ })).toContainText(/73\s*73/);
  await expect(compare.getByTestId('compare-figures').getByRole('row', { name: /^Parameters/ })).toContainText(/101,390\s*101,390/);
  await expect(compare.getByTestId('compare-kinds').getByRole('row', { name: /^DEQUANTIZE/ })).toContainText(/74\s*all folded\s*0/);

  const row = compare.getByRole('row').filter({ hasText: '+ RELU, fused in B' }).first();
  await expect(row).toContainText('weights through DEQUANTIZE in A');
  await expect(row).toContainText('float32; weights float16 → float32, 3.65 kB → 7.30 kB');
  await row.getByRole('button').click();
  await expect(page.getByTestId('side-a').getByTestId('op-panel')).toContainText('float16');
  // What the convolution gives in A is a step on the way to what it gives in B, and the activation in A is part of it there.
  await page.getByTestId('side-a').getByTestId('operand').last().click();
  await expect(page.getByTestId('side-b').getByTestId('tensor-panel')).toContainText(/Written by\s*#0 CONV_2D/);
  await page.getByTestId('side-a').getByTestId('tensor-panel').getByRole('button', { name: 'RELU' }).click();
  await expect(page.getByTestId('side-a').getByRole('heading', { name: 'RELU' })).toBeVisible();
  await expect(page.getByTestId('side-b').getByRole('heading', { name: 'CONV_2D' })).toBeVisible();
  await expect(row).toHaveClass(/selected/);

  await show(page, 'overview');
  await page.getByRole('button', { name: 'Face detection, short range', exact: true }).click();
  await show(page, 'structure');
  await expect(sides).toHaveText(`A is ${original}, B is ${variant}.`);
  await expect(counts).toContainText('91 in A, 0 in B');
  await page.getByTestId('pair-swap').click();
  await expect(sides).toHaveText(`A is ${variant}, B is ${original}.`);
  await expect(counts).toContainText('0 in A, 91 in B');

  // A reload brings both back, and what the one was made of.
  await page.reload();
  await show(page, 'structure');
  await expect(counts).toContainText('91 in A, 0 in B');
  await page.setViewportSize({ width: 390, height: 844 });
  await compare.getByTestId('compare-matches').getByRole('checkbox', { name: 'Show equal ones too' }).check();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
