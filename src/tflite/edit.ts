import { type Model, type ModelBuffer, type Operator, type OperatorCode, type SubGraph, type Tensor, absent } from './model';

/** A new model and the index at which what was added is found. */
export interface Added<Whole> {
  readonly whole: Whole;
  readonly index: number;
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
