/** A point of a stroke, in pixels of the pad. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Stroke = readonly Point[];

/** Where strokes go in another square: `x' = x × scale + left`. */
export interface Fit {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Of 28 pixels, MNIST's digits fill 20, with their centre of mass in the middle. */
const filledShare = 20 / 28;

/** Ink stays this far from the edge, however unevenly it lies. */
const marginShare = 2.5 / 28;

/**
 * Lays strokes out as the digits of the MNIST database are: the longer side of their box fills 20 of 28 pixels, and the centre
 * of mass of the ink, which the strokes' lengths weigh, lies in the middle. Null without strokes.
 *
 * @param size of the square, in its own pixels
 */
export function fitStrokes(strokes: readonly Stroke[], size: number): Fit | null {
  const points = strokes.flat();
  if (points.length === 0) return null;
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const extent = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 1);
  const scale = (size * filledShare) / extent;
  let [weight, sumX, sumY] = [0, 0, 0];
  for (const stroke of strokes) {
    for (const [index, point] of stroke.entries()) {
      const before = stroke[index - 1] ?? point;
      // A dot has no length, and some ink.
      const length = Math.max(Math.hypot(point.x - before.x, point.y - before.y), 1e-3);
      weight += length;
      sumX += (length * (point.x + before.x)) / 2;
      sumY += (length * (point.y + before.y)) / 2;
    }
  }
  const place = (values: readonly number[], centre: number): number => {
    const margin = size * marginShare;
    const [least, most] = [margin - scale * Math.min(...values), size - margin - scale * Math.max(...values)];
    return Math.min(most, Math.max(least, size / 2 - scale * centre));
  };
  return { scale, left: place(xs, sumX / weight), top: place(ys, sumY / weight) };
}
