import { describe, expect, it } from 'vitest';
import { galleryModel } from '../../../tflite/testing/models';
import { openModel } from '../../../tflite/format/verify/verify';
import { buildGraphs } from '../../model/worker/build-graph';
import { colourHex, colourScale, inkOn, mix } from './colour-scale';
import { opsAsCsv } from '../../model/worker/csv';
import { layoutGraph } from '../../layout/worker/layout';
import { lightFamilies, lightRamp } from './palette';
import { SearchIndex } from '../../model/worker/search';
import { graphAsSvg } from './svg';
import { madeGraph } from '../../testing/made';

const face = buildGraphs(openModel(galleryModel('face_detection/face_detection_short_range.tflite')));
const hand = buildGraphs(openModel(galleryModel('hands/hand_landmark_lite.tflite')));
const [faceGraph] = face.graphs;
const [handGraph] = hand.graphs;
if (faceGraph === undefined || handGraph === undefined) throw new Error('A gallery model has no graph.');

describe('colour scales', () => {
  it('run from the first colour to the last, in equal steps', () => {
    const scale = colourScale([0, 50, 100], ['#000000', '#ffffff']);
    expect([scale.least, scale.greatest, scale.colourOf(0), scale.colourOf(50), scale.colourOf(100)]).toEqual([0, 100, '#000000', '#808080', '#ffffff']);
    expect(colourScale([], ['#000000', '#ffffff']).colourOf(1)).toBe('#000000');
  });

  it('follow thresholds that come with the data', () => {
    const scale = colourScale([1, 9], lightRamp, { thresholds: [{ value: 5, colour: '#00ff00' }, { value: 10, colour: '#ff0000' }] });
    expect([1, 5, 9, 20].map((value) => scale.colourOf(value))).toEqual(['#00ff00', '#00ff00', '#ff0000', null]);
  });

  it('read every colour of CSS', () => {
    expect(['red', '#0f0', 'rgb(0, 0, 255)', 'hsl(0, 0%, 50%)', 'no colour', ''].map(colourHex)).toEqual(['#ff0000', '#00ff00', '#0000ff', '#808080', null, null]);
  });

  it('have ink that can be read on them', () => {
    expect([inkOn('#ffffff'), inkOn('#233a6b'), mix('#000', '#fff', 0.5)]).toEqual(['#14181a', '#ffffff', '#808080']);
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
    const graph = madeGraph([{ inputs: [0], name: '<script>&"' }]);
    const svg = graphAsSvg(layoutGraph(graph, { graph: 0, closed: [], folded: true, page: null }), palette, new Map(), 'a < b');
    expect(svg).toContain('&lt;script&gt;&amp;&quot;');
    expect(svg).not.toContain('<script');
    const whole = graphAsSvg(layoutGraph(faceGraph, { graph: 0, closed: [], folded: true, page: null }), palette, new Map(), 'face');
    for (const { name } of faceGraph.ops.filter(({ foldable }) => !foldable)) expect(whole).toContain(`>${name}</text>`);
  });
});
