/** A recurrent network of floats, its state an input and an output or a variable inside, and what it computes in double precision. */
import { GraphBuilder } from '../../src/tflite/testing/graph';

export const [features, units] = [3, 4] as const;

const weight = (seed: number) => (_: unknown, index: number): number => Math.round(Math.sin(seed + 1.7 * index) * 64) / 64;
const [fromInput, fromState, bias, toOutput] = [
  Array.from({ length: units * features }, weight(1)), Array.from({ length: units * units }, weight(2)), Array.from({ length: units }, weight(3)), Array.from({ length: 2 * units }, weight(4)),
];

/** h ← tanh(A x + B h + b), y = C h; `state_in` and `state_out` are edges unless the state is kept inside. */
export function recurrentModel(state: 'edges' | 'variable'): Uint8Array {
  const graph = new GraphBuilder();
  const kept = state === 'variable';
  const [x, before] = [graph.tensor('x', { shape: [1, features] }), graph.tensor(kept ? 'held' : 'state_in', { shape: [1, units] })];
  const [own, fed, sum, after, y] = ['own', 'fed', 'sum', 'state_out', 'y'].map((name) => graph.tensor(name, { shape: [1, name === 'y' ? 2 : units] })) as [number, number, number, number, number];
  const connect = (from: number, weights: readonly number[], rows: number, biases: readonly number[], to: number): void => {
    graph.op('FULLY_CONNECTED', [from, graph.constant(weights, 'float32', [rows, weights.length / rows]), graph.constant(biases, 'float32')], [to], 'FullyConnectedOptions');
  };
  const handle = kept ? graph.tensor('handle', { dtype: 'resource' }) : -1;
  if (kept) {
    graph.op('CALL_ONCE', [], [], 'CallOnceOptions', { init_subgraph_index: 1 });
    graph.op('VAR_HANDLE', [], [handle], 'VarHandleOptions', { shared_name: 'h', container: '' });
    graph.op('READ_VARIABLE', [handle], [before], 'ReadVariableOptions');
  }
  connect(x, fromInput, units, bias, own);
  connect(before, fromState, units, new Array<number>(units).fill(0), fed);
  graph.op('ADD', [own, fed], [sum], 'AddOptions');
  graph.op('TANH', [sum], [after]);
  connect(after, toOutput, 2, [0, 0], y);
  if (kept) graph.op('ASSIGN_VARIABLE', [handle, after], [], 'AssignVariableOptions');
  graph.edges(kept ? [x] : [x, before], kept ? [y] : [y, after]);
  if (kept) {
    graph.subgraph();
    const [again, zeros] = [graph.tensor('handle', { dtype: 'resource' }), graph.constant(new Array<number>(units).fill(0), 'float32', [1, units])];
    graph.op('VAR_HANDLE', [], [again], 'VarHandleOptions', { shared_name: 'h', container: '' });
    graph.op('ASSIGN_VARIABLE', [again, zeros], [], 'AssignVariableOptions');
    graph.edges([], []);
  }
  return graph.bytes();
}

/** The inputs of so many steps. */
export function stepsOfInput(steps: number): number[] {
  return Array.from({ length: steps * features }, (_, index) => Math.fround(Math.sin(0.9 * index) * 2));
}

/** The whole sequence in double precision: y of every step. */
export function recurrentReference(inputs: readonly number[]): number[] {
  let state = new Array<number>(units).fill(0);
  return Array.from({ length: inputs.length / features }, (_, step) => {
    const before = state;
    state = before.map((_, unit) => {
      let sum = bias[unit] ?? NaN;
      for (let i = 0; i < features; i++) sum += (fromInput[unit * features + i] ?? NaN) * (inputs[step * features + i] ?? NaN);
      for (let i = 0; i < units; i++) sum += (fromState[unit * units + i] ?? NaN) * (before[i] ?? NaN);
      return Math.tanh(sum);
    });
    return [0, 1].map((row) => state.reduce((sum, value, unit) => sum + (toOutput[row * units + unit] ?? NaN) * value, 0));
  }).flat();
}
