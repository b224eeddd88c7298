import { LitescopeError } from '../../errors';
import { compiler as text } from '../../messages/compiler';
import type { DType } from '../../tensor/dtype';
import { elementCount } from '../../tensor/dtype';
import { availableValues, constantTensor, realConstant } from '../../tflite/constants/constants';
import { type Model, type Operator, type SubGraph, isConstant, operatorPlace, tensorPlace } from '../../tflite/format/model';
import { inferSubgraph } from '../../tflite/analysis/infer-shapes';
import { SmallValues } from '../../tflite/analysis/ops/small-values';
import type { Shape } from '../../tflite/analysis/ops/context';
import type { Activation } from '../kernels/finish';

/** One step of the model: an op, or several that became one. */
export interface Node {
  /** The ops of the subgraph that it stands for; the first is the one that it is named by. */
  readonly operators: readonly Operator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Zeros around the first input, of an op PAD that went into this one. */
  readonly padding: readonly [top: number, bottom: number, left: number, right: number];
  /** Applied to what comes out, after what the op applies itself. */
  readonly activation: Activation;
  /** A tensor that is added to what comes out, its channels from the first on, and what is applied then. */
  readonly residual: null | { readonly tensor: number; readonly activation: Activation };
}

/** A subgraph with all shapes known and what is constant taken out: the tensors that remain are computed by the nodes. */
export class Graph {
  readonly model: Model;
  readonly subgraph: SubGraph;
  readonly nodes: readonly Node[];
  readonly #shapes: Shape[];
  readonly #types: DType[];
  readonly #small: SmallValues;
  /** Tensors that hold the same as a constant of the file: it unfolded, or in another shape. */
  readonly #sameAs = new Map<number, number>();
  readonly #known = new Set<number>();
  readonly #values = new Map<number, Float32Array>();

  /** @throws LitescopeError INVALID_SHAPE where shapes cannot be told before the model runs */
  constructor(model: Model, subgraph: SubGraph) {
    [this.model, this.subgraph] = [model, subgraph];
    const { shapes, unknown } = inferSubgraph(model, subgraph);
    this.#shapes = [...shapes];
    this.#types = subgraph.tensors.map(({ dtype }) => dtype);
    this.#small = new SmallValues(model, subgraph);
    const inputs = new Set(subgraph.inputs);
    for (const tensor of subgraph.tensors) if (isConstant(model, tensor) && !inputs.has(tensor.index)) this.#known.add(tensor.index);
    const nodes: Node[] = [];
    for (const operator of subgraph.operators) {
      this.#small.follow(operator, shapes);
      if (this.#isFolded(operator)) continue;
      const unsized = operator.outputs.find((index) => unknown.has(index));
      if (unsized !== undefined) throw new LitescopeError('INVALID_SHAPE', text.sizedInRuns(operator.code.name), { place: tensorPlace(subgraph.index, unsized) });
      nodes.push({ operators: [operator], inputs: operator.inputs, outputs: operator.outputs, padding: [0, 0, 0, 0], activation: 'NONE', residual: null });
    }
    this.nodes = nodes;
  }

  shape(tensor: number): Shape {
    return this.#shapes[tensor] ?? [];
  }

  elements(tensor: number): number {
    return elementCount(this.shape(tensor));
  }

  dtype(tensor: number): DType {
    return this.#types[tensor] ?? 'float32';
  }

  isKnown(tensor: number): boolean {
    return this.#known.has(tensor);
  }

  /** The integers of a small tensor that are known before a run; null where they are not. */
  integers(tensor: number | undefined): readonly number[] | null {
    return this.#small.of(tensor === undefined ? undefined : this.#sameAs.get(tensor) ?? tensor);
  }

  /**
   * The real numbers of a known tensor, dense; null for others.
   *
   * @throws LitescopeError as `constantTensor` does
   */
  values(tensor: number | undefined): Float32Array | null {
    if (tensor === undefined || tensor < 0 || !this.#known.has(tensor)) return null;
    const origin = this.#sameAs.get(tensor) ?? tensor;
    const kept = this.#values.get(origin);
    if (kept !== undefined) return kept;
    const source = this.subgraph.tensors[origin];
    if (source === undefined || !isConstant(this.model, source)) return null;
    const values = Float32Array.from(realConstant(this.model, this.subgraph, source, constantTensor(this.model, source)));
    this.#values.set(origin, values);
    return values;
  }

  /** A new tensor of floats, for what no op of the model computes. */
  add(shape: Shape): number {
    this.#types.push('float32');
    return this.#shapes.push(shape) - 1;
  }

  place({ operators: [operator] }: Node): string {
    return operator === undefined ? '' : operatorPlace(this.subgraph.index, operator.index, operator.code.name);
  }

  /** Whether all that an op gives is known before a run: constants in another type, order or shape, and sizes. */
  #isFolded({ code: { name, custom }, inputs, outputs }: Operator): boolean {
    const [input = -1] = inputs;
    const [output = -1] = outputs;
    if (custom || outputs.length !== 1) return false;
    if (['DEQUANTIZE', 'DENSIFY', 'RESHAPE', 'EXPAND_DIMS', 'SQUEEZE'].includes(name) && this.#known.has(input)) {
      const origin = this.#sameAs.get(input) ?? input;
      const source = this.subgraph.tensors[origin];
      if (source !== undefined && availableValues(this.model, source).available) {
        this.#sameAs.set(output, origin);
        this.#known.add(output);
        return true;
      }
    }
    if (this.dtype(output) === 'float32' || this.#small.of(output) === null) return false;
    this.#known.add(output);
    return true;
  }
}
