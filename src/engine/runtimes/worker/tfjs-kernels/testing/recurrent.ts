/** An LSTM in its forms, step by step in double precision. */
import { numbers, type Case, type Numbers, type Operand } from './one-op';
import { at, fill } from './reference';

const [batch, steps, features, cells, projected] = [2, 5, 3, 4, 3] as const;

export interface Form {
  readonly what: string;
  readonly timeMajor?: true;
  readonly peephole?: true;
  readonly coupled?: true;
  readonly projection?: true;
  readonly cellClip?: number;
}

export const forms: readonly Form[] = [
  { what: 'plain' }, { what: 'time first', timeMajor: true }, { what: 'with peepholes and a clipped cell', peephole: true, cellClip: 0.25 },
  { what: 'input and forget gate coupled', coupled: true }, { what: 'projected', projection: true },
];

/** TFLite’s 20 operands of an LSTM, in its order. */
export function operands({ timeMajor, peephole, coupled, projection }: Form): (Operand | null)[] {
  const size = projection === true ? projected : cells;
  const constant = (shape: readonly number[], seed: number): Operand => ({ ...numbers(shape, seed), constant: true });
  const gates = [0, 1, 2, 3].map((gate) => gate > 0 || coupled !== true);
  return [
    numbers(timeMajor === true ? [steps, batch, features] : [batch, steps, features], 1),
    ...gates.map((there, gate) => (there ? constant([cells, features], 2 + gate) : null)),
    ...gates.map((there, gate) => (there ? constant([cells, size], 6 + gate) : null)),
    ...[0, 1, 3].map((gate) => (peephole === true && gates[gate] === true ? constant([cells], 10 + gate) : null)),
    ...gates.map((there, gate) => (there ? constant([cells], 14 + gate) : null)),
    projection === true ? constant([projected, cells], 18) : null,
    projection === true ? constant([projected], 19) : null,
    { shape: [batch, size], values: [], variable: true },
    { shape: [batch, cells], values: [], variable: true },
  ];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Step by step in double precision, from TFLite’s definition. */
export function reference(inputs: readonly (Numbers | null)[], { timeMajor, coupled, projection, cellClip }: Form): Numbers {
  const size = projection === true ? projected : cells;
  const outputs = new Map<string, number>();
  const operand = (position: number, place: readonly number[]): number => { const held = inputs[position] ?? null; return held === null || held.values.length === 0 ? 0 : at(held, place); };
  for (let n = 0; n < batch; n++) {
    let state = new Array<number>(size).fill(0);
    let cell = new Array<number>(cells).fill(0);
    for (let t = 0; t < steps; t++) {
      const sum = (gate: number, unit: number, peepholeAt: number | null, seen: readonly number[]): number => {
        let total = operand(12 + gate, [unit]) + (peepholeAt === null ? 0 : operand(peepholeAt, [unit]) * (seen[unit] ?? 0));
        for (let f = 0; f < features; f++) total += operand(1 + gate, [unit, f]) * operand(0, timeMajor === true ? [t, n, f] : [n, t, f]);
        for (let s = 0; s < size; s++) total += operand(5 + gate, [unit, s]) * (state[s] ?? 0);
        return total;
      };
      const before = cell;
      const next = before.map((held, unit) => {
        const forget = sigmoid(sum(1, unit, 10, before));
        const taken = coupled === true ? 1 - forget : sigmoid(sum(0, unit, 9, before));
        const value = forget * held + taken * Math.tanh(sum(2, unit, null, before));
        return cellClip === undefined ? value : Math.max(-cellClip, Math.min(cellClip, value));
      });
      const opened = next.map((value, unit) => sigmoid(sum(3, unit, 11, next)) * Math.tanh(value));
      cell = next;
      state = projection === true ? Array.from({ length: projected }, (_, p) => opened.reduce((total, value, unit) => total + operand(16, [p, unit]) * value, operand(17, [p]))) : opened;
      state.forEach((value, unit) => outputs.set([n, t, unit].join(), value));
    }
  }
  return fill(timeMajor === true ? [steps, batch, size] : [batch, steps, size], ([a = 0, b = 0, unit = 0]) => outputs.get([...(timeMajor === true ? [b, a] : [a, b]), unit].join()) ?? NaN);
}

export const recurrentCases: readonly Case[] = forms.map((form) => ({
  op: 'UNIDIRECTIONAL_SEQUENCE_LSTM', what: form.what, inputs: operands(form), expected: (...inputs) => reference(inputs, form), error: 1e-5,
  options: { member: 'UnidirectionalSequenceLSTMOptions', value: { fused_activation_function: 4, time_major: form.timeMajor ?? false, cell_clip: form.cellClip ?? 0 } },
}));
