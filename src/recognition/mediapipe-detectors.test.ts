import { describe, expect, it } from 'vitest';
import { summarize } from '../tflite/analysis/summarize';
import { openModel } from '../tflite/format/verify/verify';
import { galleryModel, packedModel } from '../tflite/testing/models';
import { recognise } from './recognise';
import { edge, subjectWith } from './testing/subjects';
import type { Recognition } from './types';

function recognisedFile(bytes: Uint8Array): Recognition | null {
  const summary = summarize(openModel(bytes));
  const [signature] = summary.signatures;
  return recognise({ summary, inputs: signature?.inputs ?? [], outputs: signature?.outputs ?? [] });
}

const recognised = (side: number, anchors: number, values: number, scores: readonly number[] = [1, anchors, 1]): Recognition | null =>
  recognise(subjectWith([edge('image', [1, side, side, 3])], [edge('scores', scores), edge('boxes', [1, anchors, values])]));
const range = (black: number) => ({ kind: 'normalise', mean: black === -1 ? [127.5] : [0], std: black === -1 ? [127.5] : [255] });

describe('MediaPipe’s detectors are recognised without the gallery', () => {
  it.each<[string, () => Uint8Array, object, number]>([
    ['faces, short range', () => galleryModel('face_detection/face_detection_short_range.tflite'), { kind: 'face-detection', scoreThreshold: 0.5 }, -1],
    ['faces, full range', () => galleryModel('face_detection/face_detection_full_range.tflite'), { kind: 'face-detection', scoreThreshold: 0.6 }, -1],
    ['faces, sparse', () => galleryModel('face_detection/face_detection_full_range_sparse.tflite'), { kind: 'face-detection', scoreThreshold: 0.6 }, -1],
    ['palms, lite', () => packedModel('hands', 'palm_detection_lite.tflite'), { kind: 'palm-detection', scoreThreshold: 0.5, anchors: { strides: [8, 16, 16, 16], perCell: 2 } }, 0],
    ['palms, full', () => packedModel('hands', 'palm_detection_full.tflite'), { kind: 'palm-detection' }, 0],
    ['bodies', () => packedModel('pose', 'pose_detection.tflite'), { kind: 'pose-detection', anchors: { strides: [8, 16, 32, 32, 32], perCell: 2 } }, -1],
  ])('%s', (_, file, decoder, black) => {
    expect(recognisedFile(file())).toMatchObject({ decoder: { ...decoder, overlapThreshold: 0.3 }, preprocessing: { fit: 'letterbox', values: range(black) } });
  });

  it('of other sizes, by their anchors', () => {
    expect(recognised(256, 896, 16)?.decoder).toMatchObject({ kind: 'face-detection', anchors: { strides: [16, 32, 32, 32] } });
    expect(recognised(256, 2944, 18, [1, 2944])).toMatchObject({ name: 'MediaPipe palm detector', because: 'The outputs hold 2,944 boxes with 7 points each: as many as the family’s anchors on an input of 256 × 256 pixels.', decoder: { kind: 'palm-detection' } });
    expect(recognised(128, 896, 12)?.decoder).toMatchObject({ kind: 'pose-detection' });
  });

  it('and nothing else is', () => {
    expect(recognised(128, 897, 16)).toBeNull();
    expect(recognised(128, 896, 16, [1, 896, 2])).toBeNull();
    expect(recognised(128, 896, 17)).toBeNull();
    expect(recognise(subjectWith([edge('image', [1, 128, 128, 3])], [edge('boxes', [1, 896, 16])]))).toBeNull();
    // What looks for landmarks in faces and hands is no detector.
    expect(recognisedFile(galleryModel('hands/hand_landmark_lite.tflite'))?.decoder.kind).toBe('hand-landmarks');
  });
});
