import { LitescopeError } from '../../errors';
import { tflite as text } from '../../messages/tflite';
import { elementCount } from '../../tensor/dtype';
import type { SparseIndices, Sparsity, Tensor } from '../format/model';

/** A hostile file may describe levels that lead to no value at all; real ones take few steps for each element. */
const stepsAnElement = 8;

/**
 * Spreads a sparse tensor's stored elements (the TACO format) over its dense shape; what is not stored is 0.
 *
 * @param stored the elements in the file, one after the other
 * @param dense as many zeros as the shape has elements
 * @throws LitescopeError CORRUPTED when levels and indices contradict each other
 */
export function densify<Elements extends { readonly length: number; [index: number]: number | bigint }>(tensor: Tensor, sparsity: Sparsity, stored: Elements, dense: Elements): void {
  const { shape } = tensor;
  const rank = shape.length;
  const levels = sparsity.dimensions.map((level, index) => ({
    format: level.format,
    size: level.denseSize,
    segments: indicesOf(level.segments),
    indices: indicesOf(level.indices),
    traversed: sparsity.traversalOrder[index] ?? 0,
  }));
  const blockSizes = sparsity.dimensions.slice(rank).map(({ denseSize }) => denseSize);
  const strides = shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
  const fail = (details: string): never => { throw new LitescopeError('CORRUPTED', text.sparseTensor(tensor.name.slice(0, 200), details)); };
  const position = levels.map(() => 0);
  let next = 0;
  let steps = stepsAnElement * (elementCount(shape) + stored.length + 1);

  const place = (): void => {
    const coordinates = shape.map(() => 0);
    levels.forEach(({ traversed }, level) => {
      if (traversed < rank) coordinates[traversed] = position[level] ?? 0;
    });
    levels.forEach(({ traversed }, level) => {
      const block = traversed - rank;
      const axis = sparsity.blockMap[block];
      if (block >= 0 && axis !== undefined) coordinates[axis] = (coordinates[axis] ?? 0) * (blockSizes[block] ?? 1) + (position[level] ?? 0);
    });
    if (coordinates.some((coordinate, axis) => coordinate >= (shape[axis] ?? 0))) fail(text.indexLeavesShape(coordinates.join(', ')));
    const value = stored[next];
    if (value === undefined) return fail(text.describesMore);
    dense[coordinates.reduce((sum, coordinate, axis) => sum + coordinate * (strides[axis] ?? 0), 0)] = value;
    next += 1;
  };

  const walk = (depth: number, parent: number): void => {
    const level = levels[depth];
    if (level === undefined) {
      place();
      return;
    }
    const dense = level.format === 'DENSE';
    const first = dense ? 0 : level.segments[parent];
    const end = dense ? level.size : level.segments[parent + 1];
    if (first === undefined || end === undefined || end > (dense ? Infinity : level.indices.length)) return fail(text.segmentsDoNotFit);
    for (let at = first; at < end; at += 1) {
      steps -= 1;
      if (steps < 0) fail(text.levelsTooLarge);
      position[depth] = dense ? at : level.indices[at] ?? 0;
      walk(depth + 1, dense ? parent * level.size + at : at);
    }
  };
  walk(0, 0);
}

function indicesOf(indices: SparseIndices | null): readonly number[] {
  if (indices === null) return [];
  const { elementBytes, bytes } = indices;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = { 1: (at: number) => view.getUint8(at), 2: (at: number) => view.getUint16(at, true), 4: (at: number) => view.getInt32(at, true) }[elementBytes];
  return Array.from({ length: Math.floor(bytes.length / elementBytes) }, (_, index) => read(index * elementBytes));
}
