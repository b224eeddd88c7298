import { describe, expect, it } from 'vitest';
import { errorMetrics } from '../../../quantize/metrics';
import { quantizeModel } from '../../../quantize/quantize';
import { recipes } from '../../../quantize/recipe';
import { galleryModel } from '../../../tflite/testing/models';
import { openModel } from '../../../tflite/format/verify/verify';
import { writeModel } from '../../../tflite/format/write/writer';
import { prepareForQuantization } from '../../../quantize/prepare';
import { findBreak, type LayerError } from '../page/layer-break';
import { planLayers } from './layer-plan';

describe('planLayers', () => {
  const model = openModel(galleryModel('face_detection/face_detection_short_range.tflite'));
  const prepared = prepareForQuantization(model).model;
  const variant = openModel(writeModel(quantizeModel(prepared, recipes['weights-int8'], new Map()).model));

  it('pairs a model with itself, tensor by tensor, and knows what each is computed from', () => {
    const { pairs, parts, unmatched, resized } = planLayers(model, model, 2 ** 20);
    expect([unmatched, resized]).toEqual([0, 0]);
    expect(pairs.every(({ a, b }) => a.tensor === b.tensor && a.op === b.op)).toBe(true);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flat()).toEqual(pairs.map((_, position) => position));
    const graph = model.subgraphs[0];
    const positions = new Map(pairs.map(({ a }, position) => [a.tensor, position]));
    for (const { a, before } of pairs) {
      const inputs = graph?.operators[a.op]?.inputs.flatMap((input) => positions.get(input) ?? []) ?? [];
      expect([...before].sort()).toEqual([...new Set(inputs)].sort());
    }
  });

  it('goes past what a variant has fused away', () => {
    const { pairs, unmatched } = planLayers(model, variant);
    // Every activation is fused into its convolution or addition.
    expect(unmatched).toBe(17);
    expect(pairs.length).toBe(90 - 17);
    expect(pairs.every(({ before }, position) => before.every((each) => each < position))).toBe(true);
    // The first pair is the first activation, computed from the input alone; the later ones from something.
    expect(pairs[0]).toMatchObject({ a: { kind: 'RELU' }, b: { kind: 'CONV_2D' }, before: [] });
    expect(pairs.slice(1).every(({ before }) => before.length > 0)).toBe(true);
  });
});

describe('findBreak', () => {
  const many = new Array<number>(16).fill(1);
  const layer = (sqnr_db: number, ...before: number[]): LayerError => ({
    a: { tensor: 0, op: 0, kind: 'CONV_2D' }, b: { tensor: 0, op: 0, kind: 'CONV_2D' }, name: '', by: 'name', before, rescaled: false, sqnr_db, metrics: errorMetrics(many, many),
  });

  it('names the layer that loses most against what it is computed from', () => {
    // From 60 to 38 dB is rounding to eight bits; the fall from 38 to 12 is not, and what follows inherits it.
    expect(findBreak([layer(60), layer(38, 0), layer(12, 1), layer(10, 2), layer(39, 1), layer(11, 3, 4)])).toEqual({ layer: 2, before_db: 38, after_db: 12 });
    expect(findBreak([layer(Infinity), layer(41, 0), layer(36, 1), layer(33, 2)])).toBeNull();
    expect(findBreak([])).toBeNull();
  });

  it('passes over what no reader shows', () => {
    // Cut off where its activation takes no notice, and read by nothing else; the other one is read by a layer that shows it.
    expect(findBreak([layer(38), layer(3, 0), layer(36, 1)])).toBeNull();
    expect(findBreak([layer(38), layer(3, 0), layer(36, 1), layer(9, 1)])).toEqual({ layer: 1, before_db: 38, after_db: 3 });
  });

  it('does not judge a layer of a few numbers', () => {
    expect(findBreak([layer(38), { ...layer(0, 0), metrics: errorMetrics([1], [2]) }])).toBeNull();
  });

  it('takes values that are no numbers for the worst', () => {
    const broken = { ...layer(30, 0), metrics: errorMetrics(many, many.with(3, NaN)) };
    expect(findBreak([layer(38), broken])).toMatchObject({ layer: 1 });
  });
});
