import { byteLength, elementCount } from '../../../tensor/dtype';
import { LitescopeError } from '../../../errors';
import { inspect as text } from '../../../messages/inspect';
import { type Operator, type Tensor, callsOf, declaredShape, isConstant } from '../../../tflite/format/model';
import { signaturesOf } from '../../../tflite/analysis/signatures';
import { availableValues } from '../../../tflite/constants/constants';
import type { OpDescription, OpReference, OpRow, Operand, TensorDescription, TensorReference } from './descriptions';
import type { InspectedModel } from './inspected';
import { describeOptions, optionsText } from './options';
import { describeQuantization } from './quantization';
import { inputRole, outputRole } from './roles';
import { hexWord, shapeWord } from './words';

/** Bytes of a custom op's settings that are shown. */
const shownBytes = 64;

/**
 * Everything that the file says of one op, in words.
 * @throws LitescopeError INVALID_INPUT for an op that the model does not have
 */
export function describeOp(inspected: InspectedModel, subgraph: number, op: number): OpDescription {
  const graph = inspected.subgraph(subgraph);
  const operator = graph.operators[op];
  const cost = inspected.costs.perOp.find((each) => each.subgraph === subgraph && each.operator === op);
  if (operator === undefined || cost === undefined) throw new LitescopeError('INVALID_INPUT', text.noOp(subgraph, op));
  const { code, customOptions } = operator;
  const operands = (indices: readonly number[], role: (position: number) => string): Operand[] =>
    indices.map((index, position) => ({ role: role(position), tensor: graph.tensors[index] === undefined ? null : referTo(inspected, subgraph, index) }));
  return {
    subgraph,
    op,
    name: code.name,
    custom: code.custom,
    version: code.version,
    options: describeOptions(inspected.model, graph, operator),
    customOptions: customOptions === null ? null : { bytes: customOptions.length, hex: hexWord(customOptions, shownBytes), cut: customOptions.length > shownBytes },
    inputs: operands(operator.inputs, (position) => inputRole(code, position, operator.inputs.length)),
    outputs: operands(operator.outputs, (position) => outputRole(position, operator.outputs.length)),
    intermediates: operands(operator.intermediates, (position) => text.intermediate(position)),
    cost,
    calls: callsOf(operator),
  };
}

/**
 * Everything that the file says of one tensor, without its values.
 * @throws LitescopeError INVALID_INPUT for a tensor that the model does not have
 */
export function describeTensor(inspected: InspectedModel, subgraph: number, index: number): TensorDescription {
  const tensor = inspected.tensor(subgraph, index);
  const { operators } = inspected.subgraph(subgraph);
  const { producers, consumers } = inspected.wiring(subgraph);
  const producer = operators[producers.get(index) ?? -1];
  const reference = referTo(inspected, subgraph, index);
  return {
    ...reference,
    elements: elementCount(reference.sizes),
    buffer: tensor.buffer,
    variable: tensor.isVariable,
    edges: edgesOf(inspected, subgraph, index),
    producer: producer === undefined ? null : opReference(subgraph, producer, outputRole(producer.outputs.indexOf(index), producer.outputs.length)),
    consumers: (consumers.get(index) ?? []).flatMap((at): OpReference[] => {
      const operator = operators[at];
      if (operator === undefined) return [];
      return [opReference(subgraph, operator, inputRole(operator.code, operator.inputs.indexOf(index), operator.inputs.length))];
    }),
    sparsity: sparsityWord(tensor),
    values: availableValues(inspected.model, tensor),
  };
}

/** All ops in the order of execution, subgraph by subgraph. */
export function listOps(inspected: InspectedModel): OpRow[] {
  const { costs } = inspected;
  let at = 0;
  return inspected.model.subgraphs.flatMap((graph) => graph.operators.map((operator): OpRow => {
    const cost = costs.perOp[at++];
    const output = graph.tensors[operator.outputs[0] ?? -1];
    const tensors = [...operator.inputs, ...operator.outputs].flatMap((index) => graph.tensors[index] ?? []);
    return {
      subgraph: graph.index,
      op: operator.index,
      name: operator.code.name,
      custom: operator.code.custom,
      output: output === undefined ? null : { tensor: output.index, name: nameOf(output), dtype: output.dtype, shape: declaredShape(output) },
      macs: cost?.macs ?? 0,
      weightBytes: cost?.weightBytes ?? 0,
      once: cost?.once ?? false,
      text: searchable([
        operator.code.name,
        optionsText(describeOptions(inspected.model, graph, operator)),
        ...tensors.flatMap((tensor) => [nameOf(tensor), tensor.dtype, shapeWord(declaredShape(tensor))]),
      ].join(' ')),
    };
  }));
}

/** Text as searches compare it: lower case, `x` for the multiplication sign. */
export function searchable(text: string): string {
  return text.toLowerCase().replaceAll('×', 'x').replaceAll('−', '-');
}

/** A tensor with what stands beside its name wherever it is mentioned. */
export function referTo(inspected: InspectedModel, subgraph: number, index: number): TensorReference {
  const tensor = inspected.tensor(subgraph, index);
  const { model } = inspected;
  const sizes = inspected.sizes(subgraph)[index] ?? tensor.shape;
  const stored = model.externalBuffers.find(({ id }) => tensor.externalBuffer > 0 && id === tensor.externalBuffer)?.length ?? model.buffers[tensor.buffer]?.data.length ?? 0;
  const origin = inspected.origin(subgraph, index);
  return {
    subgraph,
    tensor: index,
    name: nameOf(tensor),
    dtype: tensor.dtype,
    shape: declaredShape(tensor),
    sizes,
    bytes: stored > 0 ? stored : byteLength(tensor.dtype, sizes) ?? null,
    constant: isConstant(model, tensor),
    origin: origin === null ? null : { tensor: origin.index, name: nameOf(origin), dtype: origin.dtype },
    quantization: describeQuantization(inspected.subgraph(subgraph), tensor),
  };
}

function nameOf(tensor: Tensor): string {
  return tensor.name.trim() === '' ? text.tensor(tensor.index) : tensor.name;
}

function opReference(subgraph: number, operator: Operator, role: string): OpReference {
  return { subgraph, op: operator.index, name: operator.code.name, role };
}

/** Where the tensor stands at the edge of its subgraph. */
function edgesOf({ model }: InspectedModel, subgraph: number, index: number): string[] {
  return signaturesOf(model).filter((signature) => signature.subgraph === subgraph).flatMap(({ key, inputs, outputs }) => {
    const named = (kind: 'input' | 'output', edges: typeof inputs): string[] =>
      edges.flatMap(({ name, tensorName, tensorIndex }) => (tensorIndex === index ? [text.edge(kind, name === tensorName ? '' : name, key)] : []));
    return [...named('input', inputs), ...named('output', outputs)];
  });
}

function sparsityWord({ sparsity, shape }: Tensor): string | null {
  if (sparsity === null) return null;
  const compressed = sparsity.dimensions.filter(({ format }) => format === 'SPARSE_CSR').length;
  const blocks = sparsity.dimensions.slice(shape.length).map(({ denseSize }) => denseSize);
  return text.sparsity(compressed, sparsity.dimensions.length, blocks.length === 0 ? null : shapeWord(blocks));
}
