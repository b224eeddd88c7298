import { optionsAs } from '../../../tflite/analysis/ops/context';
import type { OptionsTable, OptionsTable2 } from '../../../tflite/format/schema/tables';
import type { Activation, Finish } from '../../kernels/finish';
import { fusedActivation } from '../fuse';
import type { Graph, Node } from '../graph';
import { shape4, type Shape4 } from '../../kernels/layout';
import type { Step } from '../step';

/** The steps that a node becomes; null where no kernel computes it. */
export type Lowering = (graph: Graph, node: Node) => readonly Step[] | null;

export type Lowerings = Readonly<Record<string, Lowering>>;

export function settingsOf<Name extends OptionsTable | OptionsTable2>({ operators: [operator] }: Node, table: Name): ReturnType<typeof optionsAs<Name>> {
  return optionsAs(operator?.options ?? null, table);
}

export function shapeOf(graph: Graph, tensor: number | undefined): Shape4 {
  return shape4(graph.shape(tensor ?? -1));
}

/** What a node applies to its result: its own activation, or the one that was fused into it, and a residual; null where no kernel applies it. */
export function finishOf(graph: Graph, node: Node): Finish | null {
  const activation = activationOf(node);
  if (activation === null) return null;
  return { activation, residual: node.residual === null ? null : { channels: shapeOf(graph, node.residual.tensor)[3], activation: node.residual.activation } };
}

export function activationOf(node: Node): Activation | null {
  return node.activation === 'NONE' ? fusedActivation(node) : node.activation;
}

export function residualOf({ residual }: Node): readonly number[] {
  return residual === null ? [] : [residual.tensor];
}
