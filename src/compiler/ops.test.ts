import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../errors';
import { cases } from '../engine/runtimes/worker/tfjs-kernels/testing/cases';
import { expectedOf, fileOf, numbers, stored, type Case, type Numbers } from '../engine/runtimes/worker/tfjs-kernels/testing/one-op';
import * as reference from '../engine/runtimes/worker/tfjs-kernels/testing/reference';
import { realValues } from '../tensor/values';
import type { Model } from '../tflite/format/model';
import { openModel } from '../tflite/format/verify/verify';
import { errorOf, runChecked } from './testing/run';

/** What an op's definition may differ by, as a part of its result's range. */
const allowed = 1e-5;

function run(one: Case, relaxed: boolean): Float32Array[] {
  const inputs = one.inputs.flatMap((input) => (input === null || input.constant === true || input.variable === true ? [] : [realValues({ dtype: 'float32', shape: input.shape, quantization: undefined, data: stored(input).slice().buffer })]));
  return runChecked(stated(openModel(fileOf({ ...one, outputs: one.outputs ?? [{}] })), one), inputs, relaxed);
}

/** The model with its outputs' shapes, which a converter writes. */
function stated(model: Model, one: Case): Model {
  const [subgraph] = model.subgraphs;
  if (subgraph === undefined) return model;
  const shapes = expectedOf(one).map(({ shape }) => shape);
  const tensors = subgraph.tensors.map((tensor) => ({ ...tensor, shape: shapes[subgraph.outputs.indexOf(tensor.index)] ?? tensor.shape }));
  return { ...model, subgraphs: [{ ...subgraph, tensors }] };
}

function check(one: Case, relaxed = false): void {
  const outputs = run(one, relaxed);
  expectedOf(one).forEach(({ values }, position) => { expect(errorOf(outputs[position] ?? [], values), `output ${position}`).toBeLessThan(allowed); });
}

const isFloat = ({ inputs, outputs = [] }: Case): boolean => [...inputs, ...outputs].every((each) => each === null || ('constant' in each && each.constant === true) || (each.dtype ?? 'float32') === 'float32');
const floats = cases.filter(isFloat);
const lacking = (one: Case): boolean => {
  try {
    run(one, false);
    return false;
  } catch (error) {
    if (error instanceof LitescopeError && error.code === 'UNSUPPORTED_OP') return true;
    throw error;
  }
};

describe('each op with a kernel gives what its definition says, and touches nothing else', () => {
  const covered = floats.filter((one) => !lacking(one));

  it.each(covered.map((one): [string, Case] => [`${one.op}${one.what === undefined ? '' : `: ${one.what}`}`, one]))('%s', (_, one) => {
    check(one);
    check(one, true);
  });

  it('all ops of floats but these have one', () => {
    const without = floats.filter(lacking).map(({ op, what }) => (floats.some((one) => one.op === op && !lacking(one)) ? `${op} ${what ?? ''}` : op));
    expect([...new Set(without)].sort()).toEqual([
      'ATAN2', 'BATCH_MATMUL', 'CONV_2D with a filter that is computed', 'CONV_3D', 'COS', 'CUMSUM', 'DYNAMIC_UPDATE_SLICE', 'EMBEDDING_LOOKUP',
      'FAKE_QUANT', 'FILL', 'FLOOR_DIV', 'FLOOR_MOD', 'GATHER', 'GATHER_ND', 'GELU', 'L2_NORMALIZATION', 'L2_POOL_2D', 'LOCAL_RESPONSE_NORMALIZATION', 'LOG', 'LOG_SOFTMAX', 'MIRROR_PAD', 'ONE_HOT', 'POW', 'REDUCE_PROD',
      'REVERSE_SEQUENCE', 'REVERSE_V2', 'SCATTER_ND', 'SIGN', 'SIN', 'ZEROS_LIKE',
    ]);
  });
});

const sizes = fc.record({
  batches: fc.integer({ min: 1, max: 2 }), height: fc.integer({ min: 1, max: 8 }), width: fc.integer({ min: 1, max: 15 }), inputs: fc.integer({ min: 1, max: 37 }), outputs: fc.integer({ min: 1, max: 37 }),
  kernel: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })), strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  dilations: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })), padding: fc.constantFrom('SAME' as const, 'VALID' as const), bias: fc.boolean(), seed: fc.nat(), relaxed: fc.boolean(),
});
const paddingCode = { SAME: 0, VALID: 1 } as const;

type Sizes = typeof sizes extends fc.Arbitrary<infer S> ? S : never;

/** Of a window that fits into its picture. */
const fits = ({ height, width, kernel, dilations, padding }: Sizes): boolean => padding === 'SAME' || ((kernel[0] - 1) * dilations[0] < height && (kernel[1] - 1) * dilations[1] < width);

describe('layers of any size', () => {
  it('convolutions', () => {
    fc.assert(fc.property(sizes.filter(fits), ({ batches, height, width, inputs, outputs, kernel, strides, dilations, padding, bias, seed, relaxed }) => {
      check({
        op: 'CONV_2D',
        options: { member: 'Conv2DOptions', value: { padding: paddingCode[padding], stride_h: strides[0], stride_w: strides[1], dilation_h_factor: dilations[0], dilation_w_factor: dilations[1] } },
        inputs: [numbers([batches, height, width, inputs], seed), { ...numbers([outputs, ...kernel, inputs], seed + 1), constant: true }, bias ? { ...numbers([outputs], seed + 2), constant: true } : null],
        expected: (x, w, b) => reference.convolution(x as Numbers, w as Numbers, bias ? b as Numbers : null, { padding, strides, dilations }),
      }, relaxed);
    }), { numRuns: 60 });
  });

  it('depthwise convolutions', () => {
    fc.assert(fc.property(sizes.filter(fits), fc.integer({ min: 1, max: 5 }), ({ batches, height, width, inputs, kernel, strides, dilations, padding, bias, seed, relaxed }, multiplier) => {
      const outputs = inputs * multiplier;
      check({
        op: 'DEPTHWISE_CONV_2D',
        options: { member: 'DepthwiseConv2DOptions', value: { padding: paddingCode[padding], stride_h: strides[0], stride_w: strides[1], dilation_h_factor: dilations[0], dilation_w_factor: dilations[1], depth_multiplier: multiplier } },
        inputs: [numbers([batches, height, width, inputs], seed), { ...numbers([1, ...kernel, outputs], seed + 1), constant: true }, bias ? { ...numbers([outputs], seed + 2), constant: true } : null],
        expected: (x, w, b) => reference.depthwise(x as Numbers, w as Numbers, bias ? b as Numbers : null, { padding, strides, dilations }),
      }, relaxed);
    }), { numRuns: 60 });
  });

  it('transposed convolutions', () => {
    fc.assert(fc.property(sizes, ({ batches, height, width, inputs, outputs, kernel, strides, padding, bias, seed, relaxed }) => {
      const shape = padding === 'SAME' ? [batches, height * strides[0], width * strides[1], outputs] : [batches, (height - 1) * strides[0] + kernel[0], (width - 1) * strides[1] + kernel[1], outputs];
      check({
        op: 'TRANSPOSE_CONV', options: { member: 'TransposeConvOptions', value: { padding: paddingCode[padding], stride_h: strides[0], stride_w: strides[1] } },
        inputs: [{ shape: [4], values: shape, dtype: 'int32', constant: true }, { ...numbers([outputs, ...kernel, inputs], seed + 1), constant: true }, numbers([batches, height, width, inputs], seed), bias ? { ...numbers([outputs], seed + 2), constant: true } : null],
        expected: (_, w, x, b) => reference.transposedConvolution(x as Numbers, w as Numbers, bias ? b as Numbers : null, shape, strides, padding),
      }, relaxed);
    }), { numRuns: 50 });
  });

  it.each([[1, 2], [2, 2], [3, 2], [1, 3], [2, 3]])('transposed convolutions to %i channels, %i × as large, every pixel of one input', (outputs, stride) => {
    for (const batches of [1, 2]) {
      const shape = [batches, 5 * stride, 7 * stride, outputs];
      check({
        op: 'TRANSPOSE_CONV', options: { member: 'TransposeConvOptions', value: { padding: 0, stride_h: stride, stride_w: stride } },
        inputs: [{ shape: [4], values: shape, dtype: 'int32', constant: true }, { ...numbers([outputs, stride, stride, 6], 1), constant: true }, numbers([batches, 5, 7, 6], 2), { ...numbers([outputs], 3), constant: true }],
        expected: (_, w, x, b) => reference.transposedConvolution(x as Numbers, w as Numbers, b as Numbers, shape, [stride, stride], 'SAME'),
      });
    }
  });

  it('fully connected layers', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }), fc.nat(), (rows, depth, units, seed) => {
      check({
        op: 'FULLY_CONNECTED', options: { member: 'FullyConnectedOptions', value: {} },
        inputs: [numbers([rows, depth], seed), { ...numbers([units, depth], seed + 1), constant: true }, { ...numbers([units], seed + 2), constant: true }],
        expected: (x, w, b) => reference.fill([rows, units], ([row = 0, unit = 0]) => Array.from({ length: depth }, (_, index) => reference.at(x as Numbers, [row, index]) * reference.at(w as Numbers, [unit, index])).reduce((one, other) => one + other, reference.at(b as Numbers, [unit]))),
      });
    }), { numRuns: 50 });
  });
});
