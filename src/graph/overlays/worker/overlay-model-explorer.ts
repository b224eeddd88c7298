/**
 * Node data of Model Explorer, as its own builder (google-ai-edge/model-explorer, node_data_builder.py) describes them
 * and its page (node_data_provider_extension_service.ts) reads them: by graph id, results by an op's output tensor name
 * or node id. For .tflite files its adapter (direct_flatbuffer_to_json_graph_convert.cc) takes an op's index as its node
 * id and a subgraph's name, or `main` and `subgraph_N` where it has none, as the graph id.
 */
import * as v from 'valibot';
import { LitescopeError } from '../../../errors';
import { graph as text } from '../../../messages/graph';
import { colourHex } from '../../drawing/shared/colour-scale';
import type { GivenColours } from '../../model/shared/op-numbers';
import type { OpNumbers } from '../../model/shared/op-numbers';
import { OverlayEntries, opsByOutput, ownName } from './overlay-entries';
import type { Overlay } from '../shared/overlay';
import type { Graph, GraphModel } from '../../model/shared/types';

const colour = v.optional(v.nullable(v.string()));
const result = v.object({ value: v.union([v.number(), v.string(), v.boolean()]), bgColor: colour });
const graphData = v.object({
  results: v.record(v.string(), v.union([v.pipe(v.number(), v.transform((value) => ({ value, bgColor: null }))), result])),
  thresholds: v.optional(v.array(v.object({ value: v.number(), bgColor: colour })), []),
  gradient: v.optional(v.array(v.object({ stop: v.number(), bgColor: colour })), []),
});
type GraphData = v.InferOutput<typeof graphData>;

/** @throws LitescopeError INVALID_OVERLAY, OVERLAY_MISMATCH */
export function readNodeData(json: unknown, name: string, model: GraphModel): Overlay {
  const entries = new OverlayEntries();
  const own = new Map<number, Map<number, string>>();
  const files = graphsOf(json);
  for (const [graphName, { results }] of files) {
    const graph = graphNamed(graphName, model);
    const byName = graph === null ? null : opsByOutput([graph]).last;
    for (const [key, { value, bgColor }] of Object.entries(results)) {
      const op = byName?.get(key)?.op ?? (/^\d+$/.test(key) ? Number(key) : -1);
      if (graph?.ops[op] === undefined) {
        entries.miss(key);
        continue;
      }
      entries.add(graph.index, op, value);
      const hex = colourHex(bgColor ?? '');
      if (hex !== null) own.set(graph.index, (own.get(graph.index) ?? new Map<number, string>()).set(op, hex));
    }
  }
  entries.check();
  const colours = { ...coloursOf(files[0]?.[1]), ...(own.size > 0 ? { own } : {}) };
  return { sets: [{ id: 'file', title: name, unit: '', combine: 'sum', values: entries.values, colours }], unmatched: entries.unmatched };
}

/** Several graphs by their ids, or one alone under no id. */
function graphsOf(json: unknown): readonly (readonly [string, GraphData])[] {
  // A list passes for a record with numbers as names.
  if (Array.isArray(json)) throw new LitescopeError('INVALID_OVERLAY', text.holdsList);
  const single = v.safeParse(graphData, json);
  if (single.success) return [['', single.output]];
  const several = v.safeParse(v.record(v.string(), graphData), json);
  if (several.success) return Object.entries(several.output);
  const place = (several.issues[0].path ?? []).map(({ key }) => String(key)).join('.');
  throw new LitescopeError('INVALID_OVERLAY', place === '' ? several.issues[0].message : `${place}: ${several.issues[0].message}`);
}

function coloursOf(data: GraphData | undefined): GivenColours {
  const thresholds = (data?.thresholds ?? []).flatMap(({ value, bgColor }) => { const hex = colourHex(bgColor ?? ''); return hex === null ? [] : [{ value, colour: hex }]; });
  const gradient = (data?.gradient ?? []).flatMap(({ stop, bgColor }) => { const hex = colourHex(bgColor ?? ''); return hex === null ? [] : [{ stop, colour: hex }]; });
  return { ...(thresholds.length > 0 ? { thresholds } : {}), ...(gradient.length > 1 ? { gradient } : {}) };
}

function graphNamed(name: string, { graphs }: GraphModel): Graph | null {
  return graphs.find((graph) => graphId(graph) === name) ?? (name === '' || graphs.length === 1 ? graphs[0] ?? null : null);
}

function graphId({ name, index }: Graph): string {
  return name === '' ? (index === 0 ? 'main' : `subgraph_${index}`) : name;
}

/** The numbers of all subgraphs. Colours that came with them go along. */
export function nodeDataOf({ values, colours }: OpNumbers, model: GraphModel): Record<string, unknown> {
  const { thresholds = [], gradient = [], own } = colours;
  const scale = {
    ...(thresholds.length > 0 ? { thresholds: thresholds.map((each) => ({ value: each.value, bgColor: each.colour })) } : {}),
    ...(gradient.length > 0 ? { gradient: gradient.map((each) => ({ stop: each.stop, bgColor: each.colour })) } : {}),
  };
  return Object.fromEntries(model.graphs.flatMap((graph) => {
    const { alone } = opsByOutput([graph]);
    const results = Object.fromEntries([...(values.get(graph.index) ?? [])].map(([op, value]) => {
      const bgColor = own?.get(graph.index)?.get(op);
      return [ownName(graph, op, alone) ?? String(op), { value, ...(bgColor === undefined ? {} : { bgColor }) }];
    }));
    return Object.keys(results).length === 0 ? [] : [[graphId(graph), { results, ...scale }]];
  }));
}
