import { csvTable } from '../../../report/csv';
import { shapeText } from '../shared/shape-text';
import { type Graph, activationsOf } from '../shared/types';

/** All ops of a graph, one a row, in order of execution. */
export function opsAsCsv({ index, ops, tensors }: Graph): string {
  const describe = (indices: readonly number[]): string => indices.map((tensor) => `${shapeText(tensors[tensor]?.shape ?? [])} ${tensors[tensor]?.dtype ?? ''}`).join('; ');
  const head = ['subgraph', 'op', 'kind', 'settings', 'output name', 'inputs', 'constants', 'outputs', 'macs', 'weight_bytes', 'activation_bytes'];
  const rows = ops.map((op) => [
    index, op.index, op.name, op.fact, tensors[op.outputs[0] ?? -1]?.name ?? '', describe(activationsOf(op)),
    op.constants.map(({ shape, dtype }) => `${shapeText(shape)} ${dtype}`).join('; '), describe(op.outputs), op.values.macs, op.values.weightBytes, op.values.activationBytes,
  ]);
  return csvTable([head, ...rows]);
}
