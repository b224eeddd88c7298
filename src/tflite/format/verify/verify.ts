import { LitescopeError } from '../../../errors';
import { byteLength, elementCount } from '../../../tensor/dtype';
import { type Model, type SubGraph, type Tensor, isConstant, tensorPlace } from '../model';
import { readModel } from '../read/reader';
import { stringBufferProblem } from '../string-buffer';
import { verifyGraph } from './verify-graph';
import { verifyQuantization } from './verify-quantization';

/** Dimensions that a tensor may have. Kernels stop at 8; the margin is for tensors that only describe. */
export const maximumRank = 32;

/**
 * Reads and verifies a model: what the rest of Litescope may rely on.
 *
 * @throws LitescopeError as `readModel` and `verify` do
 */
export function openModel(bytes: Uint8Array): Model {
  const model = readModel(bytes);
  verify(model);
  return model;
}

/**
 * Checks what a model's structure means: every index leads somewhere, shapes and constant data agree, quantization
 * parameters fit their tensors, and every op's inputs exist before it runs.
 *
 * @throws LitescopeError CORRUPTED, or INVALID_QUANTIZATION for quantization parameters, with the place
 */
export function verify(model: Model): void {
  if (model.subgraphs.length === 0) throw new LitescopeError('CORRUPTED', 'the model has no subgraph', { place: 'model' });
  for (const [index, code] of model.operatorCodes.entries()) {
    if (code.custom && code.name === '') throw new LitescopeError('CORRUPTED', 'a custom op has no name', { place: `operator code ${index}` });
  }
  const externalBuffers = new Set(model.externalBuffers.map(({ id }) => id));
  for (const subgraph of model.subgraphs) {
    for (const tensor of subgraph.tensors) verifyTensor(model, subgraph, tensor, externalBuffers);
    verifyEdges(subgraph, 'input', subgraph.inputs);
    verifyEdges(subgraph, 'output', subgraph.outputs);
  }
  verifyGraph(model);
  verifySignatures(model);
  for (const [index, entry] of model.metadata.entries()) {
    if (entry.buffer >= model.buffers.length) {
      throw new LitescopeError('CORRUPTED', `"${entry.name}" refers to buffer ${entry.buffer} of ${model.buffers.length}`, { place: `metadata ${index}` });
    }
  }
}

function verifyTensor(model: Model, subgraph: SubGraph, tensor: Tensor, externalBuffers: ReadonlySet<number>): void {
  const place = tensorPlace(subgraph.index, tensor.index);
  const fail = (details: string): never => {
    throw new LitescopeError('CORRUPTED', tensor.name === '' ? details : `${details} ("${tensor.name.slice(0, 200)}")`, { place });
  };
  // Buffer 0 means no data, even in files that leave out the list of buffers.
  if (tensor.buffer !== 0 && tensor.buffer >= model.buffers.length) fail(`the tensor refers to buffer ${tensor.buffer} of ${model.buffers.length}`);
  if (tensor.externalBuffer !== 0 && !externalBuffers.has(tensor.externalBuffer)) {
    fail(`the tensor refers to external buffer ${tensor.externalBuffer}, which the model does not list`);
  }
  const rank = tensor.shape.length;
  if (rank > maximumRank) fail(`the tensor has ${rank} dimensions`);
  const constant = isConstant(model, tensor);
  // Some converters leave −1 in the shape itself; runtimes take it for a free dimension too.
  if (tensor.shape.some((dimension) => dimension < (constant ? 0 : -1))) fail(`the shape is [${tensor.shape.join(', ')}]`);
  const signature = tensor.shapeSignature;
  if (signature !== null && signature.length > 0) {
    if (signature.length !== rank) fail(`the shape has ${rank} dimensions, its signature ${signature.length}`);
    if (signature.some((dimension) => dimension < -1)) fail(`the shape signature is [${signature.join(', ')}]`);
  }
  verifyData(model, tensor, fail);
  verifyQuantization(subgraph, tensor, place);
}

function verifyData(model: Model, tensor: Tensor, fail: (details: string) => never): void {
  const data = model.buffers[tensor.buffer]?.data;
  if (tensor.sparsity !== null) {
    const { traversalOrder, blockMap, dimensions } = tensor.sparsity;
    const expected = tensor.shape.length + blockMap.length;
    if (traversalOrder.length !== expected || dimensions.length !== expected) {
      fail(`the sparse tensor describes ${dimensions.length} dimensions in the order of ${traversalOrder.length}, its shape and blocks have ${expected}`);
    }
    if (new Set(traversalOrder).size !== expected || traversalOrder.some((dimension) => dimension < 0 || dimension >= expected)) {
      fail('the traversal order of the sparse tensor is no permutation');
    }
    if (blockMap.some((dimension) => dimension < 0 || dimension >= tensor.shape.length)) fail('the block map of the sparse tensor leaves its shape');
    return;
  }
  const problem = tensor.dtype === 'string' && data !== undefined ? stringBufferProblem(data) : null;
  if (problem !== null) fail(`${problem}, in buffer ${tensor.buffer}`);
  const expected = byteLength(tensor.dtype, tensor.shape);
  if (expected === undefined || data === undefined || data.length === 0) return;
  if (data.length !== expected) {
    fail(`${tensor.dtype} [${tensor.shape.join(', ')}] with ${elementCount(tensor.shape)} elements takes ${expected} bytes, buffer ${tensor.buffer} has ${data.length}`);
  }
}

function verifyEdges(subgraph: SubGraph, kind: 'input' | 'output', tensors: readonly number[]): void {
  for (const [index, tensor] of tensors.entries()) {
    if (subgraph.tensors[tensor] === undefined) {
      throw new LitescopeError('CORRUPTED', `tensor ${tensor} of ${subgraph.tensors.length}`, { place: `subgraph ${subgraph.index}, ${kind} ${index}` });
    }
  }
}

function verifySignatures(model: Model): void {
  for (const [index, signature] of model.signatures.entries()) {
    const place = `signature ${index}`;
    const subgraph = model.subgraphs[signature.subgraph];
    if (subgraph === undefined) {
      throw new LitescopeError('CORRUPTED', `"${signature.key}" refers to subgraph ${signature.subgraph} of ${model.subgraphs.length}`, { place });
    }
    for (const { name, tensor } of [...signature.inputs, ...signature.outputs]) {
      if (subgraph.tensors[tensor] === undefined) {
        throw new LitescopeError('CORRUPTED', `"${name}" refers to tensor ${tensor} of ${subgraph.tensors.length}`, { place });
      }
    }
  }
}
