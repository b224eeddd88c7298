import { LitescopeError } from '../errors';
import { rewrite as words } from '../messages/rewrite';
import { tflitePlaces as places } from '../messages/tflite-places';
import { type Model, type Operator, type QuantizationDetails, type SignatureDef, type SubGraph, type Tensor, absent, callsOf, isConstant, tensorPlace } from '../tflite/format/model';
import { tensorsFromConstants } from '../tflite/analysis/liveness';
import { metadataName } from '../tflite/metadata/metadata';
import { assertSoundModel } from '../tflite/format/verify/verify';

/** A part of one subgraph between tensors; indices as the file counts them. */
export interface Slice {
  readonly subgraph: number;
  /** What the part is given, in order; the subgraph's own inputs when left out. */
  readonly inputs?: readonly number[];
  /** What it gives, in order. */
  readonly outputs: readonly number[];
}

/**
 * The tensors at the edges of a run of ops: as inputs what they read and do not compute (constants and what is
 * computed from constants alone are no inputs, the part brings them along), as outputs what others read, what
 * the subgraph gives, and what nobody reads. A slice between them holds all of these ops.
 *
 * @param first index of the first op
 * @param last index of the last op, itself included
 */
export function edgesOf(model: Model, subgraph: number, first: number, last: number): Slice & { readonly inputs: readonly number[] } {
  const graph = requireSubgraph(model, subgraph);
  const constants = tensorsFromConstants(model, graph);
  const within = graph.operators.slice(first, last + 1);
  const computed = new Set(within.flatMap(({ outputs }) => outputs).filter((tensor) => tensor >= 0 && !constants.has(tensor)));
  const readInside = new Set(within.flatMap(({ inputs }) => inputs));
  const readOutside = new Set([...graph.operators.slice(0, first), ...graph.operators.slice(last + 1)].flatMap(({ inputs }) => inputs));
  const given = new Set(graph.outputs);
  const isInput = (tensor: number): boolean => tensor >= 0 && !computed.has(tensor) && !constants.has(tensor) && graph.tensors[tensor]?.isVariable === false;
  const inputs = [...readInside].filter(isInput);
  return {
    subgraph,
    // Callers know the subgraph's own inputs in their order.
    inputs: [...graph.inputs.filter((tensor) => inputs.includes(tensor)), ...inputs.filter((tensor) => !graph.inputs.includes(tensor))],
    outputs: [...computed].filter((tensor) => readOutside.has(tensor) || given.has(tensor) || !readInside.has(tensor)),
  };
}

/**
 * A part of a model as a model of its own: the ops that the outputs need, back to the inputs, and nothing else.
 * Tensors, buffers and op codes that are not needed go; subgraphs stay only where an op of the part calls some. The
 * signature keeps its key, and the names of what was at the model's edge before; metadata of inputs and outputs go with
 * the edges that they describe. Weights are not copied.
 *
 * @throws LitescopeError MODEL_UNSOUND for a model that contradicts itself, INVALID_SLICE for tensors that are not there, and for outputs that need an input of the
 *   subgraph that is not among the slice's inputs
 */
export function sliceModel(model: Model, slice: Slice): Model {
  assertSoundModel(model);
  const graph = requireSubgraph(model, slice.subgraph);
  const inputs = slice.inputs ?? graph.inputs;
  for (const tensor of [...inputs, ...slice.outputs]) {
    if (graph.tensors[tensor] === undefined) throw new LitescopeError('INVALID_SLICE', words.slice.noTensor(tensor), { place: tensorPlace(slice.subgraph, tensor) });
  }
  if (slice.outputs.length === 0) throw new LitescopeError('INVALID_SLICE', words.slice.noOutput, { place: places.subgraph(slice.subgraph) });
  const operators = neededOperators(model, graph, new Set(inputs), slice.outputs);
  const calls = operators.some((operator) => callsOf(operator).length > 0);
  const cut = renumberTensors({ ...graph, inputs, outputs: slice.outputs, operators, debugMetadata: -1 });
  // Ops name subgraphs by number, and those call others.
  const subgraphs = calls ? model.subgraphs.map((each) => (each.index === graph.index ? cut.graph : each)) : [{ ...cut.graph, index: 0 }];
  const unchanged = same(inputs, graph.inputs) && same(slice.outputs, graph.outputs);
  return dropUnused({
    ...model,
    // The archive behind a file holds label files, to which only metadata lead.
    bytes: unchanged ? model.bytes : new Uint8Array(0),
    subgraphs,
    signatures: signatureOf(model, graph, inputs, slice.outputs, calls ? graph.index : 0, cut.indices),
    metadata: unchanged ? model.metadata : model.metadata.filter(({ name }) => name !== metadataName),
    legacyMetadata: absent,
  });
}

/** The ops up to one in the order of execution, as a model; its first op codes and weights do the same work as in the whole. */
export function cutAfter(model: Model, subgraph: number, op: number): Model {
  const { outputs } = edgesOf(model, subgraph, 0, op);
  return sliceModel(model, { subgraph, outputs });
}

function requireSubgraph(model: Model, index: number): SubGraph {
  const graph = model.subgraphs[index];
  if (graph === undefined) throw new LitescopeError('INVALID_SLICE', words.slice.noSubgraph(index), { place: places.model });
  return graph;
}

/** Ops on a way from the inputs to the outputs, in the order of execution. */
function neededOperators(model: Model, graph: SubGraph, inputs: ReadonlySet<number>, outputs: readonly number[]): Operator[] {
  const producers = new Map(graph.operators.flatMap((operator) => operator.outputs.map((tensor): [number, Operator] => [tensor, operator])));
  const own = new Set(graph.inputs);
  const needed = new Set<Operator>();
  const seen = new Set<number>();
  const waiting = [...outputs];
  for (let tensor = waiting.pop(); tensor !== undefined; tensor = waiting.pop()) {
    if (tensor === -1 || inputs.has(tensor) || seen.has(tensor)) continue;
    seen.add(tensor);
    const producer = producers.get(tensor);
    if (producer !== undefined) {
      if (needed.has(producer)) continue;
      needed.add(producer);
      waiting.push(...producer.inputs);
      continue;
    }
    const leaf = graph.tensors[tensor];
    if (leaf !== undefined && own.has(tensor) && !isConstant(model, leaf)) {
      throw new LitescopeError('INVALID_SLICE', words.slice.needsInput(leaf.name), { place: tensorPlace(graph.index, tensor) });
    }
  }
  return graph.operators.filter((operator) => needed.has(operator));
}

interface Renumbered {
  readonly graph: SubGraph;
  /** New tensor index by old one. */
  readonly indices: ReadonlyMap<number, number>;
}

/** Leaves out the tensors that no op and no edge refers to. */
function renumberTensors(graph: SubGraph): Renumbered {
  const used = new Set([...graph.inputs, ...graph.outputs, ...graph.operators.flatMap(({ inputs, outputs, intermediates }) => [...inputs, ...outputs, ...intermediates])]);
  // A tensor's scales may be tensors too; a set that grows while it is walked gives its new members as well.
  for (const index of used) for (const other of scaleTensors(graph.tensors[index])) used.add(other);
  const kept = graph.tensors.filter(({ index }) => used.has(index));
  const indices = new Map(kept.map(({ index }, at) => [index, at]));
  const renumber = (index: number): number => indices.get(index) ?? -1;
  const all = (list: readonly number[]): readonly number[] => (list === absent ? absent : list.map(renumber));
  return {
    indices,
    graph: {
      ...graph,
      inputs: all(graph.inputs),
      outputs: all(graph.outputs),
      tensors: kept.map((tensor, index) => ({ ...tensor, index, ...renumberedScales(tensor, renumber) })),
      operators: graph.operators.map((operator, index) => ({
        ...operator, index, debugMetadata: -1, inputs: all(operator.inputs), outputs: all(operator.outputs), intermediates: all(operator.intermediates),
      })),
    },
  };
}

function scaleTensors(tensor: Tensor | undefined): readonly number[] {
  const details = tensor?.quantization?.details;
  return details?.kind === 'blockwise' || details?.kind === 'multi-axis' ? [details.scales, details.zeroPoints].filter((index) => index >= 0) : [];
}

function renumberedScales({ quantization }: Tensor, renumber: (index: number) => number): Partial<Tensor> {
  const details = quantization?.details;
  if (quantization === null || (details?.kind !== 'blockwise' && details?.kind !== 'multi-axis')) return {};
  const moved: QuantizationDetails = { ...details, scales: renumber(details.scales), zeroPoints: renumber(details.zeroPoints) };
  return { quantization: { ...quantization, details: moved } };
}

/** A model without signatures stays without: its edges go by the tensors' names. */
function signatureOf(model: Model, graph: SubGraph, inputs: readonly number[], outputs: readonly number[], subgraph: number, indices: ReadonlyMap<number, number>): readonly SignatureDef[] {
  const original = model.signatures.find((signature) => signature.subgraph === graph.index);
  if (original === undefined) return [];
  const edge = (tensors: readonly number[], known: SignatureDef['inputs']): SignatureDef['inputs'] => {
    const names = new Set<string>();
    return tensors.map((tensor) => {
      const alias = known.find((each) => each.tensor === tensor)?.name ?? graph.tensors[tensor]?.name ?? '';
      const name = alias === '' || names.has(alias) ? `tensor ${tensor}` : alias;
      names.add(name);
      return { name, tensor: indices.get(tensor) ?? -1 };
    });
  };
  return [{ ...original, subgraph, inputs: edge(inputs, original.inputs), outputs: edge(outputs, original.outputs) }];
}

/** Runtimes ask for the kernel of every op code that a file lists, needed or not, and buffers take their room. */
function dropUnused(model: Model): Model {
  const operators = model.subgraphs.flatMap((graph) => graph.operators);
  const codes = [...new Set(operators.map(({ opcodeIndex }) => opcodeIndex))].sort((one, other) => one - other);
  const used = new Set([0, ...model.subgraphs.flatMap(({ tensors }) => tensors.map(({ buffer }) => buffer)), ...model.metadata.map(({ buffer }) => buffer)]);
  const buffers = model.buffers.filter(({ index }) => used.has(index));
  const moved = new Map(buffers.map(({ index }, at) => [index, at]));
  return {
    ...model,
    operatorCodes: codes.flatMap((index) => model.operatorCodes[index] ?? []),
    buffers: buffers.map((buffer, index) => ({ ...buffer, index })),
    metadata: model.metadata.map((entry) => ({ ...entry, buffer: moved.get(entry.buffer) ?? 0 })),
    subgraphs: model.subgraphs.map((graph) => ({
      ...graph,
      tensors: graph.tensors.map((tensor) => ({ ...tensor, buffer: moved.get(tensor.buffer) ?? 0 })),
      operators: graph.operators.map((operator) => ({ ...operator, opcodeIndex: codes.indexOf(operator.opcodeIndex) })),
    })),
  };
}

function same(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
