import { LitescopeError } from '../../errors';
import { tflite as text } from '../../messages/tflite';
import { type Model, type Operator, type SubGraph, type Tensor, callsOf, isConstant, statesShape, tensorPlace } from '../format/model';
import { opDescription } from './op-table';
import type { Shape, ShapeQuery } from './ops/context';
import { SmallValues } from './ops/small-values';
import { checkShape } from './shapes';
import { signaturesOf } from './signatures';

/** The shapes of one subgraph's tensors; free dimensions are gone. */
export interface InferredShapes {
  readonly subgraph: number;
  /** By tensor index. */
  readonly shapes: readonly Shape[];
  /** Tensors whose shape could not be told: `shapes` holds the file's, with 1 for free dimensions. */
  readonly unknown: ReadonlySet<number>;
}

/**
 * Shapes of all tensors once a signature's inputs have the given ones. Inputs that are not named keep the file's
 * shapes, free dimensions as 1. Ops whose inputs are as the file states them keep the file's output shapes
 * if those are fixed; for the others the rule of the op table decides. Where there is none, or sizes that only a
 * run can tell decide, the file's shape stands and the tensor is among `unknown`, as is what follows from it.
 *
 * @param signature the signature's key; the first one when undefined
 * @param inputShapes by the input's name in the signature
 * @throws LitescopeError INVALID_SHAPE for a signature or input that does not exist, and as `fixShapes` does
 */
export function inferShapes(model: Model, signature?: string, inputShapes: Readonly<Record<string, Shape>> = {}): InferredShapes {
  const signatures = signaturesOf(model);
  const chosen = signature === undefined ? signatures[0] : signatures.find(({ key }) => key === signature);
  const subgraph = model.subgraphs[chosen?.subgraph ?? -1];
  if (chosen === undefined || subgraph === undefined) throw new LitescopeError('INVALID_SHAPE', text.noSignature(signature ?? ''));
  const given = new Map<number, Shape>();
  for (const [name, shape] of Object.entries(inputShapes)) {
    const input = chosen.inputs.find((each) => each.name === name);
    const tensor = subgraph.tensors[input?.tensorIndex ?? -1];
    if (tensor === undefined) throw new LitescopeError('INVALID_SHAPE', text.noInputInSignature(name));
    checkShape(tensor, shape, tensorPlace(subgraph.index, tensor.index));
    given.set(tensor.index, shape);
  }
  return inferSubgraph(model, subgraph, given);
}

/** Subgraphs that are gone through for one answer: those that call each other may do so endlessly often. */
const mostCalls = 256;

/** The shapes of a subgraph, given those of some of its inputs by tensor index. */
export function inferSubgraph(model: Model, subgraph: SubGraph, given: ReadonlyMap<number, Shape> = new Map()): InferredShapes {
  return infer(model, subgraph, given, { calls: mostCalls });
}

function infer(model: Model, subgraph: SubGraph, given: ReadonlyMap<number, Shape>, left: { calls: number }): InferredShapes {
  const shapes = subgraph.tensors.map((tensor) => given.get(tensor.index) ?? storedShape(tensor));
  const unknown = new Set<number>();
  const values = new SmallValues(model, subgraph);
  for (const operator of subgraph.operators) {
    const outputs = operator.outputs.flatMap((index) => subgraph.tensors[index] ?? []);
    const settled = operator.inputs.every((index) => !unknown.has(index) && asStated(subgraph.tensors[index], shapes[index])) && outputs.every(statesShape);
    if (!settled) {
      const query: ShapeQuery = {
        inputs: operator.inputs.map((index) => (index === -1 ? null : shapes[index] ?? null)),
        options: operator.options,
        customOptions: operator.customOptions,
        values: (position) => values.of(operator.inputs[position]),
        stated: outputs.map((tensor) => shapes[tensor.index] ?? []),
      };
      const certain = operator.inputs.every((index) => !unknown.has(index));
      const inferred = certain ? opDescription(operator.code)?.shape?.(query) ?? shapesOfCall(model, operator, query.inputs, left) : null;
      outputs.forEach((tensor, position) => {
        const shape = inferred?.[position];
        if (shape === undefined || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
          if (!isConstant(model, tensor)) unknown.add(tensor.index);
        } else {
          shapes[tensor.index] = shape;
        }
      });
    }
    values.follow(operator, shapes);
  }
  return { subgraph: subgraph.index, shapes, unknown };
}

/**
 * What comes out of the subgraphs that an op calls: of a choice, what all its branches agree on; of a loop, what its body gives
 * back as it was.
 */
function shapesOfCall(model: Model, operator: Operator, inputs: readonly (Shape | null)[], left: { calls: number }): readonly Shape[] | null {
  const { name, custom } = operator.code;
  const called = callsOf(operator).flatMap((index) => model.subgraphs[index] ?? []);
  if (custom || called.length === 0) return null;
  const run = (graph: SubGraph | undefined, fed: readonly (Shape | null)[]): readonly Shape[] | null => {
    left.calls -= 1;
    if (graph === undefined || left.calls < 0 || fed.length !== graph.inputs.length) return null;
    const { shapes, unknown } = infer(model, graph, new Map(graph.inputs.flatMap((tensor, position) => { const shape = fed[position]; return shape ? [[tensor, shape]] : []; })), left);
    return graph.outputs.some((tensor) => unknown.has(tensor)) ? null : graph.outputs.map((tensor) => shapes[tensor] ?? []);
  };
  switch (name) {
    case 'CALL': case 'STABLEHLO_COMPOSITE': return run(called[0], inputs);
    case 'IF': case 'STABLEHLO_CASE': {
      const [first, ...others] = called.map((graph) => run(graph, inputs.slice(1)));
      return first !== undefined && first !== null && others.every((other) => sameShapes(first, other)) ? first : null;
    }
    case 'WHILE': case 'STABLEHLO_WHILE': {
      const after = run(called[1], inputs);
      return after !== null && sameShapes(after, inputs) ? after : null;
    }
    default: return null;
  }
}

function sameShapes(some: readonly Shape[], others: readonly (Shape | null)[] | null): boolean {
  return others !== null && some.length === others.length && some.every((shape, index) => shape.join() === others[index]?.join());
}

/** Free dimensions count as 1, as runtimes take them until they are set. */
function storedShape(tensor: Tensor): Shape {
  return tensor.shape.some((size) => size < 0) ? tensor.shape.map((size) => Math.max(size, 1)) : tensor.shape;
}

function asStated(tensor: Tensor | undefined, shape: Shape | undefined): boolean {
  if (tensor === undefined || shape === undefined) return true;
  return shape === tensor.shape || (shape.length === tensor.shape.length && shape.every((size, dimension) => size === tensor.shape[dimension]));
}
