import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../tflite/format/model';
import { buildModel, tensor } from '../../../../tflite/testing/build';
import { fixtureModel, galleryModel, hasFixtures } from '../../../../tflite/testing/models';
import { openModel } from '../../../../tflite/format/verify/verify';
import { alignProfile } from './align';
import { delegatedParts } from './partitions';
import { type Reading, type RowTotal, ProfileReadings } from './readings';
import { recorded, recordedRuns, recordedText } from './testing/recorded';
import { xnnpackClock } from './xnnpack-clock';

function reading(name: string): Reading {
  return new ProfileReadings().add(recorded(name), recordedRuns);
}

function kinds(model: Model, name: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fate, accelerated } of alignProfile(model, 0, reading(name))) {
    const key = accelerated === false ? `${fate.kind}, not accelerated` : fate.kind;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Every row that is an op's belongs to ops as a whole, none to two. */
function expectAllTimeGiven(model: Model, name: string): void {
  const { nodes, delegate } = reading(name);
  const ops = model.subgraphs[0]?.operators.length ?? 0;
  const given = new Map<string, number>();
  for (const { sources } of alignProfile(model, 0, { nodes, delegate })) {
    for (const { row, share } of sources) given.set(`${row.label}:${row.index}`, (given.get(`${row.label}:${row.index}`) ?? 0) + share);
  }
  const rows = [...nodes.filter(({ index }) => index < ops), ...delegate].map(({ label, index }) => `${label}:${index}`);
  expect(new Set(given.keys())).toEqual(new Set(rows));
  for (const share of given.values()) expect(share).toBeCloseTo(1, 10);
}

const gallery = [
  ['face_detection/face_detection_short_range', { folded: 74, timed: 73, fused: 17 }],
  ['face_detection/face_detection_full_range_sparse', { folded: 228, timed: 117, fused: 43 }],
  ['hands/hand_landmark_lite', { folded: 102, timed: 65 }],
] as const;

describe('a profile laid along the graph', () => {
  it.each(gallery)('accounts for every op and all of the time of %s', (path, expected) => {
    const model = openModel(galleryModel(`${path}.tflite`));
    const name = path.split('/')[1] ?? '';
    expect(kinds(model, name)).toEqual(expected);
    expectAllTimeGiven(model, name);
  });

  it.skipIf(!hasFixtures).each([
    ['tf2_mobilenet_v2_1.0_224_ptq', { timed: 64, 'timed, not accelerated': 4 }],
    ['mobilenet_v1_0.25_128_quant', { timed: 28, 'timed, not accelerated': 3 }],
    ['keras_lstm_mnist_ptq', { timed: 1, 'timed, not accelerated': 5 }],
    ['micro_speech_quantized', { timed: 2, 'timed, not accelerated': 2 }],
    ['conv_fc_mnist', { timed: 6 }],
  ] as const)('accounts for every op and all of the time of %s', (name, expected) => {
    const model = openModel(fixtureModel(`${name}.tflite`));
    expect(kinds(model, name)).toEqual(expected);
    expectAllTimeGiven(model, name);
  });

  it('gives each op an operator of its own kind', () => {
    const model = openModel(galleryModel('hands/hand_landmark_lite.tflite'));
    const pairs = alignProfile(model, 0, reading('hand_landmark_lite')).flatMap(({ kernel }, op) => (kernel === null ? [] : [`${model.subgraphs[0]?.operators[op]?.code.name ?? ''} ${kernel}`]));
    expect(new Set(pairs)).toEqual(new Set([
      'CONV_2D Convolution (NHWC, F32) IGEMM', 'CONV_2D Convolution (NHWC, F32) GEMM', 'DEPTHWISE_CONV_2D Convolution (NHWC, F32) DWConv', 'ADD Add (ND, F32)',
      'MAX_POOL_2D Max Pooling (NHWC, F32)', 'MEAN Global Average Pooling (NWC, F32)', 'FULLY_CONNECTED Fully Connected (NC, F32) GEMM', 'LOGISTIC Sigmoid (NC, F32)',
    ]));
  });

  it('takes an activation for a part of the op in front, and a padding for a part of the op behind', () => {
    const short = openModel(galleryModel('face_detection/face_detection_short_range.tflite'));
    const relu = short.subgraphs[0]?.operators.find(({ code }) => code.name === 'RELU');
    const into = short.subgraphs[0]?.operators.find(({ outputs }) => outputs.includes(relu?.inputs[0] ?? -2));
    expect(alignProfile(short, 0, reading('face_detection_short_range'))[relu?.index ?? -1]?.fate).toEqual({ kind: 'fused', into: into?.index });
    const sparse = openModel(galleryModel('face_detection/face_detection_full_range_sparse.tflite'));
    expect(alignProfile(sparse, 0, reading('face_detection_full_range_sparse'))[0]?.fate).toEqual({ kind: 'fused', into: 3 });
  });

  it('calls unknown what nothing in the profile can be', () => {
    const model = openModel(galleryModel('hands/hand_landmark_lite.tflite'));
    const { nodes } = reading('hand_landmark_lite');
    const fates = new Set(alignProfile(model, 0, { nodes, delegate: [] }).map(({ fate }) => fate.kind));
    expect(fates).toEqual(new Set(['folded', 'unknown']));
  });

  it('shares a row that several partitions have under one name among their ops, by arithmetic', () => {
    // Two dense layers, of 12 and 3 multiply-adds, with a softmax between them that the delegate leaves alone.
    const model = twoPartitions();
    const row = (type: string, label: string, index: number, total_us: number, calls = 1): RowTotal => ({ type, label, index, total_us, calls });
    const nodes = [row('SOFTMAX', '[b]', 1, 5), row('TfLiteXNNPackDelegate', '[a]', 3, 30), row('TfLiteXNNPackDelegate', '[c]', 4, 10)];
    const aligned = alignProfile(model, 0, { nodes, delegate: [row('DelegateOpInvoke', 'Delegate/Fully Connected (NC, F32) GEMM', 0, 40, 2)] });
    expect(aligned.map(({ fate, sources }) => [fate.kind, sources.map(({ share, calls }) => [share, calls])])).toEqual([
      ['timed', [[0.8, 1]]], ['timed', [[1, 1]]], ['timed', [[0.2, 1]]],
    ]);
  });
});

function twoPartitions(): Model {
  const floats = (count: number) => ({ data: new Uint8Array(4 * count) });
  return openModel(buildModel({
    version: 3,
    operator_codes: [{ deprecated_builtin_code: 9, builtin_code: 9 }, { deprecated_builtin_code: 25, builtin_code: 25 }],
    buffers: [{}, floats(12), floats(3)],
    subgraphs: [{
      tensors: [tensor({ shape: [1, 4] }), tensor({ shape: [3, 4], buffer: 1 }), tensor({ shape: [1, 3] }), tensor({ shape: [1, 3] }), tensor({ shape: [1, 3], buffer: 2 }), tensor({ shape: [1, 1] })],
      inputs: [0],
      outputs: [5],
      operators: [{ opcode_index: 0, inputs: [0, 1], outputs: [2] }, { opcode_index: 1, inputs: [2], outputs: [3] }, { opcode_index: 0, inputs: [3, 4], outputs: [5] }],
    }],
  }));
}

describe('partitions', () => {
  it('are found as TFLite finds them', () => {
    const [graph] = twoPartitions().subgraphs;
    const parts = (left: number) => (graph === undefined ? [] : delegatedParts(graph, (op) => op !== left));
    expect([parts(0), parts(1), parts(2), parts(9)]).toEqual([[[1, 2]], [[0], [2]], [[0, 1]], [[0, 1, 2]]]);
  });
});

describe('the clock of tfjs-tflite', () => {
  it('adds up to what XNNPACK and the interpreter took', () => {
    const model = openModel(galleryModel('face_detection/face_detection_short_range.tflite'));
    const clock = xnnpackClock(() => recordedText('face_detection_short_range'), model, 0);
    const total = clock.read(recordedRuns).reduce((sum, { total_ms }) => sum + total_ms, 0);
    expect(total).toBeCloseTo(recorded('face_detection_short_range').delegate.total_us / 1000, 1);
    expect(clock.read(recordedRuns).filter(({ fate }) => fate.kind === 'timed').every(({ times_called }) => times_called === 1)).toBe(true);
    expect(clock.maximumRuns).toBeGreaterThan(500);
  });
});
