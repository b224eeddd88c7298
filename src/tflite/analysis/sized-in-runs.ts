import { type Model, type Operator, type SubGraph, callsOf, declaredShape, isConstant, statesShape } from '../format/model';
import { inferSubgraph, type InferredShapes } from './infer-shapes';
import { followsFromInputs } from './liveness';
import { opDescription } from './op-table';
import { SmallValues } from './ops/small-values';

/** When an interpreter knows something: while it gives out memory, in its first run, or in each run anew. */
const enum When { Allocation, FirstRun, EachRun }

/**
 * Ops whose results an interpreter computes while it gives out memory, where their inputs are there. What others compute
 * of shapes alone it knows in its first run. Measured: models that end in a FILL of SHAPE's result after each op, with
 * litert 2.5.3 (PACK, which stands before most RESHAPEs, and ADD are not among them).
 */
const early: ReadonlySet<string> = new Set(['SHAPE', 'RANK', 'MUL', 'STRIDED_SLICE', 'CONCATENATION', 'GATHER', 'REDUCE_PROD', 'RESHAPE', 'TILE', 'BROADCAST_ARGS']);

/**
 * The outputs of a subgraph whose memory an interpreter gives out in a run and not before: those that the values of its
 * inputs size, and those of an op that itself learns its size from numbers that are computed in a run, whatever shape the
 * file states.
 * @returns tensor indices
 */
export function outputsSizedInRuns(model: Model, subgraph: SubGraph): ReadonlySet<number> {
  const sizes = new Sizes(model, subgraph);
  for (const operator of subgraph.operators) sizes.follow(operator);
  return new Set(subgraph.outputs.filter((index) => sizes.isGivenInRuns(index)));
}

class Sizes {
  readonly #subgraph: SubGraph;
  readonly #inferred: InferredShapes;
  readonly #small: SmallValues;
  /** By tensor index: when values are known, and when shapes are. */
  readonly #values: When[];
  readonly #shapes: When[];
  /** Outputs of ops that give out memory themselves. */
  readonly #given = new Set<number>();

  constructor(model: Model, subgraph: SubGraph) {
    this.#subgraph = subgraph;
    this.#inferred = inferSubgraph(model, subgraph);
    this.#small = new SmallValues(model, subgraph);
    const inputs = new Set(subgraph.inputs);
    this.#values = subgraph.tensors.map((tensor) => (isConstant(model, tensor) && !inputs.has(tensor.index) ? When.Allocation : When.EachRun));
    this.#shapes = subgraph.tensors.map(() => When.Allocation);
  }

  isGivenInRuns(index: number): boolean {
    const when = this.#shapes[index] ?? When.Allocation;
    return when === When.EachRun || (when === When.FirstRun && this.#given.has(index));
  }

  follow(operator: Operator): void {
    const { code, inputs, outputs } = operator;
    const own = latest((opDescription(code)?.sizedBy ?? []).map((position) => valueAt(this.#values, inputs[position])));
    const sizes = own === When.Allocation ? this.#passedOn(operator) : outputs.map(() => own);
    const values = this.#whenComputed(operator);
    outputs.forEach((index, position) => {
      this.#shapes[index] = sizes[position] ?? When.Allocation;
      this.#values[index] = values;
      if (own !== When.Allocation) this.#given.add(index);
    });
    this.#small.follow(operator, this.#inferred.shapes);
  }

  /** Of a tensor that is sized in runs: with no number where the file leaves a size open, or nowhere a number where it leaves none. */
  #openShape(index: number): readonly number[] | null {
    const tensor = this.#subgraph.tensors[index];
    const shape = tensor === undefined ? [] : declaredShape(tensor);
    const open = shape.includes(-1);
    // Of a tensor without a shape not even the rank is known.
    return shape.length === 0 ? null : shape.map((size) => (open && size !== -1 ? size : NaN));
  }

  #whenComputed({ code, inputs }: Operator): When {
    if (!followsFromInputs(code)) return When.EachRun;
    if (code.name === 'RANK') return When.Allocation;
    if (code.name === 'SHAPE') return valueAt(this.#shapes, inputs[0]);
    return latest([early.has(code.name) ? When.Allocation : When.FirstRun, ...inputs.map((index) => valueAt(this.#values, index))]);
  }

  /** What the sizes of inputs make of those of outputs. Sizes that are not known are no numbers for the op's rule: those that it gives in spite of them are fixed. */
  #passedOn(operator: Operator): readonly When[] {
    const { code, inputs, outputs, options, customOptions } = operator;
    const { shapes, unknown } = this.#inferred;
    const tensors = outputs.map((index) => this.#subgraph.tensors[index]);
    const states = tensors.map((tensor) => tensor === undefined || statesShape(tensor));
    if (callsOf(operator).length > 0) return outputs.map((index, position) => (states[position] === true || !unknown.has(index) ? When.Allocation : When.EachRun));
    const passed = latest(inputs.map((index) => valueAt(this.#shapes, index)));
    if (passed === When.Allocation) return outputs.map(() => passed);
    const ruled = opDescription(code)?.shape?.({
      inputs: inputs.map((index) => (valueAt(this.#shapes, index) === When.Allocation ? shapes[index] ?? null : this.#openShape(index))),
      options, customOptions,
      values: (position) => this.#small.of(inputs[position]),
      stated: outputs.map((index) => shapes[index] ?? []),
    });
    return outputs.map((_, position) => {
      const shape = ruled?.[position];
      return (shape === undefined ? states[position] === true : shape.every(Number.isFinite)) ? When.Allocation : passed;
    });
  }
}

function valueAt(whens: readonly When[], index: number | undefined): When {
  return whens[index ?? -1] ?? When.Allocation;
}

function latest(whens: readonly When[]): When {
  return Math.max(When.Allocation, ...whens);
}
