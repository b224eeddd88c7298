import type { Page } from '../shared/layout-types';
import { squareWay } from '../shared/paths';
import type { Box, Level, LevelEdge, Point } from '../shared/level-types';

/** Between two columns; the line from one to the next runs there. */
const gutter = 72;
/** Above and below the boxes, for the line from one column to the next. */
const topRoom = 40;
const bottomRoom = 24;
const lineTop = 6;
const mostColumns = 60;
/** Where edges lead past the end of a column: so many of their sources have a line of their own beside and above it. */
const mostLines = 6;
/** Such columns are harder to follow, and must show this much more at one look. */
const worthLines = 1.3;
/** A column shorter than this share of the tallest is a rest, and stands below the one before it unless that makes the whole this much smaller. */
const shortestColumn = 0.15;
const worthRest = 0.9;

export interface Wrapped extends Level {
  /** For edges that lead to the next column: the way there, before the edge's own bends. In the order of the edges. */
  readonly turns: readonly (readonly Point[])[];
}

interface Column {
  readonly first: number;
  readonly last: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A level in columns, as many as show it whole at the largest zoom on the page. */
export function wrapLevel(level: Level, boxes: readonly Box[], edges: readonly LevelEdge[], page: Page): Wrapped {
  const simple = bestColumns(stretchesOf(level, boxes, edges), level, page);
  const crossed = bestColumns(bandsOf(level, boxes, edges), level, page);
  const aspect = page.width / page.height;
  return zoomOf(crossed, aspect) > zoomOf(simple, aspect) * worthLines ? arrangeCrossed(level, boxes, edges, crossed) : arrange(level, boxes, edges, simple);
}

function bestColumns(stretches: readonly Column[], level: Level, page: Page): readonly Column[] {
  const aspect = page.width / page.height;
  let best = columnsOf(stretches, level.height);
  for (let count = 2; count <= mostColumns; count++) {
    const columns = columnsOf(stretches, level.height / count);
    if (zoomOf(columns, aspect) > zoomOf(best, aspect) * 1.02) best = columns;
  }
  const fewer = withoutRests(best);
  return zoomOf(fewer, aspect) > zoomOf(best, aspect) * worthRest ? fewer : best;
}

/** With columns that are little more than a rest below the ones before them. */
function withoutRests(columns: readonly Column[]): readonly Column[] {
  const tallest = Math.max(...columns.map(({ top, bottom }) => bottom - top));
  const kept: Column[] = [];
  for (const column of columns) {
    const before = kept.at(-1);
    if (before !== undefined && column.bottom - column.top < tallest * shortestColumn) kept[kept.length - 1] = joined(before, column);
    else kept.push(column);
  }
  return kept;
}

function joined(one: Column, next: Column): Column {
  return { first: one.first, last: next.last, left: Math.min(one.left, next.left), right: Math.max(one.right, next.right), top: Math.min(one.top, next.top), bottom: Math.max(one.bottom, next.bottom) };
}

/** A band with one box more, the `place`th from the top. */
function grow(band: Column | null, place: number, box: Pick<Column, 'left' | 'right' | 'top' | 'bottom'>): Column {
  if (band === null) return { first: place, last: place, ...box };
  return {
    first: band.first, last: place,
    left: Math.min(band.left, box.left), right: Math.max(band.right, box.right), top: Math.min(band.top, box.top), bottom: Math.max(band.bottom, box.bottom),
  };
}

/** What lies between two horizontal lines that cut no box and few tensors' ways. `first` and `last` count boxes from the top. */
function bandsOf(level: Level, boxes: readonly Box[], edges: readonly LevelEdge[]): readonly Column[] {
  const topOf = (index: number): number => level.positions[index]?.y ?? 0;
  const order = [...boxes.keys()].sort((one, other) => topOf(one) - topOf(other));
  const reach = new Map<number, number>();
  for (const { from, to } of edges) reach.set(from, Math.max(reach.get(from) ?? 0, topOf(to)));
  const bands: Column[] = [];
  let band: Column | null = null;
  let open: readonly number[] = [];
  for (const [place, index] of order.entries()) {
    const { x, y } = level.positions[index] ?? { x: 0, y: 0 };
    const { width, height } = boxes[index] ?? { width: 0, height: 0 };
    const grown = grow(band, place, { left: x, right: x + width, top: y, bottom: y + height });
    band = grown;
    const { bottom } = grown;
    const next = order[place + 1];
    open = [...open, index].filter((from) => (reach.get(from) ?? 0) > bottom);
    if (next !== undefined && (topOf(next) <= bottom || open.length > mostLines)) continue;
    bands.push(grown);
    band = null;
  }
  for (const { x, y } of level.bends.flat()) {
    // Ways turn between bands; what leads on belongs to the band above.
    const number = Math.max(0, bands.findLastIndex(({ top }) => top <= y));
    for (const near of [number, number + 1]) {
      const beside = bands[near];
      if (beside !== undefined) bands[near] = { ...beside, left: Math.min(beside.left, x), right: Math.max(beside.right, x) };
    }
  }
  return bands;
}

function widthOf(columns: readonly Column[]): number {
  return columns.reduce((total, { left, right }) => total + right - left, (columns.length - 1) * gutter);
}

function zoomOf(columns: readonly Column[], aspect: number): number {
  const height = Math.max(...columns.map(({ top, bottom }) => bottom - top)) + topRoom + bottomRoom;
  return Math.min(aspect / widthOf(columns), 1 / height);
}

/** What lies between two cuts, and so stays in one column. */
function stretchesOf(level: Level, boxes: readonly Box[], edges: readonly LevelEdge[]): readonly Column[] {
  const lasts = [...new Set([...level.cuts, boxes.length - 1])];
  const stretches: Column[] = [];
  const stretchOf = new Array<number>(boxes.length);
  let first = 0;
  for (const last of lasts) {
    const column = { first, last, left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (let index = first; index <= last; index++) {
      const { x, y } = level.positions[index] ?? { x: 0, y: 0 };
      const { width, height } = boxes[index] ?? { width: 0, height: 0 };
      column.left = Math.min(column.left, x);
      column.right = Math.max(column.right, x + width);
      column.top = Math.min(column.top, y);
      column.bottom = Math.max(column.bottom, y + height);
      stretchOf[index] = stretches.length;
    }
    stretches.push(column);
    first = last + 1;
  }
  for (const [index, { to }] of edges.entries()) {
    const stretch = stretches[stretchOf[to] ?? 0];
    const xs = (level.bends[index] ?? []).map(({ x }) => x);
    if (stretch !== undefined && xs.length > 0) stretches[stretchOf[to] ?? 0] = { ...stretch, left: Math.min(stretch.left, ...xs), right: Math.max(stretch.right, ...xs) };
  }
  return stretches;
}

function columnsOf(stretches: readonly Column[], tallest: number): readonly Column[] {
  const columns: Column[] = [];
  let column: Column | null = null;
  for (const next of stretches) {
    if (column === null) {
      column = next;
    } else if (next.bottom - column.top > tallest) {
      columns.push(column);
      column = next;
    } else {
      column = joined(column, next);
    }
  }
  return column === null ? columns : [...columns, column];
}

function arrange(level: Level, boxes: readonly Box[], edges: readonly LevelEdge[], columns: readonly Column[]): Wrapped {
  if (columns.length <= 1) return { ...level, turns: edges.map(() => []) };
  const positions = [...level.positions];
  const turns: (readonly Point[])[] = edges.map(() => []);
  const bends = [...level.bends];
  const height = Math.max(...columns.map(({ top, bottom }) => bottom - top)) + topRoom + bottomRoom;
  const incoming = edgesByColumn(edges, columns);
  let x = 0;
  let before: { readonly bottom: number; readonly right: number } | null = null;
  for (const column of columns) {
    const shift = { x: x - column.left, y: topRoom - column.top };
    const move = ({ x: px, y: py }: Point): Point => ({ x: px + shift.x, y: py + shift.y });
    for (let index = column.first; index <= column.last; index++) positions[index] = move(level.positions[index] ?? { x: 0, y: 0 });
    const source = column.first - 1;
    for (const { index, edge: { from } } of incoming.get(column) ?? []) {
      bends[index] = (level.bends[index] ?? []).map(move);
      if (from >= column.first || before === null) continue;
      const placed = positions[source] ?? { x: 0, y: 0 };
      const size = boxes[source] ?? { width: 0, height: 0 };
      const middle = placed.x + size.width / 2;
      const lane = before.right + gutter / 2;
      const entry = (level.positions[source]?.x ?? 0) + size.width / 2 + shift.x;
      const low = placed.y + size.height + bottomRoom / 2;
      turns[index] = [{ x: middle, y: low }, { x: lane, y: low }, { x: lane, y: lineTop }, { x: entry, y: lineTop }, { x: entry, y: lineTop + 10 }];
      // Above the column's first box there is only this much room.
      bends[index] = (bends[index] ?? []).map((point) => ({ x: point.x, y: Math.max(point.y, topRoom - 14) }));
    }
    before = { bottom: height, right: x + column.right - column.left };
    x += column.right - column.left + gutter;
  }
  return { width: x - gutter, height, positions, bends, cuts: level.cuts, turns };
}

/** Columns that edges from anywhere before cross into: each tensor goes down, beside and above the columns in a line of its own. */
function arrangeCrossed(level: Level, boxes: readonly Box[], edges: readonly LevelEdge[], columns: readonly Column[]): Wrapped {
  const height = Math.max(...columns.map(({ top, bottom }) => bottom - top)) + topRoom + bottomRoom;
  const columnOf = level.positions.map(({ y }) => Math.max(0, columns.findLastIndex(({ top }) => top <= y)));
  const shifts: Point[] = [];
  let x = 0;
  for (const { left, right, top } of columns) {
    shifts.push({ x: x - left, y: topRoom - top });
    x += right - left + gutter;
  }
  const move = ({ x: px, y: py }: Point, number: number): Point => ({ x: px + (shifts[number]?.x ?? 0), y: py + (shifts[number]?.y ?? 0) });
  const positions = level.positions.map((position, index) => move(position, columnOf[index] ?? 0));
  const bends = [...level.bends];
  const turns: (readonly Point[])[] = edges.map(() => []);
  const sources = [...new Set(edges.filter(({ from, to }) => columnOf[from] !== columnOf[to]).map(({ from }) => from))].sort((one, other) => one - other);
  for (const [index, { from, to }] of edges.entries()) {
    const [leaves, enters] = [columnOf[from] ?? 0, columnOf[to] ?? 0];
    const [before, column] = [columns[leaves], columns[enters]];
    const way = level.bends[index] ?? [];
    bends[index] = way.map((point) => move(point, enters));
    if (leaves === enters || before === undefined || column === undefined) continue;
    const line = sources.indexOf(from) % mostLines;
    const source = positions[from] ?? { x: 0, y: 0 };
    const start = { x: source.x + (boxes[from]?.width ?? 0) / 2, y: source.y + (boxes[from]?.height ?? 0) };
    const out = way.filter(({ y }) => y <= before.bottom).map((point) => move(point, leaves));
    const rest = way.filter(({ y }) => y >= column.top).map((point) => move(point, enters));
    const low = topRoom + before.bottom - before.top + 6 + line * 3;
    const lane = before.right + (shifts[leaves]?.x ?? 0) + 14 + line * 8;
    const high = lineTop + line * 5;
    const entry = rest[0]?.x ?? (positions[to]?.x ?? 0) + (boxes[to]?.width ?? 0) / 2;
    turns[index] = [...squareWay([start, ...out, { x: out.at(-1)?.x ?? start.x, y: low }], 0).slice(1), { x: lane, y: low }, { x: lane, y: high }, { x: entry, y: high }, { x: entry, y: Math.min(high + 8, topRoom - 4) }];
    bends[index] = rest.map((point) => ({ x: point.x, y: Math.max(point.y, topRoom - 4) }));
  }
  return { width: x - gutter, height, positions, bends, cuts: level.cuts, turns };
}

function edgesByColumn(edges: readonly LevelEdge[], columns: readonly Column[]): ReadonlyMap<Column, { readonly index: number; readonly edge: LevelEdge }[]> {
  const columnOf = columns.flatMap((column) => new Array<Column>(column.last - column.first + 1).fill(column));
  const found = new Map(columns.map((column): [Column, { index: number; edge: LevelEdge }[]] => [column, []]));
  for (const [index, edge] of edges.entries()) {
    const column = columnOf[edge.to];
    if (column !== undefined) found.get(column)?.push({ index, edge });
  }
  return found;
}
