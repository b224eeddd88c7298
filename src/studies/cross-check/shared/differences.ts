import { affineQuantization, realValues } from '../../../tensor/values';
import type { OutputTensor } from '../../../vision/shared/types';

/** How two runtimes' values of one tensor differ. */
export interface Difference {
  /** Greatest difference, in the tensor's own units. */
  readonly max_abs: number;
  /**
   * `max_abs` as a share of the range of both runtimes' values and 0; 0 where both are the same, Infinity where one is no
   * number. With 0 because what rounding loses grows with how large values are, and few or equal values have no range.
   */
  readonly relative: number;
  /** For quantized tensors the share of values that are more than two steps apart; else null. */
  readonly share_off: number | null;
  readonly agrees: boolean;
}

/** What still counts as the same. */
export interface Tolerance {
  /** Greatest `relative` of float tensors. */
  readonly relative: number;
  /** Greatest `share_off` of quantized tensors. */
  readonly share_off: number;
}

/**
 * For one op on the same inputs: kernels add up in different orders and round to integers at different places, which
 * moves values by less than a thousandth of their range, and by a step.
 */
export const defaultTolerance: Tolerance = { relative: 1e-3, share_off: 0 };

const steps = 2;
/** Values are multiples of the scale in float: two steps are not exactly two. */
const slack = 1.001;

/** @throws RangeError when the lengths differ */
export function differenceOf(one: OutputTensor, other: OutputTensor, tolerance: Tolerance): Difference {
  const [a, b] = [realValues(one), realValues(other)];
  if (a.length !== b.length) throw new RangeError(`“${one.name}” has ${a.length} values and ${b.length}.`);
  const scales = affineQuantization(one.dtype, one.quantization)?.scale;
  const step = scales === undefined ? null : Math.max(...scales);
  let [max_abs, least, most, off, broken] = [0, 0, 0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index] ?? NaN, b[index] ?? NaN];
    const apart = Math.abs(x - y);
    if (Number.isNaN(apart)) {
      if (!Object.is(x, y)) broken++;
      continue;
    }
    if (apart > max_abs) max_abs = apart;
    if (step !== null && apart > steps * step * slack) off++;
    least = Math.min(least, x, y);
    most = Math.max(most, x, y);
  }
  const relative = broken > 0 ? Infinity : max_abs === 0 ? 0 : max_abs / (most - least);
  const share_off = step === null ? null : a.length === 0 ? 0 : (off + broken) / a.length;
  return { max_abs, relative, share_off, agrees: share_off === null ? relative <= tolerance.relative : share_off <= tolerance.share_off };
}
