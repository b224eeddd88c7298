/**
 * How the samples of one axis of a target come from an axis of the source: target i is the weighted sum of the source
 * samples `first[i]` to `last[i]`, all between these two with the same weight. Targets outside `[start, end)` have
 * their centre outside the picture: padding.
 */
export interface Axis {
  readonly start: number;
  readonly end: number;
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly firstWeight: Float64Array;
  readonly innerWeight: Float64Array;
  /** 0 where `last` is `first`. */
  readonly lastWeight: Float64Array;
}

/** Where an axis of the picture lies on an axis of the target: `target = source × scale + offset`, both in samples. */
export interface AxisPlacement {
  readonly sourceSize: number;
  readonly targetSize: number;
  readonly scale: number;
  readonly offset: number;
}

/** Neighbouring source samples from `first` on with their weights, which sum to 1. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

function spanOf({ sourceSize, targetSize, scale, offset }: AxisPlacement): { start: number; end: number } {
  const inside = (index: number): boolean => {
    const position = (index + 0.5 - offset) / scale;
    return position >= 0 && position <= sourceSize;
  };
  let start = 0;
  while (start < targetSize && !inside(start)) start++;
  let end = targetSize;
  while (end > start && !inside(end - 1)) end--;
  return { start, end };
}

function bilinearTaps({ sourceSize, scale, offset }: AxisPlacement, index: number): Taps {
  const position = Math.min(Math.max((index + 0.5 - offset) / scale - 0.5, 0), sourceSize - 1);
  const first = Math.floor(position);
  const share = position - first;
  return { first, weights: share === 0 ? [1] : [1 - share, share] };
}

/** Averages what the target sample covers. */
function areaTaps({ sourceSize, scale, offset }: AxisPlacement, index: number): Taps {
  const from = Math.max((index - offset) / scale, 0);
  const to = Math.min((index + 1 - offset) / scale, sourceSize);
  const first = Math.min(Math.floor(from), sourceSize - 1);
  const last = Math.max(Math.min(Math.ceil(to), sourceSize) - 1, first);
  const weights = Array.from({ length: last - first + 1 }, (_, tap) => (Math.min(first + tap + 1, to) - Math.max(first + tap, from)) / (to - from));
  return { first, weights };
}

/** The same sum over samples that each stand for two neighbours. */
function inPairs({ first, weights }: Taps): Taps {
  const firstPair = first >> 1;
  const pairs: number[] = [];
  weights.forEach((weight, tap) => {
    const pair = ((first + tap) >> 1) - firstPair;
    pairs[pair] = (pairs[pair] ?? 0) + weight;
  });
  return { first: firstPair, weights: pairs };
}

/**
 * @param area averages all that a target sample covers; where the axis does not shrink that would be blocks, so it stays bilinear
 * @param block 2 when each sample of the plane stands for two pixels of the axis, which `placement` counts in
 */
export function createAxis(placement: AxisPlacement, area: boolean, block: 1 | 2): Axis {
  const { targetSize } = placement;
  const axis: Axis = {
    ...spanOf(placement),
    first: new Int32Array(targetSize),
    last: new Int32Array(targetSize),
    firstWeight: new Float64Array(targetSize),
    innerWeight: new Float64Array(targetSize),
    lastWeight: new Float64Array(targetSize),
  };
  const taps = area && placement.scale < 1 ? areaTaps : bilinearTaps;
  for (let index = axis.start; index < axis.end; index++) {
    const pixels = taps(placement, index);
    const { first, weights } = block === 2 ? inPairs(pixels) : pixels;
    const last = weights.length - 1;
    axis.first[index] = first;
    axis.last[index] = first + last;
    axis.firstWeight[index] = weights[0] ?? 0;
    // Only the outermost samples can be covered in part.
    axis.innerWeight[index] = last > 1 ? (weights[1] ?? 0) : 0;
    axis.lastWeight[index] = last > 0 ? (weights[last] ?? 0) : 0;
  }
  return axis;
}
