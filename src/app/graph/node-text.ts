import type { Neighbours } from '../../graph/drawing/page/neighbours';
import type { PlacedNode } from '../../graph/layout/shared/layout-types';
import { shapeText } from '../../graph/model/shared/shape-text';
import { type Graph, type GraphTensor, activationsOf } from '../../graph/model/shared/types';
import { graphView } from '../../messages/graph-view';
import type { SelectionTarget } from '../state/selection.svelte';

function describeTensor({ dtype, shape }: Pick<GraphTensor, 'dtype' | 'shape'>): string {
  return `${shapeText(shape)} ${dtype}`;
}

function describeAll(graph: Graph, indices: readonly number[]): readonly string[] {
  return indices.flatMap((index) => graph.tensors[index] ?? []).map(describeTensor);
}

/** Where one is and where arrow keys lead: `step 2 of 90, 1 before it, 2 after it`. @param step from 0; −1 for an input or output */
export function describePlace(step: number, steps: number, { before, after, beside }: Neighbours): string {
  return graphView.spoken.place(step < 0 ? null : step + 1, steps, before.length, after.length, beside.length);
}

/** What is selected, as a screen reader says it: `Op 3, CONV_2D 5×5 s2; step 3 of 90, 1 before it; from 1×128×128×3 float32; …`. @param place where it is among others, if it has a place */
export function describeSelection(graph: Graph, selected: SelectionTarget, place = ''): string {
  const { spoken: text } = graphView;
  if (selected.kind === 'tensor') {
    const tensor = graph.tensors[selected.tensor];
    return tensor === undefined ? '' : text.tensor(selected.tensor, tensor.name, describeTensor(tensor), place);
  }
  const op = graph.ops[selected.op];
  if (op === undefined) return '';
  return text.op(op.index, `${op.name} ${op.fact}`.trim(), place, describeAll(graph, activationsOf(op)), describeAll(graph, op.outputs), op.constants.map(describeTensor));
}

/** `Closed group expanded_conv_3, 4 ops: 2 CONV_2D, DEPTHWISE_CONV_2D, ADD`. */
export function describeGroup(graph: Graph, { title, ops }: PlacedNode): string {
  const counts = new Map<string, number>();
  for (const op of ops) {
    const name = graph.ops[op]?.name ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return graphView.spoken.group(title, ops.length, [...counts]);
}
