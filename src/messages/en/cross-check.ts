import { counted } from './counted';

/** Whether runtimes agree on every tensor of a run. */
export const crossCheck = {
  heading: 'Cross-check runtimes',
  again: 'Cross-check again',
  start: 'Cross-check',
  progress: (model: string) => `Cross-check of ${model}`,
  preview: 'Whether the runtimes agree on every tensor of a run, and where not: which op is the first to differ, and who stands alone there. TensorFlow.js’ kernels recompute each op on the very inputs that the others gave it, as a third opinion. Their float arithmetic on WebAssembly is XNNPACK’s as well: a fault of XNNPACK’s own arithmetic would not be seen.',
  agree: (runtimes: readonly string[], tensors: number) => `${runtimes.join(', ')} agree on ${counted(tensors, 'tensor')}.`,
  fault: (op: number, kind: string, apart: readonly string[]) => `First disagreement: op ${op}, ${kind}. ${apart.length === 1 ? `${apart.join('')} stands alone there.` : `${apart.join(' and ')} do not agree there.`}`,
  /** What is marked are the details. */
  refused: (runtime: string, title: string, details: string) => `${runtime} has no part in it: ${title}. <details>${details}</details>`,
  leftState: (tensors: number) => `Left out: ${counted(tensors, 'tensor')} that live from run to run.`,
  leftType: (tensors: number, type: string) => `Left out: ${counted(tensors, 'tensor')} of ${type}, which not all runtimes give out.`,
  leftElsewhere: (ops: number) => `Left out: ${counted(ops, 'op')} outside the first subgraph, in bodies of control flow or run by other signatures.`,
  colour: 'Colour the graph by difference',
  caption: 'Greatest difference, as a share of the tensor’s range from 0',
  op: 'Op',
  kind: 'Kind',
  tensor: 'Tensor',
  tensorNumber: (index: number) => `tensor ${index}`,
  thisOp: (runtime: string) => `${runtime}, this op`,
  thisOpHint: (runtime: string) => `${runtime}’s op against the TensorFlow.js kernel, both on the inputs that ${runtime} gave it`,
  soFar: (runtimes: string) => `${runtimes}, so far`,
  soFarHint: 'After all ops before it',
  atMost: (difference: string) => `at most ${difference} in the tensor’s own units`,
  withSteps: (share: string, off: string) => `${share}, ${off} off by more than 2 steps`,
  againstKernels: (runtime: string) => `${runtime} against kernels`,
  unit: '% of range',
};
