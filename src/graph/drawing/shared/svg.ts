import { bundlePath, bundlesOf } from '../../layout/shared/bundles';
import type { GraphLayout, PlacedNode } from '../../layout/shared/layout-types';
import { nodeMetrics } from '../../layout/shared/node-boxes';
import { groupRadius, groupShade, groupTitle, monospace, nodeShape, type NodeText, nodeTexts, outlineDashes } from './node-drawing';
import type { ExportStyle } from './export-style';
import type { Palette } from './palette';
import { arrowHead } from '../../layout/shared/paths';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// Control characters are no XML, escaped or not.
// eslint-disable-next-line no-control-regex
const escape = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�').replace(/[&<>"]/g, (character) => escapes[character] ?? character);

/** The whole drawing as a file of its own. */
export function graphAsSvg(layout: GraphLayout, style: ExportStyle): string {
  const { palette } = style;
  const groups = layout.nodes.filter(({ kind }) => kind === 'open-group').map((node) => openGroup(node, palette));
  const nodes = layout.nodes.filter(({ kind }) => kind !== 'open-group').map((node) => nodeAsSvg(node, style));
  const edges = bundlesOf(layout.edges).map((bundle) => `<path d="${bundlePath(bundle)}"/>`);
  const heads = layout.edges.flatMap(({ arrives, points }) => (arrives ? [`<path d="${arrowHead(points)}"/>`] : []));
  const [width, height] = [Math.ceil(layout.width), Math.ceil(layout.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${escape(monospace)}">`,
    `<title>${escape(style.title)}</title>`,
    `<rect width="100%" height="100%" fill="${palette.surface}"/>`,
    ...groups,
    `<g fill="none" stroke="${palette.lineStrong}" stroke-width="1.3">`, ...edges, '</g>',
    `<g fill="${palette.lineStrong}">`, ...heads, '</g>',
    ...nodes,
    '</svg>', '',
  ].join('\n');
}

const anchors = { left: '', center: ' text-anchor="middle"', right: ' text-anchor="end"' } as const;

function textAsSvg({ content, x, y, size, bold, align, colour }: NodeText): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}"${bold ? ' font-weight="600"' : ''}${anchors[align]}>${escape(content)}</text>`;
}

function openGroup(node: PlacedNode, palette: Palette): string {
  const { x, y, width, height } = node;
  return `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${groupRadius}" fill="${palette.ink}" fill-opacity="${groupShade}" stroke="${palette.line}"/>${textAsSvg(groupTitle(node, palette))}</g>`;
}

function nodeAsSvg(node: PlacedNode, { palette, fills, times }: ExportStyle): string {
  const { x, y, width, height } = node;
  const fill = fills.get(node.id);
  const { radius } = nodeMetrics;
  const { corner, ground, outline, outlineOpacity, dashed, stripe } = nodeShape(node, palette, fill);
  const { title, fact, time, lines } = nodeTexts(node, palette, fill, times.get(node.id));
  const parts = [`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${corner}" fill="${ground}" stroke="${outline}" stroke-opacity="${outlineOpacity}"${dashed ? ` stroke-dasharray="${outlineDashes.join(' ')}"` : ''}/>`];
  if (stripe !== null) parts.push(`<path d="M${x + radius} ${y}h-1a${radius - 1} ${radius - 1} 0 0 0 -${radius - 1} ${radius - 1}v${height - 2 * radius + 2}a${radius - 1} ${radius - 1} 0 0 0 ${radius - 1} ${radius - 1}h1z" fill="${stripe}"/>`);
  parts.push(...[title, fact, time, ...lines].filter((text) => text !== null).map(textAsSvg));
  // The whole name, where the drawing has no room for it.
  return `<g><title>${escape(`${node.title} ${node.fact}`.trim())}</title>${parts.join('')}</g>`;
}
