import { type Bundle, bundlePath, bundlesOf } from '../../layout/shared/bundles';
import type { GraphLayout, PlacedEdge, PlacedNode } from '../../layout/shared/layout-types';
import { nodeMetrics, textWidth } from '../../layout/shared/node-boxes';
import { fitText, groupRadius, groupShade, groupTitle, monospace, nodeShape, type NodeText, nodeTexts, type NodeTexts, outlineDashes } from './node-drawing';
import type { ExportStyle } from './export-style';
import type { Palette } from './palette';
import { arrowHead, roundedLine } from '../../layout/shared/paths';

/** What a page's canvas and a worker's have in common. */
export type Pen = Pick<OffscreenCanvasRenderingContext2D,
  'arc' | 'beginPath' | 'clip' | 'closePath' | 'fill' | 'fillRect' | 'fillStyle' | 'fillText' | 'font' | 'globalAlpha' | 'lineCap' | 'lineTo' | 'lineWidth' | 'moveTo' | 'rect' | 'restore' |
  'roundRect' | 'save' | 'setLineDash' | 'setTransform' | 'stroke' | 'strokeStyle' | 'textAlign' | 'textBaseline'>;

/** The part of the drawing that is seen: its left upper corner, and screen pixels for each of its own. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Emphasis {
  readonly selected: string | null;
  readonly hovered: string | null;
  readonly hits: ReadonlySet<string>;
  /** A tensor whose edges stand out; −1 for none. */
  readonly tensor: number;
}

export const noEmphasis: Emphasis = { selected: null, hovered: null, hits: new Set(), tensor: -1 };

/** Text that would be smaller than this, in screen pixels, cannot be read without effort and is left out. */
const smallestText = 9;
/** In the drawing's own pixels. */
const largestName = 26;
/** Of a time below a name, in screen pixels, where there is room for both. */
const timeOnScreen = 12;
const nameMargin = 9;
/** Of the stripe in a node's colour. */
const markWidth = 5;
/** Of an open group: in the drawing's own pixels, and on the screen as long as there is room. */
const largestGroupName = 20;
const groupNameOnScreen = 12;
/** From here on nodes show all their text; before, their name alone. */
const detailZoom = smallestText / nodeMetrics.lineSize;
/** Of an edge, in screen pixels: thinner ones fade into the ground. */
const thinnestLine = 0.9;
/** Below this zoom arrows have no heads. */
const headZoom = 0.4;
/** Nodes narrower than this, in screen pixels, are marks of their colour. */
const smallestNamed = 56;

export interface Picture extends Omit<ExportStyle, 'title'> {
  readonly layout: GraphLayout;
  readonly emphasis: Emphasis;
}

/** Draws what lies inside the view. Sizes are in CSS pixels; `density` is the number of device pixels for each. */
export class Painter {
  /** Making a path costs more than drawing it. */
  readonly #bundles = new WeakMap<GraphLayout, readonly Bundle[]>();
  readonly #paths = new WeakMap<PlacedEdge, Path2D>();
  readonly #lines = new WeakMap<Bundle, Path2D>();
  readonly #heads = new WeakMap<PlacedEdge, Path2D>();

  pathOf(edge: PlacedEdge): Path2D {
    return kept(this.#paths, edge, () => new Path2D(roundedLine(edge.points)));
  }

  paint(pen: Pen & { stroke(path?: Path2D): void; fill(path?: Path2D): void }, picture: Picture, view: View, width: number, height: number, density: number): void {
    const { layout, palette, emphasis } = picture;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = palette.surface;
    pen.fillRect(0, 0, Math.ceil(width * density), Math.ceil(height * density));
    const scale = view.zoom * density;
    pen.setTransform(scale, 0, 0, scale, -view.x * scale, -view.y * scale);
    const [right, bottom] = [view.x + width / view.zoom, view.y + height / view.zoom];
    const inView = (node: PlacedNode): boolean => node.x < right + 8 && node.x + node.width > view.x - 8 && node.y < bottom + 8 && node.y + node.height > view.y - 8;
    const nodes = layout.nodes.filter(inView);
    for (const node of nodes) if (node.kind === 'open-group') this.#group(pen, node, palette, view.zoom, emphasis.hovered === node.id);
    pen.lineCap = 'round';
    const marked: Bundle[] = [];
    pen.lineWidth = Math.max(1.3, thinnestLine / view.zoom);
    pen.strokeStyle = palette.lineStrong;
    for (const bundle of kept(this.#bundles, layout, () => bundlesOf(layout.edges))) {
      if (bundle.left > right || bundle.right < view.x || bundle.top > bottom || bundle.bottom < view.y) continue;
      if (bundle.tensor === emphasis.tensor) marked.push(bundle);
      else this.#edges(pen, bundle, palette.lineStrong, view.zoom);
    }
    pen.lineWidth = Math.max(2.4, 1.4 / view.zoom);
    pen.strokeStyle = palette.accent;
    for (const bundle of marked) this.#edges(pen, bundle, palette.accent, view.zoom);
    for (const node of nodes) {
      if (node.kind !== 'open-group') paintNode(pen, node, picture, view.zoom);
      else if (view.zoom < detailZoom) paintGroupName(pen, node, palette, view.zoom);
    }
  }

  #edges(pen: Pen & { stroke(path?: Path2D): void; fill(path?: Path2D): void }, bundle: Bundle, colour: string, zoom: number): void {
    pen.stroke(kept(this.#lines, bundle, () => new Path2D(bundlePath(bundle))));
    if (zoom < headZoom) return;
    pen.fillStyle = colour;
    for (const edge of bundle.edges) if (edge.arrives) pen.fill(kept(this.#heads, edge, () => new Path2D(arrowHead(edge.points))));
  }

  #group(pen: Pen, node: PlacedNode, palette: Palette, zoom: number, hovered: boolean): void {
    const { x, y, width, height } = node;
    pen.beginPath();
    pen.roundRect(x, y, width, height, groupRadius);
    pen.globalAlpha = groupShade;
    pen.fillStyle = palette.ink;
    pen.fill();
    pen.globalAlpha = 1;
    pen.lineWidth = Math.max(1, 0.6 / zoom);
    pen.strokeStyle = hovered ? palette.lineStrong : palette.line;
    pen.stroke();
    if (zoom < detailZoom) return;
    writeText(pen, groupTitle(node, palette));
    sign(pen, x + width - 15, y + 13, false, palette.inkSoft);
  }
}

function kept<Key extends object, Value>(known: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** The sign that opens or closes a group. */
function sign(pen: Pen, x: number, y: number, plus: boolean, colour: string): void {
  pen.beginPath();
  pen.moveTo(x - 4, y);
  pen.lineTo(x + 4, y);
  if (plus) {
    pen.moveTo(x, y - 4);
    pen.lineTo(x, y + 4);
  }
  pen.lineWidth = 1.4;
  pen.strokeStyle = colour;
  pen.stroke();
}

function paintNode(pen: Pen, node: PlacedNode, { palette, fills, times, emphasis }: Picture, zoom: number): void {
  const { x, y, width, height, id } = node;
  const given = fills.get(id);
  const { corner, ground, outline: outlineColour, outlineOpacity, dashed, stripe, ink } = nodeShape(node, palette, given);
  const readable = zoom >= detailZoom;
  const named = nodeMetrics.width * zoom >= smallestNamed;
  const outline = (grow: number): void => {
    pen.beginPath();
    pen.roundRect(x - grow, y - grow, width + 2 * grow, height + 2 * grow, corner + grow);
  };
  if (node.kind === 'group') {
    pen.beginPath();
    pen.roundRect(x + 5, y + 5, width - 10, height, corner);
    pen.fillStyle = palette.surface;
    pen.fill();
    pen.lineWidth = 1;
    pen.strokeStyle = palette.line;
    pen.stroke();
  }
  if (emphasis.hits.has(id)) {
    outline(5);
    pen.fillStyle = palette.hit;
    pen.fill();
  }
  outline(0);
  pen.fillStyle = ground;
  pen.fill();
  if (!named && given === undefined && stripe !== null) {
    pen.globalAlpha = 0.5;
    pen.fillStyle = stripe;
    pen.fill();
    pen.globalAlpha = 1;
  }
  if (stripe !== null && named) {
    pen.save();
    pen.clip();
    pen.fillStyle = stripe;
    pen.fillRect(x, y, markWidth, height);
    pen.restore();
    outline(0);
  }
  pen.globalAlpha = emphasis.hovered === id ? 1 : outlineOpacity;
  pen.lineWidth = Math.max(1, 0.6 / zoom);
  pen.strokeStyle = outlineColour;
  if (dashed) pen.setLineDash([...outlineDashes]);
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  if (emphasis.selected === id) {
    outline(3);
    pen.lineWidth = Math.max(2.5, 2 / zoom);
    pen.strokeStyle = palette.accent;
    pen.stroke();
  }
  if (readable) paintText(pen, node, nodeTexts(node, palette, given, times.get(id)));
  else paintName(pen, node, times.get(id), ink, zoom);
}

/** Seen from afar an open group shows its name larger, over the ways that lead into it. */
function paintGroupName(pen: Pen, { x, y, width, title }: PlacedNode, palette: Palette, zoom: number): void {
  const size = Math.min(largestGroupName, groupNameOnScreen / zoom);
  if (size * zoom < smallestText) return;
  const name = fitText(title, width - 24, size);
  pen.font = `${size}px ${monospace}`;
  for (const [ground, share] of [[palette.surface, 1], [palette.ink, groupShade]] as const) {
    pen.globalAlpha = share;
    pen.fillStyle = ground;
    pen.fillRect(x + 8, y + 4, textWidth(name, size) + 8, size + 4);
  }
  pen.globalAlpha = 1;
  pen.fillStyle = palette.inkSoft;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(name, x + 12, y + 6 + size / 2);
}

/** Seen from afar a node shows its name as large as it can, and its time where that leaves room. */
function paintName(pen: Pen, { x, y, width, height, title, family }: PlacedNode, time: string | undefined, ink: string, zoom: number): void {
  const mark = family === null ? 0 : markWidth;
  const size = Math.min(largestName, (width - mark - 2 * nameMargin) / textWidth(title, 1), height - 10);
  if (size * zoom < smallestText) return;
  const timeSize = timeOnScreen / zoom;
  const timed = time !== undefined && size + timeSize + 12 <= height && textWidth(time, timeSize) + mark + 2 * nameMargin <= width;
  const middle = x + (width + mark) / 2;
  pen.font = `600 ${size}px ${monospace}`;
  pen.fillStyle = ink;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(title, middle, y + (height - (timed ? timeSize + 4 : 0)) / 2 + 1);
  if (!timed) return;
  pen.font = `${timeSize}px ${monospace}`;
  pen.fillText(time, middle, y + (height + size) / 2 + 4);
}

function paintText(pen: Pen, { kind, x, y, width }: PlacedNode, { title, fact, time, lines }: NodeTexts): void {
  for (const text of [title, fact, time, ...lines]) if (text !== null) writeText(pen, text);
  if (kind === 'group') sign(pen, x + width - 17, y + nodeMetrics.paddingBlock + 9, true, lines[0]?.colour ?? title.colour);
}

function writeText(pen: Pen, { content, x, y, size, bold, align, colour }: NodeText): void {
  pen.font = `${bold ? '600 ' : ''}${size}px ${monospace}`;
  pen.textAlign = align;
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = colour;
  pen.fillText(content, x, y);
}
