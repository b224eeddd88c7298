import type { Accuracy, ConfusionMatrix } from './types';

/** How many of the best classes are looked at. */
export const listedClasses = 5;

/** A sample with its true class and the model's best classes, best first. */
export interface Answer {
  readonly truth: number;
  readonly best: readonly number[];
}

/**
 * The class that a label means: the one of that name, or of that number.
 *
 * @param labels of the model; without any, only numbers are understood
 * @returns null for a label that means no class, or more than one
 */
export function classOf(label: string, labels: readonly string[] | undefined): number | null {
  const plain = (text: string): string => text.trim().toLowerCase();
  const named = labels?.flatMap((each, index) => (plain(each) === plain(label) ? [index] : [])) ?? [];
  if (named.length > 0) return named.length === 1 ? named[0] ?? null : null;
  const number = /^\s*\d+\s*$/.test(label) ? Number(label) : null;
  return number === null || (labels !== undefined && number >= labels.length) ? null : number;
}

export function accuracyOf(answers: readonly Answer[]): Accuracy {
  return {
    labelled: answers.length,
    right: answers.filter(({ truth, best }) => best[0] === truth).length,
    right5: answers.filter(({ truth, best }) => best.slice(0, listedClasses).includes(truth)).length,
  };
}

/** Samples without an answer are left out. */
export function confusionOf(answers: readonly Answer[]): ConfusionMatrix {
  const known = answers.flatMap(({ truth, best: [answer] }) => (answer === undefined ? [] : [{ truth, answer }]));
  const classes = [...new Set(known.flatMap(({ truth, answer }) => [truth, answer]))].sort((one, other) => one - other);
  const places = new Map(classes.map((index, place) => [index, place]));
  const counts = classes.map(() => new Array<number>(classes.length).fill(0));
  for (const { truth, answer } of known) {
    const row = counts[places.get(truth) ?? -1];
    const column = places.get(answer) ?? -1;
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1;
  }
  return { classes, counts };
}
