import { byteLength, elementCount } from '../../tensor/dtype';
import { type InferredShapes, inferSubgraph } from './infer-shapes';
import { type Liveness, calledSubgraphs, peakBytes, tensorsFromConstants } from './liveness';
import { type Model, type Operator, type SubGraph, type Tensor, isConstant } from '../format/model';
import { opEntry } from './op-table';
import { countParameters } from '../format/parameters';
import { signaturesOf } from './signatures';
import type { KindCost, LargeTensor } from './summary';

/** Rows of `largestTensors`. */
const largestCount = 10;

export interface OpCost {
  readonly subgraph: number;
  readonly operator: number;
  /** `CONV_2D`, or the custom op's own name. */
  readonly name: string;
  readonly macs: number;
  /** Arithmetic operations: 2 × `macs`, biases, and what is neither. Fused activations are not counted. */
  readonly flops: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** Bytes of weights and biases as the file stores them. */
  readonly weightBytes: number;
  /** `flops` for each byte read or written; 0 for an op that touches none. */
  readonly intensity: number;
  /** Whether the op table knows the op's arithmetic and all shapes that it takes; where not, `macs` and `flops` may be too low. */
  readonly known: boolean;
  /** Everything that the op reads is constant: runtimes run it once, when they load the model. Its costs are not in totals. */
  readonly once: boolean;
}

export interface CostTotal {
  readonly macs: number;
  readonly flops: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** Ops whose arithmetic or shapes are unknown. */
  readonly unknownOps: number;
}

export interface ModelCosts {
  /** Ops of all subgraphs, in order. */
  readonly perOp: readonly OpCost[];
  /** One run of the first signature; a subgraph that it calls counts once, however often it loops. */
  readonly total: CostTotal;
  readonly byKind: readonly KindCost[];
  readonly parameters: number;
  /**
   * The least memory that activations of that run need: for each op in the order of the file, the bytes of all
   * tensors that are alive then (produced and not yet read for the last time; inputs, outputs and variables always, as
   * TFLite's arena keeps them), and of these the most. Without reuse in place, alignment, fragmentation and scratch
   * memory. Tensors that are computed from constants alone are weights, not activations. Called subgraphs add their own peaks.
   */
  readonly peakActivationBytes: number;
  readonly largestTensors: readonly LargeTensor[];
}

/**
 * What a run costs, from shapes and settings alone: see `opEntry` for what is counted how.
 *
 * @param inferred shapes of a subgraph that replace the file's, as `inferShapes` gives them
 */
export function modelCosts(model: Model, inferred?: InferredShapes): ModelCosts {
  const graphs = model.subgraphs.map((subgraph) => describe(model, subgraph, inferred?.subgraph === subgraph.index ? inferred : inferSubgraph(model, subgraph)));
  const running = calledSubgraphs(model, inferred?.subgraph ?? signaturesOf(model)[0]?.subgraph ?? 0);
  const perOp = graphs.flatMap((graph) => graph.subgraph.operators.map((operator) => opCost(model, graph, operator)));
  const run = perOp.filter(({ subgraph }) => running.has(subgraph));
  return {
    perOp,
    total: sum(run),
    byKind: byKind(run),
    parameters: countParameters(model),
    peakActivationBytes: graphs.reduce((bytes, graph) => bytes + (running.has(graph.subgraph.index) ? peakBytes(graph) : 0), 0),
    largestTensors: largest(model, graphs),
  };
}

interface Graph extends Liveness {
  readonly inferred: InferredShapes;
  /** For a tensor that is unfolded from a constant, that constant. */
  readonly origins: ReadonlyMap<number, number>;
}

function describe(model: Model, subgraph: SubGraph, inferred: InferredShapes): Graph {
  const fromConstants = tensorsFromConstants(model, subgraph);
  const origins = new Map<number, number>();
  for (const { code, inputs: [input], outputs: [output] } of subgraph.operators) {
    if (input === undefined || output === undefined || !fromConstants.has(output)) continue;
    if (code.name === 'DEQUANTIZE' || code.name === 'DENSIFY') origins.set(output, origins.get(input) ?? input);
  }
  const bytes = subgraph.tensors.map((tensor) => bytesOf(model, tensor, inferred.shapes[tensor.index] ?? []));
  return { subgraph, inferred, fromConstants, origins, bytes };
}

/** Constants take what the file stores (sparse ones less than their shape says). Strings and resources have no size before they run. */
function bytesOf(model: Model, tensor: Tensor, shape: readonly number[]): number {
  const stored = model.buffers[tensor.buffer]?.data.length ?? 0;
  return stored > 0 ? stored : byteLength(tensor.dtype, shape) ?? 0;
}

function opCost(model: Model, { subgraph, inferred, bytes, origins, fromConstants }: Graph, operator: Operator): OpCost {
  const entry = opEntry(operator.code);
  const shapeOf = (index: number): readonly number[] | null => inferred.shapes[index] ?? null;
  const shapes = {
    inputs: operator.inputs.map(shapeOf),
    outputs: operator.outputs.map((index) => shapeOf(index) ?? [0]),
    options: operator.options,
  };
  const macs = entry?.macs?.(shapes) ?? 0;
  const hasBias = entry?.biases?.some((position) => (operator.inputs[position] ?? -1) !== -1) === true;
  const biased = hasBias ? shapes.outputs.reduce((total, shape) => total + elementCount(shape), 0) : 0;
  const flops = 2 * macs + biased + (entry?.operations?.(shapes) ?? 0);
  const sizeOf = (index: number): number => bytes[index] ?? 0;
  const bytesWritten = operator.outputs.reduce((total, index) => total + sizeOf(index), 0);
  const read = operator.inputs.map(sizeOf);
  const whole = read.reduce((total, size) => total + size, 0);
  const widest = Math.max(0, ...read.slice(0, 2));
  const bytesRead = entry?.reads === 'written' ? whole - widest + Math.min(widest, bytesWritten) : whole;
  const weightBytes = [...entry?.weights ?? [], ...entry?.biases ?? []].reduce((total, position) => {
    const index = operator.inputs[position] ?? -1;
    const origin = origins.get(index) ?? index;
    const tensor = subgraph.tensors[origin];
    return total + (tensor !== undefined && isConstant(model, tensor) ? sizeOf(origin) : 0);
  }, 0);
  const touched = bytesRead + bytesWritten;
  return {
    subgraph: subgraph.index,
    operator: operator.index,
    name: operator.code.name,
    macs,
    flops,
    bytesRead,
    bytesWritten,
    weightBytes,
    intensity: touched === 0 ? 0 : flops / touched,
    known: entry !== null && [...operator.inputs, ...operator.outputs].every((index) => !inferred.unknown.has(index)),
    once: operator.outputs.length > 0 && operator.outputs.every((index) => fromConstants.has(index)),
  };
}

function sum(costs: readonly OpCost[]): CostTotal {
  const total = { macs: 0, flops: 0, bytesRead: 0, bytesWritten: 0, unknownOps: 0 };
  for (const cost of costs) {
    if (cost.once) continue;
    total.macs += cost.macs;
    total.flops += cost.flops;
    total.bytesRead += cost.bytesRead;
    total.bytesWritten += cost.bytesWritten;
    if (!cost.known) total.unknownOps += 1;
  }
  return total;
}

function byKind(costs: readonly OpCost[]): KindCost[] {
  const { macs: all } = sum(costs);
  const kinds = new Map<string, { count: number; macs: number; flops: number; weightBytes: number }>();
  for (const { name, macs, flops, weightBytes, once } of costs) {
    const kind = kinds.get(name) ?? { count: 0, macs: 0, flops: 0, weightBytes: 0 };
    kinds.set(name, kind);
    kind.count += 1;
    kind.weightBytes += weightBytes;
    if (once) continue;
    kind.macs += macs;
    kind.flops += flops;
  }
  return [...kinds]
    .map(([name, kind]) => ({ name, ...kind, macsShare: all === 0 ? 0 : kind.macs / all }))
    .sort((one, other) => other.macs - one.macs || other.flops - one.flops);
}

function largest(model: Model, graphs: readonly Graph[]): LargeTensor[] {
  const all = graphs.flatMap(({ subgraph, bytes }) => subgraph.tensors.map((tensor) => ({ subgraph: subgraph.index, tensor, bytes: bytes[tensor.index] ?? 0 })));
  return all.sort((one, other) => other.bytes - one.bytes).slice(0, largestCount).map(({ subgraph, tensor, bytes }) => ({
    subgraph,
    tensor: tensor.index,
    name: tensor.name,
    dtype: tensor.dtype,
    shape: graphs[subgraph]?.inferred.shapes[tensor.index] ?? tensor.shape,
    bytes,
    constant: isConstant(model, tensor),
  }));
}
