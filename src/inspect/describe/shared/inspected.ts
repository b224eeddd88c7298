import { type ModelCosts, modelCosts } from '../../../tflite/analysis/costs';
import { inferSubgraph } from '../../../tflite/analysis/infer-shapes';
import { type Model, type SubGraph, type Tensor, isConstant } from '../../../tflite/format/model';
import { LitescopeError } from '../../../errors';
import { inspect as text } from '../../../messages/inspect';

/** Who writes and who reads each tensor of one subgraph, as indices of ops. */
interface Wiring {
  readonly producers: ReadonlyMap<number, number>;
  readonly consumers: ReadonlyMap<number, readonly number[]>;
}

/** A model with what every description of a part of it needs; each thing is found once, when it is first asked for. */
export class InspectedModel {
  readonly model: Model;
  #costs: ModelCosts | null = null;
  readonly #wiring = new Map<number, Wiring>();
  readonly #sizes = new Map<number, readonly (readonly number[])[]>();

  constructor(model: Model) {
    this.model = model;
  }

  get costs(): ModelCosts {
    this.#costs ??= modelCosts(this.model);
    return this.#costs;
  }

  /** @throws LitescopeError INVALID_INPUT for one that the model does not have */
  subgraph(index: number): SubGraph {
    const subgraph = this.model.subgraphs[index];
    if (subgraph === undefined) throw new LitescopeError('INVALID_INPUT', text.noSubgraph(index));
    return subgraph;
  }

  /** @throws LitescopeError INVALID_INPUT for one that the subgraph does not have */
  tensor(subgraph: number, index: number): Tensor {
    const tensor = this.subgraph(subgraph).tensors[index];
    if (tensor === undefined) throw new LitescopeError('INVALID_INPUT', text.noTensor(subgraph, index));
    return tensor;
  }

  wiring(index: number): Wiring {
    const known = this.#wiring.get(index);
    if (known !== undefined) return known;
    const producers = new Map<number, number>();
    const consumers = new Map<number, number[]>();
    for (const operator of this.subgraph(index).operators) {
      for (const output of operator.outputs) producers.set(output, operator.index);
      for (const input of new Set(operator.inputs)) {
        const list = consumers.get(input);
        if (list === undefined) consumers.set(input, [operator.index]);
        else list.push(operator.index);
      }
    }
    const wiring = { producers, consumers };
    this.#wiring.set(index, wiring);
    return wiring;
  }

  /** Shapes of a subgraph's tensors in one run, by tensor index. */
  sizes(index: number): readonly (readonly number[])[] {
    let sizes = this.#sizes.get(index);
    if (sizes === undefined) {
      sizes = inferSubgraph(this.model, this.subgraph(index)).shapes;
      this.#sizes.set(index, sizes);
    }
    return sizes;
  }

  /** The constant that a DEQUANTIZE or DENSIFY unfolds to this tensor; null for any other tensor. */
  origin(subgraph: number, index: number): Tensor | null {
    const { producers } = this.wiring(subgraph);
    const { operators, tensors } = this.subgraph(subgraph);
    let tensor = tensors[index];
    // A chain cannot be longer than there are ops: the order of execution was verified.
    for (let step = 0; step <= operators.length && tensor !== undefined; step += 1) {
      if (isConstant(this.model, tensor)) return tensor.index === index ? null : tensor;
      const producer = operators[producers.get(tensor.index) ?? -1];
      if (producer === undefined || (producer.code.name !== 'DEQUANTIZE' && producer.code.name !== 'DENSIFY')) return null;
      tensor = tensors[producer.inputs[0] ?? -1];
    }
    return null;
  }
}
