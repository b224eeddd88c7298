import { describe, expect, it } from 'vitest';
import type { YoloMetadata } from '../tflite/metadata/yolo-metadata';
import { recognise } from './recognise';
import { edge, subjectWith } from './testing/subjects';
import type { Recognition } from './types';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `thing ${index}`);
const metadataOf = (task: YoloMetadata['task'], count: number, more: Partial<YoloMetadata> = {}): YoloMetadata => ({ description: 'Ultralytics YOLO11n model trained on coco.yaml', task, names: names(count), ...more });

function recognised(input: readonly number[], outputs: readonly (readonly number[])[], yolo?: YoloMetadata): Recognition | null {
  return recognise(subjectWith([edge('images', input)], outputs.map((shape, index) => edge(`out ${index}`, shape)), yolo === undefined ? {} : { yolo }));
}

const square = [1, 640, 640, 3];
const unitRange = { kind: 'normalise', mean: [0], std: [255] };

describe('a YOLO detector is recognised', () => {
  it.each<[string, readonly number[], readonly number[], object]>([
    ['v8 in its own form', square, [1, 84, 8400], { head: 'classes', overlapThreshold: 0.7 }],
    ['v8 the other way round', square, [1, 8400, 84], { head: 'classes' }],
    ['v8 of two classes in an input that is no square', [1, 320, 416, 3], [1, 6, 2730], { head: 'classes' }],
    ['v8 with channels first', [1, 3, 640, 640], [1, 84, 8400], { head: 'classes' }],
    ['v8 with a free batch', [-1, 640, 640, 3], [-1, 84, 8400], { head: 'classes' }],
    ['v8 with a P6 head', [1, 1280, 1280, 3], [1, 84, 34000], { head: 'classes' }],
    ['v5', square, [1, 25200, 85], { head: 'objectness', overlapThreshold: 0.45 }],
    ['v5 at 320', [1, 320, 320, 3], [1, 6300, 85], { head: 'objectness' }],
    ['v5 with a P6 head', [1, 1280, 1280, 3], [1, 102000, 85], { head: 'objectness' }],
    ['v10', square, [1, 300, 6], { head: 'final' }],
  ])('by its shapes: %s', (_, input, output, decoder) => {
    expect(recognised(input, [output])).toMatchObject({
      decoder: { kind: 'yolo-detection', scoreThreshold: 0.25, ...decoder }, preprocessing: { fit: 'letterbox', values: unitRange }, because: expect.stringContaining(`[${output.map(Math.abs).join(', ')}]`),
    });
  });

  it('by what the file says, with its names', () => {
    expect(recognised([1, 256, 256, 3], [[1, 84, 1344]], metadataOf('detect', 80))).toEqual({
      name: 'YOLO11n detector', because: 'The file itself names the task (“detect”) and 80 classes.', labels: names(80),
      decoder: { kind: 'yolo-detection', head: 'classes', scoreThreshold: 0.25, overlapThreshold: 0.7 }, preprocessing: { fit: 'letterbox', values: unitRange },
    });
    expect(recognised(square, [[1, 25200, 7]], metadataOf(null, 2, { description: '' }))).toMatchObject({ name: 'YOLO v5 or v7 detector', labels: names(2), decoder: { head: 'objectness' } });
    expect(recognised(square, [[1, 100, 6]], metadataOf('detect', 3))).toMatchObject({ decoder: { kind: 'yolo-detection', head: 'final' } });
    // 85 values and 81 names: nobody but the file could say it.
    expect(recognised(square, [[1, 8400, 85]], metadataOf('detect', 81))).toMatchObject({ decoder: { head: 'classes' } });
  });

  it.each<[string, readonly (readonly number[])[], YoloMetadata | undefined, object, string]>([
    ['masks, by the prototypes', [[1, 116, 8400], [1, 160, 160, 32]], undefined, { kind: 'yolo-segmentation', head: 'classes' }, 'YOLO v8, v9, 11 or 12 instance segmentation'],
    ['masks, prototypes first', [[1, 32, 160, 160], [1, 116, 8400]], metadataOf('segment', 80), { kind: 'yolo-segmentation' }, 'YOLO11n instance segmentation'],
    ['masks of v5', [[1, 25200, 117], [1, 160, 160, 32]], metadataOf(null, 80), { kind: 'yolo-segmentation', head: 'objectness' }, 'YOLO11n instance segmentation'],
    ['masks that are final', [[1, 300, 38], [1, 160, 160, 32]], metadataOf('segment', 80), { kind: 'yolo-segmentation', head: 'final' }, 'YOLO11n instance segmentation'],
    ['bodies, by their form', [[1, 56, 8400]], undefined, { kind: 'yolo-pose', points: { count: 17, values: 3 } }, 'YOLO v8, v9, 11 or 12 pose'],
    ['bodies that are final', [[1, 300, 57]], undefined, { kind: 'yolo-pose', head: 'final' }, 'YOLO v10 or 26 pose'],
    ['hands', [[1, 47, 8400]], metadataOf('pose', 1, { points: { count: 21, values: 2 } }), { kind: 'yolo-pose', points: { count: 21, values: 2 } }, 'YOLO11n pose'],
    ['52 classes that have names', [[1, 56, 8400]], metadataOf('detect', 52), { kind: 'yolo-detection' }, 'YOLO11n detector'],
    ['oriented boxes', [[1, 20, 8400]], metadataOf('obb', 15), { kind: 'yolo-oriented', head: 'classes' }, 'YOLO11n oriented boxes'],
    ['oriented boxes that are final', [[1, 300, 7]], metadataOf('obb', 15), { kind: 'yolo-oriented', head: 'final' }, 'YOLO11n oriented boxes'],
  ])('with more than boxes: %s', (_, outputs, metadata, decoder, name) => {
    expect(recognised(square, outputs, metadata)).toMatchObject({ name, decoder, preprocessing: { fit: 'letterbox' } });
  });

  it('as a classifier, where the file says so', () => {
    expect(recognised([1, 224, 224, 3], [[1, 1000]], metadataOf('classify', 1000))).toMatchObject({ name: 'YOLO11n classifier', decoder: { kind: 'classification' }, preprocessing: { fit: 'crop', values: unitRange }, labels: names(1000) });
    expect(recognised([1, 224, 224, 3], [[1, 1001]], metadataOf('classify', 1000))).toBeNull();
  });

  it('with pixels left alone where an integer input has no scale', () => {
    const quantized = edge('images', square, { dtype: 'int8', quantization: { scale: [1 / 255], zeroPoint: [-128], dimension: 0 } });
    const output = [edge('out', [1, 84, 8400])];
    expect(recognise(subjectWith([quantized], output))?.preprocessing).toEqual({ fit: 'letterbox', values: unitRange });
    expect(recognise(subjectWith([edge('images', square, { dtype: 'uint8' })], output))?.preprocessing).toEqual({ fit: 'letterbox' });
  });
});

describe('nothing is guessed', () => {
  it.each<[string, readonly number[], readonly (readonly number[])[], YoloMetadata?]>([
    ['other numbers of candidates', square, [[1, 84, 8401]]],
    ['what YOLOX and v6 make', square, [[1, 8400, 85]]],
    ['boxes without a class', square, [[1, 4, 8400]]],
    ['names of other classes', square, [[1, 84, 8400]], metadataOf('detect', 79)],
    ['another number of final boxes, without a word', square, [[1, 100, 6]]],
    ['several outputs', square, [[1, 84, 8400], [1, 300, 6]]],
    ['a batch', [4, 640, 640, 3], [[4, 84, 8400]]],
    ['an input that is no picture', [1, 8400], [[1, 84, 8400]]],
    ['oriented boxes of other names', square, [[1, 84, 8400]], metadataOf('obb', 80)],
    ['masks without prototypes', square, [[1, 116, 8400]], metadataOf('segment', 80)],
    ['prototypes of other masks', square, [[1, 116, 8400], [1, 160, 160, 64]], metadataOf('segment', 80)],
    ['no output', square, []],
  ])('from %s', (_, input, outputs, yolo) => {
    expect(recognised(input, outputs, yolo)).toBeNull();
  });

  it('from two inputs', () => {
    expect(recognise(subjectWith([edge('a', square), edge('b', square)], [edge('out', [1, 84, 8400])]))).toBeNull();
  });
});
