import * as v from 'valibot';
import { LitescopeError } from '../errors';
import type { GivenColours } from './colour-scale';
import type { Graph, GraphModel } from './types';

/** Numbers for a model's ops, by subgraph. */
export interface Overlay {
  readonly name: string;
  readonly graphs: readonly { readonly graph: number; readonly values: readonly (readonly [op: number, value: number])[] }[];
  readonly colours: GivenColours;
  /** Entries of the file that belong to nothing in the model. */
  readonly unmatched: number;
}
export type OverlayFormat = 'model-explorer' | 'netron';

const colour = v.pipe(v.string(), v.regex(/^#([\da-f]{3}|[\da-f]{6})$/i));
const graphData = v.object({
  results: v.record(v.string(), v.union([v.pipe(v.number(), v.transform((value) => ({ value }))), v.object({ value: v.union([v.number(), v.string()]) })])),
  thresholds: v.optional(v.array(v.object({ value: v.number(), bgColor: v.optional(colour) }))),
  gradient: v.optional(v.array(v.object({ stop: v.number(), bgColor: v.optional(colour) }))),
});
type GraphData = v.InferOutput<typeof graphData>;
const attachmentItem = v.object({ kind: v.string(), target: v.optional(v.string()), identifier: v.optional(v.string()), name: v.string(), value: v.unknown() });
const attachment = v.object({ signature: v.literal('netron:attachment'), metadata: v.optional(v.array(attachmentItem), []), metrics: v.optional(v.array(attachmentItem), []) });

/** Files larger than this hold no numbers for ops. */
export const largestOverlayBytes = 32 * 1024 * 1024;

/**
 * Reads node data of Model Explorer or an attachment of Netron, and checks it against the model.
 *
 * @throws LitescopeError INVALID_OVERLAY for a file of another form, OVERLAY_MISMATCH for one that belongs to another model
 */
export function readOverlay(text: string, fileName: string, model: GraphModel): Overlay {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new LitescopeError('INVALID_OVERLAY', `${fileName} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const name = fileName.replace(/\.json$/i, '');
  const netron = v.safeParse(attachment, json);
  return netron.success ? readAttachment(netron.output, name, model) : readNodeData(json, name, model);
}

function readNodeData(json: unknown, name: string, model: GraphModel): Overlay {
  // A list passes for a record with numbers as names.
  if (Array.isArray(json)) throw new LitescopeError('INVALID_OVERLAY', 'The file holds a list.');
  const single = v.safeParse(graphData, json);
  const several = v.safeParse(v.record(v.string(), graphData), json);
  if (!single.success && !several.success) {
    const place = (several.issues[0].path ?? []).map(({ key }) => String(key)).join('.');
    throw new LitescopeError('INVALID_OVERLAY', place === '' ? several.issues[0].message : `${place}: ${several.issues[0].message}`);
  }
  const entries: [string, GraphData][] = single.success ? [['', single.output]] : Object.entries(several.success ? several.output : {});
  let unmatched = 0;
  let first = '';
  const graphs = entries.map(([graphName, { results }]) => {
    const graph = graphNamed(graphName, model);
    const byName = graph === null ? new Map<string, number>() : opsByOutput(graph);
    const values: [number, number][] = [];
    for (const [key, { value }] of Object.entries(results)) {
      const op = byName.get(key) ?? (graph !== null && /^\d+$/.test(key) && Number(key) < graph.ops.length ? Number(key) : undefined);
      const number = typeof value === 'number' ? value : Number.NaN;
      if (op !== undefined && Number.isFinite(number)) values.push([op, number]);
      else if (op === undefined) {
        unmatched += 1;
        first ||= key;
      }
    }
    return { graph: graph?.index ?? 0, values };
  });
  checkMatch(graphs, unmatched, first);
  const [data] = entries.map(([, each]) => each);
  return { name, graphs, unmatched, colours: coloursOf(data) };
}

function coloursOf(data: GraphData | undefined): GivenColours {
  const thresholds = (data?.thresholds ?? []).flatMap(({ value, bgColor }) => (bgColor === undefined ? [] : [{ value, colour: bgColor }]));
  const gradient = (data?.gradient ?? []).flatMap(({ stop, bgColor }) => (bgColor === undefined ? [] : [{ stop, colour: bgColor }]));
  return { ...(thresholds.length > 0 ? { thresholds } : {}), ...(gradient.length > 1 ? { gradient } : {}) };
}

function readAttachment({ metadata, metrics }: v.InferOutput<typeof attachment>, name: string, model: GraphModel): Overlay {
  // Netron numbers nodes within the graph that it shows, which is the first.
  const [graph] = model.graphs;
  if (graph === undefined) throw new LitescopeError('OVERLAY_MISMATCH', 'The model has no graph.');
  for (const { kind, identifier, name: what, value } of metadata) {
    if (kind !== 'node' || what !== opKey || identifier === undefined) continue;
    const op = graph.ops[Number(identifier)];
    if (op?.name !== value) throw new LitescopeError('OVERLAY_MISMATCH', `The file says that op ${identifier} is ${String(value)}; in this model it is ${op?.name ?? 'not there'}.`);
  }
  const numbers = metrics.filter(({ kind, value }) => (kind === 'node' || kind === 'value') && typeof value === 'number');
  const [metric] = numbers;
  if (metric === undefined) throw new LitescopeError('INVALID_OVERLAY', 'The attachment holds no number for any node.');
  const byName = opsByOutput(graph);
  const values: [number, number][] = [];
  let unmatched = 0;
  let first = '';
  for (const { kind, identifier, target, value } of numbers.filter((each) => each.name === metric.name)) {
    const op = kind === 'node' && identifier !== undefined ? Number(identifier) : byName.get(target ?? '');
    if (op !== undefined && graph.ops[op] !== undefined) values.push([op, Number(value)]);
    else {
      unmatched += 1;
      first ||= identifier ?? target ?? '';
    }
  }
  const graphs = [{ graph: graph.index, values }];
  checkMatch(graphs, unmatched, first);
  return { name: `${metric.name} (${name})`, graphs, unmatched, colours: {} };
}

/** A few stray entries are other tools' extras; with most of them strange the file is another model's. */
function checkMatch(graphs: Overlay['graphs'], unmatched: number, first: string): void {
  const matched = graphs.reduce((total, { values }) => total + values.length, 0);
  if (matched > 0 && unmatched <= matched) return;
  const total = matched + unmatched;
  throw new LitescopeError('OVERLAY_MISMATCH', total === 0 ? 'The file names no op.' : `${unmatched} of ${total} entries are not in this model, “${first.slice(0, 100)}” for one.`);
}

function graphNamed(name: string, { graphs }: GraphModel): Graph | null {
  return graphs.find((graph) => graphLabel(graph) === name || graph.name === name) ?? (name === '' || graphs.length === 1 ? graphs[0] ?? null : null);
}

/** Subgraphs often have no name, and then go by their number. */
function graphLabel({ name, index }: Graph): string {
  return name === '' ? (index === 0 ? 'main' : `subgraph_${index}`) : name;
}

function opsByOutput(graph: Graph): Map<string, number> {
  const found = new Map<string, number>();
  for (const { index, outputs } of graph.ops) {
    for (const output of outputs) {
      const name = graph.tensors[output]?.name ?? '';
      if (name !== '' && !found.has(name)) found.set(name, index);
    }
  }
  return found;
}

const opKey = 'op';

/** A file that Model Explorer or Netron opens beside the same model, and that `readOverlay` reads back. */
export function writeOverlay(format: OverlayFormat, overlay: Pick<Overlay, 'name' | 'graphs'>, model: GraphModel): string {
  return `${JSON.stringify(format === 'netron' ? attachmentOf(overlay, model) : nodeDataOf(overlay, model), null, 2)}\n`;
}

function nodeDataOf({ graphs }: Pick<Overlay, 'graphs'>, model: GraphModel): unknown {
  return Object.fromEntries(graphs.flatMap(({ graph: index, values }) => {
    const graph = model.graphs[index];
    if (graph === undefined) return [];
    const byName = opsByOutput(graph);
    const results = Object.fromEntries(values.map(([op, value]) => {
      const name = graph.tensors[graph.ops[op]?.outputs[0] ?? -1]?.name ?? '';
      return [byName.get(name) === op ? name : String(op), { value }];
    }));
    return [[graphLabel(graph), { results }]];
  }));
}

function attachmentOf({ name, graphs }: Pick<Overlay, 'name' | 'graphs'>, model: GraphModel): unknown {
  const [graph] = model.graphs;
  const values = graphs.find((each) => each.graph === graph?.index)?.values ?? [];
  const node = (op: number, item: object): object => ({ kind: 'node', identifier: String(op), ...item });
  return {
    signature: 'netron:attachment',
    metadata: values.map(([op]) => node(op, { name: opKey, value: graph?.ops[op]?.name ?? '', type: 'string' })),
    metrics: values.map(([op, value]) => node(op, { name, value, type: 'float64' })),
  };
}
