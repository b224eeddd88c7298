import { expect, test } from 'vitest';
import type { GraphLayout, PlacedNode } from '../../layout/shared/layout-types';
import type { NodeFills, NodeTimes } from './export-style';
import { noEmphasis, Painter, type Pen } from './paint';
import { nodeTexts } from './node-drawing';
import { lightFamilies, lightRamp, type Palette } from './palette';
import { graphAsSvg } from './svg';

const palette: Palette = {
  ground: '#fafafa', surface: '#ffffff', ink: '#111111', inkSoft: '#555555', line: '#dddddd', lineStrong: '#999999', accent: '#0000ff', accentSoft: '#ddddff', hit: '#ffff00', families: lightFamilies, ramp: lightRamp,
};
const place = { ops: [0], tensor: -1, x: 100, y: 200, width: 240, height: 58 };
const nodes: readonly PlacedNode[] = [
  { ...place, id: 'op 0', kind: 'op', title: 'CONV_2D', fact: '3×3', lines: ['16×3×3×3 · float32'], family: 'convolution' },
  { ...place, id: 'op 1', kind: 'op', title: 'ADD', fact: '', lines: [], family: null },
  { ...place, id: 'group', kind: 'group', title: 'a/name/of/28/characters/long', fact: '', lines: ['12 ops'], family: null },
  { ...place, id: 'input 3', kind: 'input', title: 'a_name_of_more_than_twenty_six_characters', fact: '', lines: ['1×8 · float32'], family: null },
  { ...place, id: 'open', kind: 'open-group', title: 'block', fact: '', lines: [], family: null, height: 300 },
];
const layout: GraphLayout = { graph: 0, width: 500, height: 600, groups: [], nodes, edges: [] };

/** What a canvas is told to write, with where and how. */
function writtenTexts(fills: NodeFills, times: NodeTimes, zoom = 1): readonly string[] {
  const texts: string[] = [];
  const state: Record<string, unknown> = {};
  const pen = new Proxy(state, {
    get: (known, key) => {
      if (key === 'fillText') return (content: string, x: number, y: number) => { texts.push([content, x, y, String(known.font).replace(/px .*/, ''), known.textAlign, known.fillStyle].join(' | ')); };
      return String(key) in known ? known[String(key)] : () => undefined;
    },
  }) as unknown as Pen;
  new Painter().paint(pen, { layout, palette, fills, times, emphasis: noEmphasis }, { x: 0, y: 0, zoom }, 1000, 1000, 1);
  return texts.sort();
}

function textsOfFile(fills: NodeFills, times: NodeTimes): readonly string[] {
  const aligns: Readonly<Record<string, string>> = { middle: 'center', end: 'right' };
  return [...graphAsSvg(layout, { palette, fills, times, title: 'model' }).matchAll(/<text x="([^"]*)" y="([^"]*)" font-size="([^"]*)" fill="([^"]*)"( font-weight="600")?(?: text-anchor="(\w+)")?>([^<]*)</g)]
    .map(([, x, y, size, colour, bold, anchor, content]) => [content, x, y, `${bold === undefined ? '' : '600 '}${size}`, aligns[anchor ?? ''] ?? 'left', colour].join(' | ')).sort();
}

const filled: NodeFills = new Map([['op 0', '#233a6b'], ['op 1', null]]);
const timed: NodeTimes = new Map([['op 0', '0.594 ms'], ['op 1', '1,234,567 ms'], ['group', '12.3 ms']]);

test('The page and the file write the same texts at the same places', () => {
  for (const fills of [new Map<string, string>(), filled]) {
    for (const times of [new Map<string, string>(), timed]) expect(writtenTexts(fills, times)).toEqual(textsOfFile(fills, times));
  }
  expect(textsOfFile(filled, timed)).toEqual([
    // At the end of the node, 11 pixels from its right side; a group’s sign takes 20 more.
    '0.594 ms | 329 | 221 | 12 | right | #ffffff',
    '1,234,567 ms | 329 | 221 | 12 | right | #111111',
    '12 ops | 115 | 238 | 12 | left | #555555',
    '12.3 ms | 309 | 221 | 12 | right | #111111',
    '16×3×3×3 · float32 | 115 | 238 | 12 | left | #ffffff',
    '1×8 · float32 | 220 | 238 | 12 | center | #555555',
    // Behind the title's 7 characters of 13 × 0.602 pixels, and 10.
    '3×3 | 179.78199999999998 | 221 | 12 | left | #ffffff',
    'ADD | 115 | 221 | 600 13 | left | #111111',
    'CONV_2D | 115 | 221 | 600 13 | left | #ffffff',
    // 240 pixels less 15, 11, the sign's 20, and the time's 10 + 7 × 12 × 0.602 take 17 characters of 13 × 0.602 pixels.
    'a/name/of/28/cha… | 115 | 221 | 600 13 | left | #111111',
    'a_name_of_more_than_twenty… | 220 | 221 | 600 13 | center | #111111',
    'block | 112 | 218 | 12 | left | #555555',
  ]);
});

test('No text is smaller than 12 pixels where a drawing begins, and none is shown that would be smaller than 9', () => {
  const sizes = (zoom: number) => writtenTexts(filled, timed, zoom).map((text) => Number(/ (\d[\d.]*) \| (?:left|right|center)/.exec(text)?.[1]) * zoom);
  expect(Math.min(...sizes(1))).toBe(12);
  expect(sizes(0.75)).toHaveLength(sizes(1).length);
  for (const zoom of [0.74, 0.6, 0.5, 0.4, 0.3, 0.2, 0.05]) for (const size of sizes(zoom)) expect(size).toBeGreaterThanOrEqual(9);
  // Names, and times where there is room below them; then names alone.
  const contents = (zoom: number) => writtenTexts(filled, timed, zoom).map((text) => text.split(' | ')[0]);
  expect(contents(0.74)).toEqual(['0.594 ms', '1,234,567 ms', '12.3 ms', 'ADD', 'CONV_2D', 'a/name/of/28/characters/long', 'block']);
  expect(contents(0.4)).toEqual(['ADD', 'CONV_2D']);
  expect(sizes(0.2)).toEqual([]);
});

test('A node without a number is outlined with dashes in the file', () => {
  const [op, none] = graphAsSvg(layout, { palette, fills: filled, times: timed, title: 'model' }).split('\n').filter((line) => line.startsWith('<g><title>'));
  expect(op).not.toContain('stroke-dasharray');
  expect(none).toContain('fill="#ffffff"');
  expect(none).toContain('stroke-dasharray="4 3"');
});

test('A time that has no room beside a fact is left out, and without a fact the name gives way', () => {
  const [node] = nodes;
  if (node === undefined) throw new Error('There is no node.');
  const texts = (changes: Partial<PlacedNode>, time: string) => nodeTexts({ ...node, ...changes }, palette, undefined, time);
  expect(texts({ title: 'MAX_POOL_2D', fact: '2×2 s2' }, '0.594 ms').time?.content).toBe('0.594 ms');
  expect(texts({ title: 'MAX_POOL_2D', fact: '2×2 s2' }, '1,234,567 ms').time).toBeNull();
  expect(texts({ title: 'RESIZE_NEAREST_NEIGHBOR', fact: '' }, '0.594 ms').title.content).toBe('RESIZE_NEAREST_NE…');
});
