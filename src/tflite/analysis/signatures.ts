import { type Model, type SubGraph, type TensorAlias, declaredShape } from '../format/model';
import type { SignatureSummary, SignatureTensor } from './summary';

/**
 * The model's signatures in the file's order, without those of subgraphs that do not exist; a model without any counts as one with an empty key and subgraph 0's
 * inputs and outputs. Shapes show −1 for free dimensions.
 */
export function signaturesOf(model: Model): readonly SignatureSummary[] {
  const stated = model.signatures.flatMap(({ key, subgraph: index, inputs, outputs }) => {
    const subgraph = model.subgraphs[index];
    return subgraph === undefined ? [] : [{ key, subgraph: index, inputs: describe(subgraph, inputs), outputs: describe(subgraph, outputs) }];
  });
  if (stated.length > 0) return stated;
  const subgraph = model.subgraphs[0];
  if (subgraph === undefined) return [];
  const named = (tensors: readonly number[]): TensorAlias[] => tensors.map((tensor) => ({ name: subgraph.tensors[tensor]?.name ?? '', tensor }));
  return [{ key: '', subgraph: 0, inputs: describe(subgraph, named(subgraph.inputs)), outputs: describe(subgraph, named(subgraph.outputs)) }];
}

/** Files may leave names empty or use one twice; a person and a caller must be able to tell tensors apart. */
function uniqueName(name: string, index: number, aliases: readonly TensorAlias[]): string {
  if (name === '') return `tensor ${index}`;
  return aliases.filter((alias) => alias.name === name).length > 1 ? `${name} (tensor ${index})` : name;
}

function describe(subgraph: SubGraph, aliases: readonly TensorAlias[]): SignatureTensor[] {
  return aliases.flatMap(({ name, tensor: index }) => {
    const tensor = subgraph.tensors[index];
    if (tensor === undefined) return [];
    const { quantization } = tensor;
    return [{
      name: uniqueName(name, index, aliases),
      tensorName: tensor.name,
      tensorIndex: index,
      dtype: tensor.dtype,
      shape: declaredShape(tensor),
      ...(quantization === null || quantization.scale.length === 0
        ? {}
        : { quantization: { scale: quantization.scale, zeroPoint: quantization.zeroPoint, dimension: quantization.dimension } }),
    }];
  });
}
