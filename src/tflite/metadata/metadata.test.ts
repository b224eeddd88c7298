import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { inflate, maximumPackedFileBytes } from '../format/archive/appended-files';
import { readMetadata } from './metadata';
import type { ModelMetadata } from './model-metadata';
import { type Fields, addition, buildMetadata, buildModel } from '../testing/build';
import { fixtureModel, hasFixtures } from '../testing/models';
import { openModel } from '../format/verify/verify';

const block: Fields = {
  name: 'classifier',
  description: 'Says what it sees.',
  version: 'v1',
  author: 'someone',
  license: 'Apache-2.0',
  subgraph_metadata: [{
    input_tensor_metadata: [{
      name: 'picture',
      content: { content_properties: { member: 'ImageProperties', value: { color_space: 1 } } },
      process_units: [
        { options: { member: 'ScoreThresholdingOptions', value: { global_score_threshold: 0.5 } } },
        { options: { member: 'NormalizationOptions', value: { mean: [127.5], std: [128] } } },
      ],
    }],
    output_tensor_metadata: [{
      name: 'score',
      associated_files: [
        { name: 'values.txt', type: 3 },
        { name: 'labels_de.txt', type: 2, locale: 'de' },
        { name: 'labels.txt', type: 2 },
      ],
    }],
  }],
};

function modelWith(metadata: Uint8Array): Uint8Array {
  return buildModel(addition({ buffers: [{}, { data: new Uint8Array(8) }, { data: metadata }], metadata: [{ name: 'TFLITE_METADATA', buffer: 2 }] }));
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

function read(metadata: Uint8Array, archive: Uint8Array = new Uint8Array(0)): ModelMetadata | null {
  const model = modelWith(metadata);
  const file = new Uint8Array(model.length + archive.length);
  file.set(model);
  file.set(archive, model.length);
  return readMetadata(file, openModel(file));
}

const labelsOf = (archive: Uint8Array): readonly string[] | undefined => read(buildMetadata(block), archive)?.outputs[0]?.labels;

test('names, normalisation and labels', () => {
  const archive = zipSync({ 'labels.txt': text('cat\r\ndog\n\nbird\n'), 'labels_de.txt': text('Katze\n'), 'values.txt': text('x\n') });
  expect(read(buildMetadata(block), archive)).toEqual({
    name: 'classifier',
    description: 'Says what it sees.',
    version: 'v1',
    author: 'someone',
    license: 'Apache-2.0',
    inputs: [{ name: 'picture', normalisation: { mean: [127.5], std: [128] } }],
    outputs: [{ name: 'score', labels: ['cat', 'dog', '', 'bird'], translations: [{ locale: '', labels: ['cat', 'dog', '', 'bird'] }, { locale: 'de', labels: ['Katze'] }] }],
  });
});

test('names of features and of categories', () => {
  const inputs = [{ name: 'sizes', associated_files: [{ name: 'columns.txt', type: 2 }] }, { name: 'colour', associated_files: [{ name: 'missing.txt', type: 3 }, { name: 'colours.txt', type: 3 }] }];
  const archive = zipSync({ 'columns.txt': text('sepal length\nsepal width\n'), 'colours.txt': text('red\nblue') });
  expect(read(buildMetadata({ subgraph_metadata: [{ input_tensor_metadata: inputs }] }), archive)?.inputs).toEqual([
    { name: 'sizes', features: ['sepal length', 'sepal width'] }, { name: 'colour', categories: ['red', 'blue'] },
  ]);
});

test.each<[string, Fields, string, Fields]>([
  ['BERT, of the whole model', { input_process_units: [{ options: { member: 'BertTokenizerOptions', value: { vocab_file: [{ name: 'vocab.txt' }] } } }] }, 'vocab.txt', { kind: 'wordpiece' }],
  ['regex, of an input', { input_tensor_metadata: [{ process_units: [{ options: { member: 'RegexTokenizerOptions', value: { delim_regex_pattern: '[^a-z]+', vocab_file: [{ name: 'vocab.txt' }] } } }] }] }, 'vocab.txt', { kind: 'regex', pattern: '[^a-z]+' }],
  ['SentencePiece, of an input', { input_tensor_metadata: [{ process_units: [{ options: { member: 'SentencePieceTokenizerOptions', value: { sentencePiece_model: [{ name: 'spm.model' }] } } }] }] }, 'spm.model', { kind: 'sentencepiece' }],
])('the tokenizer and where its vocabulary lies: %s', (_, graph, name, expected) => {
  const metadata = buildMetadata({ subgraph_metadata: [graph] });
  const words = text('[UNK]\nword\n'.repeat(40));
  for (const level of [0, 9] as const) {
    const archive = zipSync({ 'other.txt': text('x'), [name]: words }, { level });
    const [model, tokenizer] = [modelWith(metadata), read(metadata, archive)?.tokenizer];
    expect(tokenizer).toMatchObject({ ...expected, vocabulary: { name } });
    const { start = 0, bytes = 0, inflated_bytes } = tokenizer?.vocabulary ?? {};
    const stored = archive.slice(start - model.length, start - model.length + bytes);
    expect(level === 0 ? stored : inflate(stored, inflated_bytes ?? 0)).toEqual(words);
    expect(inflated_bytes).toBe(level === 0 ? undefined : words.length);
  }
  // A name without a file behind the model is no tokenizer that could be used.
  expect(read(metadata)?.tokenizer).toBeUndefined();
});

test('stored as well as deflated files', () => {
  expect(labelsOf(zipSync({ 'labels.txt': text('a\nb\n') }, { level: 0 }))).toEqual(['a', 'b']);
});

test('archives whose positions count from the start of the model', () => {
  const archive = zipSync({ 'labels.txt': text('a\nb') });
  const view = new DataView(archive.buffer);
  const shift = modelWith(buildMetadata(block)).length;
  const end = archive.length - 22;
  const directory = view.getUint32(end + 16, true);
  view.setUint32(end + 16, directory + shift, true);
  view.setUint32(directory + 42, view.getUint32(directory + 42, true) + shift, true);
  expect(labelsOf(archive)).toEqual(['a', 'b']);
});

test('the range of an output over all its channels, where it is one', () => {
  const rangeOf = (stats: Fields) => read(buildMetadata({ subgraph_metadata: [{ output_tensor_metadata: [{ name: 'picture', stats }] }] }))?.outputs[0]?.range;
  expect(rangeOf({ min: [0, -1, 0.5], max: [1, 2, 1] })).toEqual({ lowest: -1, highest: 2 });
  for (const stats of [{}, { min: [0] }, { max: [1] }, { min: [1], max: [1] }, { min: [], max: [] }, { min: [NaN], max: [1] }, { min: [0], max: [Infinity] }]) expect(rangeOf(stats)).toBeUndefined();
});

describe('scores and boxes', () => {
  const output = (tensor: Fields, archive?: Uint8Array) => read(buildMetadata({ subgraph_metadata: [{ output_tensor_metadata: [{ name: 'out', ...tensor }] }] }), archive)?.outputs[0];
  const calibrated: Fields = {
    process_units: [{ options: { member: 'ScoreCalibrationOptions', value: { score_transformation: 2, default_score: 0.1 } } }, { options: { member: 'ScoreThresholdingOptions', value: { global_score_threshold: 0.25 } } }],
    associated_files: [{ name: 'calibration.txt', type: 4 }],
  };

  test('a calibration is read with its file, a line for each class', () => {
    expect(output(calibrated, zipSync({ 'calibration.txt': text('0.9,1,0.5\n\n1,2,-0.5,0.3\n') }))).toEqual({
      name: 'out', scoreThreshold: 0.25,
      calibration: { transformation: 'inverse-logistic', defaultScore: Math.fround(0.1), classes: [{ scale: 0.9, slope: 1, offset: 0.5 }, null, { scale: 1, slope: 2, offset: -0.5, leastScore: 0.3 }] },
    });
  });

  test.each(['1,2\n', '1,2,x\n', '1,2,\n', '-1,2,3\n', '1,2,3,4,5\n', ''])('a calibration file with %j is none', (content) => {
    expect(output(calibrated, zipSync({ 'calibration.txt': text(content) }))).toEqual({ name: 'out', scoreThreshold: 0.25 });
  });

  test('how a box is written', () => {
    const boxes = (value: Fields) => output({ content: { content_properties: { member: 'BoundingBoxProperties', value } } })?.boxes;
    expect(boxes({ index: [1, 0, 3, 2], type: 1, coordinate_type: 0 })).toEqual({ form: 'boundaries', order: [1, 0, 3, 2], unit: 'ratio' });
    expect(boxes({ type: 3, coordinate_type: 1 })).toEqual({ form: 'center', order: [0, 1, 2, 3], unit: 'pixel' });
    for (const index of [[0], [0, 1, 2, 2], [0, 1, 2, 4], [0, 1, 2, 3, 4]]) expect(boxes({ index, type: 1 })).toBeUndefined();
  });

  test('a description', () => {
    expect(output({ description: 'what it is' })).toEqual({ name: 'out', description: 'what it is' });
  });
});

describe('damage leaves the model usable', () => {
  test('a block of another kind', () => {
    expect(read(text('no metadata at all'))).toBeNull();
    expect(read(new Uint8Array(3))).toBeNull();
  });

  test('a block that ends early', () => {
    const whole = buildMetadata(block);
    for (let length = 0; length < whole.length; length += 1) expect(() => read(whole.subarray(0, length))).not.toThrow();
    expect(read(whole.subarray(0, 40))).toBeNull();
  });

  test('no archive, or one that ends early', () => {
    const archive = zipSync({ 'labels.txt': text('a\nb\n'.repeat(200)) });
    for (let length = 0; length < archive.length; length += 1) expect(labelsOf(archive.subarray(0, length))).toBeUndefined();
  });

  test('any byte of the archive changed', () => {
    const archive = zipSync({ 'labels.txt': text('a\nb\nc\nd\n'.repeat(40)) });
    for (let at = 0; at < archive.length; at += 1) {
      const changed = archive.slice();
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      expect(() => labelsOf(changed)).not.toThrow();
    }
  });

  test('normalisation by zero is left out', () => {
    const metadata = buildMetadata({ subgraph_metadata: [{ input_tensor_metadata: [{ process_units: [{ options: { member: 'NormalizationOptions', value: { mean: [0], std: [0] } } }] }] }] });
    expect(read(metadata)?.inputs).toEqual([{ name: '' }]);
  });
});

describe('archives that grow', () => {
  const bomb = zipSync({ 'labels.txt': new Uint8Array(maximumPackedFileBytes + 1) }, { level: 9 });

  test('a file beyond the limit is not unpacked', () => {
    expect(labelsOf(bomb)).toBeUndefined();
  });

  test('a file that hides its size is dropped on the way', () => {
    const lying = zipSync({ 'labels.txt': new Uint8Array(16 * 1024 * 1024) }, { level: 9 });
    const view = new DataView(lying.buffer);
    const directory = view.getUint32(lying.length - 22 + 16, true);
    view.setUint32(directory + 24, 100, true);
    expect(labelsOf(lying)).toBeUndefined();
  });
});

describe.skipIf(!hasFixtures)('fixture models (skipped without the shared folder)', () => {
  test.each(['tf2_mobilenet_v2_1.0_224_ptq.tflite', 'mobilenet_v1_0.25_128_quant.tflite'])('%s', (file) => {
    const bytes = fixtureModel(file);
    const metadata = readMetadata(bytes, openModel(bytes));
    const labels = new TextDecoder().decode(fixtureModel('imagenet_labels.txt')).trimEnd().split('\n');
    expect(metadata).toMatchObject({ name: 'ImageClassifier', inputs: [{ name: 'image', normalisation: { mean: [127.5], std: [127.5] } }] });
    expect(metadata?.outputs[0]?.labels).toEqual(labels);
    expect(labels).toHaveLength(1001);
  });
});
