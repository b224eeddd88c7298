import { type DType, elementCount } from '../tensor/dtype';
import { readMetadata } from './metadata';
import { type Model, type SubGraph, type TensorAlias, declaredShape, isConstant } from './model';
import type { ModelSummary, OpUse, SignatureSummary, SignatureTensor } from './summary';

/** What the page shows of a verified model. */
export function summarize(model: Model): ModelSummary {
  return {
    description: model.description,
    schemaVersion: model.version,
    subgraphs: model.subgraphs.length,
    tensors: model.subgraphs.reduce((sum, { tensors }) => sum + tensors.length, 0),
    opCount: model.subgraphs.reduce((sum, { operators }) => sum + operators.length, 0),
    ops: summarizeOps(model),
    signatures: signaturesOf(model),
    weights: summarizeWeights(model),
    metadata: readMetadata(model.bytes, model),
  };
}

/**
 * The model's signatures in the file's order; a model without any counts as one with an empty key and subgraph 0's
 * inputs and outputs. Shapes show −1 for free dimensions.
 */
export function signaturesOf(model: Model): readonly SignatureSummary[] {
  if (model.signatures.length > 0) {
    return model.signatures.flatMap(({ key, subgraph: index, inputs, outputs }) => {
      const subgraph = model.subgraphs[index];
      return subgraph === undefined ? [] : [{ key, subgraph: index, inputs: describe(subgraph, inputs), outputs: describe(subgraph, outputs) }];
    });
  }
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

/** One entry for each op name and version, the most frequent first. */
function summarizeOps(model: Model): OpUse[] {
  const byCode = new Map<number, { count: number; firstPlace: string }>();
  for (const subgraph of model.subgraphs) {
    for (const operator of subgraph.operators) {
      const use = byCode.get(operator.opcodeIndex);
      if (use !== undefined) use.count += 1;
      else byCode.set(operator.opcodeIndex, { count: 1, firstPlace: `subgraph ${subgraph.index}, op ${operator.index}` });
    }
  }
  // Files may list one op code several times.
  const uses = new Map<string, OpUse>();
  for (const [opcodeIndex, { count, firstPlace }] of byCode) {
    const code = model.operatorCodes[opcodeIndex];
    if (code === undefined) continue;
    const key = `${code.builtinCode} ${code.version} ${code.name}`;
    const known = uses.get(key);
    uses.set(key, known === undefined
      ? { name: code.name, custom: code.custom, count, version: code.version, firstPlace }
      : { ...known, count: known.count + count });
  }
  return [...uses.values()].sort((a, b) => b.count - a.count);
}

/**
 * Constant tensors by element type as stored: weights kept as float16 and unfolded by DEQUANTIZE count as float16.
 * A buffer that several tensors of one type share counts once; elements of sparse tensors are those of the dense
 * shape, bytes those in the file (external buffers: of the other file).
 */
function summarizeWeights(model: Model): ModelSummary['weights'] {
  const external = new Map(model.externalBuffers.map(({ id, length }) => [id, length]));
  const seen = new Set<string>();
  const byType = new Map<DType, { dtype: DType; tensors: number; elements: number; bytes: number }>();
  for (const tensor of model.subgraphs.flatMap(({ tensors }) => tensors)) {
    if (!isConstant(model, tensor)) continue;
    const key = `${tensor.dtype} ${tensor.externalBuffer} ${tensor.buffer}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const sum = byType.get(tensor.dtype) ?? { dtype: tensor.dtype, tensors: 0, elements: 0, bytes: 0 };
    sum.tensors += 1;
    sum.elements += elementCount(tensor.shape);
    sum.bytes += external.get(tensor.externalBuffer) ?? model.buffers[tensor.buffer]?.data.length ?? 0;
    byType.set(tensor.dtype, sum);
  }
  return [...byType.values()].sort((a, b) => b.bytes - a.bytes);
}
