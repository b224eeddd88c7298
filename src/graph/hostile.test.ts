import { expect, test } from 'vitest';
import { LitescopeError } from '../errors';
import type { Model } from '../tflite/format/model';
import { addition, buildModel } from '../tflite/testing/build';
import { mutations } from '../tflite/testing/mutations';
import { calling, perChannel, rich } from '../tflite/testing/varied';
import { openModel, verify } from '../tflite/format/verify/verify';
import { buildGraphs } from './model/worker/build-graph';
import { layoutGraph } from './layout/worker/layout';

test('whatever can be opened can be drawn: of 2,000 damaged files', () => {
  let noted = 0;
  for (const { name, bytes } of mutations([rich, buildModel(addition()), calling, perChannel], 2000, 20261201)) {
    let model: Model;
    try {
      model = openModel(bytes);
    } catch (error) {
      if (error instanceof LitescopeError) continue;
      throw error;
    }
    if (verify(model).some(({ runs }) => !runs)) noted += 1;
    const { graphs } = buildGraphs(model);
    for (const graph of graphs) {
      const { nodes, edges, width, height } = layoutGraph(graph, { graph: graph.index, folded: true, closed: [], page: null });
      const numbers = [width, height, ...nodes.flatMap(({ x, y }) => [x, y]), ...edges.flatMap(({ points }) => points.flatMap(({ x, y }) => [x, y]))];
      expect(numbers.every(Number.isFinite), name).toBe(true);
      // Folded ops are those that only unfold constants.
      expect(nodes.filter(({ kind }) => kind === 'op').length, name).toBe(graph.ops.filter(({ foldable }) => !foldable).length);
    }
  }
  expect(noted).toBeGreaterThan(100);
}, 60_000);
