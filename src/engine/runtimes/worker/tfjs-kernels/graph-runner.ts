import type * as tf from '@tensorflow/tfjs-core';
import { LitescopeError } from '../../../../errors';
import { engine as text } from '../../../../messages/engine';
import type { Held, PreparedGraph, Step } from './prepare';
import { laidOut, runOp } from './run-op';
import { toBytes } from './tensors';

/** A tensor as it was during a run: elements as the model stores them, in a buffer of their own. */
export interface SeenTensor {
  readonly index: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Milliseconds that one op took, from its operands in memory to its results in memory. */
export interface OpTime {
  readonly operator: number;
  readonly elapsed_ms: number;
}

export interface GraphRun {
  /** In the order of the subgraph's outputs. */
  readonly outputs: readonly SeenTensor[];
  /** Those that were asked for, in the order in which they came to be. */
  readonly seen: readonly SeenTensor[];
  readonly ops: readonly OpTime[];
}

/**
 * One subgraph, op by op. Constants are dequantised and laid out once; every other tensor lives from the op that makes
 * it to the last one that reads it. Each result is rounded to what its tensor can store, so that the next op sees what
 * a runtime's integer kernels would hand it.
 */
export class GraphRunner {
  readonly #graph: PreparedGraph;

  constructor(graph: PreparedGraph) {
    this.#graph = graph;
  }

  /**
   * Runs once.
   * @param inputs by tensor index, as TensorFlow.js holds them; they are disposed of
   * @param wanted tensors to copy out on the way
   * @param given what someone else computed: as soon as an op has computed such a tensor, and it was copied out, this takes
   *   its place for the ops that follow, so that each op is seen on inputs of the other's. Disposed of like the inputs
   * @throws LitescopeError INVOKE_FAILED with the op's place, UNSUPPORTED_DTYPE
   */
  run(inputs: ReadonlyMap<number, tf.Tensor>, wanted: (tensor: number) => boolean = () => false, given: ReadonlyMap<number, tf.Tensor> = new Map()): GraphRun {
    const values: Held = new Map(inputs);
    const waiting = new Map(given);
    const seen: SeenTensor[] = [];
    const ops: OpTime[] = [];
    const look = (index: number): void => {
      if (wanted(index)) seen.push(this.#see(values, index));
    };
    try {
      for (const index of values.keys()) look(index);
      for (const step of this.#graph.steps) {
        const started = performance.now();
        this.#step(step, values);
        ops.push({ operator: step.operator.index, elapsed_ms: performance.now() - started });
        for (const index of step.operator.outputs) {
          look(index);
          const other = waiting.get(index);
          if (other === undefined) continue;
          values.get(index)?.dispose();
          values.set(index, other);
          waiting.delete(index);
        }
        for (const index of step.ends) {
          values.get(index)?.dispose();
          values.delete(index);
        }
      }
      return { outputs: this.#graph.subgraph.outputs.map((index) => this.#see(values, index)), seen, ops };
    } finally {
      for (const value of [...values.values(), ...waiting.values()]) value.dispose();
    }
  }

  dispose(): void {
    for (const tensor of this.#graph.owned) tensor.dispose();
    for (const tensor of this.#graph.state.values()) tensor.dispose();
    this.#graph.state.clear();
  }

  #value(values: Held, index: number): tf.Tensor | null {
    return values.get(index) ?? this.#graph.state.get(index) ?? this.#graph.constants.get(index) ?? null;
  }

  #step({ operator, entry, prepared }: Step, values: Held): void {
    const operands = (position: number, index: number): tf.Tensor | null => prepared.get(position) ?? laidOut(entry, position, index === -1 ? null : this.#value(values, index));
    const { results, state } = runOp(this.#graph.subgraph, operator, entry, () => operator.inputs.map((index, position) => operands(position, index)));
    operator.outputs.forEach((index, position) => {
      const result = results[position];
      if (result !== undefined) values.set(index, result);
    });
    for (const [index, value] of state) {
      this.#graph.state.get(index)?.dispose();
      this.#graph.state.set(index, value);
    }
  }

  #see(values: Held, index: number): SeenTensor {
    const tensor = this.#graph.subgraph.tensors[index];
    const value = this.#value(values, index);
    if (tensor === undefined || value === null) throw new LitescopeError('INVOKE_FAILED', text.kernels.neverComputed(index));
    return { index, shape: [...value.shape], bytes: toBytes(value, tensor) };
  }
}
