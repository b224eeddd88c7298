import { tflitePlaces as places } from '../../messages/tflite-places';
import { type DType, elementCount } from '../../tensor/dtype';
import { readMetadata } from '../metadata/metadata';
import { readYoloMetadata } from '../metadata/yolo-metadata';
import { modelCosts } from './costs';
import { type Model, isConstant } from '../format/model';
import { areProbabilities, tableRows } from './edge-ops';
import { inputRange } from './input-range';
import { signaturesOf } from './signatures';
import { outputsSizedInRuns } from './sized-in-runs';
import { countVariables } from './variables';
import type { ModelSummary, OpUse, SignatureSummary, SignatureTensor } from './summary';
import { verify } from '../format/verify/verify';

export { signaturesOf };

/** What the page shows of a model that was opened. */
export function summarize(model: Model): ModelSummary {
  const costs = modelCosts(model);
  const detectorOutputs = findDetectorOutputs(model);
  const yolo = readYoloMetadata(model.bytes);
  const notes = verify(model);
  return {
    description: model.description,
    schemaVersion: model.version,
    subgraphs: model.subgraphs.length,
    tensors: model.subgraphs.reduce((sum, { tensors }) => sum + tensors.length, 0),
    opCount: model.subgraphs.reduce((sum, { operators }) => sum + operators.length, 0),
    ops: summarizeOps(model),
    signatures: signaturesOf(model).map((signature) => withWhatFollows(model, signature)),
    weights: summarizeWeights(model),
    metadata: readMetadata(model.bytes, model),
    ...(notes.length === 0 ? {} : { notes }),
    ...(detectorOutputs === null ? {} : { detectorOutputs }),
    ...(yolo === null ? {} : { yolo }),
    parameters: costs.parameters,
    macs: costs.total.macs,
    flops: costs.total.flops,
    peakActivationBytes: costs.peakActivationBytes,
    largestTensors: costs.largestTensors,
    costsByKind: costs.byKind,
  };
}

/** With what the graph tells of its edges: which values inputs take, which outputs have their memory given out in runs; and how much it keeps between runs. */
function withWhatFollows(model: Model, signature: SignatureSummary): SignatureSummary {
  const subgraph = model.subgraphs[signature.subgraph];
  if (subgraph === undefined) return signature;
  const sized = outputsSizedInRuns(model, subgraph);
  const variables = countVariables(model, subgraph);
  return {
    ...signature,
    inputs: signature.inputs.map((tensor) => {
      const range = inputRange(model, subgraph, tensor.tensorIndex);
      const rows = tableRows(model, subgraph, tensor.tensorIndex);
      return { ...tensor, ...(range === null ? {} : { range }), ...(rows === null ? {} : { tableRows: rows }) };
    }),
    outputs: signature.outputs.map((output): SignatureTensor => ({
      ...output, ...(sized.has(output.tensorIndex) ? { sizedInRuns: true } : {}), ...(areProbabilities(subgraph, output.tensorIndex) ? { probabilities: true } : {}),
    })),
    ...(variables === 0 ? {} : { variables }),
  };
}

/** The custom op in which TensorFlow's SSD detectors end. */
const detectorOp = 'TFLite_Detection_PostProcess';

function findDetectorOutputs(model: Model): NonNullable<ModelSummary['detectorOutputs']> | null {
  for (const { index, operators } of model.subgraphs) {
    const found = operators.find(({ code }) => code.custom && code.name === detectorOp);
    if (found !== undefined) return { subgraph: index, tensors: found.outputs };
  }
  return null;
}

/** One entry for each op name and version, the most frequent first. */
function summarizeOps(model: Model): OpUse[] {
  const byCode = new Map<number, { count: number; firstPlace: string }>();
  for (const subgraph of model.subgraphs) {
    for (const operator of subgraph.operators) {
      const use = byCode.get(operator.opcodeIndex);
      if (use !== undefined) use.count += 1;
      else byCode.set(operator.opcodeIndex, { count: 1, firstPlace: places.op(subgraph.index, operator.index) });
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
