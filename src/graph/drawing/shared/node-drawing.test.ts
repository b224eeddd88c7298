import { expect, test } from 'vitest';
import type { GraphLayout, PlacedNode } from '../../layout/shared/layout-types';
import { noEmphasis, Painter, type Pen } from './paint';
import { lightFamilies, lightRamp, type Palette } from './palette';
import { graphAsSvg } from './svg';

const palette: Palette = {
  ground: '#fafafa', surface: '#ffffff', ink: '#111111', inkSoft: '#555555', line: '#dddddd', lineStrong: '#999999', accent: '#0000ff', accentSoft: '#ddddff', hit: '#ffff00', families: lightFamilies, ramp: lightRamp,
};
const place = { ops: [0], tensor: -1, x: 100, y: 200, width: 216, height: 56 };
const nodes: readonly PlacedNode[] = [
  { ...place, id: 'op 0', kind: 'op', title: 'CONV_2D', fact: '3×3', lines: ['16×3×3×3 · float32'], family: 'convolution' },
  { ...place, id: 'op 1', kind: 'op', title: 'ADD', fact: '', lines: [], family: null },
  { ...place, id: 'group', kind: 'group', title: 'a/name/of/28/characters/long', fact: '', lines: ['12 ops'], family: null },
  { ...place, id: 'input 3', kind: 'input', title: 'a_name_of_more_than_twenty_six_characters', fact: '', lines: ['1×8 · float32'], family: null },
  { ...place, id: 'open', kind: 'open-group', title: 'block', fact: '', lines: [], family: null, height: 300 },
];
const layout: GraphLayout = { graph: 0, width: 500, height: 600, groups: [], nodes, edges: [] };

/** What a canvas is told to write, with where and how. */
function writtenTexts(fills: ReadonlyMap<string, string>): readonly string[] {
  const texts: string[] = [];
  const state: Record<string, unknown> = {};
  const pen = new Proxy(state, {
    get: (known, key) => {
      if (key === 'fillText') return (content: string, x: number, y: number) => { texts.push([content, x, y, String(known.font).replace(/px .*/, ''), known.textAlign, known.fillStyle].join(' | ')); };
      return String(key) in known ? known[String(key)] : () => undefined;
    },
  }) as unknown as Pen;
  new Painter().paint(pen, { layout, palette, fills, emphasis: noEmphasis }, { x: 0, y: 0, zoom: 1 }, 1000, 1000, 1);
  return texts.sort();
}

function textsOfFile(fills: ReadonlyMap<string, string>): readonly string[] {
  const aligns: Readonly<Record<string, string>> = { middle: 'center', end: 'right' };
  return [...graphAsSvg(layout, palette, fills, 'model').matchAll(/<text x="([^"]*)" y="([^"]*)" font-size="([^"]*)" fill="([^"]*)"( font-weight="600")?(?: text-anchor="(\w+)")?>([^<]*)</g)]
    .map(([, x, y, size, colour, bold, anchor, content]) => [content, x, y, `${bold === undefined ? '' : '600 '}${size}`, aligns[anchor ?? ''] ?? 'left', colour].join(' | ')).sort();
}

test('The page and the file write the same texts at the same places', () => {
  for (const fills of [new Map<string, string>(), new Map([['op 0', '#233a6b']])]) {
    expect(writtenTexts(fills)).toEqual(textsOfFile(fills));
  }
  expect(textsOfFile(new Map([['op 0', '#233a6b']]))).toEqual([
    '12 ops | 115 | 236 | 10.5 | left | #555555',
    '16×3×3×3 · float32 | 115 | 236 | 10.5 | left | #ffffff',
    '1×8 · float32 | 208 | 236 | 10.5 | center | #555555',
    '3×3 | 305 | 220.5 | 10.5 | right | #ffffff',
    'ADD | 115 | 220.5 | 600 12 | left | #111111',
    'CONV_2D | 115 | 220.5 | 600 12 | left | #ffffff',
    // 216 pixels less 15, 11 and the sign's 20 take 23 characters of 12 × 0.602 pixels.
    'a/name/of/28/character… | 115 | 220.5 | 600 12 | left | #111111',
    'a_name_of_more_than_twent… | 208 | 220.5 | 600 12 | center | #111111',
    'block | 112 | 217 | 11 | left | #555555',
  ]);
});
