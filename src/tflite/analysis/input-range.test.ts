import { describe, expect, it, test } from 'vitest';
import { halfBits } from '../../tensor/half';
import { dtypes, type DType } from '../../tensor/dtype';
import { builtinOperators, type BuiltinOperator } from '../format/schema/operators';
import { openModel } from '../format/verify/verify';
import { buildModel, type Fields } from '../testing/build';
import { fixtureModel, galleryModel, hasFixtures } from '../testing/models';
import { summarize } from './summarize';

interface Scale { readonly scale: number; readonly zeroPoint: number }

const quantization = ({ scale, zeroPoint }: Scale): Fields => ({ scale: [scale], zero_point: [BigInt(zeroPoint)] });

/** A model that is a chain of ops over a picture of 16 × 16 pixels, written field by field. */
class Chain {
  readonly #codes: Fields[] = [];
  readonly #buffers: Fields[] = [{}];
  readonly #tensors: Fields[] = [];
  readonly #operators: Fields[] = [];
  #latest: number;

  constructor(dtype: DType = 'float32', more: Fields = {}) {
    this.#latest = this.#tensor(dtype, [1, 16, 16, 3], more);
  }

  #tensor(dtype: DType, shape: readonly number[], more: Fields = {}): number {
    return this.#tensors.push({ name: `t${this.#tensors.length}`, shape, type: dtypes.indexOf(dtype), buffer: 0, ...more }) - 1;
  }

  constant(values: readonly number[], dtype: 'float32' | 'int32' | 'float16' = 'float32'): number {
    const data = dtype === 'float32' ? new Float32Array(values) : dtype === 'int32' ? new Int32Array(values) : Uint16Array.from(values, halfBits);
    return this.#tensor(dtype, [values.length], { buffer: this.#buffers.push({ data: new Uint8Array(data.buffer) }) - 1 });
  }

  /** @param inputs where `null` is the latest tensor */
  op(name: BuiltinOperator, inputs: readonly (number | null)[] = [null], { dtype = 'float32', out = {}, options }: { readonly dtype?: DType; readonly out?: Fields; readonly options?: Fields } = {}): this {
    this.#append(name, inputs.map((input) => input ?? this.#latest), dtype, out, options);
    return this;
  }

  /** A constant that is kept in half precision. */
  half(values: readonly number[]): number {
    const before = this.#latest;
    const unfolded = this.#append('DEQUANTIZE', [this.constant(values, 'float16')], 'float32', {}, undefined);
    this.#latest = before;
    return unfolded;
  }

  #append(name: BuiltinOperator, inputs: readonly number[], dtype: DType, out: Fields, options: Fields | undefined): number {
    const code = builtinOperators.indexOf(name);
    const opcode_index = this.#codes.push({ deprecated_builtin_code: Math.min(code, 127), builtin_code: code, version: 1 }) - 1;
    this.#latest = this.#tensor(dtype, [1, 16, 16, 3], out);
    this.#operators.push({ opcode_index, inputs, outputs: [this.#latest], ...(options === undefined ? {} : { builtin_options: options }) });
    return this.#latest;
  }

  quantize(scale: Scale, dtype: DType = 'int8'): this {
    return this.op('QUANTIZE', [null], { dtype, out: { quantization: quantization(scale) } });
  }

  /** What the summary says of the input. */
  get range() {
    const bytes = buildModel({
      version: 3, operator_codes: this.#codes, buffers: this.#buffers,
      subgraphs: [{ name: 'main', tensors: this.#tensors, inputs: [0], outputs: [this.#latest], operators: this.#operators }],
    });
    return summarize(openModel(bytes)).signatures[0]?.inputs[0]?.range;
  }
}

const scalar = (chain: Chain, name: 'ADD' | 'SUB' | 'MUL' | 'DIV', ...values: readonly number[]): Chain => chain.op(name, [null, chain.constant(values)]);
const rounded = (range: Chain['range']) => range && { from: range.from, lowest: Math.round(range.lowest * 1000) / 1000, highest: Math.round(range.highest * 1000) / 1000 };

describe('a float input that is quantized first', () => {
  it.each([
    { scale: 1, zeroPoint: -128, lowest: 0, highest: 255 },
    { scale: 1 / 255, zeroPoint: -128, lowest: 0, highest: 1 },
    { scale: 2 / 255, zeroPoint: -1, lowest: -0.996, highest: 1.004 },
    { scale: 0.0187, zeroPoint: -15, lowest: -2.113, highest: 2.655 },
  ])('of scale $scale and zero point $zeroPoint takes $lowest to $highest', ({ lowest, highest, ...scale }) => {
    expect(rounded(new Chain().quantize(scale).range)).toEqual({ from: 'quantize-op', lowest, highest });
  });

  it('as unsigned bytes, and behind ops that move pixels', () => {
    const chain = new Chain();
    expect(rounded(chain.op('TRANSPOSE', [null, chain.constant([0, 1, 2, 3], 'int32')]).quantize({ scale: 1, zeroPoint: 0 }, 'uint8').range)).toEqual({ from: 'quantize-op', lowest: 0, highest: 255 });
  });

  it('undoes what happens before', () => {
    const chain = new Chain();
    scalar(scalar(chain, 'MUL', 1 / 127.5), 'SUB', 1);
    expect(rounded(chain.quantize({ scale: 2 / 255, zeroPoint: 0 }).range)).toEqual({ from: 'quantize-op', lowest: -0.5, highest: 254.5 });
  });

  it('of 16 bits tells bytes, and nothing else', () => {
    expect(rounded(new Chain().quantize({ scale: 255 / 32767, zeroPoint: 0 }, 'int16').range)).toEqual({ from: 'quantize-op', lowest: 0, highest: 255 });
    expect(new Chain().quantize({ scale: 1 / 32767, zeroPoint: 0 }, 'int16').range).toBeUndefined();
  });

  it.each([0, -1, NaN, Infinity])('says nothing with a scale of %d', (scale) => {
    expect(new Chain().quantize({ scale, zeroPoint: 0 }).range).toBeUndefined();
  });
});

test('An integer input tells by its own scale, and a float one by what the file recorded', () => {
  expect(rounded(new Chain('int8', { quantization: quantization({ scale: 1, zeroPoint: -128 }) }).op('DEQUANTIZE').range)).toEqual({ from: 'scale', lowest: 0, highest: 255 });
  expect(rounded(new Chain('uint8', { quantization: quantization({ scale: 0.0078125, zeroPoint: 128 }) }).op('DEQUANTIZE').range)).toEqual({ from: 'scale', lowest: -1, highest: 0.992 });
  expect(new Chain('int8').op('CAST').range).toBeUndefined();
  expect(rounded(new Chain('float32', { quantization: { min: [0], max: [1] } }).op('RELU').range)).toEqual({ from: 'recorded-range', lowest: 0, highest: 1 });
  expect(rounded(new Chain().op('FAKE_QUANT', [null], { options: { member: 'FakeQuantOptions', value: { min: -1, max: 1, num_bits: 8 } } }).range)).toEqual({ from: 'recorded-range', lowest: -1, highest: 1 });
  expect(new Chain('float32', { quantization: { min: [1], max: [1] } }).op('RELU').range).toBeUndefined();
});

describe('a float model that normalises by itself', () => {
  const bytes = { from: 'first-ops', lowest: 0, highest: 255 };
  const unit = { from: 'first-ops', lowest: 0, highest: 1 };
  const signed = { from: 'first-ops', lowest: -1, highest: 1 };
  const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
  const times = (list: readonly number[], factor: number) => list.map((value) => value * factor);

  it.each<[what: string, build: (chain: Chain) => Chain, range: object]>([
    ['÷ 255', (chain) => scalar(chain, 'DIV', 255), bytes],
    ['× 1/255', (chain) => scalar(chain, 'MUL', 1 / 255), bytes],
    ['× 1/127.5 − 1', (chain) => scalar(scalar(chain, 'MUL', 1 / 127.5), 'SUB', 1), bytes],
    ['× 1/127.5 + −1', (chain) => scalar(scalar(chain, 'MUL', 1 / 127.5), 'ADD', -1), bytes],
    ['− 127.5, ÷ 127.5', (chain) => scalar(scalar(chain, 'SUB', 127.5), 'DIV', 127.5), bytes],
    ['÷ 255, then ImageNet’s mean and deviation', (chain) => scalar(scalar(scalar(chain, 'MUL', 1 / 255), 'SUB', ...imagenet.mean), 'DIV', ...imagenet.std), bytes],
    ['ImageNet’s mean and deviation of bytes', (chain) => scalar(scalar(chain, 'SUB', ...times(imagenet.mean, 255)), 'MUL', ...imagenet.std.map((each) => 1 / (each * 255))), bytes],
    ['Caffe’s mean', (chain) => scalar(chain, 'SUB', 103.939, 116.779, 123.68), bytes],
    ['a constant in half precision', (chain) => chain.op('MUL', [null, chain.half([1 / 255])]), bytes],
    ['a constant on the left', (chain) => chain.op('MUL', [chain.constant([1 / 255]), null]), bytes],
    ['enlarged first', (chain) => scalar(chain.op('RESIZE_BILINEAR', [null, chain.constant([16, 16], 'int32')]), 'MUL', 1 / 255), bytes],
    ['× 2 − 1', (chain) => scalar(scalar(chain, 'MUL', 2), 'SUB', 1), unit],
    ['ImageNet’s mean and deviation of shares', (chain) => scalar(scalar(chain, 'SUB', ...imagenet.mean), 'DIV', ...imagenet.std), unit],
    ['× 255', (chain) => scalar(chain, 'MUL', 255), unit],
    ['+ 1, × 127.5', (chain) => scalar(scalar(chain, 'ADD', 1), 'MUL', 127.5), signed],
    ['× 0.5 + 0.5', (chain) => scalar(scalar(chain, 'MUL', 0.5), 'ADD', 0.5), signed],
  ])('by %s', (_, build, range) => {
    expect(build(new Chain()).op('CONV_2D').range).toEqual(range);
  });

  it.each<[what: string, build: (chain: Chain) => Chain]>([
    ['nothing', (chain) => chain],
    ['another factor', (chain) => scalar(chain, 'MUL', 3)],
    ['a factor of 0', (chain) => scalar(chain, 'MUL', 0)],
    ['an activation in between', (chain) => chain.op('MUL', [null, chain.constant([1 / 255])], { options: { member: 'MulOptions', value: { fused_activation_function: 1 } } })],
    ['255 ÷ the pixel', (chain) => chain.op('DIV', [chain.constant([255]), null])],
    ['a whole picture of factors', (chain) => scalar(chain, 'MUL', ...new Array<number>(768).fill(1 / 255))],
  ])('not by %s', (_, build) => {
    expect(build(new Chain()).op('CONV_2D').range).toBeUndefined();
  });

  it('not where two ops read the picture', () => {
    const chain = new Chain();
    const factor = chain.constant([1 / 255]);
    expect(chain.op('MUL', [0, factor]).op('RELU', [0]).range).toBeUndefined();
  });
});

const first = (bytes: Uint8Array) => summarize(openModel(bytes)).signatures[0]?.inputs[0]?.range;

test('MediaPipe’s float models say nothing of their input', () => {
  expect(first(galleryModel('face_detection/face_detection_short_range.tflite'))).toBeUndefined();
});

test.skipIf(!hasFixtures)('AI Edge Quantizer’s digits take 0 to 1, MobileNet −1 to 1, which a float model of the same digits does not tell', () => {
  expect(rounded(first(fixtureModel('conv_fc_mnist_srq_a8w8.tflite')))).toEqual({ from: 'scale', lowest: 0, highest: 1 });
  expect(rounded(first(fixtureModel('tf2_mobilenet_v2_1.0_224_ptq.tflite')))).toEqual({ from: 'scale', lowest: -0.996, highest: 1.004 });
  expect(first(fixtureModel('conv_fc_mnist.tflite'))).toBeUndefined();
});
