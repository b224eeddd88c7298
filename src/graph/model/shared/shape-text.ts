import { numbers } from '../../../messages/numbers';

/** `1×128×128×3`; a free dimension is a question mark, a scalar is named. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? numbers.scalar : shape.map((size) => (size < 0 ? '?' : String(size))).join('×');
}
