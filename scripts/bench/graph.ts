/** How long the layout of made-up networks takes: `npx tsx scripts/bench/graph.ts`. Medians of five runs after one that warms up. */
import { layoutGraph } from '../../src/graph/layout/worker/layout.ts';
import { networkOf } from '../../src/graph/testing/made.ts';

const runs = 5;
/** Of a window of usual size. */
const page = { width: 1400, height: 860 };

for (const count of [100, 1000, 5000]) {
  const graph = networkOf(count);
  const times = Array.from({ length: runs + 1 }, () => {
    const started = performance.now();
    layoutGraph(graph, { graph: 0, closed: [], folded: true, page });
    return performance.now() - started;
  });
  const [first = Number.NaN, ...rest] = times;
  const median = [...rest].sort((one, other) => one - other)[Math.floor(runs / 2)] ?? Number.NaN;
  console.log(`${String(graph.ops.length).padStart(5)} ops: first ${first.toFixed(0)} ms, median ${median.toFixed(0)} ms`);
}
