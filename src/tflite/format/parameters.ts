import { elementCount } from '../../tensor/dtype';
import { type Model, type SubGraph, type Tensor, isConstant } from './model';

const realTypes: ReadonlySet<string> = new Set(['float32', 'float16', 'float64', 'bfloat16', 'float8_e4m3fn', 'float8_e5m2', 'complex64', 'complex128']);

/**
 * Elements of all weights and biases: constants that are floats or quantized. Integers without quantization are
 * shapes, axes and indices, and do not count; nor do the scales of blockwise quantization, which describe another
 * tensor. Tensors that share a buffer count once, sparse ones with the elements of their dense shape.
 */
export function countParameters(model: Model): number {
  const seen = new Set<string>();
  let parameters = 0;
  for (const subgraph of model.subgraphs) {
    const descriptions = quantizationTensors(subgraph);
    for (const tensor of subgraph.tensors) {
      if (!isConstant(model, tensor) || !isReal(tensor) || descriptions.has(tensor.index)) continue;
      const key = `${tensor.externalBuffer} ${tensor.buffer}`;
      if (seen.has(key)) continue;
      seen.add(key);
      parameters += elementCount(tensor.shape);
    }
  }
  return parameters;
}

function isReal({ dtype, quantization }: Tensor): boolean {
  return realTypes.has(dtype) || (quantization !== null && (quantization.scale.length > 0 || quantization.details !== null));
}

/** Tensors that hold the scales and zero points of others. */
function quantizationTensors(subgraph: SubGraph): ReadonlySet<number> {
  return new Set(subgraph.tensors.flatMap(({ quantization }) => {
    const details = quantization?.details;
    return details?.kind === 'blockwise' || details?.kind === 'multi-axis' ? [details.scales, details.zeroPoints] : [];
  }));
}
