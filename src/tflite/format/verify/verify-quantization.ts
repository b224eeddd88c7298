import { scaleDimension } from '../../../tensor/quantization';
import type { SubGraph, Tensor } from '../model';
import type { Notes } from '../notes';

/**
 * Checks a tensor's quantization: as many zero points as scales, one or as many as the quantized dimension is
 * long, every scale a positive number; for scales in a tensor of their own, that the tensor exists.
 */
export function verifyQuantization(subgraph: SubGraph, tensor: Tensor, place: string, notes: Notes): void {
  const { quantization, shape } = tensor;
  if (quantization === null) return;
  const { scale, zeroPoint, dimension, details } = quantization;
  const lost = zeroPoint.find((value) => !Number.isSafeInteger(value));
  if (lost !== undefined) notes.add('ZERO_POINT', place, `a zero point is about ${BigInt(lost)}`);
  if (details !== null) {
    if (details.kind === 'custom' || details.kind === 'unknown') return;
    if (subgraph.tensors[details.scales] === undefined) notes.add('MISSING_TENSOR', place, `the scales are tensor ${details.scales} of ${subgraph.tensors.length}`);
    if (details.zeroPoints !== -1 && subgraph.tensors[details.zeroPoints] === undefined) notes.add('MISSING_TENSOR', place, `the zero points are tensor ${details.zeroPoints} of ${subgraph.tensors.length}`);
    if (details.blockSize < 0 || (details.kind === 'blockwise' && details.blockSize === 0)) notes.add('SCALES', place, `the block size is ${details.blockSize}`);
    if (details.kind === 'multi-axis' && details.dimensions.some((axis) => axis < 0 || axis >= shape.length)) notes.add('SCALES', place, 'a quantized dimension is outside of the shape');
    return;
  }
  // Files may record a range or a lone zero point; only scales make a tensor quantized.
  if (scale.length === 0) return;
  if (zeroPoint.length !== scale.length) notes.add('SCALES', place, `${scale.length} scales have ${zeroPoint.length} zero points`);
  if (scale.length > 1) {
    const size = shape[scaleDimension(quantization, shape)];
    if (shape[dimension] === undefined) {
      const details = `its quantized dimension ${dimension} lies outside of its rank ${shape.length}`;
      if (size === undefined) notes.add('QUANTIZED_DIMENSION', place, details);
      // TensorFlow Lite Micro reads nothing but the scales of a bias; newer runtimes refuse all such models.
      else notes.add('QUANTIZED_DIMENSION', place, details, 'its scales are taken along its only dimension; tfjs-kernels runs it so, the other runtimes may refuse the model');
    }
    if (size !== undefined && size !== scale.length) notes.add('SCALES', place, `dimension ${scaleDimension(quantization, shape)} is ${size} long and has ${scale.length} scales`);
  }
  const wrong = scale.findIndex((value) => !Number.isFinite(value) || value <= 0);
  if (wrong !== -1) notes.add('SCALE_VALUE', place, `scale ${wrong} is ${scale[wrong]}`);
}
