import { realValues } from '../tensor/values';
import type { Model, Tensor } from '../tflite/format/model';
import { dequantizeOperator, quantizeOperator } from '../rewrite/conversions';
import { Draft, type DraftOperator, type GraphDraft, affine } from '../rewrite/draft';
import { weightLayout } from '../rewrite/weights';
import type { CalibratedTensor } from './calibration';
import { opRule, ruleVersion, type OpRule } from './op-rules';
import { type ActivationBits, type TensorParameters, activationParameters, quantizeValues } from './parameters';
import type { OperatorPlan } from './plan';
import { type Range, type RangeMethod, calibratedRange, constantRange, unionOf } from './ranges';
import { correctedBias } from './bias-correction';
import { cutOff, saturationLimits } from './saturation';
import type { Scheme } from './recipe';
import { biasScales, leastWeightScales, quantizeBias, quantizeWeights } from './weights';

type StaticScheme = Extract<Scheme, { kind: 'static' }>;

export interface StaticSettings {
  readonly range: RangeMethod;
  readonly correctBias: boolean;
}

/** What is said of a tensor that became integers. */
export interface QuantizedTensor {
  /** In the model that was quantized. */
  readonly tensor: number;
  readonly name: string;
  readonly range: Range;
  readonly parameters: TensorParameters;
}

export interface StaticallyQuantized {
  readonly model: Model;
  readonly tensors: readonly QuantizedTensor[];
}

/**
 * Makes integers of what a plan says, in the first subgraph: weights and activations become 8-bit or 16-bit integers,
 * and conversions stand where integers meet floats. Edges of the model stay as they are.
 *
 * @param calibrated by tensor index, every float32 tensor that an op with a static scheme reads or writes
 */
export function quantizeStatically(model: Model, plans: readonly OperatorPlan[], calibrated: ReadonlyMap<number, CalibratedTensor>, settings: StaticSettings): StaticallyQuantized {
  const draft = new Draft(model);
  const graph = draft.graphs[0];
  if (graph === undefined) return { model, tensors: [] };
  const limits = { 8: saturationLimits(model, 8, calibrated), 16: saturationLimits(model, 16, calibrated) };
  const quantizer = new StaticQuantizer(draft, graph, plans, calibrated, limits, settings);
  quantizer.run();
  return { model: draft.finish(), tensors: quantizer.tensors };
}

class StaticQuantizer {
  readonly #draft: Draft;
  readonly #graph: GraphDraft;
  readonly #plans: readonly OperatorPlan[];
  readonly #calibrated: ReadonlyMap<number, CalibratedTensor>;
  readonly #settings: StaticSettings;
  readonly #limits: Readonly<Record<ActivationBits, ReadonlyMap<number, Range>>>;
  readonly #groups: ScaleGroups;
  readonly #out: DraftOperator[] = [];
  /** The tensor that holds a float tensor's integers, by tensor and bits. */
  readonly #integers = new Map<string, number>();
  /** Float tensors whose floats exist when the model runs. */
  readonly #floats: Set<number>;
  readonly #parameters = new Map<string, TensorParameters>();
  readonly tensors: QuantizedTensor[] = [];

  constructor(draft: Draft, graph: GraphDraft, plans: readonly OperatorPlan[], calibrated: ReadonlyMap<number, CalibratedTensor>, limits: Readonly<Record<ActivationBits, ReadonlyMap<number, Range>>>, settings: StaticSettings) {
    this.#draft = draft;
    this.#graph = graph;
    this.#plans = plans;
    this.#calibrated = calibrated;
    this.#settings = settings;
    this.#limits = limits;
    this.#floats = new Set(graph.inputs);
    this.#groups = new ScaleGroups();
  }

  run(): void {
    const { operators } = this.#graph;
    for (const [index, operator] of operators.entries()) this.#joinScales(operator, this.#plans[index]);
    for (const [index, operator] of operators.entries()) {
      const scheme = this.#plans[index]?.scheme;
      if (scheme?.kind === 'static') this.#quantize(operator, scheme);
      else this.#keep(operator);
    }
    for (const output of this.#graph.outputs) this.#floatOf(output);
    for (const [key, integers] of this.#integers) {
      const float = Number(key.split(' ')[0]);
      // Where no floats are left, the integers are the tensor of this name: tools find layers by it.
      if (!this.#floats.has(float)) this.#graph.change(integers, { name: this.#graph.tensor(float).name });
    }
    this.#graph.operators = this.#out;
  }

  /** Tensors between which an op only moves numbers share a scale. */
  #joinScales(operator: DraftOperator, plan: OperatorPlan | undefined): void {
    if (plan?.scheme.kind !== 'static') return;
    const rule = this.#ruleOf(operator);
    const { bits } = plan.scheme;
    const key = (tensor: number): string => `${tensor} ${bits}`;
    const reals = [...operator.inputs, ...operator.outputs].filter((index) => this.#isReal(index));
    if (rule.kind === 'same') for (const tensor of reals) this.#groups.join(key(reals[0] ?? tensor), key(tensor));
    const fixed = rule.output?.[bits];
    if (fixed !== undefined) for (const tensor of operator.outputs) this.#groups.fix(key(tensor), fixed);
  }

  #ruleOf(operator: DraftOperator): OpRule {
    const rule = opRule(this.#draft.nameOf(operator));
    if (rule === undefined) throw new RangeError(`${this.#draft.nameOf(operator)} was planned without a rule`);
    return rule;
  }

  #isReal(index: number): boolean {
    return index >= 0 && this.#graph.tensor(index).dtype === 'float32';
  }

  #keep(operator: DraftOperator): void {
    for (const input of operator.inputs) if (input >= 0) this.#floatOf(input);
    this.#out.push(operator);
    for (const output of operator.outputs) this.#floats.add(output);
  }

  #quantize(operator: DraftOperator, scheme: StaticScheme): void {
    const name = this.#draft.nameOf(operator);
    const rule = this.#ruleOf(operator);
    const { bits } = scheme;
    const inputs = [...operator.inputs];
    const originals = [...operator.inputs];
    const outputs = [...operator.outputs];
    const layout = rule.kind === 'weights' ? weightLayout(name) : undefined;
    for (const [position, input] of inputs.entries()) {
      if (!this.#isReal(input) || position === layout?.weights || position === layout?.bias) continue;
      inputs[position] = this.#integersOf(input, bits);
    }
    const version = ruleVersion(rule, bits) ?? 1;
    if (layout !== undefined) this.#quantizeWeights(inputs, originals, layout, scheme);
    operator.inputs = inputs;
    // With a real multiplier of 1 or more MUL needs its third version; halves of pixels and spacing of windows need theirs.
    const own = name === 'MUL' && bits === 8 ? this.#multiplyVersion(operator, outputs, bits, version) : version;
    operator.opcodeIndex = this.#draft.code(name as Parameters<Draft['code']>[0], Math.max(own, halfPixelVersion(operator)));
    if ((operator.options?.table === 'AddOptions' || operator.options?.table === 'SubOptions') && bits === 16) {
      // Otherwise scales would have to be powers of two.
      operator.options = { ...operator.options, values: { ...operator.options.values, pot_scale_int16: false } } as typeof operator.options;
    }
    const after: DraftOperator[] = [];
    operator.outputs = outputs.map((output) => this.#outputOf(output, bits, rule, after));
    this.#out.push(operator, ...after);
  }

  #multiplyVersion(operator: DraftOperator, outputs: readonly number[], bits: ActivationBits, version: number): number {
    const product = operator.inputs.reduce((scale, input) => scale * (this.#graph.tensor(input).quantization?.scale[0] ?? 1), 1);
    return product / this.#parametersOf(outputs[0] ?? -1, bits).scale >= 1 ? 3 : version;
  }

  #quantizeWeights(inputs: number[], originals: readonly number[], layout: NonNullable<ReturnType<typeof weightLayout>>, { bits, granularity }: StaticScheme): void {
    const tensor = this.#graph.tensor(originals[layout.weights]);
    const activation = originals[layout.activation] ?? -1;
    const inputScale = this.#parametersOf(activation, bits).scale;
    const biasTensor = (originals[layout.bias] ?? -1) < 0 ? null : this.#graph.tensor(originals[layout.bias]);
    const channels = tensor.shape[layout.channels] ?? 1;
    const values = this.#realsOf(tensor);
    let bias: ArrayLike<number> = biasTensor === null ? new Float64Array(channels) : this.#realsOf(biasTensor);
    const weights = quantizeWeights(values, tensor.shape, layout.channels, granularity, leastWeightScales(bias, inputScale));
    const mean = this.#calibrated.get(activation)?.channelMean;
    if (this.#settings.correctBias && mean !== undefined) bias = correctedBias(bias, values, weights, tensor.shape, mean);
    inputs[layout.weights] = this.#graph.add({
      name: tensor.name, shape: tensor.shape, dtype: 'int8', hasRank: tensor.hasRank, data: bytesOf(weights.integers),
      quantization: affine(weights.scale, weights.scale.map(() => 0), weights.scale.length === 1 ? 0 : layout.channels),
    });
    // Without a bias in the file and without a correction there is nothing to add.
    if (biasTensor === null && Array.from(bias).every((value) => value === 0)) return;
    const scale = biasScales(inputScale, weights.scale);
    while (inputs.length < layout.bias) inputs.push(-1);
    inputs[layout.bias] = this.#graph.add({
      name: biasTensor?.name ?? `${tensor.name}/bias`, shape: [channels], dtype: bits === 8 ? 'int32' : 'int64', data: bytesOf(quantizeBias(bias, scale, bits === 8 ? 32 : 64)),
      quantization: affine(scale, scale.map(() => 0), 0),
    });
  }

  #realsOf(tensor: Tensor): ArrayLike<number> {
    return realValues({ dtype: 'float32', shape: tensor.shape, data: this.#draft.dataOf(tensor).slice().buffer });
  }

  /** Scale and zero point of a float tensor's integers: its group's, by all that the group's tensors hold. */
  #parametersOf(tensor: number, bits: ActivationBits): TensorParameters {
    const key = `${tensor} ${bits}`;
    const known = this.#parameters.get(key);
    if (known !== undefined) return known;
    const members = this.#groups.membersOf(key);
    const fixed = this.#groups.fixedOf(key);
    const ranges = members.map((member) => this.#rangeOf(Number(member.split(' ')[0]), bits));
    const range = unionOf(ranges);
    const parameters = fixed ?? activationParameters(range, bits);
    for (const [position, member] of members.entries()) {
      this.#parameters.set(member, parameters);
      const index = Number(member.split(' ')[0]);
      this.tensors.push({ tensor: index, name: this.#graph.tensor(index).name, range: ranges[position] ?? range, parameters });
    }
    return parameters;
  }

  #rangeOf(index: number, bits: ActivationBits): Range {
    const tensor = this.#graph.tensor(index);
    if (this.#draft.isConstant(tensor)) return constantRange(this.#realsOf(tensor));
    const calibrated = this.#calibrated.get(index);
    if (calibrated === undefined) throw new RangeError(`tensor ${index} was not calibrated`);
    const limits = this.#limits[bits].get(index);
    return calibratedRange(limits === undefined ? calibrated : cutOff(calibrated, limits), this.#settings.range, bits === 8 ? 255 : 65534, bits === 16);
  }

  /** The integers of a float tensor, converted where nothing has made them yet. */
  #integersOf(index: number, bits: ActivationBits): number {
    const key = `${index} ${bits}`;
    const known = this.#integers.get(key);
    if (known !== undefined) return known;
    const tensor = this.#graph.tensor(index);
    const parameters = this.#parametersOf(index, bits);
    let integers: number;
    if (this.#draft.isConstant(tensor)) {
      const { scale, zeroPoint } = parameters;
      const data = bytesOf(quantizeValues(this.#realsOf(tensor), parameters, bits));
      integers = this.#graph.add({ name: tensor.name, shape: tensor.shape, hasRank: tensor.hasRank, dtype: bits === 8 ? 'int8' : 'int16', data, quantization: affine([scale], [zeroPoint]) });
    } else {
      integers = this.#addIntegers(tensor, parameters, bits);
      this.#out.push(quantizeOperator(this.#draft, this.#floatOf(index), integers, bits === 8 ? 'int8' : 'int16'));
    }
    this.#integers.set(key, integers);
    return integers;
  }

  /** The tensor that an op writes its integers to; where its specification asks for a scale that its group lacks, one before a conversion. */
  #outputOf(output: number, bits: ActivationBits, rule: OpRule, after: DraftOperator[]): number {
    const tensor = this.#graph.tensor(output);
    const parameters = this.#parametersOf(output, bits);
    const integers = this.#addIntegers(tensor, parameters, bits);
    this.#integers.set(`${output} ${bits}`, integers);
    const fixed = rule.output?.[bits];
    if (fixed === undefined || (fixed.scale === parameters.scale && fixed.zeroPoint === parameters.zeroPoint)) return integers;
    const written = this.#addIntegers({ ...tensor, name: `${tensor.name}/own` }, fixed, bits);
    after.push(quantizeOperator(this.#draft, written, integers, bits === 8 ? 'int8' : 'int16'));
    return written;
  }

  #addIntegers({ name, shape, shapeSignature, hasRank }: Tensor, { scale, zeroPoint }: TensorParameters, bits: ActivationBits): number {
    const dtype = bits === 8 ? 'int8' : 'int16';
    return this.#graph.add({ name: `${name}/${dtype}`, shape, shapeSignature, hasRank, dtype, quantization: affine([scale], [zeroPoint]) });
  }

  /** The floats of a tensor, converted back where only its integers exist. */
  #floatOf(index: number): number {
    const tensor = this.#graph.tensor(index);
    if (this.#floats.has(index) || tensor.dtype !== 'float32' || this.#draft.isConstant(tensor)) return index;
    const [bits, integers] = ([8, 16] as const).map((size) => [size, this.#integers.get(`${index} ${size}`)] as const).find(([, found]) => found !== undefined) ?? [8, undefined];
    this.#floats.add(index);
    // A tensor that nothing writes holds what the runtime puts there.
    if (integers !== undefined) this.#out.push(dequantizeOperator(this.#draft, integers, index, bits === 8 ? 'int8' : 'int16'));
    return index;
  }
}

/** Sets of tensors that share a scale, some with a scale that is given. */
class ScaleGroups {
  readonly #parents = new Map<string, string>();
  readonly #members = new Map<string, string[]>();
  readonly #fixed = new Map<string, TensorParameters>();

  #rootOf(key: string): string {
    let root = key;
    for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root)) root = parent;
    return root;
  }

  join(one: string, other: string): void {
    const [into, from] = [this.#rootOf(one), this.#rootOf(other)];
    if (into === from) return;
    this.#members.set(into, [...this.membersOf(into), ...this.membersOf(from)]);
    this.#parents.set(from, into);
    const fixed = this.#fixed.get(into) ?? this.#fixed.get(from);
    if (fixed !== undefined) this.#fixed.set(into, fixed);
  }

  /** The first scale that a group is given holds for all of it. */
  fix(key: string, parameters: TensorParameters): void {
    const root = this.#rootOf(key);
    if (!this.#fixed.has(root)) this.#fixed.set(root, parameters);
  }

  fixedOf(key: string): TensorParameters | undefined {
    return this.#fixed.get(this.#rootOf(key));
  }

  membersOf(key: string): readonly string[] {
    const root = this.#rootOf(key);
    return this.#members.get(root) ?? [root];
  }
}

function halfPixelVersion({ options }: DraftOperator): number {
  return (options?.table === 'ResizeBilinearOptions' || options?.table === 'ResizeNearestNeighborOptions') && options.values.half_pixel_centers ? 3 : 1;
}

function bytesOf(integers: ArrayBufferView): Uint8Array {
  return new Uint8Array(integers.buffer, integers.byteOffset, integers.byteLength);
}
