import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../../stats/random';
import { realValues } from '../../../tensor/values';
import { constantTensor } from '../../../tflite/constants/constants';
import { openModel } from '../../../tflite/format/verify/verify';
import { fixtureModel, hasFixtures } from '../../../tflite/testing/models';
import { placementFor } from '../../frames/shared/placement';
import type { Decoder, Detection, OutputTensor, Placement } from '../../shared/types';
import { efficientDetAnchors, layersTotal, ssdMobileNetAnchors } from '../shared/ssd-anchors';
import { efficientDet, ssdMobileNet } from '../shared/ssd-families';
import { floatOutput, logit, rawOutput } from '../testing/outputs';
import { decode } from './index';

type Ssd = Extract<Decoder, { kind: 'ssd-detection' }>;

function found(decoder: Ssd, outputs: readonly OutputTensor[], where: Placement, labels?: readonly string[]): readonly Detection[] {
  const decoded = decode(decoder, outputs, where, labels);
  if (decoded.kind !== 'detections') throw new Error(decoded.kind);
  return decoded.detections;
}

/** Where a decoder's anchors lie: boxes without offsets, in shares of the input, each sure in turn. */
function anchorAt(decoder: Ssd, side: number, anchor: number): readonly number[] {
  const count = layersTotal(decoder.anchors, side, side);
  const scores = new Float32Array(count * 2).fill(-9);
  scores[anchor * 2 + 1] = 9;
  const [box] = found(decoder, [floatOutput('boxes', [1, count, 4], new Float32Array(count * 4)), floatOutput('scores', [1, count, 2], scores)], placementFor('stretch', 1, 1, side, side));
  if (box === undefined) throw new Error('no box');
  return [box.box.y + box.box.height / 2, box.box.x + box.box.width / 2, box.box.height, box.box.width];
}

describe('anchors', () => {
  it.skipIf(!hasFixtures)('of SSD MobileNet are those that TensorFlow wrote into a file of it', () => {
    const model = openModel(fixtureModel('coco_ssd_with_metadata.tflite'));
    const [graph] = model.subgraphs;
    const tensor = graph?.tensors.find(({ name }) => name === 'anchors');
    if (tensor === undefined) throw new Error('no anchors');
    const published = realValues(constantTensor(model, tensor));
    const decoder = ssdMobileNet(0.5);
    expect(layersTotal(decoder.anchors, 300, 300) * 4).toBe(published.length);
    // Of each grid and kind some; the file has them in 8 bits, in steps of 0.0065.
    for (let anchor = 0; anchor < 1917; anchor += anchor < 1900 ? 97 : 1) {
      for (const [place, value] of anchorAt(decoder, 300, anchor).entries()) expect(Math.abs(value - (published[anchor * 4 + place] ?? NaN)), `${anchor}, ${place}`).toBeLessThanOrEqual(0.0033);
    }
  });

  it('of EfficientDet-Lite 0 are three scales and three shapes a cell', () => {
    expect([320, 384, 448, 512].map((size) => layersTotal(efficientDetAnchors(size, 3), size, size))).toEqual([19206, 27621, 37629, 49104]);
    const decoder = efficientDet(320, 0.5);
    // Side 3 cells of 8 pixels, and the last one of 3 × 2^(2/3) cells of a third, tall by the root of a half.
    expect(anchorAt(decoder, 320, 0)).toEqual([1 / 80, 1 / 80, 3 / 40, 3 / 40].map((value) => expect.closeTo(value, 6)));
    const tall = (3 * 2 ** (2 / 3)) / 3;
    expect(anchorAt(decoder, 320, 19205)).toEqual([5 / 6, 5 / 6, tall * Math.SQRT2, tall / Math.SQRT2].map((value) => expect.closeTo(value, 6)));
    expect(efficientDet(512, 0.5).anchors[0]?.sizes[0]?.[0]).toBeCloseTo(4 / 64, 12);
    expect(ssdMobileNetAnchors()).toHaveLength(6);
  });
});

/** Two grids of 2 × 2 and 1 × 1 on 8 × 8 pixels: 4 squares of half the input, and one of all of it twice. */
const small: Ssd = {
  kind: 'ssd-detection', anchors: [{ stride: 4, sizes: [[0.5, 0.5]] }, { stride: 8, sizes: [[1, 1], [1, 1]] }], scales: [10, 10, 5, 5], background: true, scoreThreshold: 0.5, overlapThreshold: 0.5,
};
const stretched = placementFor('stretch', 640, 480, 8, 8);
// Centre y, centre x, height, width. Anchor 1 lies at (0.75, 0.25): a tenth of its width to the left, half as high.
const boxes = [0, 0, 0, 0, 0, -1, Math.log(0.5) * 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const likely = (anchor: number): readonly number[] => [[0.9, 0.1, 0.1], [0.05, 0.25, 0.75], [0.9, 0.1, 0.4], [0.9, 0.1, 0.1], [0.1, 0.875, 0.1], [0.9, 0.625, 0.1]][anchor] ?? [];
const probabilities = [0, 1, 2, 3, 4, 5].flatMap(likely);
const expected: readonly Detection[] = [
  { box: { x: 0, y: 0, width: 640, height: 480 }, score: 0.875, label: 'cat', keypoints: [] },
  { box: { x: 288, y: 60, width: 320, height: 120 }, score: 0.75, label: 'dog', keypoints: [] },
];
const close = (detections: readonly Detection[]) => detections.map(({ box, score, ...rest }) => ({ ...rest, score: expect.closeTo(score, 6) as number, box: Object.fromEntries(Object.entries(box).map(([key, value]) => [key, expect.closeTo(value, 3) as number])) }));

describe('boxes without post-processing', () => {
  it.each<[string, readonly OutputTensor[]]>([
    ['probabilities', [floatOutput('boxes', [1, 6, 4], boxes), floatOutput('scores', [1, 6, 3], probabilities)]],
    ['logits, scores first', [floatOutput('scores', [1, 6, 3], probabilities.map(logit)), floatOutput('boxes', [1, 6, 4], boxes)]],
    ['boxes with a dimension of 1', [floatOutput('boxes', [1, 6, 1, 4], boxes), floatOutput('scores', [1, 6, 3], probabilities)]],
    ['scores in uint8', [floatOutput('boxes', [1, 6, 4], boxes), rawOutput('scores', 'uint8', [1, 6, 3], Uint8Array.from(probabilities, (value) => Math.floor(value * 256)), { scale: [1 / 256], zeroPoint: [0], dimension: 0 })]],
  ])('are exact: %s', (_, outputs) => {
    for (const labels of [['cat', 'dog'], ['???', 'cat', 'dog']]) expect(found(small, outputs, stretched, labels)).toEqual(close(expected));
  });

  it('have all classes where there is no background', () => {
    const [first] = found({ ...small, background: false }, [floatOutput('boxes', [1, 6, 4], boxes), floatOutput('scores', [1, 6, 3], probabilities)], stretched);
    expect(first).toMatchObject({ label: 'class 0', score: expect.closeTo(0.9, 6) });
  });

  it('agree with plain loops on random values', () => {
    const random = mulberry32(5);
    for (let round = 0; round < 10; round++) {
      const encoded = Float32Array.from({ length: 24 }, () => random() * 4 - 2);
      const logits = Float32Array.from({ length: 18 }, () => random() * 6 - 2);
      const detections = found({ ...small, overlapThreshold: 1 }, [floatOutput('boxes', [1, 6, 4], encoded), floatOutput('scores', [1, 6, 3], logits)], stretched);
      const anchors = [[0.25, 0.25, 0.5], [0.75, 0.25, 0.5], [0.25, 0.75, 0.5], [0.75, 0.75, 0.5], [0.5, 0.5, 1], [0.5, 0.5, 1]];
      const wanted = anchors.map(([x = 0, y = 0, side = 0], index) => {
        const [dy = 0, dx = 0, dh = 0, dw = 0] = encoded.subarray(index * 4, index * 4 + 4);
        const [, cat = 0, dog = 0] = logits.subarray(index * 3, index * 3 + 3);
        const [width, height] = [side * Math.exp(dw / 5), side * Math.exp(dh / 5)];
        const score = 1 / (1 + Math.exp(-Math.max(cat, dog)));
        return { score, label: cat >= dog ? 'class 0' : 'class 1', keypoints: [], box: { x: (x + (dx / 10) * side - width / 2) * 640, y: (y + (dy / 10) * side - height / 2) * 480, width: width * 640, height: height * 480 } };
      }).filter(({ score }) => score >= 0.5).sort((one, other) => other.score - one.score);
      expect(detections).toEqual(close(wanted));
    }
  });

  it('hold no boxes and scores that are none, and refuse other outputs', () => {
    const hostile = Float32Array.from(boxes);
    hostile.set([NaN], 4);
    hostile.set([0, 0, 1e9, 0], 16);
    expect(found(small, [floatOutput('boxes', [1, 6, 4], hostile), floatOutput('scores', [1, 6, 3], probabilities)], stretched)).toMatchObject([{ score: expect.closeTo(0.625, 6) }]);
    expect(found(small, [floatOutput('boxes', [1, 6, 4], boxes), floatOutput('scores', [1, 6, 3], new Float32Array(18).fill(NaN))], stretched)).toEqual([]);
    const unsupported: unknown = expect.objectContaining({ code: 'UNSUPPORTED_DECODER' });
    const table = (...shape: number[]): OutputTensor => floatOutput('out', shape, new Float32Array(shape.reduce((product, size) => product * size, 1)));
    for (const outputs of [[], [table(1, 6, 4)], [table(1, 6, 4), table(1, 6, 1)], [table(1, 7, 4), table(1, 7, 3)], [table(1, 6, 4), table(6, 3)]]) expect(() => found(small, outputs, stretched)).toThrow(unsupported);
    expect(() => found({ ...small, anchors: [] }, [table(1, 6, 4), table(1, 6, 3)], stretched)).toThrow(unsupported);
  });
});
