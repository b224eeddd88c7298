import { realValues } from '../tensor/values';
import { type Model, type Operator, type SubGraph, type Tensor, isConstant } from '../tflite/format/model';
import { weightLayout } from '../rewrite/weights';
import { builtinDescription } from '../tflite/analysis/op-table';

/** A convolution or the like that absorbs a factor: its output channels' into rows of its weights, its input channels' into columns. */
export interface Absorber {
  readonly operator: Operator;
  readonly input: number;
  readonly output: number;
  readonly depthwise: boolean;
}

/**
 * Which channels of which tensors must be scaled alike, so that a network computes the same: what additions, poolings,
 * clamps at zero and copies connect belongs together, and ends where weights can absorb the factor. Channels lie along the last dimension.
 */
export interface ChannelClasses {
  /** The class of each channel of a tensor; undefined for tensors that are not scaled. */
  readonly classesOf: (tensor: number) => Int32Array | undefined;
  /** Classes that must keep their scale. */
  readonly frozen: (channelClass: number) => boolean;
  /** Tensors that are cut off at a number: channels that never reach it may grow up to it, others must keep their scale. */
  readonly clamped: readonly { readonly tensor: number; readonly at: number }[];
  readonly absorbers: readonly Absorber[];
  /** Constants that are added to scaled channels, with the tensor that they are added to. */
  readonly addends: readonly { readonly constant: number; readonly output: number }[];
  readonly tensors: readonly number[];
}

export function channelClasses(model: Model, subgraph: SubGraph): ChannelClasses {
  return new ClassFinder(model, subgraph).find();
}

class ClassFinder {
  readonly #model: Model;
  readonly #graph: SubGraph;
  readonly #first = new Map<number, number>();
  readonly #parents: number[] = [];
  readonly #frozen = new Set<number>();
  readonly #absorbers: Absorber[] = [];
  readonly #addends: { constant: number; output: number }[] = [];
  readonly #clamped: { tensor: number; at: number }[] = [];
  readonly #uses = new Map<number, number>();

  constructor(model: Model, graph: SubGraph) {
    this.#model = model;
    this.#graph = graph;
  }

  find(): ChannelClasses {
    const { inputs, outputs, operators } = this.#graph;
    for (const operator of operators) for (const input of operator.inputs) this.#uses.set(input, (this.#uses.get(input) ?? 0) + 1);
    for (const index of [...inputs, ...operators.flatMap((operator) => operator.outputs)]) {
      const tensor = this.#graph.tensors[index];
      if (tensor?.dtype !== 'float32' || this.#first.has(index)) continue;
      this.#first.set(index, this.#parents.length);
      for (let channel = 0; channel < channelsOf(tensor); channel++) this.#parents.push(this.#parents.length);
    }
    for (const operator of operators) this.#connect(operator);
    for (const edge of [...inputs, ...outputs]) this.#freeze(edge);
    const frozen = new Set([...this.#frozen].map((node) => this.#rootOf(node)));
    return {
      classesOf: (index) => this.#classesOf(index),
      frozen: (channelClass) => frozen.has(channelClass),
      clamped: this.#clamped,
      absorbers: this.#absorbers,
      addends: this.#addends,
      tensors: [...this.#first.keys()],
    };
  }

  #tensor(index: number | undefined): Tensor | undefined {
    return this.#graph.tensors[index ?? -1];
  }

  #classesOf(index: number): Int32Array | undefined {
    const first = this.#first.get(index);
    const tensor = this.#tensor(index);
    if (first === undefined || tensor === undefined) return undefined;
    return Int32Array.from({ length: channelsOf(tensor) }, (_, channel) => this.#rootOf(first + channel));
  }

  #rootOf(node: number): number {
    let root = node;
    while (this.#parents[root] !== root) root = this.#parents[root] ?? root;
    this.#parents[node] = root;
    return root;
  }

  #freeze(index: number): void {
    const first = this.#first.get(index);
    const tensor = this.#tensor(index);
    if (first === undefined || tensor === undefined) return;
    for (let channel = 0; channel < channelsOf(tensor); channel++) this.#frozen.add(first + channel);
  }

  #freezeAll(operator: Operator): void {
    for (const index of [...operator.inputs, ...operator.outputs]) this.#freeze(index);
  }

  /** Channel by channel, from `start` on in the output. Inputs of another number of channels are not to be scaled. */
  #link(input: number, output: number, start = 0, whole = true): void {
    const [from, to] = [this.#first.get(input), this.#first.get(output)];
    const [given, made] = [this.#tensor(input), this.#tensor(output)];
    if (from === undefined || to === undefined || given === undefined || made === undefined || start + channelsOf(given) > channelsOf(made) || (whole && channelsOf(given) !== channelsOf(made))) {
      this.#freeze(input);
      this.#freeze(output);
      return;
    }
    for (let channel = 0; channel < channelsOf(given); channel++) this.#parents[this.#rootOf(from + channel)] = this.#rootOf(to + start + channel);
  }

  #connect(operator: Operator): void {
    const { name, custom } = operator.code;
    const [first = -1, second = -1] = operator.inputs;
    const [output = -1] = operator.outputs;
    const layout = custom ? undefined : weightLayout(name);
    const activation = activationOf(operator);
    if (activation === 'RELU6' || (!custom && name === 'RELU6')) this.#clamped.push({ tensor: output, at: 6 });
    // Of all others only a clamp at zero commutes with a factor.
    else if (!['NONE', 'RELU', undefined].includes(activation)) this.#freeze(output);
    if (custom || operator.outputs.length !== 1) this.#freezeAll(operator);
    else if (layout !== undefined) this.#absorb(operator, name);
    else if (builtinDescription(name)?.passesFactors === true) this.#link(first, output);
    else if (name === 'ADD' || name === 'SUB') this.#connectSum(operator);
    else if (name === 'MUL') this.#connectProduct(first, second, output);
    else if (name === 'PAD') this.#connectPadding(operator);
    else if (name === 'CONCATENATION') this.#connectConcatenation(operator);
    else if (name === 'MEAN' && this.#keepsChannels(first, second)) this.#link(first, output);
    else if (name === 'RESHAPE' && channelsOf(this.#tensor(first)) === channelsOf(this.#tensor(output))) this.#link(first, output);
    else this.#freezeAll(operator);
  }

  #absorb(operator: Operator, name: string): void {
    const layout = weightLayout(name);
    const [output = -1] = operator.outputs;
    const input = operator.inputs[layout?.activation ?? 0] ?? -1;
    const [weights, bias] = [this.#tensor(operator.inputs[layout?.weights ?? 1]), this.#tensor(operator.inputs[layout?.bias ?? 2])];
    const depthwise = name === 'DEPTHWISE_CONV_2D';
    const own = (tensor: Tensor | undefined): boolean => tensor !== undefined && tensor.dtype === 'float32' && isConstant(this.#model, tensor) && tensor.sparsity === null && this.#uses.get(tensor.index) === 1;
    const fits = own(weights) && (bias === undefined || own(bias)) && channelsOf(weights) === (depthwise ? channelsOf(this.#tensor(output)) : channelsOf(this.#tensor(input)));
    const once = !depthwise || channelsOf(this.#tensor(input)) === channelsOf(this.#tensor(output));
    if (fits && once) this.#absorbers.push({ operator, input, output, depthwise });
    else this.#freezeAll(operator);
  }

  #connectSum(operator: Operator): void {
    const [output = -1] = operator.outputs;
    for (const input of operator.inputs) {
      const tensor = this.#tensor(input);
      if (tensor === undefined || !isConstant(this.#model, tensor)) this.#link(input, output);
      else if (channelsOf(tensor) === channelsOf(this.#tensor(output)) && this.#uses.get(input) === 1) this.#addends.push({ constant: input, output });
      else this.#freeze(output);
    }
  }

  /** The first factor that has as many channels as the product passes its scale on, the other one must keep its own. */
  #connectProduct(first: number, second: number, output: number): void {
    const scaled = [first, second].find((index) => this.#first.has(index) && channelsOf(this.#tensor(index)) === channelsOf(this.#tensor(output)));
    if (scaled === undefined || first === second) {
      for (const index of [first, second, output]) this.#freeze(index);
      return;
    }
    this.#link(scaled, output);
    this.#freeze(scaled === first ? second : first);
  }

  #connectPadding({ inputs: [input = -1, paddings = -1], outputs: [output = -1] }: Operator): void {
    const amounts = this.#integers(paddings);
    const start = amounts?.at(-2);
    if (start === undefined) {
      this.#freeze(input);
      this.#freeze(output);
      return;
    }
    this.#link(input, output, start, false);
  }

  #connectConcatenation({ inputs, outputs: [output = -1], options }: Operator): void {
    const rank = this.#tensor(output)?.shape.length ?? 0;
    const axis = options?.table === 'ConcatenationOptions' ? options.values.axis : 0;
    let start = 0;
    for (const input of inputs) {
      if ((axis + rank) % rank !== rank - 1) {
        this.#link(input, output);
        continue;
      }
      this.#link(input, output, start, false);
      start += channelsOf(this.#tensor(input));
    }
  }

  #keepsChannels(input: number, axes: number): boolean {
    const rank = this.#tensor(input)?.shape.length ?? 0;
    return this.#integers(axes)?.every((axis) => (axis + rank) % rank !== rank - 1) ?? false;
  }

  #integers(index: number): number[] | undefined {
    const tensor = this.#tensor(index);
    if (tensor?.dtype !== 'int32' || !isConstant(this.#model, tensor)) return undefined;
    return Array.from(realValues({ dtype: 'int32', shape: tensor.shape, data: (this.#model.buffers[tensor.buffer]?.data ?? new Uint8Array(0)).slice().buffer }));
  }
}

export function channelsOf(tensor: Tensor | undefined): number {
  return tensor?.shape.at(-1) ?? 1;
}

function activationOf({ options }: Operator): string | undefined {
  return options !== null && 'fused_activation_function' in options.values ? options.values.fused_activation_function : undefined;
}
