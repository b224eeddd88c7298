import { Graph as LayoutGraph, layout } from '@dagrejs/dagre';
import type { Box, Level, LevelEdge, Point, Spacing } from '../shared/level-types';
import { lanesBeside, longEdges } from './long-edges';
import { cutPositions } from '../../model/worker/segments';

/** What the library lays out at once: its time grows faster than the number of nodes. */
const largestPiece = 260;

interface Piece {
  readonly first: number;
  readonly last: number;
  /** Every path leaves the piece through its last node. */
  readonly closed: boolean;
}

interface PieceEdge {
  readonly edge: LevelEdge;
  readonly index: number;
}

interface PlacedPiece {
  /** Centres of the piece's boxes, relative to the piece, in their order. */
  readonly centres: readonly Point[];
  /** In the order of the piece's edges. */
  readonly bends: readonly (readonly Point[])[];
  readonly height: number;
}

/**
 * Places the boxes of one level from top to bottom. Boxes come in an order in which every edge points forwards.
 * The pieces between nodes through which every path goes are laid out by themselves and set below each other with
 * these nodes in one line, so that a network's trunk is straight. Edges that lead past many boxes go beside them.
 */
export function placeLevel(boxes: readonly Box[], edges: readonly LevelEdge[], spacing: Spacing): Level {
  const centres = new Array<Point>(boxes.length);
  const bends = edges.map((): readonly Point[] => []);
  let top = 0;
  const long = longEdges(boxes.length, edges);
  const pieces = piecesOf(trunkCuts(boxes.length, edges.filter((_, index) => !long.has(index))), boxes.length);
  const inside = edgesByPiece(pieces, edges, long);
  const known = new Map<string, PlacedPiece>();
  for (const [number, piece] of pieces.entries()) {
    const placed = placeOnce(piece, boxes, inside[number] ?? [], spacing, known);
    const anchor = centres[piece.first];
    const [own] = placed.centres;
    const heightOfFirst = boxes[piece.first]?.height ?? 0;
    // A piece begins with the node that the piece above ended with.
    const shift = anchor === undefined || own === undefined
      ? { x: 0, y: top + (top === 0 ? 0 : spacing.below) }
      : { x: anchor.x - own.x, y: anchor.y - heightOfFirst / 2 - (own.y - heightOfFirst / 2) };
    for (const [offset, centre] of placed.centres.entries()) centres[piece.first + offset] ??= { x: centre.x + shift.x, y: centre.y + shift.y };
    for (const [offset, { index }] of (inside[number] ?? []).entries()) bends[index] = (placed.bends[offset] ?? []).map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y }));
    top = Math.max(top, shift.y + placed.height);
  }
  for (const [index, way] of lanesBeside(boxes, centres, edges, long, bends, spacing.below)) bends[index] = way;
  return normalise(boxes, centres, bends, trunkCuts(boxes.length, edges));
}

/** A network's last boxes, so many at most, can be one of several branches in which it ends. */
const longestBranch = 4;

/**
 * The nodes through which every path goes, without those of a last branch beside others that end before it: the trunk ends
 * where the branches begin, and the last one belongs beside the others and not below them.
 */
function trunkCuts(count: number, edges: readonly LevelEdge[]): readonly number[] {
  const cuts = [...new Set(cutPositions(count, edges))];
  const read = new Set(edges.map(({ from }) => from));
  const end = cuts.findIndex((cut, place) => {
    if (count - 1 - cut > longestBranch) return false;
    for (let index = (cuts[place - 1] ?? 0) + 1; index < cut; index++) if (!read.has(index)) return true;
    return false;
  });
  return end === -1 ? cuts : cuts.slice(0, end);
}

/** Neighbouring pieces share the node between them; pieces cut by force share none. */
function piecesOf(cutsInOrder: readonly number[], count: number): readonly Piece[] {
  const cuts = new Set(cutsInOrder);
  const pieces: Piece[] = [];
  let first = 0;
  for (const cut of [...cuts, count - 1]) {
    if (cut > first || count === 1) pieces.push(...split({ first, last: cut, closed: cuts.has(cut) }));
    first = cut;
  }
  return pieces;
}

/** Pieces beyond what the library can take are cut into windows; edges across them find their own way. */
function split(piece: Piece): readonly Piece[] {
  const { first, last } = piece;
  if (last - first < largestPiece) return [piece];
  const windows = Math.ceil((last - first + 1) / largestPiece);
  const size = Math.ceil((last - first + 1) / windows);
  return Array.from({ length: windows }, (_, window) => ({ first: first + window * size, last: Math.min(last, first + (window + 1) * size - 1), closed: false })).filter((window) => window.last >= window.first);
}

/** Networks repeat their blocks, and what is the same need not be laid out twice. */
function placeOnce(piece: Piece, boxes: readonly Box[], inside: readonly PieceEdge[], spacing: Spacing, known: Map<string, PlacedPiece>): PlacedPiece {
  const sizes = boxes.slice(piece.first, piece.last + 1).map(({ width, height }) => `${width}×${height}`);
  const key = `${sizes.join()} ${inside.map(({ edge }) => `${edge.from - piece.first}-${edge.to - piece.first}`).join()} ${String(piece.closed)}`;
  const twin = known.get(key);
  const placed = twin ?? placePiece(piece, boxes, inside, spacing);
  if (twin === undefined) known.set(key, placed);
  return placed;
}

function placePiece(piece: Piece, boxes: readonly Box[], inside: readonly PieceEdge[], spacing: Spacing): PlacedPiece {
  const count = piece.last - piece.first + 1;
  if (isChain(piece, inside)) return placeChain(piece, boxes, inside, spacing);
  const graph = new LayoutGraph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: spacing.between, ranksep: spacing.below, edgesep: spacing.edges, ranker: count > 60 ? 'tight-tree' : 'network-simplex' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (let index = piece.first; index <= piece.last; index++) graph.setNode(String(index), { ...boxes[index] });
  const fed = new Set<number>();
  const read = new Set<number>();
  // Short edges first: the library keeps what comes first on the left, and the trunk belongs there.
  for (const { edge, index } of [...inside].sort((one, other) => one.edge.to - one.edge.from - (other.edge.to - other.edge.from))) {
    graph.setEdge(String(edge.from), String(edge.to), { weight: edge.hidden === true ? 0 : edge.to - edge.from === 1 ? 4 : 1 }, String(index));
    fed.add(edge.to);
    read.add(edge.from);
  }
  // Whatever has no edge inside the piece still stays between its first and its last node.
  for (let index = piece.first + 1; index < piece.last; index++) {
    if (!fed.has(index) && read.has(piece.first)) graph.setEdge(String(piece.first), String(index), { weight: 0 }, `above ${index}`);
    if (!read.has(index) && piece.closed) graph.setEdge(String(index), String(piece.last), { weight: 0 }, `below ${index}`);
  }
  layout(graph);
  const centres = Array.from({ length: count }, (_, offset) => {
    const { x, y } = graph.node(String(piece.first + offset)) as Point;
    return { x, y };
  });
  const bends = inside.map(({ edge, index }) => bendsOf((graph.edge(String(edge.from), String(edge.to), String(index)) as { points: Point[] }).points));
  return { centres, bends, height: Number(graph.graph().height) };
}

/** Edges by the piece that holds both their ends; those across pieces and long ones are in none. */
function edgesByPiece(pieces: readonly Piece[], edges: readonly LevelEdge[], long: ReadonlySet<number>): readonly PieceEdge[][] {
  const found = pieces.map((): PieceEdge[] => []);
  /** The piece that begins a box's downward edges: of two that share a box, the lower one. */
  const below = new Map<number, number>();
  for (const [number, { first, last }] of pieces.entries()) for (let index = first; index <= last; index++) below.set(index, number);
  for (const [index, edge] of edges.entries()) {
    if (long.has(index)) continue;
    const number = below.get(edge.from) ?? 0;
    if (edge.to <= (pieces[number]?.last ?? -1)) found[number]?.push({ edge, index });
  }
  return found;
}

/** Whether one path visits every node, so that all other edges only skip some of them. */
function isChain(piece: Piece, inside: readonly PieceEdge[]): boolean {
  if (piece.last - piece.first <= 1) return true;
  const next = new Set(inside.filter(({ edge }) => edge.to - edge.from === 1).map(({ edge }) => edge.from));
  return next.size === piece.last - piece.first;
}

/** One straight line, with the edges that skip nodes in lanes beside it. */
function placeChain({ first, last }: Piece, boxes: readonly Box[], inside: readonly PieceEdge[], spacing: Spacing): PlacedPiece {
  const centres: Point[] = [];
  let y = 0;
  for (let index = first; index <= last; index++) {
    const height = boxes[index]?.height ?? 0;
    centres.push({ x: 0, y: y + height / 2 });
    y += height + spacing.below;
  }
  /** The last node that each lane is taken to. */
  const taken: number[] = [];
  const lanes = new Map<number, number>();
  // The shortest run innermost, so that edges do not cross.
  const skipping = inside.filter(({ edge }) => edge.to - edge.from > 1 && edge.hidden !== true).sort((one, other) => one.edge.from - other.edge.from || one.edge.to - other.edge.to);
  for (const { edge, index } of skipping) {
    const free = taken.findIndex((until) => until <= edge.from);
    const lane = free === -1 ? taken.length : free;
    taken[lane] = edge.to;
    lanes.set(index, lane);
  }
  const bends = inside.map(({ edge, index }): readonly Point[] => {
    const lane = lanes.get(index);
    const [above, below] = [centres[edge.from - first], centres[edge.to - first]];
    if (lane === undefined || above === undefined || below === undefined) return [];
    let widest = 0;
    for (let between = edge.from + 1; between < edge.to; between++) widest = Math.max(widest, boxes[between]?.width ?? 0);
    const x = widest / 2 + spacing.edges * (lane + 1);
    return [{ x, y: above.y + (boxes[edge.from]?.height ?? 0) / 2 + spacing.below / 2 }, { x, y: below.y - (boxes[edge.to]?.height ?? 0) / 2 - spacing.below / 2 }];
  });
  return { centres, bends, height: y - spacing.below };
}

/** Without the ends, which lie on the boxes' borders, and without points on a straight line. */
function bendsOf(points: readonly Point[]): readonly Point[] {
  // One point is what the library puts between any two ranks.
  if (points.length <= 3) return [];
  return points.slice(1, -1).filter((point, index, all) => {
    const before = all[index - 1];
    const after = all[index + 1];
    return before === undefined || after === undefined || Math.abs(before.x - point.x) > 0.5 || Math.abs(after.x - point.x) > 0.5;
  });
}

function normalise(boxes: readonly Box[], centres: readonly Point[], bends: readonly (readonly Point[])[], cuts: readonly number[]): Level {
  let left = Infinity;
  let right = -Infinity;
  let bottom = 0;
  const points = bends.flat();
  for (const [index, { x, y }] of centres.entries()) {
    const { width, height } = boxes[index] ?? { width: 0, height: 0 };
    left = Math.min(left, x - width / 2);
    right = Math.max(right, x + width / 2);
    bottom = Math.max(bottom, y + height / 2);
  }
  for (const { x } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  if (boxes.length === 0) return { width: 0, height: 0, positions: [], bends, cuts };
  return {
    width: right - left,
    height: bottom,
    positions: centres.map(({ x, y }, index) => ({ x: x - left - (boxes[index]?.width ?? 0) / 2, y: y - (boxes[index]?.height ?? 0) / 2 })),
    bends: bends.map((list) => list.map(({ x, y }) => ({ x: x - left, y }))),
    cuts,
  };
}
