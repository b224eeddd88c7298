import { byteLength, elementCount } from '../../../tensor/dtype';
import { type ModelCosts, modelCosts } from '../../../tflite/analysis/costs';
import { tensorsFromConstants } from '../../../tflite/analysis/liveness';
import { type Model, type Operator, type SubGraph, declaredShape } from '../../../tflite/format/model';
import { keyFact } from './facts';
import { familyOf } from '../shared/families';
import { scopesOf } from '../shared/groups';
import type { FoldedConstant, Graph, GraphModel, GraphOp } from '../shared/types';

/** A model's graphs in the form that drawing, searching and exporting share. */
export function buildGraphs(model: Model): GraphModel {
  const costs = modelCosts(model);
  return { graphs: model.subgraphs.map((subgraph) => buildGraph(model, subgraph, costs)) };
}

function buildGraph(model: Model, subgraph: SubGraph, costs: ModelCosts): Graph {
  const { constants, stored } = constantsOf(model, subgraph);
  const opCosts = costs.perOp.filter((cost) => cost.subgraph === subgraph.index);
  const activationBytes = (index: number): number => {
    const tensor = subgraph.tensors[index];
    return tensor === undefined || constants.has(index) ? 0 : byteLength(tensor.dtype, tensor.shape.map((size) => Math.max(size, 1))) ?? 0;
  };
  const ops = subgraph.operators.map((operator): GraphOp => {
    const { code, index } = operator;
    return {
      index,
      name: code.name,
      custom: code.custom,
      family: familyOf(code.name, code.custom),
      fact: keyFact(operator, subgraph),
      constants: operator.inputs.flatMap((input) => { const constant = constants.get(input); return constant === undefined ? [] : [{ ...constant, input }]; }),
      inputs: operator.inputs.filter((input) => input >= 0 && !stored.has(input)),
      outputs: operator.outputs.filter((output) => output >= 0),
      scope: scopesOf(subgraph.tensors[operator.outputs[0] ?? -1]?.name ?? ''),
      foldable: operator.outputs.length > 0 && operator.outputs.every((output) => constants.has(output)),
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

type Constant = Omit<FoldedConstant, 'input'>;

/**
 * Tensors whose values do not depend on what the model is given, each with the stored tensor behind it, and which of them
 * the file stores. What a subgraph gives is computed for all to see: it is no constant inside of another op.
 */
function constantsOf(model: Model, subgraph: SubGraph): { readonly constants: ReadonlyMap<number, Constant>; readonly stored: ReadonlySet<number> } {
  const fromConstants = tensorsFromConstants(model, subgraph);
  const made = new Set(subgraph.operators.flatMap(({ outputs }) => outputs));
  const given = new Set(subgraph.outputs);
  const stored = new Set([...fromConstants].filter((index) => !made.has(index)));
  const constants = new Map<number, Constant>();
  for (const index of stored) {
    const tensor = subgraph.tensors[index];
    if (tensor !== undefined) constants.set(index, { tensor: index, shape: tensor.shape, dtype: tensor.dtype });
  }
  for (const { inputs, outputs } of subgraph.operators) {
    const origin = inputs.map((input) => constants.get(input)).find((constant) => constant !== undefined);
    for (const output of outputs) {
      const tensor = subgraph.tensors[output];
      if (tensor === undefined || origin === undefined || !fromConstants.has(output) || given.has(output)) continue;
      // As many values are the same ones in another form, and count in the type in which they are stored.
      const dtype = elementCount(tensor.shape) === elementCount(origin.shape) ? origin.dtype : tensor.dtype;
      constants.set(output, { tensor: origin.tensor, shape: tensor.shape, dtype });
    }
  }
  return { constants, stored };
}

function calledBy({ options }: Operator, subgraphs: number): readonly number[] {
  if (options === null || options.table === 'unknown') return [];
  const called = Object.entries(options.values).flatMap(([key, value]) => (key.includes('subgraph') ? [value].flat() : []));
  return called.filter((index): index is number => typeof index === 'number' && index >= 0 && index < subgraphs);
}
