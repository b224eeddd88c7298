import type { SignatureTensor } from '../tflite/analysis/summary';

const likelySide = 224;

/** A first guess for free dimensions: 1, but a picture's sides get a size that shows something. */
export function suggestShape(shape: readonly number[]): number[] {
  const channels = shape.at(-1);
  const isPicture = shape.length === 4 && (channels === 1 || channels === 3);
  return shape.map((dimension, axis) => {
    if (dimension !== -1) return dimension;
    return isPicture && (axis === 1 || axis === 2) ? likelySide : 1;
  });
}

export function hasFreeDimension({ shape }: Pick<SignatureTensor, 'shape'>): boolean {
  return shape.includes(-1);
}
