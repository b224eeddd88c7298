import { describe, expect, it } from 'vitest';
import { fixtureModel, galleryModel, hasFixtures } from '../../../tflite/testing/models';
import { openModel } from '../../../tflite/format/verify/verify';
import { buildGraphs } from '../../model/worker/build-graph';
import { groupsOf, outlineOf } from '../../model/shared/groups';
import { layoutGraph } from './layout';
import type { GraphLayout, LayoutRequest, PlacedNode } from '../shared/layout-types';
import { longEdges } from './long-edges';
import { cutPositions } from '../../model/worker/segments';
import { crossings } from '../../testing/crossings';
import { madeGraph, networkOf } from '../../testing/made';
import type { Graph } from '../../model/shared/types';

const request: LayoutRequest = { graph: 0, closed: [], folded: true, page: null };
const page = { width: 1400, height: 860 };

function firstGraph(bytes: Uint8Array): Graph {
  const [graph] = buildGraphs(openModel(bytes)).graphs;
  if (graph === undefined) throw new Error('The model has no graph.');
  return graph;
}

const leaves = (layout: GraphLayout): readonly PlacedNode[] => layout.nodes.filter(({ kind }) => kind !== 'open-group');

function overlaps(nodes: readonly PlacedNode[]): string[] {
  const found: string[] = [];
  for (const [index, one] of nodes.entries()) {
    for (const other of nodes.slice(index + 1)) {
      if (one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height) found.push(`${one.id} and ${other.id}`);
    }
  }
  return found;
}

const models: readonly (readonly [string, () => Uint8Array])[] = [
  ['face detection', () => galleryModel('face_detection/face_detection_short_range.tflite')],
  ['face detection, full range, sparse', () => galleryModel('face_detection/face_detection_full_range_sparse.tflite')],
  ['hand landmarks lite', () => galleryModel('hands/hand_landmark_lite.tflite')],
  ['pose landmarks lite', () => galleryModel('pose/pose_landmark_lite.tflite')],
  ['pose landmarks heavy', () => galleryModel('pose/pose_landmark_heavy.tflite')],
  ...(hasFixtures ? [['MobileNet v2', () => fixtureModel('tf2_mobilenet_v2_1.0_224_ptq.tflite')] as const] : []),
];

describe('groups', () => {
  it('are neighbours of one scope, nested, without those of one op and without one around everything', () => {
    const { ops } = madeGraph([
      { inputs: [0], scope: 'net/stem' }, { inputs: [1], scope: 'net/a/x' }, { inputs: [2], scope: 'net/a/x' }, { inputs: [3], scope: 'net/a/y' },
      { inputs: [4], scope: 'net/b/c' }, { inputs: [5], scope: 'net/b/c' }, { inputs: [6], scope: 'net/a' }, { inputs: [7], scope: 'net/a' },
    ]);
    const outline = outlineOf(ops);
    expect(groupsOf(outline).map(({ id, name, ops: inside }) => [id, name, inside])).toEqual([
      ['net/a@1', 'a', [1, 2, 3]],
      ['net/a/x@1', 'x', [1, 2]],
      ['net/b/c@4', 'b/c', [4, 5]],
      ['net/a@6', 'a', [6, 7]],
    ]);
    expect(outline[0]).toEqual({ kind: 'op', op: 0 });
  });
});

describe('cuts', () => {
  it('are where every path goes through', () => {
    // 0 → 1 → {2, 3} → 4 → 5, and 4 skips to 6
    expect(cutPositions(7, [[0, 1], [1, 2], [1, 3], [2, 4], [3, 4], [4, 5], [5, 6], [4, 6]].map(([from = 0, to = 0]) => ({ from, to })))).toEqual([0, 1, 4]);
  });
});

describe('long edges', () => {
  const chain = (count: number): { from: number; to: number }[] => Array.from({ length: count - 1 }, (_, index) => ({ from: index, to: index + 1 }));

  it('are skips over much of a network, and short branches that come late', () => {
    const skip = { from: 5, to: 35 };
    expect(longEdges(40, [...chain(40), skip])).toEqual(new Set([39]));
    // 0 to 37 are the trunk; 38, at the end of the order, reads 4.
    expect(longEdges(40, [...chain(38), { from: 4, to: 38 }, { from: 38, to: 39 }, { from: 37, to: 39 }])).toEqual(new Set([37]));
  });

  it('are no parallel branches, and nothing in what is small', () => {
    const [one, other] = [chain(20).map(({ from, to }) => ({ from: from + 1, to: to + 1 })), chain(20).map(({ from, to }) => ({ from: from + 21, to: to + 21 }))];
    expect(longEdges(42, [{ from: 0, to: 1 }, { from: 0, to: 21 }, ...one, ...other, { from: 20, to: 41 }, { from: 40, to: 41 }])).toEqual(new Set());
    expect(longEdges(20, [...chain(20), { from: 2, to: 17 }])).toEqual(new Set());
  });
});

describe.each(models)('the layout of %s', (_, read) => {
  const graph = firstGraph(read());
  const shown = graph.ops.filter(({ foldable }) => !foldable);

  it.each([['one column', null], ['columns', page]] as const)('in %s shows every op once and lets no two touch', (__, area) => {
    const layout = layoutGraph(graph, { ...request, page: area });
    const nodes = leaves(layout);
    expect(nodes.filter(({ kind }) => kind === 'op').map(({ ops }) => ops[0]).sort((one = 0, other = 0) => one - other)).toEqual(shown.map(({ index }) => index));
    expect(overlaps(nodes)).toEqual([]);
    for (const { x, y, width, height } of layout.nodes) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(layout.width);
      expect(y + height).toBeLessThanOrEqual(layout.height);
    }
  });

  it.each([['one column', null], ['columns', page]] as const)('in %s leads no way through a node', (__, area) => {
    expect(crossings(layoutGraph(graph, { ...request, page: area }))).toEqual([]);
  });

  it('has what makes a tensor above what reads it', () => {
    const byOp = new Map(leaves(layoutGraph(graph, request)).flatMap((node) => node.ops.map((op) => [op, node])));
    const maker = new Map(shown.flatMap(({ index, outputs }) => outputs.map((tensor) => [tensor, index])));
    for (const { index, inputs } of shown) {
      for (const tensor of inputs) {
        const from = byOp.get(maker.get(tensor) ?? -1);
        const to = byOp.get(index);
        if (from !== undefined && to !== undefined) expect(from.y + from.height, `op ${maker.get(tensor)} above op ${index}`).toBeLessThan(to.y);
      }
    }
  });
});

describe('layouts', () => {
  it.skipIf(!hasFixtures)('put a group’s ops inside its frame, or show it as one node', () => {
    const graph = firstGraph(fixtureModel('tf2_mobilenet_v2_1.0_224_ptq.tflite'));
    const open = layoutGraph(graph, request);
    const [id = ''] = open.groups;
    expect(open.groups).toHaveLength(18);
    const frame = open.nodes.find((node) => node.id === id);
    expect(frame).toMatchObject({ kind: 'open-group', title: 'expanded_conv_1', ops: [2, 3] });
    for (const node of open.nodes.filter(({ kind, ops }) => kind === 'op' && (ops[0] === 2 || ops[0] === 3))) {
      expect(node.y).toBeGreaterThan(frame?.y ?? Infinity);
      expect(node.y + node.height).toBeLessThan((frame?.y ?? 0) + (frame?.height ?? 0));
    }
    const closed = layoutGraph(graph, { ...request, closed: [id] });
    expect(closed.nodes.find((node) => node.id === id)).toMatchObject({ kind: 'group', ops: [2, 3], lines: ['2 ops'] });
    expect(closed.nodes.some(({ id: node }) => node === 'op 2')).toBe(false);
    expect(closed.groups).toEqual(open.groups);
  });

  it('wrap networks whose long skip connections leave no place where all paths meet', () => {
    const graph = firstGraph(galleryModel('pose/pose_landmark_heavy.tflite'));
    const [strip, wrapped] = [layoutGraph(graph, request), layoutGraph(graph, { ...request, page })];
    const zoom = ({ width, height }: GraphLayout) => Math.min(page.width / width, page.height / height);
    expect(zoom(wrapped)).toBeGreaterThan(2 * zoom(strip));
    expect(wrapped.edges).toHaveLength(strip.edges.length);
    for (const edge of wrapped.edges) {
      expect(Math.min(edge.left, edge.top)).toBeGreaterThanOrEqual(0);
      expect(edge.right).toBeLessThanOrEqual(wrapped.width);
      expect(edge.bottom).toBeLessThanOrEqual(wrapped.height);
    }
  });

  it('put the branches in which a network ends beside each other, and no last branch below', () => {
    const heightsOf = (path: string, ids: readonly string[]) => {
      const { nodes } = layoutGraph(firstGraph(galleryModel(path)), { ...request, page });
      return ids.map((title) => new Set(nodes.filter((node) => node.title === title).map(({ y }) => y)).size);
    };
    expect(heightsOf('hands/hand_landmark_lite.tflite', ['FULLY_CONNECTED', 'LOGISTIC'])).toEqual([1, 1]);
    expect(heightsOf('face_detection/face_detection_short_range.tflite', ['CONCATENATION', 'RESHAPE'])).toEqual([1, 1]);
  });

  it('leave no column with a mere rest', () => {
    const { nodes, edges } = layoutGraph(firstGraph(galleryModel('face_detection/face_detection_short_range.tflite')), { ...request, page });
    // Only ways to the next column go up; each begins below the last node of its own.
    const turning = edges.filter(({ points }) => points.some(({ y }, index) => y < (points[index - 1]?.y ?? y)));
    const ends = [...new Set(turning.map(({ points }) => points[0]?.x))].sort((one = 0, other = 0) => one - other);
    const bounds = [...ends, Infinity].map((end = 0, index, all) => nodes.filter(({ x, width }) => x + width / 2 <= end + 200 && x + width / 2 > (all[index - 1] ?? -Infinity) + 200).length);
    expect(bounds.reduce((sum, count) => sum + count, 0)).toBe(nodes.length);
    expect(Math.min(...bounds)).toBeGreaterThan(nodes.length / 6);
  });

  it('fold ops that only unpack weights, and show them when asked', () => {
    const graph = firstGraph(galleryModel('face_detection/face_detection_short_range.tflite'));
    const count = (folded: boolean) => layoutGraph(graph, { ...request, folded }).nodes.filter(({ kind }) => kind === 'op').length;
    expect([count(true), count(false)]).toEqual([90, 164]);
    expect(layoutGraph(graph, request).nodes.find(({ id }) => id === 'op 2')).toMatchObject({ title: 'CONV_2D', fact: '5×5 s2', lines: ['24×5×5×3 · float16', '24 · float16'] });
  });

  it('of networks keep the trunk straight', () => {
    const layout = layoutGraph(madeGraph([{ inputs: [0] }, { inputs: [1] }, { inputs: [2] }, { inputs: [3, 1] }, { inputs: [4] }]), request);
    expect(new Set(layout.nodes.map(({ x, width }) => x + width / 2)).size).toBe(1);
  });

  it('take thousands of ops, even where nothing can be laid out by itself', () => {
    expect(layoutGraph(networkOf(5000), { ...request, page }).nodes.length).toBeGreaterThan(5000);
    const skips = madeGraph(Array.from({ length: 1200 }, (_, index) => ({ inputs: index < 600 ? [index] : [index, 1200 - index] })));
    expect(overlaps(leaves(layoutGraph(skips, request)))).toEqual([]);
  });

  it('of an empty graph are empty', () => {
    expect(layoutGraph({ ...madeGraph([]), inputs: [], outputs: [] }, { ...request, page })).toMatchObject({ nodes: [], edges: [] });
  });
});
