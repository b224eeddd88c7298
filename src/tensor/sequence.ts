import { LitescopeError } from '../errors';
import { tensor as text } from '../messages/tensor';
import { elementCount } from './dtype';
import type { NpyArray } from './npy';
import { bytesPerElement } from './values';

/** An array that goes through a tensor step by step. */
export interface Sequence {
  readonly steps: number;
  /** One step's elements, in a buffer of their own. */
  at(step: number): NpyArray;
}

/** How an array lies along a tensor's time axis: in `outer` blocks, in each of which every step has a run of `run` elements. */
interface Steps {
  readonly steps: number;
  readonly outer: number;
  readonly run: number;
}

/**
 * Along which axis an array goes through a tensor: the one in which it is longer, or a first one that the tensor does not have.
 * Dimensions of 1 in front count as not there, so that `[98, 40]` goes through a tensor of `[1, 1, 40]` in 98 steps, and through one of
 * `[1, 2, 40]` in 49.
 *
 * @param array type and shape
 * @param shape the tensor's, without free dimensions
 * @throws LitescopeError INVALID_INPUT with both shapes where there is no such axis, and where its length is no multiple of the tensor's
 */
export function stepsAlong(array: Pick<NpyArray, 'shape'> & { readonly dtype?: NpyArray['dtype'] }, shape: readonly number[]): Steps {
  const [own, wanted] = [withoutOnes(array.shape), withoutOnes(shape)];
  const described = [`${array.dtype ?? ''}[${array.shape.join(', ')}]`, `[${shape.join(', ')}]`] as const;
  if (elementCount(array.shape) === 0) throw new LitescopeError('INVALID_INPUT', text.noSteps(...described));
  // A tensor that holds one step only has lost that dimension with those in front.
  const aligned = own.length <= wanted.length ? wanted : [...Array.from({ length: own.length - wanted.length }, () => 1), ...wanted];
  const longer = aligned.flatMap((size, axis) => (size === own[axis] ? [] : [axis]));
  const [axis = 0, another] = longer;
  if (own.length < wanted.length || another !== undefined) throw new LitescopeError('INVALID_INPUT', text.noSteps(...described));
  if (longer.length === 0) return { steps: 1, outer: 1, run: elementCount(shape) };
  const [length, each] = [own[axis] ?? 0, aligned[axis] ?? 1];
  if (length % each !== 0) throw new LitescopeError('INVALID_INPUT', text.unevenSteps(described[0], length, each));
  return { steps: length / each, outer: elementCount(own.slice(0, axis)), run: each * elementCount(own.slice(axis + 1)) };
}

/**
 * Takes an array apart along its time axis.
 * @throws LitescopeError INVALID_INPUT as `stepsAlong`
 */
export function sequenceOf(array: NpyArray, shape: readonly number[]): Sequence {
  const { steps, outer, run } = stepsAlong(array, shape);
  const bytes = run * bytesPerElement(array.dtype);
  const source = new Uint8Array(array.data);
  return {
    steps,
    at(step) {
      const data = new Uint8Array(outer * bytes);
      for (let block = 0; block < outer; block++) data.set(source.subarray((block * steps + step) * bytes, (block * steps + step + 1) * bytes), block * bytes);
      return { dtype: array.dtype, shape, data: data.buffer };
    },
  };
}

function withoutOnes(shape: readonly number[]): readonly number[] {
  const first = shape.findIndex((size) => size !== 1);
  return first < 0 ? [] : shape.slice(first);
}
