import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../../errors';
import { galleryModel } from '../../../tflite/testing/models';
import { openModel } from '../../../tflite/format/verify/verify';
import { buildGraphs } from '../../model/worker/build-graph';
import { colourScale } from '../../drawing/shared/colour-scale';
import { lightRamp } from '../../drawing/shared/palette';
import { type OpNumbers, costNumbers } from '../../model/shared/op-numbers';
import { readOverlay, writeOverlay } from './overlays';
import { madeGraph } from '../../testing/made';
import type { GraphModel } from '../../model/shared/types';

const face = buildGraphs(openModel(galleryModel('face_detection/face_detection_short_range.tflite')));
const hand = buildGraphs(openModel(galleryModel('hands/hand_landmark_lite.tflite')));
const formats = ['model-explorer', 'netron'] as const;

function code(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof LitescopeError) return error.code;
  }
  return 'nothing';
}

function numbers(values: Readonly<Record<number, Readonly<Record<number, number>>>>, more: Partial<OpNumbers> = {}): OpNumbers {
  const byOp = (ops: Readonly<Record<number, number>>): Map<number, number> => new Map(Object.entries(ops).map(([op, value]) => [Number(op), value]));
  return { id: 'test', title: 'Time', unit: 'ms', combine: 'sum', colours: {}, values: new Map(Object.entries(values).map(([graph, ops]) => [Number(graph), byOp(ops)])), ...more };
}

/** Name of the first output tensor of an op of face detection. */
function outputName(op: number): string {
  const [graph] = face.graphs;
  return graph?.tensors[graph.ops[op]?.outputs[0] ?? -1]?.name ?? '';
}

/** Two subgraphs of two ops each. In the second no tensor has a name that the first has not, but for the last ones. */
const twoGraphs: GraphModel = {
  graphs: [0, 1].map((index) => {
    const graph = madeGraph([{ inputs: [0], name: index === 0 ? 'WHILE' : 'ADD' }, { inputs: [1], name: 'MUL' }]);
    return { ...graph, index, name: index === 0 ? '' : 'body', tensors: graph.tensors.map((tensor, place) => ({ ...tensor, name: place === 2 ? 'result' : `${index}/${tensor.name}` })) };
  }),
};

describe.each(formats)('overlays for %s', (format) => {
  const [macs] = costNumbers(face);
  if (macs === undefined) throw new Error('A model has costs.');

  it('come back as they were', () => {
    const { sets: [again], unmatched } = readOverlay(writeOverlay(format, macs, face), 'face.json', face);
    expect(again?.values).toEqual(macs.values);
    expect(again?.values.get(0)?.get(2)).toBe(7_372_800);
    expect(unmatched).toBe(0);
  });

  it('hold the numbers of every subgraph', () => {
    const times = numbers({ 0: { 0: 1.5, 1: 2 }, 1: { 0: 0.25, 1: 4 } });
    expect(readOverlay(writeOverlay(format, times, twoGraphs), 'times.json', twoGraphs).sets[0]?.values).toEqual(times.values);
  });

  it('are refused for another model', () => {
    expect(code(() => readOverlay(writeOverlay(format, macs, face), 'face.json', hand))).toBe('OVERLAY_MISMATCH');
  });
});

// Facts of the format: google-ai-edge/model-explorer, node_data_builder.py (GraphNodeData and its comments),
// node_data_provider_extension_service.ts (how a result finds its node and its colour) and
// direct_flatbuffer_to_json_graph_convert.cc (ids of graphs and nodes of .tflite files).
describe('Model Explorer’s node data', () => {
  it('are written by graph id, with names where they tell ops apart and node ids elsewhere', () => {
    const colours = { thresholds: [{ value: 1, colour: '#00ff00' }], own: new Map([[1, new Map([[0, '#0000ff']])]]) };
    expect(JSON.parse(writeOverlay('model-explorer', numbers({ 0: { 0: 1.5 }, 1: { 0: 2, 1: 3 } }, { colours }), twoGraphs))).toEqual({
      main: { results: { '0/tensor_1': { value: 1.5 } }, thresholds: [{ value: 1, bgColor: '#00ff00' }] },
      body: { results: { '1/tensor_1': { value: 2, bgColor: '#0000ff' }, result: { value: 3 } }, thresholds: [{ value: 1, bgColor: '#00ff00' }] },
    });
    const [graph] = twoGraphs.graphs;
    const alike = { graphs: [{ ...madeGraph([{ inputs: [0] }, { inputs: [1] }]), tensors: (graph?.tensors ?? []).map((tensor) => ({ ...tensor, name: 'same' })) }] };
    expect(JSON.parse(writeOverlay('model-explorer', numbers({ 0: { 0: 1, 1: 2 } }), alike))).toEqual({ main: { results: { 0: { value: 1 }, 1: { value: 2 } } } });
  });

  it('are read by tensor name or node id; what belongs to nothing is counted', () => {
    const data = { main: { results: { [outputName(2)]: { value: 3 }, 3: { value: 1.5 }, stray: { value: 1 } } } };
    expect(readOverlay(JSON.stringify(data), 'times.json', face)).toMatchObject({ sets: [{ title: 'times', values: new Map([[0, new Map([[2, 3], [3, 1.5]])]]) }], unmatched: 1 });
    // One graph alone, as GraphNodeData.save_to_file writes it.
    expect(readOverlay(JSON.stringify({ results: { 2: { value: 3 } } }), 'times.json', face).sets[0]?.values.get(0)).toEqual(new Map([[2, 3]]));
  });

  it('colour from the least to the greatest result, by the gradient before the thresholds', () => {
    const gradient = [{ stop: 0, bgColor: 'white' }, { stop: 1, bgColor: '#ff0000', textColor: 'black' }];
    const data = { main: { results: { 2: { value: 10 }, 3: { value: 20 }, 4: { value: 30 } }, thresholds: [{ value: 10, bgColor: 'blue' }], gradient } };
    const colours = readOverlay(JSON.stringify(data), 'times.json', face).sets[0]?.colours;
    const scale = colourScale([10, 20, 30], lightRamp, colours);
    expect([scale.least, scale.greatest, ...[10, 20, 30].map((value) => scale.colourOf(value))]).toEqual([10, 30, '#ffffff', '#ff8080', '#ff0000']);
  });

  it('colour by thresholds up to each value, and leave what is above all of them without a colour', () => {
    const data = { main: { results: { 2: { value: 10 }, 3: { value: 11 }, 4: { value: 60 } }, thresholds: [{ value: 10, bgColor: 'red' }, { value: 50, bgColor: 'blue' }] } };
    const scale = colourScale([10, 11, 60], lightRamp, readOverlay(JSON.stringify(data), 'times.json', face).sets[0]?.colours);
    expect([10, 11, 60].map((value) => scale.colourOf(value))).toEqual(['#ff0000', '#0000ff', null]);
  });

  it('give single ops colours of their own', () => {
    const data = { main: { results: { 2: { value: 10, bgColor: 'rebeccapurple', textColor: 'white' }, 3: { value: 11 } } } };
    expect(readOverlay(JSON.stringify(data), 'times.json', face).sets[0]?.colours).toEqual({ own: new Map([[0, new Map([[2, '#663399']])]]) });
  });
});

// Facts of the format: lutzroeder/netron, class metadata.Attachment (which items are kept, and how they are matched) and
// source/tflite.js (names and identifiers of nodes and values).
describe('Netron’s attachments', () => {
  interface Attachment { readonly signature: string; readonly metrics: readonly Readonly<Record<string, unknown>>[]; readonly metadata: readonly Readonly<Record<string, unknown>>[] }

  /** The items that Netron keeps, by its own keys. */
  function kept(items: Attachment['metrics']): readonly (readonly [string, unknown])[] {
    return items.filter((item) => 'target' in item || 'identifier' in item).map((item) => ['target' in item ? `${String(item['kind'])}::${String(item['target'])}` : `${String(item['kind'])}[${String(item['identifier'])}]`, item['value']]);
  }

  it('of one subgraph belong to nodes by their index', () => {
    const file = JSON.parse(writeOverlay('netron', numbers({ 0: { 2: 1.5 } }), face)) as Attachment;
    expect(file).toEqual({
      signature: 'netron:attachment',
      metadata: [{ kind: 'node', identifier: '2', name: 'op', value: 'CONV_2D', type: 'string' }],
      metrics: [{ kind: 'node', identifier: '2', name: 'Time (ms)', value: 1.5, type: 'float64' }],
    });
  });

  it('of several subgraphs never show an op the number of another one’s', () => {
    const file = JSON.parse(writeOverlay('netron', numbers({ 0: { 0: 1, 1: 2 }, 1: { 0: 3, 1: 4 } }), twoGraphs)) as Attachment;
    expect(kept(file.metrics)).toEqual([['value::0/tensor_1', 1], ['value::1/tensor_1', 3]]);
    expect(file.metrics).toHaveLength(4);
  });

  it('bring each metric as a set of its own, with its unit', () => {
    const item = (name: string, value: unknown) => ({ kind: 'node', identifier: '2', name, value });
    const { sets } = readOverlay(JSON.stringify({ signature: 'netron:attachment', metrics: [item('Time (ms)', 1), item('error', 0.5), item('remark', 'slow'), { kind: 'graph', target: '', name: 'total', value: 4 }] }), 'a.json', face);
    expect(sets.map(({ title, unit, values }) => [title, unit, values.get(0)])).toEqual([['Time (a)', 'ms', new Map([[2, 1]])], ['error (a)', '', new Map([[2, 0.5]])]]);
  });
});

describe('other files', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', 'INVALID_OVERLAY'], ['{', 'INVALID_OVERLAY'], ['[]', 'INVALID_OVERLAY'], ['{"main":{"results":{"a":[]}}}', 'INVALID_OVERLAY'],
    ['{"signature":"netron:attachment"}', 'INVALID_OVERLAY'], ['{"signature":"netron:attachment","metrics":[{"kind":1}]}', 'INVALID_OVERLAY'],
    ['{"main":{"results":{"2":{"value":"good"}}}}', 'INVALID_OVERLAY'], ['{"main":{"results":{}}}', 'OVERLAY_MISMATCH'], ['{}', 'OVERLAY_MISMATCH'],
  ];

  it.each(cases)('%j gives %s', (text, expected) => {
    expect(code(() => readOverlay(text, 'x.json', face))).toBe(expected);
  });
});
