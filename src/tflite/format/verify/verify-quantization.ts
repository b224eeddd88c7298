import { LitescopeError } from '../../../errors';
import type { SubGraph, Tensor } from '../model';

/**
 * Checks a tensor's quantization: as many zero points as scales, one or as many as the quantized dimension is
 * long, every scale a positive number; for scales in a tensor of their own, that the tensor exists.
 *
 * @throws LitescopeError INVALID_QUANTIZATION with `place`
 */
export function verifyQuantization(subgraph: SubGraph, tensor: Tensor, place: string): void {
  const { quantization } = tensor;
  if (quantization === null) return;
  const fail = (details: string): never => {
    throw new LitescopeError('INVALID_QUANTIZATION', tensor.name === '' ? details : `${details} ("${tensor.name.slice(0, 200)}")`, { place });
  };
  const { scale, zeroPoint, dimension, details } = quantization;
  if (details !== null) {
    if (details.kind === 'custom' || details.kind === 'unknown') return;
    if (subgraph.tensors[details.scales] === undefined) fail(`the scales are tensor ${details.scales} of ${subgraph.tensors.length}`);
    if (details.zeroPoints !== -1 && subgraph.tensors[details.zeroPoints] === undefined) fail(`the zero points are tensor ${details.zeroPoints} of ${subgraph.tensors.length}`);
    if (details.blockSize < 0 || (details.kind === 'blockwise' && details.blockSize === 0)) fail(`the block size is ${details.blockSize}`);
    if (details.kind === 'multi-axis' && details.dimensions.some((axis) => axis < 0 || axis >= tensor.shape.length)) fail('a quantized dimension is outside the shape');
    return;
  }
  // Files may record a range or a lone zero point; only scales make a tensor quantized.
  if (scale.length === 0) return;
  if (zeroPoint.length !== scale.length) fail(`${scale.length} scales have ${zeroPoint.length} zero points`);
  if (scale.length > 1) {
    const size = tensor.shape[dimension];
    if (size === undefined) fail(`dimension ${dimension} is quantized, the tensor has ${tensor.shape.length}`);
    if (size !== scale.length) fail(`dimension ${dimension} is ${size} long and has ${scale.length} scales`);
  }
  const wrong = scale.findIndex((value) => !Number.isFinite(value) || value <= 0);
  if (wrong !== -1) fail(`scale ${wrong} is ${scale[wrong]}`);
}
