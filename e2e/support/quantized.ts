import type { Model } from '../../src/tflite/format/model';

/** The element types of weights (an op's second input) by kind of op, for ops that have weights. */
export function quantizedWeights({ subgraphs }: Model): Readonly<Record<string, readonly string[]>> {
  const types = new Map<string, Set<string>>();
  for (const { operators, tensors } of subgraphs) {
    for (const { code, inputs } of operators) {
      if (!code.name.includes('CONV')) continue;
      types.set(code.name, (types.get(code.name) ?? new Set()).add(tensors[inputs[1] ?? -1]?.dtype ?? 'none'));
    }
  }
  return Object.fromEntries([...types].map(([name, found]) => [name, [...found]]));
}
