import { type Model, type ModelBuffer, type Operator, type OperatorCode, type SubGraph, type Tensor, type TensorAlias, type TensorQuantization, absent } from './model';

/** A new model and the index at which what was added is found. */
export interface Added<Whole> {
  readonly whole: Whole;
  readonly index: number;
}

/** A model of one subgraph, `main`, that holds nothing: to add buffers, op codes, tensors and ops to. */
export function emptyModel(description = ''): Model {
  return {
    bytes: new Uint8Array(0), version: 3, description, operatorCodes: [], buffers: [], metadata: [], signatures: [],
    externalBufferGroups: absent, externalBuffers: absent, legacyMetadata: absent,
    subgraphs: [{ index: 0, name: 'main', tensors: [], inputs: [], outputs: [], operators: [], debugMetadata: -1 }],
  };
}

/** The model with new weights in a buffer of their own. `data` is not copied, and must not change until the model is written. */
export function addBuffer(model: Model, data: Uint8Array): Added<Model> {
  // Buffer 0 stands for no data, and some files leave the list out.
  const buffers: readonly ModelBuffer[] = model.buffers.length > 0 ? model.buffers : [{ index: 0, data: new Uint8Array(0), position: null, storage: 'inside' }];
  const index = buffers.length;
  return { whole: { ...model, buffers: [...buffers, { index, data, position: null, storage: 'inside' }] }, index };
}

/** The model with other data in a buffer; every tensor that shares the buffer sees them. */
export function replaceBuffer(model: Model, index: number, data: Uint8Array): Model {
  return { ...model, buffers: model.buffers.map((buffer) => (buffer.index === index ? { ...buffer, data, position: null } : buffer)) };
}

/** The model with an op code, the one that it has already where it is the same. */
export function addOperatorCode(model: Model, code: OperatorCode): Added<Model> {
  const known = model.operatorCodes.findIndex(({ name, builtinCode, version }) => name === code.name && builtinCode === code.builtinCode && version === code.version);
  if (known !== -1) return { whole: model, index: known };
  return { whole: { ...model, operatorCodes: [...model.operatorCodes, code] }, index: model.operatorCodes.length };
}

/** The model with one subgraph changed. */
export function changeSubgraph(model: Model, index: number, change: (subgraph: SubGraph) => SubGraph): Model {
  return { ...model, subgraphs: model.subgraphs.map((subgraph) => (subgraph.index === index ? change(subgraph) : subgraph)) };
}

/** The subgraph with one more tensor: float32, without data, quantization or free dimensions unless `given` says otherwise. */
export function addTensor(subgraph: SubGraph, given: Partial<Omit<Tensor, 'index'>> & Pick<Tensor, 'name' | 'shape'>): Added<SubGraph> {
  const index = subgraph.tensors.length;
  const tensor: Tensor = {
    dtype: 'float32', shapeSignature: null, hasRank: true, buffer: 0, externalBuffer: 0, quantization: null, isVariable: false, sparsity: null, variants: absent, ...given, index,
  };
  return { whole: { ...subgraph, tensors: [...subgraph.tensors, tensor] }, index };
}

/** The subgraph with one tensor changed. */
export function changeTensor(subgraph: SubGraph, index: number, change: Partial<Omit<Tensor, 'index'>>): SubGraph {
  return { ...subgraph, tensors: subgraph.tensors.map((tensor) => (tensor.index === index ? { ...tensor, ...change } : tensor)) };
}

/** What an op needs to be written; the rest has a usual value. */
export type NewOperator = Partial<Omit<Operator, 'index' | 'code'>> & Pick<Operator, 'opcodeIndex' | 'inputs' | 'outputs'>;

/**
 * The subgraph with another list of ops, in order of execution: ops that it had, in any order, and new ones.
 *
 * @throws RangeError for an op code that the model does not list
 */
export function setOperators(model: Model, subgraph: SubGraph, operators: readonly NewOperator[]): SubGraph {
  return {
    ...subgraph,
    operators: operators.map((operator, index) => {
      const code = model.operatorCodes[operator.opcodeIndex];
      if (code === undefined) throw new RangeError(`there is no operator code ${operator.opcodeIndex}`);
      return { options: null, customOptions: null, mutatingVariableInputs: absent, intermediates: absent, debugMetadata: -1, ...operator, index, code };
    }),
  };
}

/**
 * The model without some tensors of one subgraph. Those that stay move up, and what refers to them follows.
 *
 * @throws RangeError when an op, an edge or another tensor still refers to one that goes
 */
export function removeTensors(model: Model, subgraph: number, gone: ReadonlySet<number>): Model {
  let next = 0;
  const places = model.subgraphs[subgraph]?.tensors.map(({ index }) => (gone.has(index) ? -1 : next++)) ?? [];
  const follow = (index: number): number => {
    if (index >= 0 && places[index] === -1) throw new RangeError(`tensor ${index} is referred to`);
    return places[index] ?? index;
  };
  const all = (indices: readonly number[]): readonly number[] => (indices.length === 0 ? indices : indices.map(follow));
  const alias = (entry: TensorAlias): TensorAlias => ({ ...entry, tensor: follow(entry.tensor) });
  const changed = changeSubgraph(model, subgraph, ({ tensors, inputs, outputs, operators, ...rest }) => ({
    ...rest,
    tensors: tensors.filter(({ index }) => !gone.has(index)).map((tensor, index) => ({ ...tensor, index, quantization: followDetails(tensor.quantization, follow) })),
    inputs: all(inputs),
    outputs: all(outputs),
    operators: operators.map((operator) => ({ ...operator, inputs: all(operator.inputs), outputs: all(operator.outputs), intermediates: all(operator.intermediates) })),
  }));
  const signatures = model.signatures.map((signature) => (signature.subgraph !== subgraph ? signature : { ...signature, inputs: signature.inputs.map(alias), outputs: signature.outputs.map(alias) }));
  return { ...changed, signatures };
}

/** Scales and zero points of blocks lie in tensors of their own. */
function followDetails(quantization: TensorQuantization | null, follow: (index: number) => number): TensorQuantization | null {
  const details = quantization?.details ?? null;
  if (quantization === null || details === null || (details.kind !== 'blockwise' && details.kind !== 'multi-axis')) return quantization;
  return { ...quantization, details: { ...details, scales: follow(details.scales), zeroPoints: follow(details.zeroPoints) } };
}
