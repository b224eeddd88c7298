import { addBuffer, addOperatorCode, addTensor, changeSubgraph, removeTensors, setOperators } from '../tflite/format/edit';
import { type Model, type ModelBuffer, type Operator, type SubGraph, type Tensor, type TensorQuantization, absent, isConstant } from '../tflite/format/model';
import type { OperatorOptions } from '../tflite/format/schema/tables';
import { type BuiltinOperator, builtinOperators } from '../tflite/format/schema/operators';
import { assertSoundModel } from '../tflite/format/verify/verify';

/** An op while a pass works on it; `inputs`, `outputs` and `options` may be changed in place. */
export interface DraftOperator extends Omit<Operator, 'index' | 'code' | 'inputs' | 'outputs' | 'options' | 'opcodeIndex'> {
  opcodeIndex: number;
  inputs: number[];
  outputs: number[];
  options: OperatorOptions | null;
}

/** What a new tensor is made of; float32 without data unless it says otherwise. */
export type NewTensor = Partial<Omit<Tensor, 'index' | 'buffer'>> & Pick<Tensor, 'name' | 'shape'> & { readonly data?: Uint8Array };

/**
 * A model that is being rewritten. Passes change ops and tensors here in place, in any order, and `finish` makes a
 * model of it from which everything is gone that nothing refers to any more. The model that it began as stays as it was.
 */
export class Draft {
  #model: Model;
  readonly graphs: readonly GraphDraft[];

  /** @throws LitescopeError MODEL_UNSOUND for a model that contradicts itself where passes rely on it */
  constructor(model: Model) {
    assertSoundModel(model);
    this.#model = model;
    this.graphs = model.subgraphs.map((subgraph) => new GraphDraft(this, subgraph));
  }

  /** The name of an op's code. */
  nameOf(operator: DraftOperator): string {
    return this.#model.operatorCodes[operator.opcodeIndex]?.name ?? '';
  }

  isCustom(operator: DraftOperator): boolean {
    return this.#model.operatorCodes[operator.opcodeIndex]?.custom ?? false;
  }

  /** The version of an op's code. */
  versionOf(operator: DraftOperator): number {
    return this.#model.operatorCodes[operator.opcodeIndex]?.version ?? 1;
  }

  /** The index of a built-in op's code, which is added where the model has none of this version. */
  code(name: BuiltinOperator, version: number): number {
    const { whole, index } = addOperatorCode(this.#model, { name, custom: false, builtinCode: builtinOperators.indexOf(name), version });
    this.#model = whole;
    return index;
  }

  /** Lets an op have at least this version of its code. */
  raiseVersion(operator: DraftOperator, version: number): void {
    if (this.versionOf(operator) < version) operator.opcodeIndex = this.code(this.nameOf(operator) as BuiltinOperator, version);
  }

  /** The index of a buffer of its own for `data`, which must not change any more. */
  addBuffer(data: Uint8Array): number {
    const { whole, index } = addBuffer(this.#model, data);
    this.#model = whole;
    return index;
  }

  /** A tensor's bytes as the file holds them; empty for a tensor without any. */
  dataOf(tensor: Tensor): Uint8Array {
    return this.#model.buffers[tensor.buffer]?.data ?? new Uint8Array(0);
  }

  isConstant(tensor: Tensor): boolean {
    return isConstant(this.#model, tensor);
  }

  finish(): Model {
    let model = this.#model;
    for (const graph of this.graphs) model = graph.writeInto(model);
    model = { ...model, signatures: model.signatures.map((signature) => this.graphs[signature.subgraph]?.renamedEdges(signature) ?? signature) };
    for (const { index } of model.subgraphs) model = removeTensors(model, index, unusedTensors(model, index));
    return withoutUnusedBuffers(withoutUnusedCodes(model));
  }
}

/** One subgraph of a draft. */
export class GraphDraft {
  readonly #draft: Draft;
  #subgraph: SubGraph;
  operators: DraftOperator[];
  readonly inputs: number[];
  readonly outputs: number[];
  /** Edges that were exchanged, by the tensor that they had. */
  readonly #exchangedInputs = new Map<number, number>();
  readonly #exchangedOutputs = new Map<number, number>();

  constructor(draft: Draft, subgraph: SubGraph) {
    this.#draft = draft;
    this.#subgraph = subgraph;
    this.inputs = [...subgraph.inputs];
    this.outputs = [...subgraph.outputs];
    this.operators = subgraph.operators.map(({ index: _index, code: _code, inputs, outputs, ...rest }) => ({ ...rest, inputs: [...inputs], outputs: [...outputs] }));
  }

  get index(): number {
    return this.#subgraph.index;
  }

  get tensors(): readonly Tensor[] {
    return this.#subgraph.tensors;
  }

  /** @throws RangeError for an index that is no tensor's, such as that of an input left out */
  tensor(index: number | undefined): Tensor {
    const tensor = this.#subgraph.tensors[index ?? -1];
    if (tensor === undefined) throw new RangeError(`there is no tensor ${index}`);
    return tensor;
  }

  change(index: number, change: Partial<Omit<Tensor, 'index'>>): void {
    this.#subgraph = { ...this.#subgraph, tensors: this.#subgraph.tensors.with(index, { ...this.tensor(index), ...change }) };
  }

  add({ data, ...given }: NewTensor): number {
    const buffer = data === undefined ? 0 : this.#draft.addBuffer(data);
    const { whole, index } = addTensor(this.#subgraph, { ...given, buffer });
    this.#subgraph = whole;
    return index;
  }

  /** A constant of 32-bit integers, such as a shape or axes. */
  addIntegers(name: string, values: readonly number[]): number {
    return this.add({ name, shape: [values.length], dtype: 'int32', data: new Uint8Array(Int32Array.from(values).buffer) });
  }

  /** The op that writes each tensor. */
  producers(): ReadonlyMap<number, DraftOperator> {
    return new Map(this.operators.flatMap((operator) => operator.outputs.map((output) => [output, operator] as const)));
  }

  /** The ops that read each tensor, each once. */
  consumers(): ReadonlyMap<number, readonly DraftOperator[]> {
    const readers = new Map<number, DraftOperator[]>();
    for (const operator of this.operators) {
      for (const input of new Set(operator.inputs)) readers.set(input, [...readers.get(input) ?? [], operator]);
    }
    return readers;
  }

  isEdge(index: number): boolean {
    return this.inputs.includes(index) || this.outputs.includes(index);
  }

  /** Lets callers give another tensor where they gave `from`; signatures keep its name. */
  exchangeInput(from: number, to: number): void {
    this.inputs.splice(0, this.inputs.length, ...this.inputs.map((input) => (input === from ? to : input)));
    this.#exchangedInputs.set(from, to);
  }

  exchangeOutput(from: number, to: number): void {
    this.outputs.splice(0, this.outputs.length, ...this.outputs.map((output) => (output === from ? to : output)));
    this.#exchangedOutputs.set(from, to);
  }

  writeInto(model: Model): Model {
    return changeSubgraph(model, this.index, () => setOperators(model, { ...this.#subgraph, inputs: this.inputs, outputs: this.outputs }, this.operators));
  }

  renamedEdges<Signature extends Model['signatures'][number]>(signature: Signature): Signature {
    return {
      ...signature,
      inputs: signature.inputs.map((alias) => ({ ...alias, tensor: this.#exchangedInputs.get(alias.tensor) ?? alias.tensor })),
      outputs: signature.outputs.map((alias) => ({ ...alias, tensor: this.#exchangedOutputs.get(alias.tensor) ?? alias.tensor })),
    };
  }
}

/** Affine quantization of a tensor as the format states it. */
export function affine(scale: readonly number[], zeroPoint: readonly number[], dimension = 0): TensorQuantization {
  // A file holds scales in single precision; a pass must reckon with what will be read.
  return { scale: scale.map(Math.fround), zeroPoint, dimension, min: absent, max: absent, details: null };
}

function unusedTensors(model: Model, subgraph: number): ReadonlySet<number> {
  const graph = model.subgraphs[subgraph];
  if (graph === undefined) return new Set();
  const used = new Set([...graph.inputs, ...graph.outputs]);
  for (const { inputs, outputs, intermediates } of graph.operators) for (const index of [...inputs, ...outputs, ...intermediates]) used.add(index);
  for (const signature of model.signatures) {
    if (signature.subgraph === subgraph) for (const { tensor } of [...signature.inputs, ...signature.outputs]) used.add(tensor);
  }
  for (const { index, quantization } of graph.tensors) {
    const details = quantization?.details;
    if (used.has(index) && (details?.kind === 'blockwise' || details?.kind === 'multi-axis')) used.add(details.scales).add(details.zeroPoints);
  }
  return new Set(graph.tensors.map(({ index }) => index).filter((index) => !used.has(index)));
}

function withoutUnusedCodes(model: Model): Model {
  const used = new Set(model.subgraphs.flatMap(({ operators }) => operators.map(({ opcodeIndex }) => opcodeIndex)));
  const places = new Map([...model.operatorCodes.keys()].filter((index) => used.has(index)).map((index, place) => [index, place]));
  const moved: Model = { ...model, operatorCodes: model.operatorCodes.filter((_, index) => used.has(index)) };
  return {
    ...moved,
    subgraphs: moved.subgraphs.map((subgraph) => setOperators(moved, subgraph, subgraph.operators.map((operator) => ({ ...operator, opcodeIndex: places.get(operator.opcodeIndex) ?? 0 })))),
  };
}

/** Buffers that nothing refers to would double the file; buffer 0 stays, because it stands for no data. */
function withoutUnusedBuffers(model: Model): Model {
  const used = new Set([0, ...model.legacyMetadata, ...model.metadata.map(({ buffer }) => buffer), ...model.subgraphs.flatMap(({ tensors }) => tensors.map(({ buffer }) => buffer))]);
  const kept = model.buffers.filter(({ index }) => used.has(index));
  const places = new Map(kept.map(({ index }, place) => [index, place]));
  const follow = (index: number): number => places.get(index) ?? 0;
  return {
    ...model,
    buffers: kept.map((buffer, index): ModelBuffer => ({ ...buffer, index })),
    subgraphs: model.subgraphs.map((subgraph) => ({ ...subgraph, tensors: subgraph.tensors.map((tensor) => ({ ...tensor, buffer: follow(tensor.buffer) })) })),
    metadata: model.metadata.map((entry) => ({ ...entry, buffer: follow(entry.buffer) })),
    legacyMetadata: model.legacyMetadata.length === 0 ? model.legacyMetadata : model.legacyMetadata.map(follow),
  };
}
