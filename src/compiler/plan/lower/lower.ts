import { LitescopeError } from '../../../errors';
import { compiler as text } from '../../../messages/compiler';
import type { Graph, Node } from '../graph';
import type { Step } from '../step';
import { convolutions } from './convolutions';
import { elements } from './elements';
import type { Lowerings } from './lowering';
import { movements } from './movements';
import { pictures } from './pictures';

const lowerings: Lowerings = { ...convolutions, ...pictures, ...elements, ...movements };

/** A step, and the ops of the subgraph that it does or takes part in: first the one that it is named by, then what went into that. */
export interface PlacedStep {
  readonly step: Step;
  readonly operators: readonly number[];
}

/**
 * The steps of all nodes, in order.
 *
 * @throws LitescopeError UNSUPPORTED_OP with every op that no kernel computes, and the place of the first
 */
export function lower(graph: Graph, nodes: readonly Node[]): readonly PlacedStep[] {
  const missing: { readonly what: string; readonly place: string }[] = [];
  const steps = nodes.flatMap((node): readonly PlacedStep[] => {
    const own = lowered(graph, node);
    if (typeof own !== 'string') return own.map((step) => ({ step, operators: node.operators.map(({ index }) => index) }));
    missing.push({ what: own, place: graph.place(node) });
    return [];
  });
  const [first] = missing;
  if (first !== undefined) throw new LitescopeError('UNSUPPORTED_OP', text.lacks([...new Set(missing.map(({ what }) => what))]), { place: first.place });
  return steps;
}

/** A node's steps; else what there is no kernel for. */
function lowered(graph: Graph, node: Node): readonly Step[] | string {
  const name = node.operators[0]?.code.name ?? '';
  const lowering = Object.hasOwn(lowerings, name) ? lowerings[name] : undefined;
  const other = [...node.inputs.filter((tensor) => !graph.isKnown(tensor)), ...node.outputs].find((tensor) => tensor >= 0 && graph.dtype(tensor) !== 'float32');
  if (lowering !== undefined && other !== undefined) return text.ofType(name, graph.dtype(other));
  return lowering?.(graph, node) ?? name;
}
