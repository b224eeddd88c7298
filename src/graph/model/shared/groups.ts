import type { GraphOp } from './types';

/** What grouping needs of an op. */
export type ScopedOp = Pick<GraphOp, 'index' | 'scope'>;

/** `a/b/Conv2D;a/b/BiasAdd` is in scope a/b: of fused names the first one counts. */
export function scopesOf(name: string): readonly string[] {
  return (name.split(';')[0] ?? '').split('/').slice(0, -1).filter((part) => part !== '' && part !== 'StatefulPartitionedCall');
}

/** A node of the outline: an op, or ops of one name scope that follow each other. */
export type OutlineItem =
  | { readonly kind: 'op'; readonly op: number }
  | {
      readonly kind: 'group';
      /** Unique in its graph and the same every time: scope and first op. */
      readonly id: string;
      /** The scopes that the group stands for: `expanded_conv_1`, or `block/conv` where one holds nothing but the other. */
      readonly name: string;
      readonly items: readonly OutlineItem[];
      /** All ops inside, however deep. */
      readonly ops: readonly number[];
    };
export type OutlineGroup = Extract<OutlineItem, { readonly kind: 'group' }>;

/** A group with a larger share of the ops is the model itself under another name, and a frame around it would say nothing. */
const largestShare = 0.5;

/**
 * Groups by name scope. Only neighbours in order of execution form a group, so that a scope to which a model comes
 * back later gives a second group: otherwise groups could depend on each other in a circle and no drawing could put
 * one above the other. Groups of one op are dissolved, and those that hold most of the graph.
 */
export function outlineOf(ops: readonly ScopedOp[]): readonly OutlineItem[] {
  const dissolve = (items: readonly OutlineItem[]): OutlineItem[] =>
    items.flatMap((item) => (item.kind === 'group' && item.ops.length > ops.length * largestShare ? dissolve(item.items) : [item]));
  return dissolve(group(ops, 0));
}

function group(ops: readonly ScopedOp[], depth: number): OutlineItem[] {
  const items: OutlineItem[] = [];
  for (let start = 0; start < ops.length;) {
    const first = ops[start];
    if (first === undefined) break;
    const scope = first.scope[depth];
    let end = start + 1;
    while (end < ops.length && scope !== undefined && ops[end]?.scope[depth] === scope) end += 1;
    items.push(scope === undefined || end - start === 1 ? { kind: 'op', op: first.index } : makeGroup(ops.slice(start, end), depth, scope));
    start = end;
  }
  return items;
}

function makeGroup(ops: readonly ScopedOp[], depth: number, scope: string): OutlineItem {
  const items = group(ops, depth + 1);
  const [only] = items;
  if (items.length === 1 && only?.kind === 'group') return { ...only, name: `${scope}/${only.name}` };
  const [first] = ops;
  const path = first?.scope.slice(0, depth + 1).join('/') ?? scope;
  return { kind: 'group', id: `${path}@${first?.index ?? 0}`, name: scope, items, ops: ops.map(({ index }) => index) };
}

/** All groups, outer ones before their inner ones. */
export function groupsOf(items: readonly OutlineItem[]): readonly OutlineGroup[] {
  return items.flatMap((item) => (item.kind === 'group' ? [item, ...groupsOf(item.items)] : []));
}
