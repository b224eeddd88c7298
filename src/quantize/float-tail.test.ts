import { describe, expect, it } from 'vitest';
import { modelOf, noise, opsOf, reopened, type OperatorOf } from '../rewrite/testing/models';
import { galleryModel } from '../tflite/testing/models';
import { openModel } from '../tflite/format/verify/verify';
import { modelCosts } from '../tflite/analysis/costs';
import type { Model } from '../tflite/format/model';
import { TensorCalibration } from './calibration';
import { tailOf } from './float-tail';
import { observableTensors, prepareForQuantization } from './prepare';
import { quantizeModel } from './quantize';
import { type Recipe, recipes } from './recipe';

const conv = (input: string, weights: string, output: string): OperatorOf => ({ name: 'CONV_2D', inputs: [input, weights, ''], outputs: [output], options: { member: 'Conv2DOptions', value: { padding: 0, stride_w: 1, stride_h: 1 } } });

/** Three convolutions of 16 pixels with 64, 32 and 8 weights: 1,024, 512 and 128 multiplications, 61.5, 30.8 and 7.7 %. */
const model: Model = modelOf(
  [
    { name: 'in', shape: [1, 4, 4, 8] }, { name: 'w1', shape: [8, 1, 1, 8], data: noise(64) }, { name: 'a', shape: [1, 4, 4, 8] }, { name: 'w2', shape: [4, 1, 1, 8], data: noise(32) }, { name: 'b', shape: [1, 4, 4, 4] },
    { name: 'w3', shape: [2, 1, 1, 4], data: noise(8) }, { name: 'c', shape: [1, 4, 4, 2] }, { name: 'p', shape: [1, 4, 4, 2] },
  ],
  [conv('in', 'w1', 'a'), conv('a', 'w2', 'b'), conv('b', 'w3', 'c'), { name: 'LOGISTIC', inputs: ['c'], outputs: ['p'] }],
  ['in'], ['p'],
);

function quantized(recipe: Partial<Recipe>): { readonly ops: readonly string[]; readonly reasons: readonly (string | null)[] } {
  const seen = new Map(observableTensors(model).map((index) => {
    const calibration = new TensorCalibration(1);
    calibration.add(Float32Array.of(-1, 1));
    return [index, calibration.result()];
  }));
  const { model: made, operators } = quantizeModel(model, { ...recipes.int8, ...recipe }, seen);
  return { ops: opsOf(reopened(made)), reasons: operators.map(({ scheme, reason }) => (scheme === 'static' ? null : reason)) };
}

describe('tailOf', () => {
  it('is as many ops from the end back as take a share of the multiplications and of the weights', () => {
    expect([0, 0.07, 0.08, 0.38, 0.39, 0.99, 1].map((share) => [...tailOf(model, share)])).toEqual([[], [], [3, 2], [3, 2], [3, 2, 1], [3, 2, 1], [3, 2, 1, 0]]);
  });

  it('leaves out the last layer of a classifier, which holds most of its weights', () => {
    const classifier = modelOf(
      [
        { name: 'in', shape: [1, 8, 8, 4] }, { name: 'w1', shape: [4, 3, 3, 4], data: noise(144) }, { name: 'a', shape: [1, 8, 8, 4] }, { name: 'axes', shape: [2], type: 'int32', data: Int32Array.of(1, 2) }, { name: 'm', shape: [1, 4] },
        { name: 'w2', shape: [100, 4], data: noise(400) }, { name: 'l', shape: [1, 100] }, { name: 'p', shape: [1, 100] },
      ],
      [
        conv('in', 'w1', 'a'), { name: 'MEAN', inputs: ['a', 'axes'], outputs: ['m'], options: { member: 'ReducerOptions', value: {} } },
        { name: 'FULLY_CONNECTED', inputs: ['m', 'w2', ''], outputs: ['l'], options: { member: 'FullyConnectedOptions', value: {} } }, { name: 'SOFTMAX', inputs: ['l'], outputs: ['p'], options: { member: 'SoftmaxOptions', value: { beta: 1 } } },
      ],
      ['in'], ['p'],
    );
    // 400 of 9,616 multiplications, and 400 of 544 weights.
    expect([0.1, 0.36, 0.37].map((share) => [...tailOf(classifier, share)])).toEqual([[], [], [3, 2, 1]]);
  });

  it.each(['face_detection/face_detection_short_range.tflite', 'hands/hand_landmark_lite.tflite', 'selfie_segmentation/selfie_segmentation.tflite'])('of %s costs no more than its share, and nothing before it reads what it computes', (name) => {
    const { model: prepared } = prepareForQuantization(openModel(galleryModel(name)));
    const [graph] = prepared.subgraphs;
    const { perOp, total } = modelCosts(prepared);
    const tail = tailOf(prepared, 0.1);
    expect(tail.size).toBeGreaterThan(2);
    expect([...tail].reduce((sum, index) => sum + (perOp[index]?.macs ?? NaN), 0)).toBeLessThanOrEqual(total.macs * 0.1);
    const weights = (list: Iterable<number>): number => [...list].reduce((sum, index) => sum + (perOp[index]?.weightBytes ?? NaN), 0);
    expect(weights(tail)).toBeLessThanOrEqual(weights(perOp.keys()) * 0.2);
    for (const { index, inputs } of graph?.operators ?? []) {
      if (!tail.has(index)) expect(inputs.filter((input) => [...tail].some((each) => graph?.operators[each]?.outputs.includes(input) === true))).toEqual([]);
    }
  });
});

describe('a recipe with a tail in float', () => {
  it('converts before it, once, and says why it stays', () => {
    const { ops, reasons } = quantized({ floatTail: 0.1 });
    // The first conversion is that of its weights, which are stored in half precision.
    expect(ops).toEqual(['DEQUANTIZE', 'QUANTIZE', 'CONV_2D', 'CONV_2D', 'DEQUANTIZE', 'CONV_2D', 'LOGISTIC']);
    expect(reasons.map((reason) => reason?.includes('last layers') ?? null)).toEqual([null, null, true, true]);
  });

  it('has none where callers get integers', () => {
    expect(quantized({ floatTail: 0.1, outputs: 'int8' }).ops).toEqual(['QUANTIZE', 'CONV_2D', 'CONV_2D', 'CONV_2D', 'LOGISTIC']);
    expect(quantized({ floatTail: 0 }).ops).toEqual(['QUANTIZE', 'CONV_2D', 'CONV_2D', 'CONV_2D', 'LOGISTIC', 'DEQUANTIZE']);
  });
});
