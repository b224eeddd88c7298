/** Where an axis of the picture lies on an axis of the target: `target = source × scale + offset`, both in pixels. */
export interface AxisPlacement {
  readonly sourceSize: number;
  readonly targetSize: number;
  readonly scale: number;
  readonly offset: number;
}

/** Target pixels `[start, end)` of an axis have their centre inside the picture; the others are padding. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Neighbouring source samples from `first` on with their weights, which sum to 1. */
export interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

export function spanOf({ sourceSize, targetSize, scale, offset }: AxisPlacement): Span {
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

/** The two pixels beside the centre of a target pixel, which lies at half coordinates as all centres do. */
export function bilinearTaps({ sourceSize, scale, offset }: AxisPlacement, index: number): Taps {
  const position = Math.min(Math.max((index + 0.5 - offset) / scale - 0.5, 0), sourceSize - 1);
  const first = Math.floor(position);
  const share = position - first;
  return { first, weights: share === 0 ? [1] : [1 - share, share] };
}

/** All pixels that a target pixel covers, by how much of each. Where the axis does not shrink that would be blocks, so it stays bilinear. */
export function areaTaps(placement: AxisPlacement, index: number): Taps {
  const { sourceSize, scale, offset } = placement;
  if (scale >= 1) return bilinearTaps(placement, index);
  const from = Math.max((index - offset) / scale, 0);
  const to = Math.min((index + 1 - offset) / scale, sourceSize);
  const first = Math.min(Math.floor(from), sourceSize - 1);
  const last = Math.max(Math.min(Math.ceil(to), sourceSize) - 1, first);
  const weights = Array.from({ length: last - first + 1 }, (_, tap) => (Math.min(first + tap + 1, to) - Math.max(first + tap, from)) / (to - from));
  return { first, weights };
}

/** The same sum over samples of which each stands for two neighbouring pixels, as those of chroma do. */
export function inPairs({ first, weights }: Taps): Taps {
  const firstPair = first >> 1;
  const pairs: number[] = [];
  weights.forEach((weight, tap) => {
    const pair = ((first + tap) >> 1) - firstPair;
    pairs[pair] = (pairs[pair] ?? 0) + weight;
  });
  return { first: firstPair, weights: pairs };
}
