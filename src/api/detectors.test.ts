import { expect, test } from 'vitest';
import { defaultDrawingStyle } from '../vision/drawing/shared/drawing-style';
import type { CatalogueEntry } from '../gallery/shared/catalogue';
import type { Decoder, Preprocessing } from '../vision/shared/types';
import { LitescopeError } from '../errors';
import { detectorFor } from './detectors';
import { openModelOf } from './testing/open-model';

const preprocessing: Preprocessing = { fit: 'letterbox', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'pixels' } };
const faces: Decoder = { kind: 'face-detection', anchors: { strides: [8, 16, 16, 16], perCell: 2 }, scoreThreshold: 0.5, overlapThreshold: 0.3 };
const streamed = (decoder: Decoder) => ({ input: 'x', preprocessing, decoder, drawing: { ...defaultDrawingStyle, mirror: true }, preview: true });

function detectorOf(decoder: Decoder) {
  const entry = { preprocessing, decoder } as CatalogueEntry;
  return { ...openModelOf('finder', { picture: { dtype: 'float32', shape: [1, 128, 128, 3] } }), entry };
}

test('a detector of faces goes before a face mesh, in its own way', () => {
  const detector = detectorFor({ name: 'mesh' }, streamed({ kind: 'face-mesh' }), detectorOf(faces));
  expect(detector.settings).toMatchObject({ input: 'picture', preprocessing, decoder: faces, preview: true, drawing: { mirror: true } });
  expect(detector.rules.detector).toBe('face-detection');
});

test.each<[string, Decoder, Decoder]>([
  ['hands are not looked for in faces', { kind: 'hand-landmarks' }, faces],
  ['a detector takes no detector before it', faces, faces],
  ['a mesh finds no faces', { kind: 'face-mesh' }, { kind: 'face-mesh' }],
])('%s', (_, own, before) => {
  try {
    detectorFor({ name: 'mesh' }, streamed(own), detectorOf(before));
    expect.unreachable('two models that do not belong together');
  } catch (error) {
    expect(LitescopeError.from(error)).toMatchObject({ code: 'UNSUPPORTED_PIPELINE', details: '“model finder” finds nothing that “mesh” looks at.' });
  }
});
