import { inkOn } from './colour-scale';
import type { PlacedNode } from '../../layout/shared/layout-types';
import { nodeMetrics, textWidth } from '../../layout/shared/node-boxes';
import type { Palette } from './palette';

/** In the order of preference; a viewer without the first takes the next. */
export const monospace = "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

/** How much ink the ground of an open group has. */
export const groupShade = 0.035;
/** Rounding of an open group's corners. */
export const groupRadius = 10;

/** Lengths of dashes and of gaps between them. */
export const outlineDashes: readonly [number, number] = [4, 3];

/** A line of text; x and y are those of its baseline at `align`, in the drawing's own pixels, as its size. */
export interface NodeText {
  readonly content: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
  readonly align: 'left' | 'center' | 'right';
  readonly colour: string;
}

/** How a node looks without its text, whether a canvas or a file shows it. */
export interface NodeShape {
  readonly corner: number;
  readonly ground: string;
  readonly outline: string;
  readonly outlineOpacity: number;
  /** Whether the outline is dashed: the node has none of the numbers that the drawing is coloured by. */
  readonly dashed: boolean;
  /** Colour of the stripe at the left side; null for none. */
  readonly stripe: string | null;
  /** Colour of its title. */
  readonly ink: string;
}

export interface NodeTexts {
  readonly title: NodeText;
  readonly fact: NodeText | null;
  readonly time: NodeText | null;
  readonly lines: readonly NodeText[];
}

/** As much of a text as fits into a width, with an ellipsis where something is left out. */
export function fitText(text: string, width: number, size: number): string {
  const most = width / (size * nodeMetrics.advance);
  if (text.length <= most && textWidth(text, size) <= width) return text;
  let [kept, room] = ['', width - textWidth('…', size)];
  for (const character of text) {
    room -= textWidth(character, size);
    if (room < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

function isEdge({ kind }: PlacedNode): boolean {
  return kind === 'input' || kind === 'output';
}

/** @param fill colour of the node where the drawing is coloured by a number; null where the node has none */
export function nodeShape(node: PlacedNode, palette: Palette, fill: string | null | undefined): NodeShape {
  const { family, height } = node;
  const colours = family === null ? { soft: palette.surface, strong: palette.lineStrong } : palette.families[family];
  return {
    corner: isEdge(node) ? height / 2 : nodeMetrics.radius,
    ground: fill === null ? palette.surface : fill ?? colours.soft,
    outline: colours.strong,
    outlineOpacity: family === null || fill === null ? 1 : 0.45,
    dashed: fill === null,
    stripe: family === null ? null : colours.strong,
    ink: inkOf(palette, fill),
  };
}

function inkOf(palette: Palette, fill: string | null | undefined): string {
  return typeof fill === 'string' ? inkOn(fill) : palette.ink;
}

/**
 * What a node says, cut to its width.
 * @param fill as for its shape
 * @param time that was measured for it: `0.594 ms`
 */
export function nodeTexts(node: PlacedNode, palette: Palette, fill: string | null | undefined, time: string | undefined): NodeTexts {
  const { x, y, width, kind, fact } = node;
  const { paddingLeft, paddingRight, paddingBlock, titleSize, titleLine, lineSize, line, gap } = nodeMetrics;
  const ink = inkOf(palette, fill);
  const soft = typeof fill === 'string' ? ink : palette.inkSoft;
  const room = width - paddingLeft - paddingRight;
  // A group's sign stands at the end of its title.
  const end = kind === 'group' ? room - 20 : room;
  const [align, left] = isEdge(node) ? ['center' as const, x + width / 2] : ['left' as const, x + paddingLeft];
  const titleY = y + paddingBlock + 13;
  const factX = left + textWidth(node.title, titleSize) + gap;
  const timed = time === undefined ? 0 : gap + textWidth(time, lineSize);
  // Of times that are longer than the room that is kept for them none is shown beside a fact.
  const shown = time !== undefined && (fact === '' || factX + textWidth(fact, lineSize) + timed <= x + paddingLeft + end);
  // A fact beside it was found to fit.
  const title = fact === '' ? fitText(node.title, end - timed, titleSize) : node.title;
  return {
    title: { content: title, x: left, y: titleY, size: titleSize, bold: true, align, colour: ink },
    fact: fact === '' ? null : { content: fact, x: factX, y: titleY, size: lineSize, bold: false, align: 'left', colour: soft },
    time: shown ? { content: time, x: x + paddingLeft + end, y: titleY, size: lineSize, bold: false, align: 'right', colour: ink } : null,
    lines: node.lines.map((content, index): NodeText => ({
      content: fitText(content, room, lineSize), x: left, y: y + paddingBlock + titleLine + index * line + 12, size: lineSize, bold: false, align, colour: soft,
    })),
  };
}

/** The name at the head of an open group. */
export function groupTitle({ x, y, width, title }: PlacedNode, palette: Palette): NodeText {
  return { content: fitText(title, width - 40, nodeMetrics.lineSize), x: x + 12, y: y + 18, size: nodeMetrics.lineSize, bold: false, align: 'left', colour: palette.inkSoft };
}
