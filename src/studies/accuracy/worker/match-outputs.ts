import { elementCount } from '../../../tensor/dtype';
import type { OutputTensor } from '../../../vision/shared/types';
import type { ComparedOutput } from '../shared/protocol';

type Described = Pick<OutputTensor, 'name' | 'shape'>;

/** An output of the reference with its counterpart's position; null where there is none. */
export interface OutputPair extends Pick<ComparedOutput, 'name' | 'other' | 'by' | 'sizes'> {
  readonly position: number | null;
}

/**
 * Finds what belongs together in the outputs of two models: by name, and where converters renamed them by their order
 * among those of the same size. What has a counterpart of another size is told.
 */
export function matchOutputs(reference: readonly Described[], others: readonly Described[]): readonly OutputPair[] {
  const taken = new Set<number>();
  const take = (position: number): number | null => {
    if (position >= 0) taken.add(position);
    return position >= 0 ? position : null;
  };
  const named = reference.map(({ name }) => take(others.findIndex((other, position) => other.name === name && !taken.has(position))));
  const placed = reference.map(({ shape }, index) => named[index] ?? take(others.findIndex((other, position) => !taken.has(position) && elementCount(other.shape) === elementCount(shape))));
  const left = reference.map((_, index) => placed[index] ?? take(others.findIndex((_, position) => !taken.has(position))));
  return reference.map(({ name, shape }, index) => {
    const position = left[index] ?? null;
    const other = position === null ? undefined : others[position];
    if (other === undefined) return { name, other: null, by: null, sizes: null, position: null };
    const sizes = { reference: elementCount(shape), other: elementCount(other.shape) };
    return { name, other: other.name, by: named[index] === null ? 'position' : 'name', sizes: sizes.reference === sizes.other ? null : sizes, position };
  });
}
