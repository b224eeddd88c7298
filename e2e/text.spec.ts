/** Sentences as a person gives them: words into numbers by a vocabulary, of the file or brought, and classes out. */
import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import type { Page } from '@playwright/test';
import type { Input } from '../src/api';
import { sentencePieceModel } from '../src/text/testing/made-sentencepiece';
import { cases } from '../src/text/testing/sentencepiece-cases';
import { openModel } from '../src/tflite/format/verify/verify';
import { addition, buildMetadata, buildModel, subgraph, tensor, type Fields } from '../src/tflite/testing/build';
import { openPage } from './support/engine';
import { apiTest, dropFiles, expect, sharedModel, test } from './support/fixtures';
import { litescope } from './support/command-line';

/** Words that the review classifier weighs clearly, at the numbers that Model Maker gave them by how often reviews have them; the file itself brings no vocabulary. */
const ids: Readonly<Record<string, number>> = { '<PAD>': 0, '<START>': 1, '<UNKNOWN>': 2, bad: 77, great: 87, worst: 248, excellent: 320, poor: 337, boring: 356, awful: 372, wonderful: 388, terrible: 393, perfect: 403, loved: 446, horrible: 526 };
const vocabulary = { name: 'vocab.txt', bytes: new TextEncoder().encode(Object.entries(ids).map(([word, id]) => `${word} ${id}`).join('\n')) };
const [good, bad] = ['An excellent, wonderful movie: great, perfect, loved it!', 'The worst: awful, boring, terrible. Horrible, poor, bad.'];

/** What the review classifier makes of numbers of words, in double precision: rows of its table averaged, two dense layers, SOFTMAX. */
function reviewScores(file: Uint8Array, numbers: readonly number[]): readonly number[] {
  const { buffers, subgraphs: [graph] } = openModel(file);
  const values = (index: number) => new Float32Array((buffers[graph?.tensors[index]?.buffer ?? 0]?.data ?? new Uint8Array(0)).slice().buffer);
  const [hiddenBias, outBias, table, hidden, out] = [1, 2, 3, 5, 6].map(values) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
  const dense = (from: readonly number[], weights: Float32Array, bias: Float32Array) => [...bias].map((start, row) => from.reduce((sum, value, column) => sum + value * (weights[row * from.length + column] ?? 0), start));
  const mean = Array.from({ length: 16 }, (_, column) => numbers.reduce((sum, id) => sum + (table[id * 16 + column] ?? 0), 0) / numbers.length);
  const powers = dense(dense(mean, hidden, hiddenBias).map((value) => Math.max(0, value)), out, outBias).map(Math.exp);
  return powers.map((power) => power / powers.reduce((sum, each) => sum + each, 0));
}

/** A model that hands out what it was given, of inputs of whole numbers. */
function echo(names: readonly string[], length: number, graph: Fields, files: Readonly<Record<string, Uint8Array>>, level: 0 | 9): Uint8Array {
  const whole = (name: string, more: Fields = {}) => tensor({ name, shape: [1, length], type: 2, ...more });
  const model = buildModel(addition({
    buffers: [{}, { data: new Uint8Array(length * 4) }, { data: buildMetadata({ subgraph_metadata: [graph] }) }],
    metadata: [{ name: 'TFLITE_METADATA', buffer: 2 }],
    subgraphs: [subgraph({
      tensors: [...names.map((name) => whole(name)), whole('zeros', { buffer: 1 }), ...names.map((name) => whole(`out_${name}`))],
      inputs: names.map((_, index) => index), outputs: names.map((_, index) => names.length + 1 + index),
      operators: names.map((_, index) => ({ opcode_index: 0, inputs: [index, names.length], outputs: [names.length + 1 + index], builtin_options: { member: 'AddOptions', value: {} } })),
    })],
  }));
  const archive = zipSync({ ...files }, { level });
  const file = new Uint8Array(model.length + archive.length);
  file.set(model);
  file.set(archive, model.length);
  return file;
}

/** What a model makes of inputs: its outputs as numbers, and what became of texts; or the error's code. */
function runOn(page: Page, model: Uint8Array, inputs: Readonly<Record<string, Exclude<Input, { kind: 'image' | 'file' | 'sequence' }>>>, given?: Uint8Array) {
  return page.evaluate(async ([bytes, sources, words]) => {
    const opened = await window.litescope.open(bytes as Uint8Array<ArrayBuffer>);
    const tokenizer = words === undefined ? {} : { tokenizer: { vocabulary: new Blob([words as Uint8Array<ArrayBuffer>]) } };
    try {
      const result = await window.litescope.run(opened.id, {}, Object.fromEntries(Object.entries(sources).map(([name, input]) => [name, input.kind === 'text' ? { ...input, ...tokenizer } : input])), { decoder: 'auto' });
      return { outputs: result.outputs.map(({ dtype, data }) => [...(dtype === 'int32' ? new Int32Array(data) : new Float32Array(data))]), texts: result.texts ?? [], recognised: result.recognised?.name ?? null };
    } catch (error) {
      return { code: (error as { code: string }).code };
    }
  }, [model, inputs, given] as const);
}

apiTest('a sentence or two fill the words, mask and segments of a model whose metadata name BERT’s tokenizer', async ({ page }) => {
  const words = new TextEncoder().encode('[PAD]\n[UNK]\n[CLS]\n[SEP]\nwho\nran\n##ning\nhe\nran\n');
  const graph = { input_tensor_metadata: [{ name: 'ids' }, { name: 'mask' }, { name: 'segment_ids' }], input_process_units: [{ options: { member: 'BertTokenizerOptions', value: { vocab_file: [{ name: 'vocab.txt' }] } } }] };
  const model = echo(['a', 'b', 'c'], 8, graph, { 'vocab.txt': words }, 9);
  expect(await runOn(page, model, { a: { kind: 'text', text: 'Who ran?' } })).toMatchObject({ outputs: [[2, 4, 5, 1, 3, 0, 0, 0], [1, 1, 1, 1, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0]], texts: [{ input: 'a', length: 8, cut: 0 }] });
  expect(await runOn(page, model, { a: { kind: 'text', text: ['who', 'He ranning he ran'] } })).toMatchObject({ outputs: [[2, 4, 3, 7, 5, 6, 7, 3], [1, 1, 1, 1, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1, 1, 1]], texts: [{ cut: 1 }] });
  // What is given beside the text stands.
  expect(await runOn(page, model, { a: { kind: 'text', text: 'who' }, b: { kind: 'zeros' } })).toMatchObject({ outputs: [[2, 4, 3, 0, 0, 0, 0, 0], Array(8).fill(0), Array(8).fill(0)] });
  expect(await runOn(page, model, { a: { kind: 'text', text: ' ' } })).toEqual({ code: 'EMPTY_TEXT' });
});

apiTest('a SentencePiece model behind the file parts sentences as Google’s library does', async ({ page }) => {
  const made = cases.unigram;
  if (made === undefined) throw new Error('The case is gone.');
  const graph = { input_tensor_metadata: [{ name: 'words', process_units: [{ options: { member: 'SentencePieceTokenizerOptions', value: { sentencePiece_model: [{ name: 'words.model' }] } } }] }] };
  for (const level of [0, 9] as const) {
    const model = echo(['words'], 8, graph, { 'words.model': sentencePieceModel(made.model) }, level);
    const [sentence, expected] = made.segmentations[0] ?? ['', []];
    expect(await runOn(page, model, { words: { kind: 'text', text: sentence } })).toMatchObject({ outputs: [[...expected, ...Array<number>(8 - expected.length).fill(0)]] });
  }
});

test('a good and a bad review, by words that a person brings', async ({ page }) => {
  const path = sharedModel('movie_review.tflite');
  test.skip(path === null, 'without ../shared there is no model of reviews');
  const file = new Uint8Array(readFileSync(path ?? ''));
  await openPage(page);
  await dropFiles(page, [path ?? '']);
  await expect(page.getByTestId('model-summary')).toContainText('movie_review.tflite');
  await page.getByText('Text', { exact: true }).first().click();
  await page.getByTestId('input-text').fill(good);
  await page.getByTestId('run').click();
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'NO_VOCABULARY');

  await dropFiles(page, [vocabulary]);
  await expect(page.getByTestId('vocabulary')).toContainText('vocab.txt');
  const answer = page.getByTestId('decoded-list').getByRole('listitem').first();
  for (const [sentence, expected] of [[good, 1], [bad, 0]] as const) {
    await page.getByTestId('input-text').fill(sentence);
    await page.getByTestId('run').click();
    const words = sentence.toLowerCase().split(/[^\w']+/).filter((word) => word !== '');
    const numbers = Array.from({ length: 256 }, (_, index) => (index === 0 ? 1 : index <= words.length ? ids[words[index - 1] ?? ''] ?? 2 : 0));
    const scores = reviewScores(file, numbers);
    await expect(page.getByTestId('tokens')).toContainText(words.slice(-1)[0] ?? '');
    await expect(answer).toContainText(`${expected}`);
    const [, share = ''] = /([\d.]+) ?%/.exec(await answer.innerText()) ?? [];
    expect(Number(share)).toBeCloseTo(100 * (scores[expected] ?? 0), 0);
  }
  await expect(page.getByTestId('unknown-words')).toHaveText('Not in the vocabulary: “the”.');
  await expect(page.getByTestId('tokens')).toContainText('9 of 256 places filled'.replace('9', String(1 + bad.split(/[^\w']+/).filter((word) => word !== '').length)));

  await page.getByTestId('rows-paste').fill(`review\tlabel\n${good}\t1\n${bad}\t0\nGreat!\t1\n`);
  await page.getByTestId('rows-paste').blur();
  await expect(page.getByTestId('rows-taken')).toContainText('3 sentences, labels in “label”.');
  await page.getByTestId('rows-run').click();
  await expect(page.getByTestId('rows-accuracy')).toContainText('3 of 3 right');

  // Of another model: numbers beyond the table would read memory that is not the table's.
  await page.getByTestId('vocabulary-file').setInputFiles({ name: 'vocab-other.txt', mimeType: 'text/plain', buffer: Buffer.from('<PAD> 0\n<START> 1\n<UNKNOWN> 20000\ngood 3') });
  await page.getByTestId('run').click();
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'INVALID_VOCABULARY');
});

apiTest('a variant is compared on sentences, each through the vocabulary of the first', async ({ page }) => {
  const path = sharedModel('movie_review.tflite');
  test.skip(path === null, 'without ../shared there is no model of reviews');
  const compared = await page.evaluate(async ([bytes, words, sentences]) => {
    const model = await window.litescope.open(bytes as Uint8Array<ArrayBuffer>);
    const variant = await window.litescope.quantize(model.id, 'dynamic-int8', [], { prove: false });
    const tokenizer = { vocabulary: new Blob([words as Uint8Array<ArrayBuffer>]) };
    const samples = sentences.map(([text, label]) => ({ inputs: { input_3: { kind: 'text' as const, text, tokenizer } }, label: String(label) }));
    const { models } = await window.litescope.compare([model.id, variant.model.id], {}, samples, {});
    return models.map(({ accuracy, error }) => [accuracy?.right, accuracy?.labelled, error]);
  }, [new Uint8Array(readFileSync(path ?? '')), vocabulary.bytes, [[good, 1], [bad, 0]]] as const);
  expect(compared).toEqual([[2, 2, null], [2, 2, null]]);
});

test('the command line takes a sentence and numbers', async () => {
  const path = sharedModel('iris.tflite');
  test.skip(path === null, 'without ../shared there is no model of flowers');
  const { code, output } = await litescope('run', path ?? '', '--input', '6.3,3.3,6,2.5');
  expect(code).toBe(0);
  // The best of three classes without names.
  expect(output).toMatch(/answer +score\n.*\b2\b.* \d+\.\d %/);
  expect(await litescope('run', path ?? '', '--input', 'a long petal')).toMatchObject({ code: 3, errors: expect.stringContaining('(NO_VOCABULARY)') });
});
