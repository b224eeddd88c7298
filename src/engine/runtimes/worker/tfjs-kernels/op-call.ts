import type * as tf from '@tensorflow/tfjs-core';
import { LitescopeError } from '../../../../errors';
import { engine as text } from '../../../../messages/engine';
import { operatorPlace, type Operator, type SubGraph, type Tensor } from '../../../../tflite/format/model';
import { optionsAs } from '../../../../tflite/analysis/ops/context';
import type { ModelSchema, OptionsTable } from '../../../../tflite/format/schema/tables';
import type { ValuesOf } from '../../../../tflite/format/schema/fields';
import { heldType, type HeldType } from './tensors';

/** One op about to run: its operands and settings, as an entry of the op table asks for them. Runs inside `tf.tidy`. */
export class OpCall {
  readonly #subgraph: SubGraph;
  readonly #operator: Operator;
  readonly #operands: readonly (tf.Tensor | null)[];
  /** What the op leaves for the next run: values by the index of a variable tensor. */
  readonly state = new Map<number, tf.Tensor>();

  /** @param operands the op's inputs as TensorFlow.js holds them, null for those left out */
  constructor(subgraph: SubGraph, operator: Operator, operands: readonly (tf.Tensor | null)[]) {
    this.#subgraph = subgraph;
    this.#operator = operator;
    this.#operands = operands;
  }

  get place(): string {
    return operatorPlace(this.#subgraph.index, this.#operator.index, this.#operator.code.name);
  }

  get customOptions(): Uint8Array {
    return this.#operator.customOptions ?? new Uint8Array(0);
  }

  /** @throws LitescopeError MODEL_REFUSED for an operand that the op cannot do without */
  input(position: number): tf.Tensor {
    return this.optional(position) ?? this.refuse(text.kernels.inputLeftOut(position));
  }

  optional(position: number): tf.Tensor | null {
    return this.#operands[position] ?? null;
  }

  /** All operands, of ops that take any number of them. */
  inputs(): tf.Tensor[] {
    return this.#operands.map((_, position) => this.input(position));
  }

  /** The values of a small operand that decides the shape of things: axes, paddings, sizes. */
  integers(position: number): number[] {
    return Array.from(this.input(position).dataSync(), (value) => Math.round(value));
  }

  integer(position: number): number {
    return this.integers(position)[0] ?? this.refuse(text.kernels.inputEmpty(position));
  }

  /** The op's settings. @throws LitescopeError MODEL_REFUSED when the file has others or none */
  options<Name extends OptionsTable>(table: Name): ValuesOf<ModelSchema[Name]> {
    return optionsAs(this.#operator.options, table) ?? this.refuse(text.kernels.noOptions(table));
  }

  /** Settings of ops that files may leave without any, where every field has its usual value. @throws LitescopeError MODEL_REFUSED for some that cannot be read */
  optionalOptions<Name extends OptionsTable>(table: Name): Partial<ValuesOf<ModelSchema[Name]>> {
    if (this.#operator.options?.table === 'unknown') this.refuse(text.kernels.unreadableOptions);
    return optionsAs(this.#operator.options, table) ?? {};
  }

  /** An operand as the file describes it. */
  inputTensor(position: number): Tensor {
    return this.#subgraph.tensors[this.#operator.inputs[position] ?? -1] ?? this.refuse(text.kernels.inputLeftOut(position));
  }

  output(position = 0): Tensor {
    return this.#subgraph.tensors[this.#operator.outputs[position] ?? -1] ?? this.refuse(text.kernels.noOutput(position));
  }

  get outputs(): number {
    return this.#operator.outputs.length;
  }

  /** How TensorFlow.js holds an output. */
  outputType(position = 0): HeldType {
    return heldType(this.output(position), this.#subgraph.index);
  }

  /** Keeps a variable operand's new value for the next run. */
  keep(position: number, value: tf.Tensor): void {
    this.state.set(this.inputTensor(position).index, value);
  }

  /** @throws LitescopeError MODEL_REFUSED always, with the op's place */
  refuse(reason: string): never {
    throw new LitescopeError('MODEL_REFUSED', text.kernels.refused(this.#operator.code.name.slice(0, 100), reason), { place: this.place });
  }
}

/** What an op computes. Intermediate tensors are freed by the caller; results are requantised by it. */
export type Kernel = (call: OpCall) => tf.Tensor | readonly tf.Tensor[];

export interface KernelEntry {
  readonly run: Kernel;
  /**
   * Operands that the kernel wants in another layout than the file's, by position: made once where the operand is a
   * constant, so that no run pays for it.
   */
  readonly layouts?: Readonly<Record<number, (stored: tf.Tensor) => tf.Tensor>>;
  /** Results are elements of the first operand, moved: they are on the grid already where both have one scale. */
  readonly moves?: true;
}
