/** How a pixel, 0 to 255, becomes what a model takes: (pixel − mean) ÷ std. */
export interface PixelScale {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** What black and white become, of all channels the least and the greatest. */
export interface PixelRange extends PixelScale {
  readonly lowest: number;
  readonly highest: number;
}

function rangeOf(mean: readonly number[], std: readonly number[]): PixelRange {
  const ends = (pixel: number): number[] => std.map((deviation, channel) => (pixel - (mean[channel] ?? 0)) / deviation);
  return { mean, std, lowest: Math.min(...ends(0)), highest: Math.max(...ends(255)) };
}

/** The ways in which models were trained to take pixels. ImageNet's are torchvision's mean and deviation, times 255. */
export const pixelRanges = {
  signed: rangeOf([127.5], [127.5]),
  unit: rangeOf([0], [255]),
  bytes: rangeOf([0], [1]),
  imagenet: rangeOf([123.675, 116.28, 103.53], [58.395, 57.12, 57.375]),
  shifted: rangeOf([128], [1]),
  half: rangeOf([127.5], [255]),
} as const satisfies Readonly<Record<string, PixelRange>>;

/** How far both ends lie from a range's, as parts of its width. */
export function distanceFrom({ lowest, highest }: Pick<PixelRange, 'lowest' | 'highest'>, range: PixelRange): number {
  return Math.max(Math.abs(lowest - range.lowest), Math.abs(highest - range.highest)) / (range.highest - range.lowest);
}

/** The known range whose ends are nearest; null where those of all are farther than `tolerance` of its width. */
export function nearestRange(ends: Pick<PixelRange, 'lowest' | 'highest'>, tolerance: number): PixelRange | null {
  const [nearest] = Object.values<PixelRange>(pixelRanges)
    .map((range) => ({ range, distance: distanceFrom(ends, range) }))
    .sort((one, other) => one.distance - other.distance);
  return nearest !== undefined && nearest.distance <= tolerance ? nearest.range : null;
}
