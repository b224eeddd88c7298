import { color as parse, rgb } from 'd3-color';
import type { GivenColours } from '../../model/shared/op-numbers';

/** A colour for each value, with what a legend needs. */
export interface ColourScale {
  readonly least: number;
  readonly greatest: number;
  /** `#rrggbb`; null where the data leave a value without a colour. */
  colourOf(value: number): string | null;
}

/** Any colour of CSS as `#rrggbb`, without its transparency; null for what is none. */
export function colourHex(text: string): string | null {
  return parse(text)?.formatHex() ?? null;
}

/** The colour at `share` of the way from one to the other. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [rgb(from), rgb(to)];
  return rgb(a.r + (b.r - a.r) * share, a.g + (b.g - a.g) * share, a.b + (b.b - a.b) * share).formatHex();
}

/** Black or white ink, whichever reads better on a ground: by the relative luminance of WCAG 2. */
export function inkOn(ground: string): '#14181a' | '#ffffff' {
  const { r, g, b } = rgb(ground);
  const linear = (part: number): number => { const share = part / 255; return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4; };
  const luminance = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return luminance > 0.22 || Number.isNaN(luminance) ? '#14181a' : '#ffffff';
}

/**
 * A scale over the values. The page's own colours begin at 0, so that twice the colour is twice the number; a gradient
 * that comes with the data begins at the least value, as Model Explorer has it.
 *
 * @param ramp colours in equal steps, used where the data bring none
 */
export function colourScale(values: readonly number[], ramp: readonly string[], { thresholds = [], gradient = [] }: GivenColours = {}): ColourScale {
  const finite = values.filter(Number.isFinite);
  const given = gradient.length > 1;
  const start = given ? finite[0] ?? 0 : 0;
  const least = finite.reduce((low, value) => Math.min(low, value), start);
  const greatest = finite.reduce((high, value) => Math.max(high, value), least);
  if (!given && thresholds.length > 0) {
    const sorted = [...thresholds].sort((one, other) => one.value - other.value);
    return { least, greatest, colourOf: (value) => sorted.find((threshold) => value <= threshold.value)?.colour ?? null };
  }
  const steps = given ? [...gradient].sort((one, other) => one.stop - other.stop) : ramp.map((colour, index) => ({ stop: index / Math.max(1, ramp.length - 1), colour }));
  const span = greatest - least;
  const colourOf = (value: number): string | null => {
    if (!Number.isFinite(value)) return null;
    const share = span === 0 ? 0 : Math.min(1, Math.max(0, (value - least) / span));
    const above = steps.findIndex(({ stop }) => stop >= share);
    const [low, high] = [steps[Math.max(0, above - 1)], steps[above === -1 ? steps.length - 1 : above]];
    if (low === undefined || high === undefined) return null;
    return high.stop === low.stop ? high.colour : mix(low.colour, high.colour, (share - low.stop) / (high.stop - low.stop));
  };
  return { least, greatest, colourOf };
}
