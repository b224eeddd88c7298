import { elementCount } from '../../tensor/dtype';
import { bytesPerElement, realValues } from '../../tensor/values';
import type { OutputTensor } from '../../vision/shared/types';

/** How an output differs from the one that was saved. */
export interface OutputDifference {
  readonly name: string;
  /** Where type or shape differ, or the output is not there: both, as `float32[1, 4]`. Nothing else is told then. */
  readonly forms: { readonly saved: string; readonly now: string | null } | null;
  /** Whether all elements have the same bits. */
  readonly equal: boolean;
  readonly elements: number;
  /** How many elements differ. */
  readonly differing: number;
  /** Greatest difference of two elements as real numbers; Infinity where one alone is no number. */
  readonly greatest: number;
  /** Mean of the differences of all elements. */
  readonly mean: number;
  /** The greatest difference as a share of the range of both outputs' values and 0. */
  readonly relative: number;
  /** Where the first one lies, by dimension; null where none differs. */
  readonly first: readonly number[] | null;
}

/** Each saved output beside the one of its name. */
export function outputDifferences(saved: readonly OutputTensor[], now: readonly OutputTensor[]): readonly OutputDifference[] {
  return saved.map((output) => differenceOf(output, now.find(({ name }) => name === output.name)));
}

function differenceOf(saved: OutputTensor, now: OutputTensor | undefined): OutputDifference {
  const { name } = saved;
  const elements = elementCount(saved.shape);
  const nothing = { name, forms: null, equal: true, elements, differing: 0, greatest: 0, mean: 0, relative: 0, first: null };
  if (now === undefined || formOf(now) !== formOf(saved)) return { ...nothing, equal: false, differing: elements, forms: { saved: formOf(saved), now: now === undefined ? null : formOf(now) } };
  const [before, after] = [new Uint8Array(saved.data), new Uint8Array(now.data)];
  const width = bytesPerElement(saved.dtype);
  const [a, b] = [realValues(saved), realValues(now)];
  let [differing, firstAt, greatest, sum, broken, least, most] = [0, -1, 0, 0, false, 0, 0];
  for (let index = 0; index < elements; index++) {
    const [x, y] = [a[index] ?? NaN, b[index] ?? NaN];
    if (Number.isFinite(x)) [least, most] = [Math.min(least, x), Math.max(most, x)];
    if (Number.isFinite(y)) [least, most] = [Math.min(least, y), Math.max(most, y)];
    if (isSame(before, after, index * width, width)) continue;
    differing++;
    if (firstAt < 0) firstAt = index;
    const apart = Math.abs(x - y);
    if (Number.isNaN(apart)) broken ||= !Object.is(x, y);
    else {
      greatest = Math.max(greatest, apart);
      sum += apart;
    }
  }
  if (differing === 0) return nothing;
  if (broken) greatest = Infinity;
  return { ...nothing, equal: false, differing, greatest, mean: sum / elements, relative: greatest === 0 ? 0 : greatest / (most - least), first: placeOf(firstAt, saved.shape) };
}

function isSame(before: Uint8Array, after: Uint8Array, start: number, width: number): boolean {
  for (let at = start; at < start + width; at++) if (before[at] !== after[at]) return false;
  return true;
}

function placeOf(index: number, shape: readonly number[]): number[] {
  let rest = index;
  const place: number[] = [];
  for (const size of [...shape].reverse()) {
    place.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return place;
}

function formOf({ dtype, shape }: Pick<OutputTensor, 'dtype' | 'shape'>): string {
  return `${dtype}[${shape.join(', ')}]`;
}
