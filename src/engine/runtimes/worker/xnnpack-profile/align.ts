import { group, rollup, sum } from 'd3-array';
import { modelCosts, type OpCost } from '../../../../tflite/analysis/costs';
import { tensorsFromConstants } from '../../../../tflite/analysis/liveness';
import type { Model, Operator, SubGraph } from '../../../../tflite/format/model';
import type { OpFate } from '../../../../report/op-profile';
import { delegatedParts } from './partitions';
import type { Reading, RowTotal } from './readings';
import { type XnnpackOperator, distanceTo, isAdded, operatorText, parseOperator, withoutOperator } from './xnnpack-operators';

/** What a profile's row is to an op of the model. */
export interface OpSource {
  /** `nodes` or `delegate`, and where in it. */
  readonly row: RowTotal;
  readonly delegated: boolean;
  /** How much of the row's time is this op's: less than 1 where rows of several partitions bear one name. */
  readonly share: number;
  /** How often the row ran in one run for this op. */
  readonly calls: number;
}

export interface AlignedOp {
  readonly fate: OpFate;
  readonly sources: readonly OpSource[];
  /** Whether XNNPACK took it; null for what is computed when the model is loaded. */
  readonly accelerated: boolean | null;
  /** As XNNPACK names it: `Convolution (NHWC, F32) IGEMM`. */
  readonly kernel: string | null;
}

/** Larger partitions than these are not aligned: a table of ops against operators would outgrow the memory. */
const largestTable = 30_000_000;

/**
 * Finds for each op of a subgraph the rows of a profile that are its own. Nodes of the interpreter bear the index of
 * their op. What XNNPACK runs is a list of operators for each partition, in the order of its ops, where some ops have
 * none (fused into another or dropped) and some operators belong to no op (added to change layout or type): of all ways
 * to lay one list along the other, the one is taken that leaves out and adds the least, and that fits
 * each convolution's microkernel best. What was added belongs to the op behind which it runs.
 */
export function alignProfile(model: Model, subgraph: number, { nodes, delegate }: Reading): readonly AlignedOp[] {
  const graph = model.subgraphs[subgraph];
  if (graph === undefined) return [];
  const count = graph.operators.length;
  const own = new Map(nodes.filter(({ index }) => index < count).map((row) => [row.index, row]));
  const constants = tensorsFromConstants(model, graph);
  const isOnce = ({ outputs }: Operator): boolean => outputs.length > 0 && outputs.every((tensor) => constants.has(tensor));
  const hasDelegate = nodes.some(({ index }) => index >= count);
  const parts = hasDelegate ? delegatedParts(graph, (op) => !own.has(op)) : [];
  const running = parts.map((part) => part.flatMap((index) => graph.operators[index] ?? []).filter((operator) => !isOnce(operator)));
  const places = byPlace(delegate);
  const ways = running.map((ops) => align(model, subgraph, ops, places, running.length === 1));
  const rows = assign(ways, costsOf(model, subgraph));
  const taken = new Set(parts.flat());
  const timed = new Set([...rows.keys(), ...own.keys()]);
  return graph.operators.map((operator) => {
    const { index } = operator;
    const node = own.get(index);
    if (node !== undefined) return { fate: { kind: 'timed' }, sources: [{ row: node, delegated: false, share: 1, calls: node.calls }], accelerated: false, kernel: null };
    if (isOnce(operator)) return { fate: { kind: 'folded' }, sources: [], accelerated: null, kernel: null };
    const sources = rows.get(index);
    const [first] = sources ?? [];
    if (sources !== undefined && first !== undefined) {
      return { fate: { kind: 'timed' }, sources: sources.map((source) => ({ ...source, delegated: true })), accelerated: true, kernel: operatorText(first.row.label) };
    }
    return { fate: fateWithout(graph, operator, timed), sources: [], accelerated: taken.has(index) ? true : null, kernel: null };
  });
}

function costsOf(model: Model, subgraph: number): ReadonlyMap<number, OpCost> {
  return new Map(modelCosts(model).perOp.filter((cost) => cost.subgraph === subgraph).map((cost) => [cost.operator, cost]));
}

interface Place {
  readonly rows: readonly { readonly row: RowTotal; readonly operator: XnnpackOperator }[];
}

/** Rows of all partitions by their index within their own, from 0 on as far as they go without a gap. */
function byPlace(rows: readonly RowTotal[]): readonly Place[] {
  const byIndex = group(rows, ({ index }) => index);
  const places: Place[] = [];
  for (let at = byIndex.get(0); at !== undefined; at = byIndex.get(places.length)) {
    places.push({ rows: at.map((row) => ({ row, operator: parseOperator(row.label) })) });
  }
  return places;
}

/** For each place that the partition has the row that is its own and the op that it belongs to. */
interface Way {
  readonly steps: readonly { readonly row: RowTotal; readonly op: number; readonly added: boolean }[];
}

const skipped = 1;
const added = 3;
const unlikely = 20;

/**
 * The cheapest way through a table of ops against operators.
 * @param alone whether no other partition has a part in the rows, so that all of them must be used
 */
function align(model: Model, subgraph: number, ops: readonly Operator[], places: readonly Place[], alone: boolean): Way {
  const width = places.length + 1;
  if (ops.length === 0 || (ops.length + 1) * width > largestTable) return { steps: [] };
  const costs = new Float32Array((ops.length + 1) * width);
  const moves = new Uint8Array(costs.length);
  const skip = ops.map(({ code }) => (withoutOperator(code.name) === 'unknown' ? unlikely : skipped));
  const extra = places.map(({ rows }) => (rows.some(({ operator }) => isAdded(operator.kind)) ? added : unlikely));
  const fits = (op: number, place: number): readonly [distance: number, row: RowTotal | null] => {
    const operator = ops[op];
    let best: readonly [number, RowTotal | null] = [Infinity, null];
    for (const candidate of operator === undefined ? [] : places[place]?.rows ?? []) {
      const distance = operator === undefined ? null : distanceTo(model, subgraph, operator, candidate.operator);
      if (distance !== null && distance < best[0]) best = [distance, candidate.row];
    }
    return best;
  };
  for (let op = 0; op <= ops.length; op++) {
    for (let place = 0; place < width; place++) {
      if (op === 0 && place === 0) continue;
      const at = op * width + place;
      const matched = op > 0 && place > 0 ? (costs[at - width - 1] ?? 0) + fits(op - 1, place - 1)[0] : Infinity;
      const without = op > 0 ? (costs[at - width] ?? 0) + (skip[op - 1] ?? 0) : Infinity;
      const more = place > 0 ? (costs[at - 1] ?? 0) + (extra[place - 1] ?? 0) : Infinity;
      costs[at] = Math.min(matched, without, more);
      moves[at] = matched <= without && matched <= more ? 0 : without <= more ? 1 : 2;
    }
  }
  // Of several partitions nobody says where one's rows end.
  let place = places.length;
  if (!alone) {
    const last = costs.subarray(ops.length * width);
    place = last.indexOf(Math.min(...last));
  }
  const steps: Way['steps'][number][] = [];
  for (let op = ops.length; op > 0 || place > 0;) {
    const move = moves[op * width + place];
    if (move === 1) {
      op--;
      continue;
    }
    place--;
    if (move === 0) op--;
    const row = move === 0 ? fits(op, place)[1] : places[place]?.rows[0]?.row ?? null;
    // What runs ahead of the first op belongs to it.
    const owner = ops[move === 0 ? op : Math.max(0, op - 1)];
    if (row !== null && owner !== undefined) steps.unshift({ row, op: owner.index, added: move !== 0 });
  }
  return { steps };
}

type Shared = Omit<OpSource, 'delegated'>;

/** Rows by op. Where several partitions share a row, each op gets as much of it as its arithmetic says. */
function assign(ways: readonly Way[], costs: ReadonlyMap<number, OpCost>): ReadonlyMap<number, readonly Shared[]> {
  // The operator that an op is comes ahead of those that were added to it.
  const steps = ways.flatMap((way) => way.steps).sort((one, other) => Number(one.added) - Number(other.added));
  const weight = (op: number): number => {
    const cost = costs.get(op);
    return cost === undefined ? 1 : cost.macs > 0 ? cost.macs : Math.max(1, cost.bytesRead + cost.bytesWritten);
  };
  const users = group(steps, ({ row }) => row);
  return rollup(steps, (own) => own.map(({ row, op }) => {
    const all = users.get(row) ?? [];
    return { row, share: weight(op) / sum(all, (user) => weight(user.op)), calls: row.calls / all.length };
  }), ({ op }) => op);
}

/** What became of an op for which nothing ran. */
function fateWithout(graph: SubGraph, operator: Operator, timed: ReadonlySet<number>): OpFate {
  const way = withoutOperator(operator.code.name);
  if (way === 'elided') return { kind: 'elided' };
  if (way === 'unknown') return { kind: 'unknown' };
  const seen = new Set<number>();
  for (let at: Operator | undefined = operator; at !== undefined && !seen.has(at.index);) {
    seen.add(at.index);
    const here: Operator = at;
    at = way === 'into-producer'
      ? graph.operators.find(({ outputs }) => outputs.includes(here.inputs[0] ?? -2))
      : graph.operators.find(({ inputs }) => inputs.includes(here.outputs[0] ?? -2));
    if (at !== undefined && timed.has(at.index)) return { kind: 'fused', into: at.index };
  }
  return { kind: 'unknown' };
}
