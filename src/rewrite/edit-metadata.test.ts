import { unzipSync, zipSync } from 'fflate';
import { describe, expect, test, vi } from 'vitest';
import { findArchive } from '../tflite/format/archive/archive';
import { metadataBlock, readMetadata } from '../tflite/metadata/metadata';
import { metadataSchema } from '../tflite/format/schema/metadata';
import { addition, buildMetadata, buildModel, subgraph } from '../tflite/testing/build';
import { contentsOf } from '../tflite/testing/contents';
import { fixtureModel, galleryModel, galleryModels, hasFixtures } from '../tflite/testing/models';
import { joined, meaningOf } from '../tflite/testing/round-trip';
import { openModel } from '../tflite/format/verify/verify';
import { writeModel } from '../tflite/format/write/writer';
import { editMetadata, type MetadataEdits } from './edit-metadata';

function edited(bytes: Uint8Array, edits: MetadataEdits) {
  const { model, changed } = editMetadata(edits).apply(openModel(bytes));
  const file = writeModel(model);
  const again = openModel(file);
  return { file, again, changed, metadata: readMetadata(file, again) };
}

const text = (content: string) => new TextEncoder().encode(content);

describe('a model without metadata', () => {
  const plain = buildModel(addition());

  test('gets a name, a normalisation and labels', () => {
    const { metadata, changed, file } = edited(plain, {
      name: 'Adder', author: 'A. Person', inputs: [{ index: 0, name: 'image', normalisation: { mean: [127.5], std: [63.75] } }], outputs: [{ index: 0, labels: ['one', 'two'] }],
    });
    expect(metadata).toEqual({
      name: 'Adder', description: '', version: '', author: 'A. Person', license: '',
      inputs: [{ name: 'image', normalisation: { mean: [127.5], std: [63.75] } }],
      outputs: [{ name: 'out', labels: ['one', 'two'] }],
    });
    expect(changed.map(({ place, text: what }) => `${place}: ${what}`)).toEqual([
      'metadata: name is “Adder” now', 'metadata: author is “A. Person” now',
      'metadata, input 0: is called “image” now, takes (pixel − 127.5) ÷ 63.75', 'metadata, output 0: has 2 labels, one for each class',
    ]);
    // Any zip tool finds the labels behind the model, not compressed.
    const archive = findArchive(file);
    expect(archive?.base).toBe(0);
    expect(new TextDecoder().decode(unzipSync(file)['labels-output-0.txt'])).toBe('one\ntwo\n');
  });

  test('labels that are not as many as classes are labels of values', () => {
    const { again } = edited(plain, { outputs: [{ index: 0, labels: ['a', 'b', 'c'] }] });
    expect(contentsOf(metadataSchema, 'ModelMetadata', metadataBlock(again) ?? new Uint8Array())).toMatchObject({
      subgraph_metadata: [{ output_tensor_metadata: [{ associated_files: [{ name: 'labels-output-0.txt', type: 3 }] }] }],
    });
  });

  test('the same edits give the same file whenever they are made', () => {
    vi.useFakeTimers();
    const files = ['2001-01-01', '2031-12-31'].map((day) => {
      vi.setSystemTime(day);
      return edited(plain, { outputs: [{ index: 0, labels: ['one', 'two'] }] }).file;
    });
    vi.useRealTimers();
    expect(files[0]).toEqual(files[1]);
  });

  test('nothing asked for changes nothing', () => {
    const model = openModel(plain);
    expect(editMetadata({}).apply(model)).toEqual({ model, changed: [], skipped: [] });
  });

  test.each([[{ inputs: [{ index: 1 }] }, 'INVALID_SHAPE'], [{ inputs: [{ index: 0, normalisation: { mean: [0], std: [0] } }] }, 'INVALID_CONFIGURATION']] as const)('%j is refused', (edits, code) => {
    expect(() => editMetadata(edits).apply(openModel(plain))).toThrow(expect.objectContaining({ code }));
  });
});

describe('what is there stays', () => {
  const metadata = buildMetadata({
    name: 'Old', description: 'kept', min_parser_version: '1.3.0', associated_files: [{ name: 'vocabulary.txt', type: 5 }],
    subgraph_metadata: [{
      custom_metadata: [{ name: 'mine', data: new Uint8Array([1, 2, 3]) }],
      input_tensor_metadata: [{ name: 'in', stats: { min: [0], max: [1] }, content: { content_properties: { member: 'ImageProperties', value: { color_space: 1, default_size: { width: 2, height: 1 } } } } }],
      output_tensor_metadata: [{ name: 'out', associated_files: [{ name: 'old.txt', type: 2 }, { name: 'de.txt', type: 2, locale: 'de' }], process_units: [{ options: { member: 'ScoreThresholdingOptions', value: { global_score_threshold: 0.25 } } }] }],
    }, { name: 'another' }],
  });
  const before = joined(
    buildModel(addition({ metadata: [{ name: 'TFLITE_METADATA', buffer: 2 }], buffers: [{}, { data: new Uint8Array(new Float32Array([3, 4]).buffer) }, { data: metadata }], subgraphs: [subgraph()] })),
    zipSync({ 'old.txt': text('x\ny\n'), 'de.txt': text('eins\nzwei\n'), 'vocabulary.txt': text('word\n') }),
  );

  test('everything but what was edited', () => {
    const { again, file, metadata: read } = edited(before, { name: 'New', outputs: [{ index: 0, labels: ['p', 'q'] }] });
    const [was, is] = [metadata, metadataBlock(again) ?? new Uint8Array()].map((bytes) => contentsOf(metadataSchema, 'ModelMetadata', bytes));
    const graph = (was?.['subgraph_metadata'] as readonly Record<string, unknown>[])[0];
    const [output] = graph?.['output_tensor_metadata'] as readonly Record<string, unknown>[];
    expect(is).toEqual({
      ...was, name: 'New',
      subgraph_metadata: [{ ...graph, output_tensor_metadata: [{ ...output, associated_files: [{ name: 'labels-output-0.txt', type: 2 }, { name: 'de.txt', type: 2, locale: 'de' }] }] }, { name: 'another' }],
    });
    expect(read?.outputs[0]?.labels).toEqual(['p', 'q']);
    expect(read?.outputs[0]?.translations).toEqual([{ locale: '', labels: ['p', 'q'] }, { locale: 'de', labels: ['eins', 'zwei'] }]);
    expect(Object.keys(unzipSync(file)).sort()).toEqual(['de.txt', 'labels-output-0.txt', 'old.txt', 'vocabulary.txt']);
  });
});

test.each(galleryModels)('%s computes with the same model behind other metadata', (path) => {
  const bytes = galleryModel(path);
  const { again, metadata } = edited(bytes, { name: 'Renamed', inputs: [{ index: 0, normalisation: { mean: [0], std: [255] } }] });
  expect(metadata?.name).toBe('Renamed');
  expect(metadata?.inputs[0]?.normalisation).toEqual({ mean: [0], std: [255] });
  const meaning = (model: ReturnType<typeof openModel>) => (meaningOf(model) as { readonly subgraphs: unknown }).subgraphs;
  expect(meaning(again)).toEqual(meaning(openModel(bytes)));
});

test.skipIf(!hasFixtures)('labels of MobileNet are exchanged, and its normalisation stays (skipped without the shared folder)', () => {
  const labels = Array.from({ length: 1001 }, (_, index) => `class ${index}`);
  const { metadata } = edited(fixtureModel('tf2_mobilenet_v2_1.0_224_ptq.tflite'), { outputs: [{ index: 0, labels }] });
  expect(metadata?.outputs[0]?.labels).toEqual(labels);
  expect(metadata).toMatchObject({ name: 'ImageClassifier', inputs: [{ name: 'image', normalisation: { mean: [127.5], std: [127.5] } }] });
});
