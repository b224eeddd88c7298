import { type Model, type Operator, type OperatorCode, type SubGraph, callsOf, isConstant } from '../format/model';

/** What the life of a subgraph's tensors follows from. */
export interface Liveness {
  readonly subgraph: SubGraph;
  /** By tensor index. */
  readonly bytes: readonly number[];
  readonly fromConstants: ReadonlySet<number>;
}

/** The same inputs do not give the same outputs: numbers drawn at random, and state. */
const impure = /^(RANDOM_|MULTINOMIAL|VAR_HANDLE|READ_VARIABLE|ASSIGN_VARIABLE|HASHTABLE|CALL|IF|WHILE|STABLEHLO_(RNG|CUSTOM_CALL|WHILE|CASE|COMPOSITE))/;

/** Whether what comes out of an op follows from its inputs, as far as is known. */
export function followsFromInputs({ name, custom }: Pick<OperatorCode, 'name' | 'custom'>): boolean {
  return !custom && !impure.test(name);
}

/** Tensors that do not depend on what the model is given: runtimes compute them once. Constants themselves are among them. */
export function tensorsFromConstants(model: Model, subgraph: SubGraph): ReadonlySet<number> {
  const inputs = new Set(subgraph.inputs);
  const found = new Set(subgraph.tensors.filter((tensor) => isConstant(model, tensor) && !inputs.has(tensor.index)).map(({ index }) => index));
  for (const { code, inputs: read, outputs } of subgraph.operators) {
    if (!followsFromInputs(code) || read.length === 0) continue;
    if (read.every((index) => index === -1 || found.has(index))) for (const output of outputs) found.add(output);
  }
  return found;
}

/** The most bytes of activations that are alive at once; the method is stated at `ModelCosts.peakActivationBytes`. */
export function peakBytes({ subgraph, bytes, fromConstants }: Liveness): number {
  const isActivation = (index: number): boolean => index >= 0 && !fromConstants.has(index);
  const always = new Set([...subgraph.inputs, ...subgraph.tensors.filter(({ isVariable }) => isVariable).map(({ index }) => index)].filter(isActivation));
  const outputs = new Set(subgraph.outputs);
  const lastUse = new Map<number, number>();
  subgraph.operators.forEach((operator, at) => {
    for (const index of touched(operator)) lastUse.set(index, at);
  });
  const ending = new Map<number, number[]>();
  for (const [index, at] of lastUse) {
    if (outputs.has(index) || always.has(index)) continue;
    const here = ending.get(at);
    if (here === undefined) ending.set(at, [index]);
    else here.push(index);
  }
  const alive = new Set(always);
  let current = 0;
  for (const index of alive) current += bytes[index] ?? 0;
  let peak = current;
  subgraph.operators.forEach((operator, at) => {
    for (const index of touched(operator)) {
      if (!isActivation(index) || alive.has(index)) continue;
      alive.add(index);
      current += bytes[index] ?? 0;
    }
    peak = Math.max(peak, current);
    for (const index of ending.get(at) ?? []) if (alive.delete(index)) current -= bytes[index] ?? 0;
  });
  return peak;
}

function touched(operator: Operator): readonly number[] {
  return [...operator.inputs, ...operator.outputs, ...operator.intermediates];
}

/** A subgraph and those that its ops call, directly or not. */
export function calledSubgraphs(model: Model, first: number): ReadonlySet<number> {
  const called = new Set([first]);
  // A set that grows while it is walked gives its new members too.
  for (const index of called) {
    for (const operator of model.subgraphs[index]?.operators ?? []) for (const other of callsOf(operator)) called.add(other);
  }
  return called;
}
