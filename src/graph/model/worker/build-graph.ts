import { byteLength } from '../../../tensor/dtype';
import { type ModelCosts, modelCosts } from '../../../tflite/analysis/costs';
import { type Model, type Operator, type SubGraph, declaredShape, isConstant } from '../../../tflite/format/model';
import { keyFact } from './facts';
import { familyOf } from '../shared/families';
import { scopesOf } from '../shared/groups';
import type { FoldedConstant, Graph, GraphModel, GraphOp } from '../shared/types';

/** Ops that give their input's values in another form. */
const unfolding: ReadonlySet<string> = new Set(['DEQUANTIZE', 'DENSIFY', 'CAST', 'QUANTIZE']);

/** A model's graphs in the form that drawing, searching and exporting share. */
export function buildGraphs(model: Model): GraphModel {
  const costs = modelCosts(model);
  return { graphs: model.subgraphs.map((subgraph) => buildGraph(model, subgraph, costs)) };
}

function buildGraph(model: Model, subgraph: SubGraph, costs: ModelCosts): Graph {
  const constants = foldableConstants(model, subgraph);
  const opCosts = costs.perOp.filter((cost) => cost.subgraph === subgraph.index);
  const activationBytes = (index: number): number => {
    const tensor = subgraph.tensors[index];
    return tensor === undefined || constants.has(index) ? 0 : byteLength(tensor.dtype, tensor.shape.map((size) => Math.max(size, 1))) ?? 0;
  };
  const ops = subgraph.operators.map((operator): GraphOp => {
    const { code, index } = operator;
    const fed = operator.inputs.filter((input) => input >= 0 && !isStored(model, subgraph, input));
    const unfolds = operator.outputs.every((output) => constants.has(output)) && operator.outputs.length > 0;
    return {
      index,
      name: code.name,
      custom: code.custom,
      family: familyOf(code.name, code.custom),
      fact: keyFact(operator, subgraph),
      constants: operator.inputs.flatMap((input) => { const constant = constants.get(input); return constant === undefined ? [] : [{ ...constant, input }]; }),
      inputs: fed,
      outputs: operator.outputs.filter((output) => output >= 0),
      scope: scopesOf(subgraph.tensors[operator.outputs[0] ?? -1]?.name ?? ''),
      unfolds,
      calls: calledBy(operator, model.subgraphs.length),
      values: {
        macs: opCosts[index]?.macs ?? 0,
        weightBytes: opCosts[index]?.weightBytes ?? 0,
        activationBytes: operator.outputs.reduce((total, output) => total + activationBytes(output), 0),
      },
    };
  });
  return {
    index: subgraph.index,
    name: subgraph.name,
    ops,
    tensors: subgraph.tensors.map((tensor) => ({ name: tensor.name, dtype: tensor.dtype, shape: declaredShape(tensor) })),
    inputs: subgraph.inputs,
    outputs: subgraph.outputs,
  };
}

type StoredConstant = Omit<FoldedConstant, 'input'>;

function isStored(model: Model, subgraph: SubGraph, index: number): boolean {
  const tensor = subgraph.tensors[index];
  return tensor !== undefined && isConstant(model, tensor);
}

/** Tensors whose values the file holds, as they are or to be unfolded, each with the stored tensor behind it. */
function foldableConstants(model: Model, subgraph: SubGraph): ReadonlyMap<number, StoredConstant> {
  const outputs = new Set(subgraph.outputs);
  const found = new Map<number, StoredConstant>();
  for (const { index, shape, dtype } of subgraph.tensors) {
    if (isStored(model, subgraph, index)) found.set(index, { tensor: index, shape, dtype });
  }
  for (const { code, inputs, outputs: made } of subgraph.operators) {
    const [input, ...more] = inputs;
    const [output] = made;
    if (input === undefined || output === undefined || more.length > 0 || made.length > 1 || code.custom) continue;
    const stored = found.get(input);
    if (stored !== undefined && unfolding.has(code.name) && !outputs.has(output)) found.set(output, { ...stored, shape: subgraph.tensors[output]?.shape ?? stored.shape });
  }
  return found;
}

function calledBy({ options }: Operator, subgraphs: number): readonly number[] {
  if (options === null || options.table === 'unknown') return [];
  const called = Object.entries(options.values).flatMap(([key, value]) => (key.includes('subgraph') ? [value].flat() : []));
  return called.filter((index): index is number => typeof index === 'number' && index >= 0 && index < subgraphs);
}
