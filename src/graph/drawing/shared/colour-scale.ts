import { bisectLeft, extent } from 'd3-array';
import { color as parse, rgb } from 'd3-color';
import type { GivenColours } from '../../model/shared/op-numbers';
import { roundLimits } from './round-limits';

/** Values up to a limit, and their colour. */
export interface ColourStep {
  readonly upTo: number;
  readonly colour: string;
}

/** A colour for each value, with what a legend needs. */
export interface ColourScale {
  readonly least: number;
  readonly greatest: number;
  /** From the least values on; none where colours run into each other. */
  readonly steps: readonly ColourStep[];
  /** `#rrggbb`; null for a value that has no colour: zeros beside values above, and what the data's own colours leave out. */
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

/** Luminance relative to that of white, as WCAG 2 has it. */
function luminance(colour: string): number {
  const { r, g, b } = rgb(colour);
  const linear = (part: number): number => { const share = part / 255; return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4; };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Contrast of two colours by WCAG 2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white ink, whichever reads better: on any ground one of them has a contrast of 4.58 or more. */
export function inkOn(ground: string): '#000000' | '#ffffff' {
  return contrast('#ffffff', ground) > contrast('#000000', ground) ? '#ffffff' : '#000000';
}

/**
 * A scale over the values. The page's own colours go in steps between round numbers, see `roundLimits`; a gradient that
 * comes with the data runs from the least value to the greatest, as Model Explorer has it.
 *
 * @param ramp colours for steps, used where the data bring none; at least one
 */
export function colourScale(values: readonly number[], ramp: readonly string[], { thresholds = [], gradient = [] }: GivenColours = {}): ColourScale {
  const [least = 0, greatest = 0] = extent(values.filter(Number.isFinite));
  if (gradient.length > 1) return gradientScale(least, greatest, gradient);
  if (thresholds.length > 0) {
    const steps = [...thresholds].sort((one, other) => one.value - other.value).map(({ value, colour }) => ({ upTo: value, colour }));
    return { least, greatest, steps, colourOf: (value) => steps.find(({ upTo }) => value <= upTo)?.colour ?? null };
  }
  const limits = roundLimits(values, ramp.length);
  // Few steps take colours from all over the ramp.
  const last = Math.max(1, limits.length - 1);
  const steps = limits.map((upTo, index) => ({ upTo, colour: ramp[Math.round((1 - (limits.length - 1 - index) / last) * (ramp.length - 1))] ?? '' }));
  const colourOf = (value: number): string | null => (!Number.isFinite(value) || (value === 0 && least >= 0) ? null : steps[Math.min(bisectLeft(limits, value), steps.length - 1)]?.colour ?? null);
  return { least, greatest, steps, colourOf };
}

function gradientScale(least: number, greatest: number, gradient: NonNullable<GivenColours['gradient']>): ColourScale {
  const stops = [...gradient].sort((one, other) => one.stop - other.stop);
  const span = greatest - least;
  const colourOf = (value: number): string | null => {
    if (!Number.isFinite(value)) return null;
    const share = span === 0 ? 0 : Math.min(1, Math.max(0, (value - least) / span));
    const above = stops.findIndex(({ stop }) => stop >= share);
    const [low, high] = [stops[Math.max(0, above - 1)], stops[above === -1 ? stops.length - 1 : above]];
    if (low === undefined || high === undefined) return null;
    return high.stop === low.stop ? high.colour : mix(low.colour, high.colour, (share - low.stop) / (high.stop - low.stop));
  };
  return { least, greatest, steps: [], colourOf };
}
