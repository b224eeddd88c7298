/** Free dimensions, signatures, value files and labels, as a person gives them in the page. */
import type { Page } from '@playwright/test';
import { addition, buildModel, subgraph, tensor } from '../src/tflite/testing/build';
import { writeNpy } from '../src/tensor/npy';
import { openPage } from './support/engine';
import { dropFiles, expect, packagedModel, test, type MadeFile } from './support/fixtures';
import { modelTables } from './support/views';

/** out = a + [3, 4] over a batch that is left open. */
const openBatch = buildModel(addition({
  subgraphs: [subgraph({ tensors: [tensor({ name: 'a', shape_signature: [-1, 2] }), tensor({ name: 'b', buffer: 1 }), tensor({ name: 'out', shape_signature: [-1, 2] })] })],
}));

/** `plus` and `times` on subgraphs of their own. */
const twoSignatures = buildModel(addition({
  operator_codes: [{ deprecated_builtin_code: 0, version: 1 }, { deprecated_builtin_code: 18, builtin_code: 18, version: 1 }],
  subgraphs: [
    subgraph({ operators: [{ opcode_index: 0, inputs: [0, 1], outputs: [2], builtin_options: { member: 'AddOptions', value: {} } }] }),
    subgraph({ operators: [{ opcode_index: 1, inputs: [0, 1], outputs: [2], builtin_options: { member: 'MulOptions', value: {} } }] }),
  ],
  signature_defs: ['plus', 'times'].map((key, index) => ({
    signature_key: key, subgraph_index: index, inputs: [{ name: 'x', tensor_index: 0 }], outputs: [{ name: 'y', tensor_index: 2 }],
  })),
}));

/** A file that is dropped before the model is there would count as a model itself. */
async function openDropped(page: Page, file: MadeFile): Promise<void> {
  await dropFiles(page, [file]);
  await expect(page.getByTestId('model-summary')).toContainText(file.name);
}

test.beforeEach(async ({ page }) => {
  await openPage(page);
});

test('a free dimension takes a size, and a dropped .npy of that shape runs', async ({ page }) => {
  await openDropped(page, { name: 'open-batch.tflite', bytes: openBatch });
  await expect(await modelTables(page)).toContainText('free×2');
  await page.getByLabel('a, dimension 0').fill('3');
  await page.getByLabel('a, dimension 0').press('Tab');
  const npy = writeNpy({ dtype: 'float32', shape: [3, 2], data: Float32Array.of(1, 2, 10, 20, 100, 200).buffer });
  await dropFiles(page, [{ name: 'values.npy', bytes: npy }]);
  await page.getByTestId('run').click();
  const output = page.getByTestId('output-out');
  await expect(output).toContainText('3×2');
  await output.getByText('Values').click();
  await expect(output.getByRole('row').nth(1)).toContainText('4');
  expect(await output.getByRole('row').locator('td:last-child').allInnerTexts()).toEqual(['4', '6', '13', '24', '103', '204']);
});

// One that is longer in one dimension alone is a sequence (state-page.spec.ts).
test('a .npy of another shape is refused with both shapes', async ({ page }) => {
  await openDropped(page, { name: 'open-batch.tflite', bytes: openBatch });
  await dropFiles(page, [{ name: 'values.npy', bytes: writeNpy({ dtype: 'float32', shape: [5, 3], data: new Float32Array(15).buffer }) }]);
  await page.getByTestId('run').click();
  const card = page.getByTestId('error-card');
  await expect(card).toHaveAttribute('data-code', 'INVALID_INPUT');
  await expect(card).toContainText(/5.{1,3}3/);
  await expect(card).toContainText(/1.{1,3}2/);
});

test('a signature is chosen, and runs where a runtime has it', async ({ page }) => {
  await openDropped(page, { name: 'two-signatures.tflite', bytes: twoSignatures });
  await dropFiles(page, [{ name: 'x.npy', bytes: writeNpy({ dtype: 'float32', shape: [1, 2], data: Float32Array.of(5, -6).buffer }) }]);
  const expectValues = async (expected: readonly string[]) => {
    await page.getByTestId('run').click();
    const output = page.getByTestId('output-y');
    const cells = output.getByRole('row').locator('td:last-child');
    await expect(output).toBeVisible();
    if (await cells.count() === 0) await output.getByText('Values').click();
    await expect(cells).toHaveText([...expected]);
  };
  await expectValues(['8', '−2']);
  await page.getByTestId('select-signature').selectOption({ label: 'times' });
  await dropFiles(page, [{ name: 'x.npy', bytes: writeNpy({ dtype: 'float32', shape: [1, 2], data: Float32Array.of(5, -6).buffer }) }]);
  await expectValues(['15', '−24']);
  await expect(page.getByTestId('ran-configuration')).toContainText('litert');
  await expect(page.getByTestId('fallback-notice')).toContainText('tfjs-tflite');
});

test('random values follow their seed', async ({ page }) => {
  await dropFiles(page, [packagedModel('face_detection', 'face_detection_short_range.tflite')]);
  const setup = page.getByRole('region', { name: 'Input and configuration' });
  await setup.getByText('Random', { exact: true }).click();
  const output = page.getByTestId('output-classificators');
  const runWith = async (seed: string) => {
    await setup.getByLabel('Seed').fill(seed);
    await setup.getByLabel('Seed').press('Tab');
    await page.getByTestId('run').click();
  };
  await runWith('1');
  await expect(output).toBeVisible();
  const first = await output.innerText();
  await runWith('2');
  await expect(output).not.toHaveText(first, { useInnerText: true });
  await runWith('1');
  await expect(output).toHaveText(first, { useInnerText: true });
});

test('dropped labels name the classes', async ({ page }) => {
  const classifier = buildModel(addition());
  await openDropped(page, { name: 'classifier.tflite', bytes: classifier });
  await dropFiles(page, [{ name: 'labels.txt', bytes: new TextEncoder().encode('first thing\nsecond thing\n') }]);
  await page.getByTestId('labels-use').click();
  await page.getByTestId('select-decoder').selectOption('classification');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('decoded-list')).toContainText('second thing');
});
