/**
 * Draws the graph that the start page shows between a picture and its result: `npx tsx scripts/gallery-graph.ts`. It is the
 * gallery model's own graph as the page lays it out, from left to right.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { layoutGraph } from '../src/graph/layout/worker/layout';
import { buildGraphs } from '../src/graph/model/worker/build-graph';
import { readModelFile } from '../src/tflite/format/read-model-file';

const bytes = readFileSync('node_modules/@mediapipe/face_detection/face_detection_short_range.tflite');
const [graph] = buildGraphs(await readModelFile(new Blob([bytes]))).graphs;
if (graph === undefined) throw new Error('The model has no graph.');
const { width, height, nodes, edges } = layoutGraph(graph, { graph: 0, closed: [], folded: true, page: null });
const whole = Math.round;

/** By family, and by kind for what is no op; the page colours them. */
const shapes: Record<string, string> = {};
for (const { kind, family, x, y, width: across, height: along } of nodes) {
  const name = family ?? kind;
  shapes[name] = `${shapes[name] ?? ''}M${whole(y)} ${whole(x)}h${whole(along)}v${whole(across)}h-${whole(along)}z`;
}
const lines = edges.map(({ points }) => `M${points.map(({ x, y }) => `${whole(y)} ${whole(x)}`).join('L')}`).join('');
// The layout goes from top to bottom: x and y change places.
const flow = { sha256: createHash('sha256').update(bytes).digest('hex'), nodes: nodes.length, width: whole(height), height: whole(width), lines, shapes };
writeFileSync('src/app/start/model-flow.json', `${JSON.stringify(flow, null, 2)}\n`);
