import fc from 'fast-check';
import { type BuiltinOperator, builtinOperators } from '../format/schema/operators';
import type { Fields } from './build';

/** Networks that runtimes accept, as records for `buildModel`: some layers over a picture, with or without a classifier. */
export const arbitraryNetwork: fc.Arbitrary<Fields> = fc.record({
  picture: fc.record({ height: fc.integer({ min: 2, max: 12 }), width: fc.integer({ min: 2, max: 12 }), channels: fc.integer({ min: 1, max: 6 }) }),
  layers: fc.array(fc.record({
    kind: fc.constantFrom(...['convolution', 'depthwise', 'bias', 'residual', 'activation', 'pooling', 'doubling', 'padding'] as const),
    size: fc.integer({ min: 1, max: 9 }),
    kernel: fc.constantFrom(1, 3),
    stride: fc.constantFrom(1, 2),
    fused: fc.constantFrom(0, 1, 3),
  }), { minLength: 1, maxLength: 8 }),
  classes: fc.option(fc.integer({ min: 2, max: 12 })),
}).map(({ picture: { height, width, channels }, layers, classes }) => {
  const network = new Network([1, height, width, channels]);
  for (const layer of layers) network.add(layer);
  if (classes !== null) network.classify(classes);
  return network.record();
});

interface Layer {
  readonly kind: 'convolution' | 'depthwise' | 'bias' | 'residual' | 'activation' | 'pooling' | 'doubling' | 'padding';
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly fused: number;
}

const activations = ['RELU', 'LOGISTIC', 'TANH', 'RELU6'] as const;

/** A chain of ops; the latest tensor is what the next one reads. */
class Network {
  readonly #codes: BuiltinOperator[] = [];
  readonly #buffers: Fields[] = [{}];
  readonly #tensors: Fields[] = [];
  readonly #operators: Fields[] = [];
  #latest: number;
  #shape: readonly number[];

  constructor(input: readonly number[]) {
    this.#shape = input;
    this.#latest = this.#tensor(input, 'input');
  }

  add({ kind, size, kernel, stride, fused }: Layer): void {
    const [, height = 1, width = 1, channels = 1] = this.#shape;
    const halved = [1, Math.ceil(height / stride), Math.ceil(width / stride)];
    const strides = { stride_w: stride, stride_h: stride };
    const fused_activation_function = fused;
    switch (kind) {
      case 'convolution':
        this.#op('CONV_2D', [this.#floats([size, kernel, kernel, channels]), this.#floats([size])], [...halved, size], { member: 'Conv2DOptions', value: { ...strides, fused_activation_function } });
        break;
      case 'depthwise':
        this.#op('DEPTHWISE_CONV_2D', [this.#floats([1, kernel, kernel, channels]), this.#floats([channels])], [...halved, channels], { member: 'DepthwiseConv2DOptions', value: { ...strides, depth_multiplier: 1, fused_activation_function } });
        break;
      case 'bias': this.#op('ADD', [this.#floats([channels])], this.#shape, { member: 'AddOptions', value: { fused_activation_function } }); break;
      case 'residual': this.#op('ADD', [this.#latest], this.#shape, { member: 'AddOptions', value: { fused_activation_function } }); break;
      case 'activation': this.#op(activations[size % activations.length] ?? 'RELU', [], this.#shape, null); break;
      case 'pooling':
        this.#op(size % 2 === 0 ? 'MAX_POOL_2D' : 'AVERAGE_POOL_2D', [], [...halved, channels], { member: 'Pool2DOptions', value: { ...strides, filter_width: kernel, filter_height: kernel, fused_activation_function } });
        break;
      case 'doubling':
        // A few of these, and a chain would hold thousands of channels.
        if (channels <= 32) this.#op('CONCATENATION', [this.#latest], this.#shape.with(3, 2 * channels), { member: 'ConcatenationOptions', value: { axis: 3 } });
        break;
      case 'padding': this.#op('PAD', [this.#integers([0, 0, 1, 1, 0, 2, 0, 0], [4, 2])], [1, height + 2, width + 2, channels], { member: 'PadOptions', value: {} }); break;
    }
  }

  classify(classes: number): void {
    const elements = this.#shape.reduce((product, size) => product * size, 1);
    this.#op('RESHAPE', [this.#integers([1, elements], [2])], [1, elements], { member: 'ReshapeOptions', value: { new_shape: [1, elements] } });
    this.#op('FULLY_CONNECTED', [this.#floats([classes, elements]), this.#floats([classes])], [1, classes], { member: 'FullyConnectedOptions', value: {} });
    this.#op('SOFTMAX', [], [1, classes], { member: 'SoftmaxOptions', value: { beta: 1 } });
  }

  record(): Fields {
    return {
      version: 3,
      description: 'a generated network',
      operator_codes: this.#codes.map((name) => ({ deprecated_builtin_code: builtinOperators.indexOf(name), builtin_code: builtinOperators.indexOf(name), version: 1 })),
      buffers: this.#buffers,
      subgraphs: [{ name: 'main', tensors: this.#tensors, inputs: [0], outputs: [this.#latest], operators: this.#operators }],
    };
  }

  #op(name: BuiltinOperator, others: readonly number[], shape: readonly number[], options: Fields | null): void {
    if (!this.#codes.includes(name)) this.#codes.push(name);
    const output = this.#tensor(shape, `${name.toLowerCase()}_${this.#operators.length}`);
    this.#operators.push({ opcode_index: this.#codes.indexOf(name), inputs: [this.#latest, ...others], outputs: [output], ...(options === null ? {} : { builtin_options: options }) });
    this.#latest = output;
    this.#shape = shape;
  }

  #tensor(shape: readonly number[], name: string, type = 0, buffer = 0): number {
    return this.#tensors.push({ shape, name, type, buffer }) - 1;
  }

  /** Values between −0.5 and 0.5 that no two constants share. */
  #floats(shape: readonly number[]): number {
    const elements = shape.reduce((product, size) => product * size, 1);
    const values = Float32Array.from({ length: elements }, (_, index) => Math.sin(index * 12.9898 + this.#buffers.length * 78.233) / 2);
    return this.#constant(new Uint8Array(values.buffer), shape, 0);
  }

  #integers(values: readonly number[], shape: readonly number[]): number {
    return this.#constant(new Uint8Array(Int32Array.from(values).buffer), shape, 2);
  }

  #constant(data: Uint8Array, shape: readonly number[], type: number): number {
    const buffer = this.#buffers.push({ data }) - 1;
    return this.#tensor(shape, `constant_${buffer}`, type, buffer);
  }
}
