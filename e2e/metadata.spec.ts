/** What a file says of itself in TFLITE_METADATA and in the archive behind it, as a person sees it, and what follows from it by default. */
import { zipSync } from 'fflate';
import { type Fields, addition, buildMetadata, buildModel, subgraph, tensor } from '../src/tflite/testing/build';
import { openPage } from './support/engine';
import { dropFiles, expect, test } from './support/fixtures';
import { modelTables } from './support/views';

const described: Fields = {
  name: 'Mean colour', description: 'Says which colour a picture has most of.', version: 'v3', author: 'A. Painter', license: 'CC0',
  subgraph_metadata: [{
    input_tensor_metadata: [{
      name: 'picture', description: 'What to look at.',
      content: { content_properties: { member: 'ImageProperties', value: { color_space: 1 } } },
      process_units: [{ options: { member: 'NormalizationOptions', value: { mean: [127.5], std: [128] } } }],
      stats: { min: [-0.996], max: [0.996] },
    }],
    output_tensor_metadata: [{
      name: 'colours', description: 'How much of each.',
      process_units: [
        { options: { member: 'ScoreCalibrationOptions', value: { score_transformation: 1, default_score: 0.25 } } },
        { options: { member: 'ScoreThresholdingOptions', value: { global_score_threshold: 0.125 } } },
      ],
      associated_files: [
        { name: 'labels.txt', type: 2 }, { name: 'labels_de.txt', type: 2, locale: 'de' }, { name: 'labels_fr.txt', type: 2, locale: 'fr' },
        { name: 'calibration.txt', type: 4 },
      ],
    }],
  }],
};

/** The mean of each channel of 8 × 8 pixels. */
function colourModel(): Uint8Array {
  const model = buildModel(addition({
    operator_codes: [{ deprecated_builtin_code: 40, version: 1 }],
    buffers: [{}, { data: new Uint8Array(Int32Array.of(1, 2).buffer) }, { data: buildMetadata(described) }],
    metadata: [{ name: 'TFLITE_METADATA', buffer: 2 }],
    subgraphs: [subgraph({
      tensors: [tensor({ name: 'x', shape: [1, 8, 8, 3] }), tensor({ name: 'axes', type: 2, shape: [2], buffer: 1 }), tensor({ name: 'y', shape: [1, 3] })],
      operators: [{ inputs: [0, 1], outputs: [2], builtin_options: { member: 'ReducerOptions', value: { keep_dims: false } } }],
    })],
  }));
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const archive = zipSync({ 'labels.txt': text('red\ngreen\nblue\n'), 'labels_de.txt': text('rot\ngrün\nblau\n'), 'labels_fr.txt': text('rouge\nvert\nbleu\n'), 'calibration.txt': text('1,2,0.5\n\n1,1,0,0.1\n') });
  return Buffer.concat([model, archive]);
}

test('names, normalisation, statistics, calibration and labels of every language stand in the summary', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [{ name: 'colour.tflite', bytes: colourModel() }]);
  await expect(page.getByTestId('model-summary')).toContainText('Says which colour a picture has most of.');
  const metadata = (await modelTables(page)).getByTestId('metadata');
  await expect(metadata.locator('dt').first()).toHaveText('name');
  const facts = await metadata.locator('div:has(> dt)').evaluateAll((rows) => rows.map((row) => [row.querySelector('dt')?.textContent, row.querySelector('dd')?.textContent]));
  expect(facts).toEqual([
    ['name', 'Mean colour'],
    ['version', 'v3'],
    ['author', 'A. Painter'],
    ['licence', 'CC0'],
    ['picture', '(value − 127.5) ÷ 128'],
    ['picture', 'What to look at.'],
    ['picture, range', '−0.996 to 0.996'],
    ['colours', 'How much of each.'],
    ['colours, threshold', '0.125'],
    ['colours, calibration', 'a sigmoid of log(score) for 2 classes of 3, else 0.25'],
  ]);
  const labels = metadata.locator('details');
  await expect(labels.locator('summary')).toHaveText(['3 labels of colours (no locale)', '3 labels of colours (de)', '3 labels of colours (fr)']);
  await expect(labels.nth(1).locator('li')).toHaveText(['rot', 'grün', 'blau']);
});

test('normalisation, calibration, threshold and labels are used without being asked for', async ({ page }) => {
  await openPage(page);
  const magenta = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(16, 16);
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('There is no canvas.');
    pen.fillStyle = '#f0f';
    pen.fillRect(0, 0, 16, 16);
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  });
  await dropFiles(page, [{ name: 'colour.tflite', bytes: colourModel() }]);
  await dropFiles(page, [{ name: 'magenta.png', bytes: Uint8Array.from(magenta) }]);
  await expect(page.getByRole('region', { name: 'Input and configuration' })).toContainText('(pixel − 127.5) ÷ 128');
  await page.getByTestId('run').click();
  // (255 − 127.5) ÷ 128 is 0.99609375, and its logarithm −0.0039139. Red: 1 ÷ (1 + e^−(2 × −0.0039139 + 0.5)); blue: 1 ÷ (1 + e^0.0039139).
  // Green has no line in the file and takes the default.
  await expect(page.getByTestId('decoded-list').locator('li')).toHaveText([/^red\s*62\.1 %$/, /^blue\s*49\.9 %$/, /^green\s*25\.0 %$/]);
});
