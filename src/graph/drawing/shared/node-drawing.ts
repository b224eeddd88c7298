import { inkOn } from './colour-scale';
import type { PlacedNode } from '../../layout/shared/layout-types';
import { nodeMetrics } from '../../layout/shared/node-boxes';
import type { Palette } from './palette';

/** In the order of preference; a viewer without the first takes the next. */
export const monospace = "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

/** How much ink the ground of an open group has. */
export const groupShade = 0.035;
/** Rounding of an open group's corners. */
export const groupRadius = 10;

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
  /** Colour of the stripe at the left side; null for none. */
  readonly stripe: string | null;
  /** Colour of its title. */
  readonly ink: string;
}

export interface NodeTexts {
  readonly title: NodeText;
  readonly fact: NodeText | null;
  readonly lines: readonly NodeText[];
}

/** As much of a text as fits into a width, with an ellipsis where something is left out. */
export function fitText(text: string, width: number, size: number): string {
  const most = Math.floor(width / (size * nodeMetrics.advance));
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1))}…`;
}

function isEdge({ kind }: PlacedNode): boolean {
  return kind === 'input' || kind === 'output';
}

/** @param fill colour of the node where the drawing is coloured by a number */
export function nodeShape(node: PlacedNode, palette: Palette, fill: string | undefined): NodeShape {
  const { family, height } = node;
  const colours = family === null ? { soft: palette.surface, strong: palette.lineStrong } : palette.families[family];
  return {
    corner: isEdge(node) ? height / 2 : nodeMetrics.radius,
    ground: fill ?? colours.soft,
    outline: colours.strong,
    outlineOpacity: family === null ? 1 : 0.45,
    stripe: family === null ? null : colours.strong,
    ink: fill === undefined ? palette.ink : inkOn(fill),
  };
}

/** What a node says, cut to its width. @param fill as for its shape */
export function nodeTexts(node: PlacedNode, palette: Palette, fill: string | undefined): NodeTexts {
  const { x, y, width, kind, fact } = node;
  const { paddingLeft, paddingRight, paddingBlock, titleSize, titleLine, lineSize, line } = nodeMetrics;
  const soft = fill === undefined ? palette.inkSoft : inkOn(fill);
  const room = width - paddingLeft - paddingRight;
  const [align, left] = isEdge(node) ? ['center' as const, x + width / 2] : ['left' as const, x + paddingLeft];
  const titleY = y + paddingBlock + 12.5;
  // A group's sign stands at the end of its title; a fact beside it was found to fit.
  const title = fact === '' ? fitText(node.title, kind === 'group' ? room - 20 : room, titleSize) : node.title;
  return {
    title: { content: title, x: left, y: titleY, size: titleSize, bold: true, align, colour: fill === undefined ? palette.ink : soft },
    fact: fact === '' ? null : { content: fact, x: x + width - paddingRight, y: titleY, size: lineSize, bold: false, align: 'right', colour: soft },
    lines: node.lines.map((content, index): NodeText => ({
      content: fitText(content, room, lineSize), x: left, y: y + paddingBlock + titleLine + index * line + 11, size: lineSize, bold: false, align, colour: soft,
    })),
  };
}

/** The name at the head of an open group. */
export function groupTitle({ x, y, width, title }: PlacedNode, palette: Palette): NodeText {
  return { content: fitText(title, width - 40, 11), x: x + 12, y: y + 17, size: 11, bold: false, align: 'left', colour: palette.inkSoft };
}
