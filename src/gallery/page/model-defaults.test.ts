import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ModelSummary, SignatureTensor } from '../../tflite/analysis/summary';
import type { ModelMetadata } from '../../tflite/metadata/model-metadata';
import { parseCatalogue } from '../shared/catalogue';
import { automaticDecoder, decoderFor, labelsOf, preprocessingDefault, preprocessingFor, recognisedAs, statesPreprocessing } from './model-defaults';

const { models } = parseCatalogue(JSON.parse(readFileSync(new URL('../../../models/catalog.json', import.meta.url), 'utf8')));

const edge = (name: string, shape: readonly number[], dtype: SignatureTensor['dtype'] = 'float32'): SignatureTensor => ({ name, tensorName: name, tensorIndex: 0, dtype, shape });
const picture = edge('image', [1, 224, 224, 3]);
const metadataWith = (more: Partial<ModelMetadata>): ModelMetadata => ({ name: '', description: '', version: '', author: '', license: '', inputs: [], outputs: [], ...more });

interface Published {
  readonly fit: 'letterbox' | 'stretch';
  /** What black and white become. */
  readonly range: readonly [number, number];
  readonly channels: 'rgb' | 'gray';
  readonly decoder: object;
  /** Side of the input in pixels, and how many boxes come out. */
  readonly size?: number;
  readonly boxes?: number;
}

const ofFaces = { fit: 'letterbox', range: [-1, 1], channels: 'rgb' } as const;
const fullRange: Published = { ...ofFaces, size: 192, boxes: 2304, decoder: { kind: 'face-detection', scoreThreshold: 0.6, overlapThreshold: 0.3 } };
const selfie: Published = { fit: 'stretch', range: [0, 1], channels: 'rgb', decoder: { kind: 'selfie-segmentation' } };
const ofLandmarks = { fit: 'letterbox', range: [0, 1], channels: 'rgb' } as const;
const hand: Published = { ...ofLandmarks, decoder: { kind: 'hand-landmarks' } };
const pose: Published = { ...ofLandmarks, decoder: { kind: 'pose-landmarks' } };
const boxInSpace: Published = { ...ofLandmarks, decoder: { kind: 'box-in-space' } };
const digits: Published = { fit: 'letterbox', range: [0, 255], channels: 'gray', decoder: { kind: 'classification', top: 5 } };

/** What MediaPipe's graphs give to its models (mediapipe/modules, the .pbtxt files), and what the digits were trained on. */
const published: Readonly<Record<string, Published>> = {
  'face-detection-short-range': { ...ofFaces, size: 128, boxes: 896, decoder: { kind: 'face-detection', scoreThreshold: 0.5, overlapThreshold: 0.3 } },
  'face-detection-full-range': fullRange, 'face-detection-full-range-sparse': fullRange,
  'selfie-segmentation': selfie, 'selfie-segmentation-landscape': selfie,
  'face-mesh': { ...ofLandmarks, decoder: { kind: 'face-mesh' } },
  'palm-detection-full': { ...ofLandmarks, size: 192, boxes: 2016, decoder: { kind: 'palm-detection', scoreThreshold: 0.5, overlapThreshold: 0.3 } },
  'object-detection': { fit: 'stretch', range: [-1, 1], channels: 'rgb', decoder: { kind: 'ssd-detection', scales: [10, 10, 5, 5], background: true } },
  'palm-detection-lite': { ...ofLandmarks, size: 192, boxes: 2016, decoder: { kind: 'palm-detection', scoreThreshold: 0.5, overlapThreshold: 0.3 } },
  'pose-detection': { ...ofFaces, size: 224, boxes: 2254, decoder: { kind: 'pose-detection', scoreThreshold: 0.5, overlapThreshold: 0.3 } },
  'hand-landmarks-lite': hand, 'hand-landmarks-full': hand,
  'pose-landmarks-lite': pose, 'pose-landmarks-full': pose, 'pose-landmarks-heavy': pose,
  'box-in-space-chair': boxInSpace, 'box-in-space-camera': boxInSpace, 'box-in-space-cup': boxInSpace, 'box-in-space-sneakers': boxInSpace,
  digits, 'digits-int8': digits,
};

function summaryOf(inputs: readonly SignatureTensor[], metadata: ModelMetadata | null = null): ModelSummary {
  return {
    description: '', schemaVersion: 3, subgraphs: 1, tensors: 2, opCount: 1, ops: [], weights: [], metadata,
    signatures: [{ key: '', subgraph: 0, inputs, outputs: [] }],
  };
}

it('has published values of every model of the gallery', () => {
  expect(models.map(({ id }) => id).sort()).toEqual(Object.keys(published).sort());
});

describe('preprocessingFor', () => {
  it.each(models)('brings a picture to $id as was published', (entry) => {
    const { fit, values, channels, layout } = preprocessingFor({ summary: summaryOf([picture]), entry }, picture) ?? {};
    const { fit: publishedFit, range, channels: publishedChannels } = published[entry.id] ?? {};
    if (values?.kind !== 'normalise') throw new Error(`${entry.id} does not normalise`);
    const [mean = NaN, std = NaN] = [values.mean[0], values.std[0]];
    expect([fit, [(0 - mean) / std, (255 - mean) / std], channels, layout]).toEqual([publishedFit, range, publishedChannels, 'nhwc']);
  });

  it('takes the normalisation that the metadata state for this very input', () => {
    const inputs = [edge('state', [1, 8]), picture];
    const metadata = metadataWith({ inputs: [{ name: 'state', normalisation: { mean: [1], std: [2] } }, { name: 'image', normalisation: { mean: [0], std: [255] } }] });
    expect(preprocessingFor({ summary: summaryOf(inputs, metadata), entry: null }, picture)?.values).toEqual({ kind: 'normalise', mean: [0], std: [255] });
  });

  it('falls back to what most models of the form expect', () => {
    expect(preprocessingFor({ summary: summaryOf([picture]), entry: null }, picture)).toEqual({
      fit: 'crop', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'normalise', mean: [127.5], std: [127.5] },
    });
  });

  it('brings an SSD detector the whole picture, and says that its bytes need no guess', () => {
    const summary = { ...summaryOf([edge('image', [1, 300, 300, 3], 'uint8')]), detectorOutputs: { subgraph: 0, tensors: [1, 2, 3, 4] } };
    expect(preprocessingDefault({ summary, entry: null }, edge('image', [1, 300, 300, 3], 'uint8'))).toEqual({
      preprocessing: { fit: 'stretch', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'pixels' } }, from: 'bytes', doubtful: false,
    });
  });

  it('believes a range that the file proves, and says from where it is', () => {
    const proven = { ...picture, range: { lowest: 0, highest: 255, from: 'quantize-op' as const } };
    expect(preprocessingDefault({ summary: summaryOf([proven]), entry: null }, proven)).toMatchObject({ preprocessing: { values: { mean: [0], std: [1] } }, from: 'quantize-op', doubtful: false });
    expect(preprocessingDefault({ summary: summaryOf([picture]), entry: null }, picture)).toMatchObject({ from: 'guess-colour', doubtful: true });
  });

  it('has nothing for an input that is no picture, whatever the metadata say', () => {
    const sequence = edge('tokens', [1, 128], 'int32');
    const metadata = metadataWith({ inputs: [{ name: 'tokens', normalisation: { mean: [0], std: [255] } }] });
    expect(preprocessingFor({ summary: summaryOf([sequence], metadata), entry: null }, sequence)).toBeNull();
  });

  it('needs no signature', () => {
    expect(preprocessingFor({ summary: { ...summaryOf([]), signatures: [] }, entry: null }, picture)?.layout).toBe('nhwc');
  });
});

describe('a family that is recognised', () => {
  const summary = (): ModelSummary => {
    const found = summaryOf([edge('image', [1, 64, 64, 3])]);
    return { ...found, signatures: found.signatures.map((signature) => ({ ...signature, outputs: [edge('out', [1, 6, 84])] })), yolo: { description: '', task: 'detect', names: ['cat', 'dog'] } };
  };

  it('says how pictures come in, what comes out, what classes are called, and why', () => {
    const model = { summary: summary(), entry: null };
    const [signature] = model.summary.signatures;
    expect(preprocessingFor(model, edge('image', [1, 64, 64, 3]))).toEqual({ fit: 'letterbox', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'normalise', mean: [0], std: [255] } });
    expect([statesPreprocessing(model, 'image'), statesPreprocessing({ summary: summaryOf([picture]), entry: null }, 'image')]).toEqual([true, false]);
    expect(labelsOf(model)).toEqual(['cat', 'dog']);
    expect(decoderFor(model, signature?.outputs ?? [])).toMatchObject({ kind: 'yolo-detection' });
    expect(recognisedAs(model, signature?.outputs ?? [], undefined)).toEqual({ name: 'YOLO v8, v9, 11 or 12 detector', because: 'The file itself names the task (“detect”) and 2 classes.' });
    expect(recognisedAs({ summary: summaryOf([picture]), entry: null }, [{ shape: [1, 10] }], undefined)).toEqual({ name: 'classes', because: 'Its outputs have the form of such results; nothing else says so.' });
    expect(recognisedAs({ summary: summaryOf([picture]), entry: null }, [{ shape: [1, 7, 7, 3] }], undefined)).toBeNull();
  });
});

describe('labelsOf', () => {
  it('takes the first output that carries labels', () => {
    const metadata = metadataWith({ outputs: [{ name: 'boxes' }, { name: 'none', labels: [] }, { name: 'classes', labels: ['cat', 'dog'] }] });
    expect(labelsOf({ summary: summaryOf([picture], metadata), entry: null })).toEqual(['cat', 'dog']);
  });

  it('has none where there are none', () => {
    expect(labelsOf({ summary: summaryOf([picture]), entry: null })).toBeNull();
    expect(labelsOf({ summary: summaryOf([picture], metadataWith({ outputs: [{ name: 'x' }] })), entry: null })).toBeNull();
  });
});

describe('decoderFor', () => {
  const labelled = metadataWith({ outputs: [{ name: 'classes', labels: ['a', 'b', 'c'] }] });
  const classification = { kind: 'classification', top: 5 };

  it.each(models)('reads the outputs of $id as was published', (entry) => {
    const { decoder, boxes, size = 0 } = published[entry.id] ?? {};
    // The form of the outputs alone would make classes of them.
    const found = decoderFor({ summary: summaryOf([picture]), entry }, [{ shape: [1, 1000] }]);
    expect(found).toMatchObject(decoder ?? {});
    if (boxes === undefined) return;
    if (found?.kind !== 'face-detection' && found?.kind !== 'palm-detection' && found?.kind !== 'pose-detection') throw new Error(`${entry.id} has no anchors`);
    const { strides, perCell } = found.anchors;
    expect(strides.reduce((sum, stride) => sum + perCell * (size / stride) ** 2, 0)).toBe(boxes);
  });

  it.each<[string, ModelSummary, readonly (readonly number[])[], object | null]>([
    ['a lone vector of scores from a picture', summaryOf([picture]), [[1, 1000]], classification],
    ['scores with leading ones', summaryOf([picture]), [[1, 1, 1, 1001]], classification],
    ['scores without a batch', summaryOf([picture]), [[1000]], classification],
    ['scores of a batch of free size', summaryOf([picture]), [[-1, 10]], classification],
    ['scores with labels from no picture', summaryOf([edge('audio', [1, 16000])], labelled), [[1, 3]], classification],
    ['scores without labels from neither picture nor sound', summaryOf([edge('rows', [1, 13])]), [[1, 3]], null],
    ['scores without labels from sound', summaryOf([edge('audio', [1, 16000])]), [[1, 3]], { kind: 'classification', top: 5 }],
    ['scores without labels from a picture and more', summaryOf([picture, edge('state', [1, 8])]), [[1, 3]], null],
    ['a single number', summaryOf([picture]), [[1, 1]], null],
    ['a scalar', summaryOf([picture]), [[]], null],
    ['a map', summaryOf([picture]), [[1, 32, 32, 21]], null],
    ['two outputs', summaryOf([picture], labelled), [[1, 3], [1, 3]], null],
    ['no output', summaryOf([picture], labelled), [], null],
  ])('sees in %s: %#', (_, summary, shapes, expected) => {
    expect(decoderFor({ summary, entry: null }, shapes.map((shape) => ({ shape })))).toEqual(expected);
  });
});

describe('automaticDecoder', () => {
  const vector = { summary: summaryOf([picture]), entry: null };
  const [output, depth] = [[edge('Identity', [1, 512])], [edge('depth', [1, 224, 224, 1])]];

  it('takes a vector that nobody named the values of for an embedding, until a person names them', () => {
    expect([automaticDecoder(vector, output, undefined), recognisedAs(vector, output, undefined)?.name]).toEqual([{ kind: 'embedding' }, 'Embedding']);
    expect([automaticDecoder(vector, output, ['cat']), recognisedAs(vector, output, ['cat'])]).toEqual([{ kind: 'classification', top: 5 }, null]);
  });

  it('stays with what is known otherwise', () => {
    expect(automaticDecoder(vector, depth, ['cat'])).toEqual({ kind: 'depth', nearer: 'higher' });
    expect(recognisedAs(vector, depth, ['cat'])?.name).toBe('Depth');
  });
});

describe('decoderFor maps, bodies and pictures', () => {
  const labelled = (count: number): ModelMetadata => metadataWith({ outputs: [{ name: 'map', labels: Array.from({ length: count }, (_, index) => `class ${index}`) }] });
  const segmentation = { kind: 'segmentation' };

  it.each<[string, ModelSummary, readonly number[], SignatureTensor['dtype'], object | null]>([
    ['one body’s key points', summaryOf([picture]), [1, 1, 17, 3], 'float32', { kind: 'key-points', scoreThreshold: 0.3 }],
    ['several bodies’ key points', summaryOf([picture]), [1, 6, 56], 'float32', { kind: 'key-points', scoreThreshold: 0.3 }],
    ['scores as large as the picture', summaryOf([picture]), [1, 224, 224, 21], 'float32', segmentation],
    ['two classes as large as the picture', summaryOf([picture]), [1, 224, 224, 2], 'float32', segmentation],
    ['smaller scores', summaryOf([picture]), [1, 28, 28, 21], 'float32', null],
    ['smaller scores that labels fit', summaryOf([picture], labelled(21)), [1, 28, 28, 21], 'float32', segmentation],
    ['three classes that labels fit', summaryOf([picture], labelled(3)), [1, 224, 224, 3], 'float32', segmentation],
    ['whole numbers', summaryOf([picture]), [1, 513, 513], 'int64', segmentation],
    ['whole numbers with a channel', summaryOf([picture]), [1, 513, 513, 1], 'int32', segmentation],
    ['a single channel', summaryOf([picture]), [1, 224, 224, 1], 'float32', null],
    ['colours', summaryOf([picture]), [1, 512, 512, 3], 'float32', { kind: 'image' }],
    ['colours of a free size', summaryOf([picture]), [1, -1, -1, 3], 'uint8', { kind: 'image' }],
    ['colours with their range', summaryOf([picture], metadataWith({ outputs: [{ name: 'picture', range: { lowest: 0, highest: 255 } }] })), [1, 512, 512, 3], 'float32', { kind: 'image', range: { lowest: 0, highest: 255 } }],
    ['colours and alpha', summaryOf([picture]), [1, 224, 224, 4], 'float32', null],
    ['a grid of boxes', summaryOf([picture]), [1, 7, 7, 3], 'float32', null],
    ['a map from no picture', summaryOf([edge('audio', [1, 16000])]), [1, 224, 224, 3], 'float32', null],
    ['a batch', summaryOf([picture]), [2, 224, 224, 3], 'float32', null],
  ])('sees in %s: %#', (_, summary, shape, dtype, expected) => {
    expect(decoderFor({ summary, entry: null }, [edge('out', shape, dtype)])).toEqual(expected);
  });
});

describe('decoderFor detectors', () => {
  const tensors = [['n', [1]], ['s', [1, 10]], ['c', [1, 10]], ['b', [1, 10, 4]]] as const;
  const outputs = tensors.map(([name, shape], tensorIndex) => ({ ...edge(name, shape), tensorIndex: tensorIndex + 20 }));
  const withOp = (tensorsOfOp: readonly number[], metadata: ModelMetadata | null = null): ModelSummary => ({ ...summaryOf([picture], metadata), detectorOutputs: { subgraph: 0, tensors: tensorsOfOp } });
  const detection = { kind: 'object-detection', scoreThreshold: 0.5 };
  const names = { boxes: 'b', classes: 'c', scores: 's', count: 'n' };

  it('goes by the op itself', () => {
    expect(decoderFor({ summary: withOp([23, 22, 21, 20]), entry: null }, outputs)).toEqual({ ...detection, outputs: names });
    expect(decoderFor({ summary: withOp([23, 21, 22, 20]), entry: null }, outputs)).toEqual({ ...detection, outputs: { ...names, classes: 's', scores: 'c' } });
  });

  it('goes by the metadata where other ops follow it', () => {
    const metadata = metadataWith({ outputs: [{ name: 'number of detections' }, { name: 'score' }, { name: 'category' }, { name: 'location' }] });
    expect(decoderFor({ summary: withOp([3, 4, 5, 6], metadata), entry: null }, outputs)).toEqual({ ...detection, outputs: names });
    const { signatures: [signature] } = summaryOf([picture]);
    if (signature === undefined) throw new Error('no signature');
    expect(decoderFor({ summary: { ...withOp([3, 4, 5, 6], metadata), signatures: [{ ...signature, key: 'serving_default' }] }, entry: null }, outputs)).toEqual(detection);
  });

  it('reads boxes and scores as the metadata say', () => {
    const boxForm = { form: 'boundaries', order: [1, 0, 3, 2], unit: 'ratio' } as const;
    const calibration = { transformation: 'log', defaultScore: 0, classes: [null] } as const;
    const metadata = metadataWith({ outputs: [{ name: 'location', boxes: boxForm }, { name: 'score', calibration, scoreThreshold: 0.25 }] });
    expect(decoderFor({ summary: withOp([23, 22, 21, 20], metadata), entry: null }, outputs)).toEqual({ ...detection, outputs: names, boxes: boxForm, calibration, scoreThreshold: 0.25 });
    const classifier = summaryOf([picture], metadataWith({ outputs: [{ name: 'score', calibration, scoreThreshold: 0.25 }] }));
    expect(decoderFor({ summary: classifier, entry: null }, [edge('out', [1, 10])])).toEqual({ kind: 'classification', top: 5, calibration, scoreThreshold: 0.25 });
  });

  it('leaves it to forms and values otherwise', () => {
    expect(decoderFor({ summary: withOp([3, 4, 5, 6]), entry: null }, outputs)).toEqual(detection);
    expect(decoderFor({ summary: { ...withOp([23, 22, 21, 20]), detectorOutputs: { subgraph: 1, tensors: [23, 22, 21, 20] } }, entry: null }, outputs)).toEqual(detection);
  });
});
