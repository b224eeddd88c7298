/** Where the steps and the classes of a line of text lie in an output. */
export interface TextForm {
  readonly steps: number;
  readonly classes: number;
  /** Elements from one step to the next, and from one class to the next. */
  readonly stepStride: number;
  readonly classStride: number;
}

/** How many labels name so many classes: all of them, all but the blank, or all but the blank and the space behind them (PaddleOCR). */
export const labelCounts = (classes: number): readonly number[] => [classes, classes - 1, classes - 2];

/**
 * Two dimensions larger than 1: steps of time, then classes, as [1, steps, classes], [steps, 1, classes] and the like;
 * the other way round where the labels fit the first and not the last. Null for any other shape.
 */
export function textForm(shape: readonly number[], labels: number | undefined): TextForm | null {
  const [first, last, ...more] = shape.filter((dimension) => dimension !== 1);
  if (first === undefined || last === undefined || more.length > 0 || first < 2 || last < 2) return null;
  const fits = (classes: number): boolean => labels !== undefined && labelCounts(classes).includes(labels);
  const turned = fits(first) && !fits(last);
  return turned ? { steps: last, classes: first, stepStride: 1, classStride: last } : { steps: first, classes: last, stepStride: last, classStride: 1 };
}
