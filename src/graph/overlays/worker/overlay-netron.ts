/**
 * Attachments of Netron, as its page reads them (lutzroeder/netron, `metadata.Attachment`): lists of items that belong to a
 * node or value by name (`target`) or by `identifier`; items with neither are passed over. Its reader of .tflite files
 * (source/tflite.js) gives nodes no name and their index as identifier, which begins at 0 in every subgraph, and values
 * their tensor's name up to a line break.
 */
import * as v from 'valibot';
import { LitescopeError } from '../../../errors';
import { graph as text } from '../../../messages/graph';
import type { OpNumbers } from '../../model/shared/op-numbers';
import { type OpPlace, OverlayEntries, opsByOutput, ownName } from './overlay-entries';
import type { Overlay } from '../shared/overlay';
import type { GraphModel } from '../../model/shared/types';

const place = v.pipe(v.number(), v.integer(), v.minValue(0));
const attachmentItem = v.object({
  kind: v.string(), target: v.optional(v.string()), identifier: v.optional(v.string()), name: v.string(), value: v.unknown(),
  // Ours, for ops that neither an identifier nor a name tells apart.
  subgraph: v.optional(place), op: v.optional(place),
});
const attachment = v.object({ signature: v.literal('netron:attachment'), metadata: v.optional(v.array(attachmentItem), []), metrics: v.optional(v.array(attachmentItem), []) });
type Item = v.InferOutput<typeof attachmentItem>;

/** The name of the item that says which op the numbers belong to. */
const opKey = 'op';

export function isAttachment(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'signature' in json && json.signature === 'netron:attachment';
}

/**
 * Every metric that belongs to ops, each a set of its own.
 *
 * @throws LitescopeError INVALID_OVERLAY, OVERLAY_MISMATCH
 */
export function readAttachment(json: unknown, name: string, model: GraphModel): Overlay {
  const parsed = v.safeParse(attachment, json);
  if (!parsed.success) throw new LitescopeError('INVALID_OVERLAY', `${(parsed.issues[0].path ?? []).map(({ key }) => String(key)).join('.')}: ${parsed.issues[0].message}`);
  const { metadata, metrics } = parsed.output;
  const byName = opsByOutput(model.graphs).last;
  const opOf = (item: Item): OpPlace | null => {
    const found = placeOf(item, byName);
    return found === null || model.graphs[found.graph]?.ops[found.op] === undefined ? null : found;
  };
  for (const item of metadata) {
    if (item.name !== opKey || (item.kind !== 'node' && item.kind !== 'value')) continue;
    const found = opOf(item);
    const actual = found === null ? undefined : model.graphs[found.graph]?.ops[found.op]?.name;
    if (actual !== item.value) throw new LitescopeError('OVERLAY_MISMATCH', text.otherOp(keyOf(item), String(item.value), actual));
  }
  const numbers = metrics.filter(({ kind, value }) => (kind === 'node' || kind === 'value') && typeof value === 'number');
  if (numbers.length === 0) throw new LitescopeError('INVALID_OVERLAY', text.noNumberForNodes);
  let unmatched = 0;
  const sets = [...new Set(numbers.map((item) => item.name))].map((metric): OpNumbers => {
    const entries = new OverlayEntries();
    for (const item of numbers) {
      if (item.name !== metric) continue;
      const found = opOf(item);
      if (found === null) entries.miss(keyOf(item));
      else entries.add(found.graph, found.op, item.value);
    }
    entries.check();
    unmatched += entries.unmatched;
    const [, title = metric, unit = ''] = /^(.+) \(([^()]+)\)$/.exec(metric) ?? [];
    return { id: `file ${metric}`, title: `${title} (${name})`, unit, combine: 'sum', values: entries.values, colours: {} };
  });
  return { sets, unmatched };
}

function placeOf({ kind, target, identifier, subgraph, op }: Item, byName: ReadonlyMap<string, OpPlace>): OpPlace | null {
  if (subgraph !== undefined && op !== undefined) return { graph: subgraph, op };
  if (target !== undefined) return kind === 'value' ? byName.get(target) ?? null : null;
  // Of several subgraphs the first is meant, which is what Netron shows first.
  return kind === 'node' && identifier !== undefined && /^\d+$/.test(identifier) ? { graph: 0, op: Number(identifier) } : null;
}

function keyOf({ target, identifier, subgraph, op }: Item): string {
  return target ?? identifier ?? `${subgraph} ${op}`;
}

/**
 * The numbers of all subgraphs. With one subgraph they belong to its nodes. With several a node's identifier would mean
 * the op of that index in each, so there they belong to the values that the ops make, and what has no name of its own is
 * kept in items that Netron passes over.
 */
export function attachmentOf({ title, unit, values }: OpNumbers, { graphs }: GraphModel): unknown {
  const { alone } = opsByOutput(graphs);
  const single = graphs.length === 1;
  const name = unit === '' ? title : `${title} (${unit})`;
  const entries = graphs.flatMap((graph) => [...(values.get(graph.index) ?? [])].map(([op, value]) => {
    const target = single ? null : ownName(graph, op, alone);
    const key = single ? { kind: 'node', identifier: String(op) } : target === null || target.includes('\n') ? { kind: 'node', subgraph: graph.index, op } : { kind: 'value', target };
    return { key, value, op: graph.ops[op]?.name ?? '' };
  }));
  return {
    signature: 'netron:attachment',
    metadata: entries.map(({ key, op }) => ({ ...key, name: opKey, value: op, type: 'string' })),
    metrics: entries.map(({ key, value }) => ({ ...key, name, value, type: 'float64' })),
  };
}
