import * as tf from '@tensorflow/tfjs-core';
import { LitescopeError } from '../../../../errors';
import { engine as text } from '../../../../messages/engine';
import { isConstant, operatorPlace, type Model, type Operator, type SubGraph } from '../../../../tflite/format/model';
import { tensorsFromConstants } from '../../../../tflite/analysis/liveness';
import type { KernelEntry } from './op-call';
import { kernelEntry } from './op-table';
import { laidOut, runOp } from './run-op';
import { constant, heldType } from './tensors';

export interface Step {
  readonly operator: Operator;
  readonly entry: KernelEntry;
  /** Constant operands in the layout that the kernel wants, by position. */
  readonly prepared: ReadonlyMap<number, tf.Tensor>;
  /** Tensors that nothing needs after this op. */
  readonly ends: readonly number[];
}

export type Held = Map<number, tf.Tensor>;

/** A subgraph whose constants are in TensorFlow.js' memory, each in the layouts that its ops want. */
export interface PreparedGraph {
  readonly subgraph: SubGraph;
  readonly steps: readonly Step[];
  /** Constants, and what is computed from nothing else, that ops or outputs use as they are. */
  readonly constants: ReadonlyMap<number, tf.Tensor>;
  /** Variable tensors, which live from one run to the next; ops replace them. */
  readonly state: Held;
  /** What lives as long as the graph: constants in every layout. */
  readonly owned: readonly tf.Tensor[];
}

/**
 * Dequantises constants, computes what depends on nothing else and lays operands out, once.
 * @throws LitescopeError UNSUPPORTED_OP for ops without an entry, UNSUPPORTED_DTYPE, and what damaged constants give
 */
export function prepareGraph(model: Model, index: number): PreparedGraph {
  const subgraph = model.subgraphs[index];
  if (subgraph === undefined) throw new LitescopeError('MODEL_REFUSED', text.noSubgraph(index));
  const entries = subgraph.operators.map((operator) => entryOf(subgraph, operator));
  for (const operator of subgraph.operators) {
    for (const each of [...operator.inputs, ...operator.outputs]) {
      const tensor = subgraph.tensors[each];
      if (tensor !== undefined) heldType(tensor, subgraph.index);
    }
  }
  const made = new Set<tf.Tensor>();
  try {
    return build(model, subgraph, entries, made);
  } catch (error) {
    for (const tensor of made) tensor.dispose();
    throw error;
  }
}

function entryOf(subgraph: SubGraph, operator: Operator): KernelEntry {
  const entry = kernelEntry(operator.code);
  if (entry !== null) return entry;
  const name = operator.code.name.slice(0, 100);
  throw new LitescopeError('UNSUPPORTED_OP', text.lacks('tfjs-kernels', [operator.code.custom ? text.customOp(name) : name]), { place: operatorPlace(subgraph.index, operator.index, operator.code.name) });
}

/** @param made every tensor that is alive, for the caller to free when something fails */
function build(model: Model, subgraph: SubGraph, entries: readonly KernelEntry[], made: Set<tf.Tensor>): PreparedGraph {
  const inputs = new Set(subgraph.inputs);
  const folded = tensorsFromConstants(model, subgraph);
  const values: Held = new Map();
  const remember = (tensor: tf.Tensor): tf.Tensor => {
    made.add(tensor);
    return tensor;
  };
  const valueOf = (index: number): tf.Tensor | null => {
    const tensor = subgraph.tensors[index];
    if (tensor === undefined || !folded.has(index)) return null;
    const known = values.get(index);
    if (known !== undefined || !isConstant(model, tensor)) return known ?? null;
    const value = remember(constant(model, subgraph, tensor));
    values.set(index, value);
    return value;
  };
  const isFolded = ({ outputs }: Operator): boolean => outputs.length > 0 && outputs.every((index) => folded.has(index));

  const used = new Set(subgraph.outputs.filter((index) => folded.has(index)));
  const layouts = new Map<string, tf.Tensor>();
  const lastUse = new Map<number, number>();
  subgraph.operators.forEach((operator, at) => {
    for (const index of [...operator.inputs, ...operator.outputs]) lastUse.set(index, at);
  });
  const kept = new Set(subgraph.outputs);
  const steps: Step[] = [];
  subgraph.operators.forEach((operator, at) => {
    const entry = entries[at] as KernelEntry;
    if (isFolded(operator)) {
      const { results } = runOp(subgraph, operator, entry, () => operator.inputs.map((index, position) => laidOut(entry, position, valueOf(index))));
      operator.outputs.forEach((index, position) => values.set(index, remember(results[position] as tf.Tensor)));
    } else {
      const prepared = new Map<number, tf.Tensor>();
      operator.inputs.forEach((index, position) => {
        const value = valueOf(index);
        if (value === null) return;
        const layout = entry.layouts?.[position];
        if (layout === undefined) {
          used.add(index);
          prepared.set(position, value);
          return;
        }
        const key = `${index} ${operator.code.name} ${position}`;
        const laid = layouts.get(key) ?? remember(tf.tidy(() => layout(value)));
        layouts.set(key, laid);
        prepared.set(position, laid);
      });
      const touched = new Set([...operator.inputs, ...operator.outputs]);
      steps.push({ operator, entry, prepared, ends: [...touched].filter((index) => index >= 0 && lastUse.get(index) === at && !kept.has(index) && !folded.has(index)) });
    }
    // What only this op has read, and in another layout, is not needed any more.
    for (const index of operator.inputs) {
      const value = values.get(index);
      if (value === undefined || used.has(index) || lastUse.get(index) !== at) continue;
      value.dispose();
      made.delete(value);
      values.delete(index);
    }
  });
  for (const index of subgraph.outputs) if (folded.has(index)) valueOf(index);
  const state: Held = new Map();
  for (const tensor of subgraph.tensors) {
    if (!tensor.isVariable || inputs.has(tensor.index)) continue;
    state.set(tensor.index, tf.zeros([...tensor.shape], heldType(tensor, subgraph.index)));
  }
  return { subgraph, steps, constants: values, state, owned: [...made] };
}
