import { wrapLevel } from './columns';
import { type OutlineGroup, type OutlineItem, groupsOf, outlineOf } from '../../model/shared/groups';
import type { GraphLayout, LayoutRequest, Page, PlacedEdge, PlacedNode } from '../shared/layout-types';
import { type NodeBox, edgeBox, groupBox, nodeMetrics, opBox } from '../shared/node-boxes';
import { squareWay } from '../shared/paths';
import { placeLevel } from './place-level';
import type { LevelEdge, Point } from '../shared/level-types';
import type { Graph } from '../../model/shared/types';

const spacing = { between: 36, below: 30, edges: 18 } as const;
const margin = 24;
const portWidth = 12;
/** The room that the layout leaves between a group's border and its nodes beyond what looks well. */
const trim = 18;

/** What stands at one level of the drawing: a node, an open group with a level of its own, or where a tensor enters or leaves the group. */
type Entry =
  | { readonly kind: 'node'; readonly id: string; readonly box: NodeBox }
  | { readonly kind: 'group'; readonly id: string; readonly group: OutlineGroup; readonly drawing: Drawing }
  | { readonly kind: 'port'; readonly id: string };

/** A level that was laid out, relative to its own left upper corner. */
interface Drawing {
  readonly width: number;
  readonly height: number;
  /** What is cut off above. */
  readonly top: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Where tensors enter and leave, by port id. */
  readonly ports: ReadonlyMap<string, number>;
}

/** A tensor's way from what makes it to one of those that read it: ids of the entries from the outermost level inwards. */
interface Route {
  readonly tensor: number;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

interface Step {
  readonly tensor: number;
  readonly from: string;
  readonly to: string;
}

const rootLevel = '';

/** Lays out one subgraph. Open groups are laid out by themselves and placed in the level above as one box. */
export function layoutGraph(graph: Graph, request: LayoutRequest): GraphLayout {
  const closed = new Set(request.closed);
  const shown = graph.ops.filter((op) => !(request.folded && op.foldable));
  const outline = outlineOf(shown);
  const steps = stepsByLevel(routesOf(graph, shown.map(({ index }) => index), pathsOf(outline, closed)));
  const nodeOf = (item: OutlineItem): Entry => {
    if (item.kind === 'op') {
      const op = graph.ops[item.op];
      if (op === undefined) throw new RangeError(`The outline names op ${item.op}, which the graph does not have.`);
      return { kind: 'node', id: `op ${item.op}`, box: opBox(op, request.folded) };
    }
    if (closed.has(item.id)) return { kind: 'node', id: item.id, box: groupBox(item) };
    return { kind: 'group', id: item.id, group: item, drawing: drawGroup(item) };
  };
  const drawGroup = (group: OutlineGroup): Drawing => {
    const own = steps.get(group.id) ?? [];
    const entering = [...new Set(own.map(({ from }) => from).filter(isPort))];
    const leaving = [...new Set(own.map(({ to }) => to).filter(isPort))];
    const port = (id: string): Entry => ({ kind: 'port', id });
    const drawn = drawLevel([...entering.map(port), ...group.items.map(nodeOf), ...leaving.map(port)], own, null);
    const above = entering.length > 0 ? trim : 0;
    const centred = centre(drawn, entering.length === 1 ? entering[0] : undefined);
    return { ...centred, top: above, height: drawn.height - above - (leaving.length > 0 ? trim : 0) };
  };
  const root = drawLevel(withEdges(graph, outline.map(nodeOf), steps.get(rootLevel) ?? []), steps.get(rootLevel) ?? [], request.page);
  return {
    graph: graph.index,
    width: root.width + 2 * margin,
    height: root.height + 2 * margin,
    groups: groupsOf(outline).map(({ id }) => id),
    nodes: root.nodes.map((node) => ({ ...node, x: node.x + margin, y: node.y + margin })),
    edges: root.edges.map((edge) => moveEdge(edge, margin, margin)),
  };
}

const isPort = (id: string): boolean => id.startsWith('enters ') || id.startsWith('leaves ');

/** For every op the ids of the open groups around it and of what stands for it, from the outermost. */
function pathsOf(items: readonly OutlineItem[], closed: ReadonlySet<string>, above: readonly string[] = []): Map<number, readonly string[]> {
  const paths = new Map<number, readonly string[]>();
  for (const item of items) {
    if (item.kind === 'op') paths.set(item.op, [...above, `op ${item.op}`]);
    else if (closed.has(item.id)) for (const op of item.ops) paths.set(op, [...above, item.id]);
    else for (const [op, path] of pathsOf(item.items, closed, [...above, item.id])) paths.set(op, path);
  }
  return paths;
}

function routesOf(graph: Graph, shown: readonly number[], paths: ReadonlyMap<number, readonly string[]>): readonly Route[] {
  const made = new Map<number, readonly string[]>();
  for (const tensor of graph.inputs) made.set(tensor, [`input ${tensor}`]);
  const routes: Route[] = [];
  for (const index of shown) {
    const op = graph.ops[index];
    const path = paths.get(index);
    if (op === undefined || path === undefined) continue;
    for (const tensor of new Set(op.inputs)) {
      const from = made.get(tensor);
      if (from !== undefined && from.at(-1) !== path.at(-1)) routes.push({ tensor, from, to: path });
    }
    for (const tensor of op.outputs) made.set(tensor, path);
  }
  for (const tensor of new Set(graph.outputs)) {
    const from = made.get(tensor);
    if (from !== undefined) routes.push({ tensor, from, to: [`output ${tensor}`] });
  }
  return routes;
}

/** Cuts every route at the borders of the groups that it crosses. Each level then draws its own part. */
function stepsByLevel(routes: readonly Route[]): Map<string, Step[]> {
  const levels = new Map<string, Map<string, Step>>();
  const add = (level: string, step: Step): void => {
    const steps = levels.get(level) ?? new Map<string, Step>();
    levels.set(level, steps);
    steps.set(`${step.tensor} ${step.from} ${step.to}`, step);
  };
  for (const { tensor, from, to } of routes) {
    let shared = 0;
    while (from[shared] === to[shared]) shared += 1;
    const above = (path: readonly string[], depth: number): string => path[depth - 1] ?? rootLevel;
    add(above(from, shared), { tensor, from: from[shared] ?? '', to: to[shared] ?? '' });
    for (let depth = shared + 1; depth < from.length; depth++) add(above(from, depth), { tensor, from: from[depth] ?? '', to: `leaves ${tensor}` });
    for (let depth = shared + 1; depth < to.length; depth++) add(above(to, depth), { tensor, from: `enters ${tensor}`, to: to[depth] ?? '' });
  }
  return new Map([...levels].map(([level, steps]) => [level, [...steps.values()]]));
}

/** Puts the graph's inputs before what first reads them and its outputs behind what makes them. */
function withEdges(graph: Graph, entries: readonly Entry[], steps: readonly Step[]): readonly Entry[] {
  const node = (kind: 'input' | 'output', tensor: number): Entry => ({ kind: 'node', id: `${kind} ${tensor}`, box: edgeBox(graph, kind, tensor) });
  const before = new Map<string, Entry[]>();
  const behind = new Map<string, Entry[]>();
  const first: Entry[] = [];
  const last: Entry[] = [];
  const put = (map: Map<string, Entry[]>, key: string, entry: Entry): void => { map.set(key, [...(map.get(key) ?? []), entry]); };
  const order = new Map(entries.map(({ id }, position) => [id, position]));
  for (const tensor of new Set(graph.inputs)) {
    const readers = steps.filter(({ from, to }) => from === `input ${tensor}` && order.has(to)).map(({ to }) => to).sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
    if (readers[0] === undefined) first.push(node('input', tensor));
    else put(before, readers[0], node('input', tensor));
  }
  for (const tensor of new Set(graph.outputs)) {
    const maker = steps.find(({ to, from }) => to === `output ${tensor}` && order.has(from))?.from;
    if (maker === undefined) last.push(node('output', tensor));
    else put(behind, maker, node('output', tensor));
  }
  return [...first, ...entries.flatMap((entry) => [...(before.get(entry.id) ?? []), entry, ...(behind.get(entry.id) ?? [])]), ...last];
}

function sizeOf(entry: Entry): { readonly width: number; readonly height: number } {
  if (entry.kind === 'node') return entry.box;
  if (entry.kind === 'port') return { width: portWidth, height: 0 };
  return { width: Math.max(nodeMetrics.width, entry.drawing.width + 2 * nodeMetrics.groupPadding), height: entry.drawing.height + nodeMetrics.groupHead + nodeMetrics.groupPadding };
}

function drawLevel(entries: readonly Entry[], steps: readonly Step[], page: Page | null): Drawing {
  const order = new Map(entries.map(({ id }, position) => [id, position]));
  const known = steps.flatMap((step) => {
    const [from, to] = [order.get(step.from), order.get(step.to)];
    return from === undefined || to === undefined ? [] : [{ step, tensor: step.tensor, edge: from < to ? { from, to } : { from: to, to: from } }];
  });
  const sizes = entries.map(sizeOf);
  const edges: readonly LevelEdge[] = [...known.map(({ edge }) => edge), ...borderEdges(entries, known.map(({ edge }) => edge))];
  const placed = placeLevel(sizes, edges, spacing);
  const level = page === null ? { ...placed, turns: edges.map((): readonly Point[] => []) } : wrapLevel(placed, sizes, edges, page);
  const nodes: PlacedNode[] = [];
  const drawn: PlacedEdge[] = [];
  const ports = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const at = level.positions[index] ?? { x: 0, y: 0 };
    if (entry.kind === 'port') ports.set(entry.id, at.x + portWidth / 2);
    else if (entry.kind === 'node') nodes.push({ ...entry.box, ...at });
    else placeGroup(entry, at, sizes[index] ?? { width: 0, height: 0 }, nodes, drawn);
  }
  const end = (index: number, side: 'leaves' | 'enters', tensor: number): Point => {
    const entry = entries[index];
    const at = level.positions[index] ?? { x: 0, y: 0 };
    const { width, height } = sizes[index] ?? { width: 0, height: 0 };
    const port = entry?.kind === 'group' ? entry.drawing.ports.get(`${side} ${tensor}`) : undefined;
    // Ways that enter or leave this level go on to the border of its group.
    if (entry?.kind === 'port') return { x: at.x + portWidth / 2, y: side === 'leaves' ? at.y + trim - nodeMetrics.groupHead : at.y - trim + nodeMetrics.groupPadding };
    const x = port === undefined || entry?.kind !== 'group' ? at.x + width / 2 : at.x + (width - entry.drawing.width) / 2 + port;
    return { x, y: side === 'leaves' ? at.y + height : at.y };
  };
  const alone = new Map<number, number>();
  for (const [index, { edge }] of known.entries()) if ((level.turns[index] ?? []).length > 0) alone.set(edge.from, (alone.get(edge.from) ?? 0) + 1);
  for (const [index, { step, tensor, edge }] of known.entries()) {
    const points = [end(edge.from, 'leaves', tensor), ...(level.bends[index] ?? []), end(edge.to, 'enters', tensor)];
    const turn = straighten(level.turns[index] ?? [], points, alone.get(edge.from) === 1);
    const last = turn.at(-1);
    // Neighbouring tensors turn at heights of their own.
    const offset = ((tensor % 3) - 1) * 3;
    const way = last === undefined ? squareWay(points, offset) : [...points.slice(0, 1), ...turn, ...squareWay([last, ...points.slice(1)], offset).slice(1)];
    drawn.push(makeEdge(tensor, way, entries[edge.to]?.kind === 'node' && step.to === entries[edge.to]?.id));
  }
  return { width: level.width, height: level.height, top: 0, nodes, edges: drawn, ports };
}

/** At most so many edges keep the ends of a group's ways at its borders: beyond, the layout would take too long. */
const mostBorderEdges = 200;

/** Edges that keep where tensors enter a group above all that is in it, and where they leave below. */
function borderEdges(entries: readonly Entry[], edges: readonly LevelEdge[]): readonly LevelEdge[] {
  const entering = [...entries.keys()].filter((index) => entries[index]?.id.startsWith('enters '));
  const leaving = [...entries.keys()].filter((index) => entries[index]?.id.startsWith('leaves '));
  if (entering.length === 0 && leaving.length === 0) return [];
  const ports = new Set([...entering, ...leaving]);
  const inner = edges.filter(({ from, to }) => !ports.has(from) && !ports.has(to));
  const [fed, read] = [new Set(inner.map(({ to }) => to)), new Set(inner.map(({ from }) => from))];
  const nodes = [...entries.keys()].filter((index) => !ports.has(index));
  const known = new Set(edges.map(({ from, to }) => `${from} ${to}`));
  const made = [
    ...entering.flatMap((from) => nodes.filter((index) => !fed.has(index)).map((to) => ({ from, to, hidden: true }))),
    ...leaving.flatMap((to) => nodes.filter((index) => !read.has(index)).map((from) => ({ from, to, hidden: true }))),
  ].filter(({ from, to }) => !known.has(`${from} ${to}`));
  return made.length > mostBorderEdges ? [] : made;
}

/** Widens a drawing so that what enters it enters in the middle: the trunk goes on straight from group to group. */
function centre(drawing: Drawing, port: string | undefined): Drawing {
  const x = drawing.ports.get(port ?? '');
  if (x === undefined) return drawing;
  const width = 2 * Math.max(x, drawing.width - x);
  const shift = width / 2 - x;
  return {
    ...drawing,
    width,
    nodes: drawing.nodes.map((node) => ({ ...node, x: node.x + shift })),
    edges: drawing.edges.map((edge) => moveEdge(edge, shift, 0)),
    ports: new Map([...drawing.ports].map(([id, at]) => [id, at + shift])),
  };
}

/** Lets the way to the next column begin where its edge does, and end above where its edge leads if it is the only one. */
function straighten(turn: readonly Point[], points: readonly Point[], single: boolean): readonly Point[] {
  const [start, next] = points;
  return turn.map((point, index) => {
    if (index === 0 && start !== undefined) return { x: start.x, y: point.y };
    return single && index >= turn.length - 2 && next !== undefined ? { x: next.x, y: point.y } : point;
  });
}

function placeGroup({ id, group, drawing }: Extract<Entry, { kind: 'group' }>, at: Point, { width, height }: { readonly width: number; readonly height: number }, nodes: PlacedNode[], edges: PlacedEdge[]): void {
  nodes.push({ id, kind: 'open-group', ops: group.ops, tensor: -1, title: group.name, fact: `${group.ops.length} ops`, lines: [], family: null, ...at, width, height });
  const x = at.x + (width - drawing.width) / 2;
  const y = at.y + nodeMetrics.groupHead - drawing.top;
  for (const node of drawing.nodes) nodes.push({ ...node, x: node.x + x, y: node.y + y });
  for (const edge of drawing.edges) edges.push(moveEdge(edge, x, y));
}

function makeEdge(tensor: number, points: readonly Point[], arrives: boolean): PlacedEdge {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return { tensor, points, arrives, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

function moveEdge(edge: PlacedEdge, dx: number, dy: number): PlacedEdge {
  return {
    ...edge, points: edge.points.map(({ x, y }) => ({ x: x + dx, y: y + dy })),
    left: edge.left + dx, right: edge.right + dx, top: edge.top + dy, bottom: edge.bottom + dy,
  };
}
