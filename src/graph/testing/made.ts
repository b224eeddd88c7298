import type { Graph, GraphOp } from '../model/shared/types';

/** An op in few words: what it reads, in which scope. Its one output tensor is its index plus 1; tensor 0 is the input. */
export interface MadeOp {
  readonly inputs: readonly number[];
  readonly scope?: string;
  readonly name?: string;
}

/** A graph of ops in order; the last one's tensor is the output. */
export function madeGraph(ops: readonly MadeOp[]): Graph {
  return {
    index: 0,
    name: '',
    ops: ops.map(({ inputs, scope = '', name = 'CONV_2D' }, index): GraphOp => ({
      index, name, custom: false, family: 'convolution', fact: '', constants: [], inputs, outputs: [index + 1],
      scope: scope === '' ? [] : scope.split('/'), foldable: false, calls: [], values: { macs: index, weightBytes: 0, activationBytes: 4 },
    })),
    tensors: Array.from({ length: ops.length + 1 }, (_, index) => ({ name: `tensor_${index}`, dtype: 'float32', shape: [1, index] })),
    inputs: [0],
    outputs: [ops.length],
  };
}

/** A chain with residual blocks and, every 20 ops, four branches that join, as image networks have them. */
export function networkOf(count: number): Graph {
  const ops: MadeOp[] = [];
  const add = (inputs: readonly number[], name = 'CONV_2D'): number => ops.push({ inputs, name });
  let trunk = 0;
  while (ops.length < count) {
    if (ops.length % 20 === 7) {
      const heads = [0, 1, 2, 3].map((branch) => {
        let head = trunk;
        for (let depth = 0; depth <= branch % 3; depth++) head = add([head]);
        return head;
      });
      trunk = add(heads, 'CONCATENATION');
    } else if (ops.length % 5 === 0) {
      trunk = add([add([add([trunk])]), trunk], 'ADD');
    } else {
      trunk = add([trunk]);
    }
  }
  return madeGraph(ops);
}
