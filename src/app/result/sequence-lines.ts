import { extent, mean } from 'd3-array';
import { elementCount } from '../../tensor/dtype';
import { realValueAt, realValues, type ValueTensor } from '../../tensor/values';

/** One element of an output over the steps of a sequence. */
export interface SequenceLine {
  /** In one step's output, from 0. */
  readonly element: number;
  /** Steps count from 1. */
  readonly points: readonly { readonly step: number; readonly value: number }[];
}

/** More values than these take the page longer to look through than it may be busy. */
const mostLookedAt = 1_000_000;

/** The step of a stretch whose value is farthest from the middle of all. */
function standsOut(values: readonly number[], from: number, to: number, middle: number): number {
  let found = from;
  for (let step = from; step < to; step++) if (Math.abs((values[step] ?? 0) - middle) > Math.abs((values[found] ?? 0) - middle)) found = step;
  return found;
}

/**
 * The elements of a sequence's output that change most, most first: what there is to see in it. Where there are more steps than
 * points, each point is the step that stands out most of its stretch, so that no peak is lost. Outputs of very many values show
 * their first elements.
 * @param output with the steps as the first dimension
 */
export function sequenceLines(output: ValueTensor, lines: number, points: number): readonly SequenceLine[] {
  const [steps = 0, ...shape] = output.shape;
  const elements = elementCount(shape);
  if (steps === 0 || elements === 0) return [];
  const all = steps * elements <= mostLookedAt ? realValues(output) : null;
  const valuesOf = (element: number): number[] => Array.from({ length: steps }, (_, step) => (all === null ? realValueAt(output, step * elements + element) : all[step * elements + element] ?? NaN));
  const range = (values: readonly number[]): number => {
    const [least, most] = extent(values);
    return least === undefined ? 0 : most - least;
  };
  const candidates = Array.from({ length: all === null ? Math.min(lines, elements) : elements }, (_, element) => ({ element, range: range(valuesOf(element)) }));
  const chosen = all === null ? candidates : candidates.sort((one, other) => other.range - one.range || one.element - other.element).slice(0, lines);
  const stretches = Math.min(steps, points);
  return chosen.map(({ element }) => {
    const values = valuesOf(element);
    const middle = mean(values) ?? 0;
    return {
      element,
      points: Array.from({ length: stretches }, (_, place) => {
        const step = standsOut(values, Math.floor((place * steps) / stretches), Math.floor(((place + 1) * steps) / stretches), middle);
        return { step: step + 1, value: values[step] ?? NaN };
      }),
    };
  });
}
