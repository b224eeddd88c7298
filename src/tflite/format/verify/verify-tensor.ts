import { LitescopeError } from '../../../errors';
import { tfliteFormat as text } from '../../../messages/tflite-format';
import { byteLength, elementCount } from '../../../tensor/dtype';
import { type Model, type SubGraph, type Tensor, fitsSignature, isConstant, tensorPlace } from '../model';
import { type Notes, namedTensorPlace } from '../notes';
import { stringBufferProblem } from '../string-buffer';
import { verifyQuantization } from './verify-quantization';

/** Dimensions that a tensor may have. Kernels stop at 8; the margin is for tensors that only describe. */
export const maximumRank = 32;

/**
 * Checks one tensor: shape, data, quantization.
 *
 * @param externalBuffers ids of the external buffers that the model lists
 * @throws LitescopeError CORRUPTED for a shape that is none: everything else asks it for sizes
 */
export function verifyTensor(model: Model, subgraph: SubGraph, tensor: Tensor, externalBuffers: ReadonlySet<number>, notes: Notes): void {
  const fail = (details: string): never => {
    throw new LitescopeError('CORRUPTED', tensor.name === '' ? details : text.ofTensor(details, tensor.name.slice(0, 200)), { place: tensorPlace(subgraph.index, tensor.index) });
  };
  const rank = tensor.shape.length;
  if (rank > maximumRank) fail(text.dimensions(rank));
  const constant = isConstant(model, tensor);
  // Some converters leave −1 in the shape itself; runtimes take it for a free dimension too.
  if (tensor.shape.some((dimension) => dimension < (constant ? 0 : -1))) fail(text.shapeIs(`[${tensor.shape.join(', ')}]`));

  const place = namedTensorPlace(subgraph.index, tensor);
  // Buffer 0 means no data, even in files that leave out the list of buffers.
  if (tensor.buffer !== 0 && tensor.buffer >= model.buffers.length) notes.add('MISSING_BUFFER', place, text.refersToBuffer(tensor.buffer, model.buffers.length));
  if (tensor.externalBuffer !== 0 && !externalBuffers.has(tensor.externalBuffer)) {
    notes.add('MISSING_BUFFER', place, text.refersToExternalBuffer(tensor.externalBuffer));
  }
  if (!fitsSignature(tensor)) notes.add('SHAPE_SIGNATURE', place, text.shapeAndSignature(`[${tensor.shape.join(', ')}]`, `[${tensor.shapeSignature?.slice(0, maximumRank).join(', ')}]`));
  if (tensor.sparsity !== null) {
    const problem = sparsityProblem(tensor);
    if (problem !== null) notes.add('SPARSITY', place, problem);
  } else {
    const problem = dataProblem(model, tensor);
    if (problem !== null) notes.add(tensor.dtype === 'string' ? 'STRINGS' : 'DATA_SIZE', place, problem);
  }
  verifyQuantization(subgraph, tensor, place, notes);
}

/** What is wrong with the buffer of a tensor that is not sparse, in words; null where shape and data agree. */
export function dataProblem(model: Model, tensor: Tensor): string | null {
  const data = model.buffers[tensor.buffer]?.data;
  if (data === undefined || data.length === 0) return null;
  if (tensor.dtype === 'string') {
    const problem = stringBufferProblem(data);
    return problem === null ? null : text.inBuffer(problem, tensor.buffer);
  }
  const expected = byteLength(tensor.dtype, tensor.shape);
  if (expected === undefined || data.length === expected) return null;
  return text.dataSize(`${tensor.dtype} [${tensor.shape.join(', ')}]`, elementCount(tensor.shape), expected, tensor.buffer, data.length);
}

/** Where the description of a sparse tensor contradicts itself, in words; null where its levels fit its shape. Indices are not looked at. */
export function sparsityProblem({ sparsity, shape }: Pick<Tensor, 'sparsity' | 'shape'>): string | null {
  if (sparsity === null) return null;
  const { traversalOrder, blockMap, dimensions } = sparsity;
  const expected = shape.length + blockMap.length;
  if (traversalOrder.length !== expected || dimensions.length !== expected) {
    return text.sparseDimensions(dimensions.length, traversalOrder.length, expected);
  }
  if (new Set(traversalOrder).size !== expected || traversalOrder.some((dimension) => dimension < 0 || dimension >= expected)) {
    return text.noPermutation;
  }
  return blockMap.some((dimension) => dimension < 0 || dimension >= shape.length) ? text.blockMapLeavesShape : null;
}
