import type { SubGraph } from '../../../../tflite/format/model';

/**
 * How TFLite cuts a graph into what a delegate runs and what it does not: from the first op that is ready, all that are
 * ready and of the same kind, again and again, until none is left; then the next part begins
 * (PartitionGraphIntoIndependentNodeSubsets in tensorflow/lite/graph_info.cc).
 *
 * @returns the parts that the delegate runs, in order, each with its ops in the order in which the delegate gets them
 */
export function delegatedParts(graph: SubGraph, isDelegated: (op: number) => boolean): readonly (readonly number[])[] {
  const waiting = new Set(graph.operators.flatMap(({ outputs }) => outputs));
  const parts: number[][] = [];
  let left = graph.operators.map(({ index }) => index);
  while (left.length > 0) {
    const part: number[] = [];
    let kind: boolean | null = null;
    for (let grown = true; grown;) {
      grown = false;
      const after: number[] = [];
      for (const index of left) {
        const operator = graph.operators[index];
        const ready = operator?.inputs.every((tensor) => tensor === -1 || !waiting.has(tensor)) === true;
        if (operator === undefined || !ready || (kind !== null && kind !== isDelegated(index))) {
          after.push(index);
          continue;
        }
        kind = isDelegated(index);
        part.push(index);
        for (const tensor of operator.outputs) waiting.delete(tensor);
        grown = true;
      }
      left = after;
    }
    // A graph in which ops wait for each other cannot run; files with such graphs are refused before they come here.
    if (kind === null) break;
    if (kind) parts.push(part);
  }
  return parts;
}
