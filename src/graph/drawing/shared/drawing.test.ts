import { describe, expect, it } from 'vitest';
import { galleryModel } from '../../../tflite/testing/models';
import { randomNumbers } from '../../../tflite/testing/mutations';
import { openModel } from '../../../tflite/format/verify/verify';
import { buildGraphs } from '../../model/worker/build-graph';
import { colourHex, colourScale, contrast, inkOn, mix } from './colour-scale';
import { opsAsCsv } from '../../model/worker/csv';
import { layoutGraph } from '../../layout/worker/layout';
import { darkRamp, lightFamilies, lightRamp } from './palette';
import { SearchIndex } from '../../model/worker/search';
import { graphAsSvg } from './svg';
import { madeGraph } from '../../testing/made';

const face = buildGraphs(openModel(galleryModel('face_detection/face_detection_short_range.tflite')));
const hand = buildGraphs(openModel(galleryModel('hands/hand_landmark_lite.tflite')));
const [faceGraph] = face.graphs;
const [handGraph] = hand.graphs;
if (faceGraph === undefined || handGraph === undefined) throw new Error('A gallery model has no graph.');

describe('colour scales', () => {
  const abc = ['#aa0000', '#bb0000', '#cc0000', '#dd0000', '#ee0000'];

  it('go in steps from the first colour to the last, and leave 0 without one', () => {
    const scale = colourScale([0, 1, 15, 40, 100], abc);
    expect([scale.least, scale.greatest, scale.steps]).toEqual([0, 100, [[5, 0], [10, 1], [20, 2], [50, 3], [100, 4]].map(([upTo, index = 0]) => ({ upTo, colour: abc[index] }))]);
    expect([0, 1, 5, 5.1, 100, 101, NaN].map((value) => scale.colourOf(value))).toEqual([null, '#aa0000', '#aa0000', '#bb0000', '#ee0000', '#ee0000', null]);
  });

  it('of few steps take the first and the last colour, of one the last', () => {
    expect(colourScale([1, 2, 2], abc).steps).toEqual([{ upTo: 1, colour: '#aa0000' }, { upTo: 2, colour: '#ee0000' }]);
    expect(colourScale([7, 7], abc).steps).toEqual([{ upTo: 7, colour: '#ee0000' }]);
    for (const values of [[], [0, 0], [NaN]]) expect(colourScale(values, abc).colourOf(0)).toBeNull();
  });

  it('give 0 a colour where values are below it', () => {
    expect([-60, -20, 0].map((value) => colourScale([-60, -31, 0], abc).colourOf(value))).toEqual(['#aa0000', '#cc0000', '#ee0000']);
  });

  it('follow thresholds that come with the data', () => {
    const scale = colourScale([1, 9], lightRamp, { thresholds: [{ value: 5, colour: '#00ff00' }, { value: 10, colour: '#ff0000' }] });
    expect([1, 5, 9, 20].map((value) => scale.colourOf(value))).toEqual(['#00ff00', '#00ff00', '#ff0000', null]);
  });

  it('read every colour of CSS', () => {
    expect(['red', '#0f0', 'rgb(0, 0, 255)', 'hsl(0, 0%, 50%)', 'no colour', ''].map(colourHex)).toEqual(['#ff0000', '#00ff00', '#0000ff', '#808080', null, null]);
  });

  it('have ink that can be read on every step of both themes, and on any other colour', () => {
    expect([inkOn('#ffffff'), inkOn('#233a6b'), mix('#000', '#fff', 0.5)]).toEqual(['#000000', '#ffffff', '#808080']);
    // Figures of WCAG 2: black on white, and its example of a grey that just passes.
    expect([contrast('#000', '#fff'), contrast('#767676', '#fff')].map((ratio) => ratio.toFixed(2))).toEqual(['21.00', '4.54']);
    const random = randomNumbers(7);
    const any = Array.from({ length: 500 }, () => `#${Math.floor(random() * 2 ** 24).toString(16).padStart(6, '0')}`);
    for (const ground of [...lightRamp, ...darkRamp, ...any]) expect(contrast(inkOn(ground), ground), ground).toBeGreaterThan(4.5);
  });

  it.each([['light', lightRamp, '#fcfcfb'], ['dark', darkRamp, '#151919']] as const)('of the %s theme are told apart by lightness alone, and from what has no colour', (_, ramp, surface) => {
    for (const [index, colour] of ramp.entries()) {
      const before = ramp[index - 1] ?? surface;
      expect(contrast(colour, before), `${before} and ${colour}`).toBeGreaterThan(index === 0 ? 1.15 : 1.25);
      expect(contrast(colour, surface), `${colour} goes on away from the ground`).toBeGreaterThan(contrast(before, surface));
    }
  });
});

describe('search', () => {
  const counts = (graph: typeof faceGraph, queries: readonly string[]) => {
    const index = new SearchIndex(graph);
    const seen = new Set(graph.ops.filter(({ foldable }) => !foldable).map((op) => op.index));
    return queries.map((query) => index.find(query).filter((op) => seen.has(op)).length);
  };

  it('finds kinds, settings, shapes and types exactly', () => {
    expect(counts(faceGraph, ['CONV_2D', 'conv_2d 5x5', 'CONV_2D 5×5', 'DEPTHWISE_CONV_2D', 'float16', 'int8', 'add', '1x16x16', '', '   '])).toEqual([21, 1, 1, 16, 37, 0, 16, 37, 0, 0]);
    expect(counts(handGraph, ['CONV_2D', 'CONV_2D 3x3', 'conv_2d 3x3 s2', '1x112x112', 'conv'])).toEqual([31, 1, 1, 6, 65]);
  });
});

describe('exports', () => {
  it('CSV has a row for every op and is safe in a spreadsheet', () => {
    const rows = opsAsCsv(faceGraph).trimEnd().split('\r\n');
    expect(rows).toHaveLength(165);
    expect(rows[3]).toBe('0,2,CONV_2D,5×5 s2,conv2d,1×128×128×3 float32,24×5×5×3 float16; 24 float16,1×64×64×24 float32,7372800,3648,393216');
    expect(opsAsCsv({ ...madeGraph([{ inputs: [0], name: '=1+"a",b' }]) }).split('\r\n')[1]).toContain(`"'=1+""a"",b"`);
  });

  it('SVG names every op and escapes what models call their tensors', () => {
    const grey = '#808080';
    const palette = { ground: grey, surface: '#ffffff', ink: '#000000', inkSoft: grey, line: grey, lineStrong: grey, accent: grey, accentSoft: grey, hit: grey, families: lightFamilies, ramp: lightRamp };
    const style = { palette, fills: new Map(), times: new Map(), title: 'a < b' };
    const graph = madeGraph([{ inputs: [0], name: '<script>&"' }]);
    const svg = graphAsSvg(layoutGraph(graph, { graph: 0, closed: [], folded: true, page: null }), style);
    expect(svg).toContain('&lt;script&gt;&amp;&quot;');
    expect(svg).not.toContain('<script');
    const whole = graphAsSvg(layoutGraph(faceGraph, { graph: 0, closed: [], folded: true, page: null }), style);
    for (const { name } of faceGraph.ops.filter(({ foldable }) => !foldable)) expect(whole).toContain(`>${name}</text>`);
  });
});
