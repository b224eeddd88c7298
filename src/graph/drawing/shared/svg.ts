import { bundlePath, bundlesOf } from '../../model/shared/bundles';
import { inkOn } from './colour-scale';
import type { GraphLayout, PlacedNode } from '../../layout/shared/layout-types';
import { nodeMetrics } from '../../layout/shared/node-boxes';
import type { Palette } from './palette';
import { arrowHead } from '../../layout/shared/paths';

/** Colours of nodes by op, where the drawing is coloured by a number. */
export type NodeFills = ReadonlyMap<string, string>;
export const noFills: NodeFills = new Map();

/** In the order of preference; a viewer without the first takes the next. */
export const monospace = "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// Control characters are no XML, escaped or not.
// eslint-disable-next-line no-control-regex
const escape = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�').replace(/[&<>"]/g, (character) => escapes[character] ?? character);

/** As much of a text as fits into a width, with an ellipsis where something is left out. */
export function fitText(text: string, width: number, size: number): string {
  const most = Math.floor(width / (size * nodeMetrics.advance));
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1))}…`;
}

/** The whole drawing as a file of its own. */
export function graphAsSvg(layout: GraphLayout, palette: Palette, fills: NodeFills, title: string): string {
  const groups = layout.nodes.filter(({ kind }) => kind === 'open-group').map((node) => openGroup(node, palette));
  const nodes = layout.nodes.filter(({ kind }) => kind !== 'open-group').map((node) => nodeAsSvg(node, palette, fills.get(node.id)));
  const edges = bundlesOf(layout.edges).map((bundle) => `<path d="${bundlePath(bundle)}"/>`);
  const heads = layout.edges.flatMap(({ arrives, points }) => (arrives ? [`<path d="${arrowHead(points)}"/>`] : []));
  const [width, height] = [Math.ceil(layout.width), Math.ceil(layout.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${escape(monospace)}">`,
    `<title>${escape(title)}</title>`,
    `<rect width="100%" height="100%" fill="${palette.surface}"/>`,
    ...groups,
    `<g fill="none" stroke="${palette.lineStrong}" stroke-width="1.3">`, ...edges, '</g>',
    `<g fill="${palette.lineStrong}">`, ...heads, '</g>',
    ...nodes,
    '</svg>', '',
  ].join('\n');
}

function text(x: number, y: number, size: number, fill: string, content: string, more = ''): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}"${more}>${escape(content)}</text>`;
}

function openGroup({ x, y, width, height, title }: PlacedNode, palette: Palette): string {
  return `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" fill="${palette.ink}" fill-opacity="0.035" stroke="${palette.line}"/>${text(x + 12, y + 17, 11, palette.inkSoft, fitText(title, width - 40, 11))}</g>`;
}

function nodeAsSvg(node: PlacedNode, palette: Palette, fill: string | undefined): string {
  const { x, y, width, height, family } = node;
  const { paddingLeft, paddingRight, paddingBlock, titleSize, titleLine, lineSize, line, radius } = nodeMetrics;
  const colours = family === null ? { soft: palette.surface, strong: palette.lineStrong } : palette.families[family];
  const ground = fill ?? colours.soft;
  const ink = fill === undefined ? palette.ink : inkOn(fill);
  const soft = fill === undefined ? palette.inkSoft : ink;
  const room = width - paddingLeft - paddingRight;
  const edge = node.kind === 'input' || node.kind === 'output';
  const corner = edge ? height / 2 : radius;
  const parts = [`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${corner}" fill="${ground}" stroke="${colours.strong}" stroke-opacity="${family === null ? 1 : 0.45}"/>`];
  if (family !== null) parts.push(`<path d="M${x + radius} ${y}h-1a${radius - 1} ${radius - 1} 0 0 0 -${radius - 1} ${radius - 1}v${height - 2 * radius + 2}a${radius - 1} ${radius - 1} 0 0 0 ${radius - 1} ${radius - 1}h1z" fill="${colours.strong}"/>`);
  const left = edge ? x + width / 2 : x + paddingLeft;
  const anchor = edge ? ' text-anchor="middle"' : '';
  parts.push(text(left, y + paddingBlock + 12.5, titleSize, ink, edge || node.fact === '' ? fitText(node.title, room, titleSize) : node.title, ` font-weight="600"${anchor}`));
  if (node.fact !== '') parts.push(text(x + width - paddingRight, y + paddingBlock + 12.5, lineSize, soft, node.fact, ' text-anchor="end"'));
  for (const [index, content] of node.lines.entries()) parts.push(text(left, y + paddingBlock + titleLine + index * line + 11, lineSize, soft, fitText(content, room, lineSize), anchor));
  // The whole name, where the drawing has no room for it.
  return `<g><title>${escape(`${node.title} ${node.fact}`.trim())}</title>${parts.join('')}</g>`;
}
