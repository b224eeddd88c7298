import type { PlacedNode } from '../../graph/layout/shared/layout-types';
import { shapeText } from '../../graph/model/shared/shape-text';
import { type Graph, type GraphTensor, activationsOf } from '../../graph/model/shared/types';
import type { SelectionTarget } from '../state/selection.svelte';

function describeTensor({ dtype, shape }: GraphTensor): string {
  return `${shapeText(shape)} ${dtype}`;
}

function describeAll(graph: Graph, indices: readonly number[]): string {
  return indices.flatMap((index) => graph.tensors[index] ?? []).map(describeTensor).join(', ');
}

/** What is selected, as a screen reader says it: `Op 3, CONV_2D 5×5 s2, from 1×128×128×3 float32, …`. */
export function describeSelection(graph: Graph, selected: SelectionTarget): string {
  if (selected.kind === 'tensor') {
    const tensor = graph.tensors[selected.tensor];
    return tensor === undefined ? '' : `Tensor ${selected.tensor}, ${tensor.name}, ${describeTensor(tensor)}`;
  }
  const op = graph.ops[selected.op];
  if (op === undefined) return '';
  const parts = [`Op ${op.index}, ${op.name} ${op.fact}`.trim(), `from ${describeAll(graph, activationsOf(op)) || 'nothing'}`, `to ${describeAll(graph, op.outputs)}`];
  const weights = op.constants.map(({ shape, dtype }) => `${shapeText(shape)} ${dtype}`).join(', ');
  return [...parts, ...(weights === '' ? [] : [`with constants ${weights}`])].join('; ');
}

/** `Closed group expanded_conv_3, 4 ops: 2 CONV_2D, DEPTHWISE_CONV_2D, ADD`. */
export function describeGroup(graph: Graph, { title, ops }: PlacedNode): string {
  const counts = new Map<string, number>();
  for (const op of ops) {
    const name = graph.ops[op]?.name ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return `Closed group ${title}, ${ops.length} ops: ${[...counts].map(([name, count]) => (count === 1 ? name : `${count} ${name}`)).join(', ')}`;
}
