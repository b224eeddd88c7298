import { describe, expect, it } from 'vitest';
import { summarize } from '../tflite/analysis/summarize';
import { openModel } from '../tflite/format/verify/verify';
import { fixtureModel, hasFixtures, packedModel } from '../tflite/testing/models';
import { recognise } from './recognise';
import { edge, subjectWith } from './testing/subjects';
import type { Recognition } from './types';

function recognisedFile(bytes: Uint8Array): Recognition | null {
  const summary = summarize(openModel(bytes));
  const [signature] = summary.signatures;
  return recognise({ summary, inputs: signature?.inputs ?? [], outputs: signature?.outputs ?? [] });
}

const recognised = (input: readonly number[], ...outputs: readonly (readonly number[])[]): Recognition | null => recognise(subjectWith([edge('image', input)], outputs.map((shape, index) => edge(`out ${index}`, shape))));

describe('SSD detectors are recognised', () => {
  it.skipIf(!hasFixtures)('by the op that they end in, and get the whole picture', () => {
    expect(recognisedFile(fixtureModel('coco_ssd_with_metadata.tflite'))).toMatchObject({ name: 'SSD or EfficientDet detector', because: 'It has the op TFLite_Detection_PostProcess, in which such detectors end.', decoder: { kind: 'object-detection' }, preprocessing: { fit: 'stretch' } });
  });

  it('by as many boxes as their anchors', () => {
    expect(recognisedFile(packedModel('objectron', 'object_detection_ssd_mobilenetv2_oidv4_fp16.tflite'))).toMatchObject({
      name: 'SSD MobileNet detector without post-processing', because: 'The outputs hold 1,917 boxes and scores: as many as the family’s anchors on an input of 300 × 300 pixels.',
      decoder: { kind: 'ssd-detection', background: true, scales: [10, 10, 5, 5] }, preprocessing: { fit: 'stretch' },
    });
    expect(recognised([1, 320, 320, 3], [1, 2034, 91], [1, 2034, 1, 4])).toMatchObject({ decoder: { kind: 'ssd-detection', background: true } });
    expect(recognised([1, 320, 320, 3], [1, 19206, 90], [1, 19206, 4])).toMatchObject({ name: 'EfficientDet detector without post-processing', decoder: { background: false, scales: [1, 1, 1, 1] }, preprocessing: { fit: 'letterbox' } });
    expect(recognised([-1, 448, 448, 3], [-1, 37629, 4], [-1, 37629, 3])).toMatchObject({ decoder: { overlapThreshold: 0.5 } });
  });

  it.each([
    ['another number of boxes', [1, 300, 300, 3], [[1, 1916, 4], [1, 1916, 91]]],
    ['a background alone', [1, 300, 300, 3], [[1, 1917, 4], [1, 1917, 1]]],
    ['scores of other boxes', [1, 300, 300, 3], [[1, 1917, 4], [1, 1900, 91]]],
    ['three outputs', [1, 300, 300, 3], [[1, 1917, 4], [1, 1917, 91], [1, 1]]],
    ['no boxes', [1, 300, 300, 3], [[1, 1917, 5], [1, 1917, 91]]],
  ] as const)('and nothing is guessed from %s', (_, input, outputs) => {
    expect(recognised(input, ...outputs)).toBeNull();
  });
});
