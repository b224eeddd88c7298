import { describe, expect, it } from 'vitest';
import { placementFor } from '../../frames/shared/placement';
import type { Decoder, Detection, OutputTensor } from '../../shared/types';
import { decode } from './index';
import { floatOutput, letterboxed, rawOutput } from '../testing/outputs';

const stretched = placementFor('stretch', 640, 480, 300, 300);
const decoder: Decoder = { kind: 'object-detection', scoreThreshold: 0.5 };

// Top, left, bottom, right.
const boxes = [0.25, 0.5, 0.75, 1, 0, 0, 0.5, 0.125, 0.1, 0.1, 0.9, 0.9];
const boxOutput = floatOutput('TFLite_Detection_PostProcess', [1, 3, 4], boxes);
const classOutput = floatOutput('TFLite_Detection_PostProcess:1', [1, 3], [2, 0, 1]);
const scoreOutput = floatOutput('TFLite_Detection_PostProcess:2', [1, 3], [0.5625, 0.875, 0.25]);
const countOutput = floatOutput('TFLite_Detection_PostProcess:3', [1], [3]);
const usual = [boxOutput, classOutput, scoreOutput, countOutput];

function found(outputs: readonly OutputTensor[], labels?: readonly string[], with_: Decoder = decoder, placement = stretched): readonly Detection[] {
  const decoded = decode(with_, outputs, placement, labels);
  if (decoded.kind !== 'detections') throw new Error(decoded.kind);
  return decoded.detections;
}

const expected: readonly Detection[] = [
  { box: { x: 0, y: 0, width: 80, height: 240 }, score: 0.875, label: 'class 0', keypoints: [] },
  { box: { x: 320, y: 120, width: 320, height: 240 }, score: 0.5625, label: 'class 2', keypoints: [] },
];

describe('object detection', () => {
  it('reads boxes from top, left, bottom and right, best first, above the threshold', () => {
    expect(found(usual)).toEqual(expected);
    expect(found(usual, undefined, { kind: 'object-detection', scoreThreshold: 0.2 })).toHaveLength(3);
  });

  it.each<[string, NonNullable<Extract<Decoder, { kind: 'object-detection' }>['boxes']>, readonly number[]]>([
    ['left, top, right, bottom', { form: 'boundaries', order: [0, 1, 2, 3], unit: 'ratio' }, [0.5, 0.25, 1, 0.75]],
    ['top, left, height, width', { form: 'upper-left', order: [1, 0, 3, 2], unit: 'ratio' }, [0.25, 0.5, 0.5, 0.5]],
    ['centre and size in pixels', { form: 'center', order: [0, 1, 2, 3], unit: 'pixel' }, [225, 150, 150, 150]],
  ])('reads boxes as %s where the model says so', (_, form, box) => {
    const outputs = [floatOutput('b', [1, 1, 4], box), floatOutput('c', [1, 1], [2]), floatOutput('s', [1, 1], [0.75]), floatOutput('n', [1], [1])];
    expect(found(outputs, undefined, { kind: 'object-detection', scoreThreshold: 0.5, boxes: form })).toEqual([{ box: { x: 320, y: 120, width: 320, height: 240 }, score: 0.75, label: 'class 2', keypoints: [] }]);
  });

  it('calibrates scores by class', () => {
    const calibration = { transformation: 'identity', defaultScore: 0.625, classes: [{ scale: 1, slope: 0, offset: 0 }, null] } as const;
    // Class 0 becomes sigmoid(0); classes 1 and 2 have no parameters.
    expect(found(usual, undefined, { ...decoder, kind: 'object-detection', scoreThreshold: 0.5, calibration }).map(({ score }) => score)).toEqual([0.625, 0.625, 0.5]);
  });

  it('maps them through a letterbox', () => {
    const [, { box } = { box: null }] = found(usual, undefined, decoder, letterboxed(320));
    // The picture fills the width at half scale, bars of 40 rows lie above and below.
    expect(box).toEqual({ x: 320, y: 80, width: 320, height: 320 });
  });

  it.each<[string, readonly OutputTensor[]]>([
    ['scores before classes', [boxOutput, scoreOutput, classOutput, countOutput]],
    ['the order of TensorFlow 2', [countOutput, scoreOutput, classOutput, boxOutput]],
    ['no count', [boxOutput, classOutput, scoreOutput]],
    ['a count that is no number', [boxOutput, classOutput, scoreOutput, floatOutput('count', [1], [NaN])]],
    ['a count beyond the tensor', [boxOutput, classOutput, scoreOutput, floatOutput('count', [1], [1e30])]],
  ])('tells outputs apart by form and values: %s', (_, outputs) => {
    expect(found(outputs)).toEqual(expected);
  });

  it('takes the usual order where values say nothing', () => {
    const zero = floatOutput('first', [1, 1], [0]);
    const one = floatOutput('second', [1, 1], [1]);
    const single = floatOutput('boxes', [1, 1, 4], [0, 0, 1, 1]);
    expect(found([single, zero, one, floatOutput('count', [1], [1])], ['zero', 'one'])).toMatchObject([{ label: 'zero', score: 1 }]);
    expect(found([floatOutput('count', [1], [1]), single, zero, one], ['zero', 'one'])).toMatchObject([{ label: 'zero', score: 1 }]);
  });

  it('goes by names where the model gives them, against all values', () => {
    const named: Decoder = { kind: 'object-detection', scoreThreshold: 0.5, outputs: { boxes: 'b', classes: 's', scores: 'c', count: 'n' } };
    const outputs = [
      floatOutput('n', [1], [1]), floatOutput('c', [1, 1], [1]), floatOutput('s', [1, 1], [0]), floatOutput('b', [1, 1, 4], [0, 0, 1, 1]),
    ];
    expect(found(outputs, ['zero', 'one'], named)).toMatchObject([{ label: 'zero', score: 1 }]);
    const turned: Decoder = { ...named, outputs: { boxes: 'b', classes: 'c', scores: 's', count: 'n' } };
    expect(found(outputs, ['zero', 'one'], turned)).toEqual([]);
    expect(found(usual, undefined, named)).toEqual(expected);
  });

  it('looks only at the boxes that count', () => {
    expect(found([boxOutput, classOutput, scoreOutput, floatOutput('count', [1], [1])])).toEqual([expected[1]]);
    expect(found([boxOutput, classOutput, scoreOutput, floatOutput('count', [1], [-4])])).toEqual([]);
  });

  it('leaves out the line for the background that label files begin with', () => {
    expect(found(usual, ['person', 'bicycle', 'car']).map(({ label }) => label)).toEqual(['person', 'car']);
    expect(found(usual, ['???', 'person', 'bicycle', 'car']).map(({ label }) => label)).toEqual(['person', 'car']);
    expect(found(usual, ['background', 'person', '???', '???']).map(({ label }) => label)).toEqual(['person', 'class 2']);
    expect(found(usual, ['person']).map(({ label }) => label)).toEqual(['person', 'class 2']);
  });

  it('dequantises', () => {
    const scores = rawOutput('scores', 'uint8', [1, 3], Uint8Array.from([144, 224, 64]), { scale: [1 / 256], zeroPoint: [0], dimension: 0 });
    expect(found([boxOutput, classOutput, scores, countOutput])).toEqual(expected);
  });

  it('drops boxes that are no boxes and names classes that are none', () => {
    const hostile = floatOutput('boxes', [1, 5, 4], [NaN, 0, 1, 1, 0, 0, Infinity, 1, 0.5, 0.5, 0.5, 0.5, 1, 1, 0, 0, 0, 0, 1, 1]);
    const lists = [floatOutput('classes', [1, 5], [0, 0, 0, 0, -7]), floatOutput('scores', [1, 5], [0.9, 0.9, 0.9, 0.9, 7])];
    expect(found([hostile, ...lists], ['cat'])).toEqual([{ box: { x: 0, y: 0, width: 640, height: 480 }, score: 1, label: 'object', keypoints: [] }]);
    expect(found([hostile, floatOutput('classes', [1, 5], [0, 0, 0, 0, 0]), floatOutput('scores', [1, 5], [NaN, NaN, NaN, NaN, NaN])])).toEqual([]);
  });

  it('refuses other outputs', () => {
    const unsupported: unknown = expect.objectContaining({ code: 'UNSUPPORTED_DECODER' });
    for (const outputs of [[], [boxOutput], [boxOutput, classOutput, countOutput], [floatOutput('raw', [1, 100, 85], new Float32Array(8500))]]) {
      expect(() => found(outputs)).toThrow(unsupported);
    }
  });
});
