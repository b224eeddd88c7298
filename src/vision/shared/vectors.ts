/** The Euclidean length. */
export function lengthOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index] as number) ** 2;
  return Math.sqrt(sum);
}

/**
 * The cosine of the angle between two vectors: 1 for one direction, 0 for a right angle, −1 for opposite ones. A vector
 * without length, or of no numbers, has no direction: 0, and 1 only with itself.
 *
 * @throws RangeError for vectors of different lengths
 */
export function cosineOf(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) throw new RangeError(`A vector of ${other.length} values cannot be compared with one of ${one.length}`);
  let [product, ofOne, ofOther, same] = [0, 0, 0, true];
  for (let index = 0; index < one.length; index++) {
    const [left, right] = [one[index] as number, other[index] as number];
    product += left * right;
    ofOne += left * left;
    ofOther += right * right;
    same &&= Object.is(left, right);
  }
  if (same) return 1;
  const cosine = product / Math.sqrt(ofOne * ofOther);
  return Number.isFinite(cosine) ? Math.min(1, Math.max(-1, cosine)) : 0;
}
