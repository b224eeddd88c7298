import { activations, type Activation } from '../kernels/finish';
import type { Graph, Node } from './graph';

/** Ops whose results can be finished before they are stored, and whether another tensor can be added on the way. */
const finishing: Readonly<Record<string, 'activation' | 'residual'>> = {
  CONV_2D: 'residual', DEPTHWISE_CONV_2D: 'residual', FULLY_CONNECTED: 'residual', TRANSPOSE_CONV: 'activation', Convolution2DTransposeBias: 'activation',
  ADD: 'activation', SUB: 'activation', MUL: 'activation', DIV: 'activation',
};
const windowed = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D']);

/** An op's own fused activation; null for one that no kernel applies. */
export function fusedActivation({ operators: [operator] }: Node): Activation | null {
  const own = operator?.options?.table === 'unknown' ? undefined : (operator?.options?.values as Readonly<Record<string, unknown>> | undefined)?.['fused_activation_function'];
  if (own === undefined) return 'NONE';
  return activations.find((each) => each === own) ?? null;
}

export const nameOf = ({ operators: [operator] }: Node): string => operator?.code.name ?? '';

/**
 * Fewer nodes that compute the same: zeros around a picture become part of the convolutions that read it, activations and
 * residual additions part of what comes before them. Where a tensor is read twice, or is an output, it stays.
 */
export function fuse(graph: Graph): readonly Node[] {
  return residuals(graph, activated(graph, padded(graph, graph.nodes)));
}

function readersOf(graph: Graph, nodes: readonly Node[]): (tensor: number) => number {
  const counts = new Map<number, number>();
  const count = (tensor: number): void => { counts.set(tensor, (counts.get(tensor) ?? 0) + 1); };
  for (const { inputs, residual } of nodes) {
    inputs.forEach(count);
    if (residual !== null) count(residual.tensor);
  }
  graph.subgraph.outputs.forEach(count);
  return (tensor) => counts.get(tensor) ?? 0;
}

/** PAD with zeros above, below and beside pictures, in front of convolutions. */
function padded(graph: Graph, nodes: readonly Node[]): readonly Node[] {
  const pads = new Map<number, Node>();
  for (const node of nodes) {
    const [amounts, rank] = [graph.integers(node.inputs[1]), graph.shape(node.inputs[0] ?? -1).length];
    if (nameOf(node) !== 'PAD' || amounts === null || rank !== 4 || amounts.length !== 8) continue;
    if ([0, 1, 6, 7].every((place) => amounts[place] === 0) && amounts.every((amount) => amount >= 0)) pads.set(node.outputs[0] ?? -1, node);
  }
  const taken = nodes.map((node): Node => {
    const pad = pads.get(node.inputs[0] ?? -1);
    if (pad === undefined || !windowed.has(nameOf(node))) return node;
    const [, , top = 0, bottom = 0, left = 0, right = 0] = graph.integers(pad.inputs[1]) ?? [];
    return { ...node, operators: [...node.operators, ...pad.operators], inputs: [pad.inputs[0] ?? -1, ...node.inputs.slice(1)], padding: [top, bottom, left, right] };
  });
  const readers = readersOf(graph, taken);
  return taken.filter((node) => !pads.has(node.outputs[0] ?? -1) || readers(node.outputs[0] ?? -1) > 0);
}

/** Ops that apply a function to what one other op computes for them alone. */
function activated(graph: Graph, nodes: readonly Node[]): readonly Node[] {
  const readers = readersOf(graph, nodes);
  const result: Node[] = [];
  const makers = new Map<number, number>();
  for (const node of nodes) {
    const [input = -1] = node.inputs;
    const place = makers.get(input) ?? -1;
    const maker = result[place];
    const activation = activations.find((each) => each !== 'NONE' && each === nameOf(node));
    if (activation !== undefined && maker !== undefined && readers(input) === 1 && maker.activation === 'NONE' && fusedActivation(maker) === 'NONE' && nameOf(maker) in finishing && graph.dtype(input) === 'float32') {
      result[place] = { ...maker, operators: [...maker.operators, ...node.operators], outputs: node.outputs, activation };
      makers.set(node.outputs[0] ?? -1, place);
      continue;
    }
    for (const output of node.outputs) makers.set(output, result.length);
    result.push(node);
  }
  return result;
}

/** ADD of two tensors of which a convolution computes one for it alone; the other may have fewer channels, where a PAD adds zeros. */
function residuals(graph: Graph, nodes: readonly Node[]): readonly Node[] {
  const makers = new Map<number, Node>();
  for (const node of nodes) for (const output of node.outputs) makers.set(output, node);
  const readers = readersOf(graph, nodes);
  const gone = new Set<Node>();
  const added = nodes.map((node): Node => {
    const activation = fusedActivation(node);
    if (nameOf(node) !== 'ADD' || activation === null || (activation !== 'NONE' && node.activation !== 'NONE')) return node;
    const [output = -1] = node.outputs;
    // The later of the two: the other one is there by then.
    const places = node.inputs.map((input) => nodes.indexOf(makers.get(input) ?? node));
    for (const side of (places[0] ?? 0) > (places[1] ?? 0) ? [0, 1] : [1, 0]) {
      const [own = -1, other = -1] = [node.inputs[side], node.inputs[1 - side]];
      const maker = makers.get(own);
      if (maker === undefined || gone.has(maker) || finishing[nameOf(maker)] !== 'residual' || maker.residual !== null || readers(own) !== 1 || own === other || graph.isKnown(other)) continue;
      const pad = makers.get(other);
      const narrow = pad !== undefined && readers(other) === 1 && addsChannels(graph, pad) ? pad : null;
      const tensor = narrow === null ? other : narrow.inputs[0] ?? -1;
      const shapes = [graph.shape(own), graph.shape(other), graph.shape(output)].map((shape) => shape.join());
      if (new Set(shapes).size !== 1 || graph.dtype(output) !== 'float32') continue;
      gone.add(maker);
      if (narrow !== null) gone.add(narrow);
      return {
        ...maker, operators: [...maker.operators, ...node.operators, ...narrow?.operators ?? []], outputs: node.outputs,
        residual: { tensor, activation: activation === 'NONE' ? node.activation : activation },
      };
    }
    return node;
  });
  return added.filter((node) => !gone.has(node));
}

/** A PAD with zeros behind the last channel, and nowhere else. */
function addsChannels(graph: Graph, node: Node): boolean {
  const amounts = graph.integers(node.inputs[1]);
  return nameOf(node) === 'PAD' && amounts !== null && amounts.length === 8 && amounts.every((amount, place) => (place === 7 ? amount >= 0 : amount === 0));
}
