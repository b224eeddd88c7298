/** A colour for each value, with what a legend needs. */
export interface ColourScale {
  readonly least: number;
  readonly greatest: number;
  colourOf(value: number): string;
}

/** Colours given with the data: a value takes the first threshold that is not below it, or a place on a gradient from 0 to 1. */
export interface GivenColours {
  readonly thresholds?: readonly { readonly value: number; readonly colour: string }[];
  readonly gradient?: readonly { readonly stop: number; readonly colour: string }[];
}

type Rgb = readonly [number, number, number];

/** `#rgb` or `#rrggbb`; null for anything else. */
export function parseHex(colour: string): Rgb | null {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(colour);
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour);
  const parts = short === null ? long?.slice(1) : short.slice(1).map((digit) => digit + digit);
  if (parts === undefined) return null;
  const [red = 0, green = 0, blue = 0] = parts.map((part) => Number.parseInt(part, 16));
  return [red, green, blue];
}

/** The colour at `share` of the way from one to the other. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [parseHex(from), parseHex(to)];
  if (a === null || b === null) return share < 0.5 ? from : to;
  return `#${a.map((part, index) => Math.round(part + ((b[index] ?? part) - part) * share).toString(16).padStart(2, '0')).join('')}`;
}

/** Black or white ink, whichever reads better on a ground. */
export function inkOn(ground: string): '#14181a' | '#ffffff' {
  const rgb = parseHex(ground);
  if (rgb === null) return '#14181a';
  const [red, green, blue] = rgb.map((part) => { const share = part / 255; return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4; }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.22 ? '#14181a' : '#ffffff';
}

/**
 * A scale over the values. Numbers that count something begin at 0, so that twice the colour is twice the number.
 *
 * @param ramp colours in equal steps, used where the data bring none
 */
export function colourScale(values: readonly number[], ramp: readonly string[], given: GivenColours = {}): ColourScale {
  const finite = values.filter(Number.isFinite);
  const least = finite.reduce((low, value) => Math.min(low, value), 0);
  const greatest = finite.reduce((high, value) => Math.max(high, value), least);
  const span = greatest - least;
  const { thresholds = [], gradient = [] } = given;
  if (thresholds.length > 0) {
    const sorted = [...thresholds].sort((one, other) => one.value - other.value);
    return { least, greatest, colourOf: (value) => (sorted.find((threshold) => value <= threshold.value) ?? sorted.at(-1))?.colour ?? ramp[0] ?? '#000000' };
  }
  const steps = gradient.length > 1 ? [...gradient].sort((one, other) => one.stop - other.stop) : ramp.map((colour, index) => ({ stop: index / Math.max(1, ramp.length - 1), colour }));
  const colourOf = (value: number): string => {
    const share = span === 0 ? 0 : Math.min(1, Math.max(0, (value - least) / span));
    const above = steps.findIndex(({ stop }) => stop >= share);
    const [low, high] = [steps[Math.max(0, above - 1)], steps[above === -1 ? steps.length - 1 : above]];
    if (low === undefined || high === undefined) return '#000000';
    return high.stop === low.stop ? high.colour : mix(low.colour, high.colour, (share - low.stop) / (high.stop - low.stop));
  };
  return { least, greatest, colourOf };
}
