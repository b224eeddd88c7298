import { hierarchy, partition } from 'd3-hierarchy';
import { type OutlineItem, outlineOf, scopesOf } from '../../graph/model/shared/groups';
import type { ProfileRow } from '../../report/profile-figures';

/** A rectangle of an icicle: an op, a name scope, or the whole model. */
export interface IcicleBox {
  /** The same every time. */
  readonly id: string;
  readonly name: string;
  readonly time_ms: number;
  /** Null for what stands for several ops. */
  readonly op: number | null;
  /** All ops inside that have a time. */
  readonly ops: readonly number[];
  /** 0 for the whole model. */
  readonly depth: number;
  /** From the left, 0 to 1, in order of execution. */
  readonly from: number;
  readonly to: number;
}

interface Node {
  readonly id: string;
  readonly name: string;
  readonly time_ms: number;
  readonly op: number | null;
  readonly children: readonly Node[];
}

/** Ops under their name scopes, as wide as their time, in order of execution; ops without time are left out. */
export function layoutIcicle(rows: readonly ProfileRow[], name: string): readonly IcicleBox[] {
  const timed = rows.filter(({ time_ms }) => time_ms > 0);
  const byOp = new Map(timed.map((row) => [row.op, row]));
  const nodeOf = (item: OutlineItem): Node => {
    if (item.kind === 'group') return { id: item.id, name: item.name, time_ms: 0, op: null, children: item.items.map(nodeOf) };
    const row = byOp.get(item.op);
    return { id: `op ${item.op}`, name: row?.kind ?? '', time_ms: row?.time_ms ?? 0, op: item.op, children: [] };
  };
  const items = outlineOf(timed.map((row) => ({ index: row.op, scope: scopesOf(row.name) })));
  const root = hierarchy<Node>({ id: 'model', name, time_ms: 0, op: null, children: items.map(nodeOf) }, ({ children }) => children).sum(({ time_ms }) => time_ms);
  return partition<Node>()(root).descendants().map(({ data, depth, x0, x1, value = 0, ...node }) => ({
    id: data.id, name: data.name, time_ms: value, op: data.op, depth, from: x0, to: x1,
    ops: data.op === null ? leavesOf(node.children ?? []) : [data.op],
  }));
}

interface Leafy {
  readonly data: Node;
  readonly children?: readonly Leafy[] | undefined;
}

function leavesOf(nodes: readonly Leafy[]): number[] {
  return nodes.flatMap(({ data, children }) => (data.op === null ? leavesOf(children ?? []) : [data.op]));
}
