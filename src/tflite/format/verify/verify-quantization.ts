import { tfliteFormat as text } from '../../../messages/tflite-format';
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
  if (lost !== undefined) notes.add('ZERO_POINT', place, text.zeroPointIsAbout(String(BigInt(lost))));
  if (details !== null) {
    if (details.kind === 'custom' || details.kind === 'unknown') return;
    if (subgraph.tensors[details.scales] === undefined) notes.add('MISSING_TENSOR', place, text.scalesAreTensor(details.scales, subgraph.tensors.length));
    if (details.zeroPoints !== -1 && subgraph.tensors[details.zeroPoints] === undefined) notes.add('MISSING_TENSOR', place, text.zeroPointsAreTensor(details.zeroPoints, subgraph.tensors.length));
    if (details.blockSize < 0 || (details.kind === 'blockwise' && details.blockSize === 0)) notes.add('SCALES', place, text.blockSizeIs(details.blockSize));
    if (details.kind === 'multi-axis' && details.dimensions.some((axis) => axis < 0 || axis >= shape.length)) notes.add('SCALES', place, text.dimensionOutsideShape);
    return;
  }
  // Files may record a range or a lone zero point; only scales make a tensor quantized.
  if (scale.length === 0) return;
  if (zeroPoint.length !== scale.length) notes.add('SCALES', place, text.scalesAndZeroPoints(scale.length, zeroPoint.length));
  if (scale.length > 1) {
    const size = shape[scaleDimension(quantization, shape)];
    if (shape[dimension] === undefined) {
      const details = text.dimensionOutsideRank(dimension, shape.length);
      if (size === undefined) notes.add('QUANTIZED_DIMENSION', place, details);
      // TensorFlow Lite Micro reads nothing but the scales of a bias; newer runtimes refuse all such models.
      else notes.add('QUANTIZED_DIMENSION', place, details, text.alongItsOnlyDimension);
    }
    if (size !== undefined && size !== scale.length) notes.add('SCALES', place, text.otherCountOfScales(scaleDimension(quantization, shape), size, scale.length));
  }
  const wrong = scale.findIndex((value) => !Number.isFinite(value) || value <= 0);
  if (wrong !== -1) notes.add('SCALE_VALUE', place, text.scaleIs(wrong, String(scale[wrong])));
}
