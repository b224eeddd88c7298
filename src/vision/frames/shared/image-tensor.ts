import type { Preprocessing } from '../../shared/types';

/** A tensor's shape read as a batch of pictures. */
export interface ImageShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  /** 1: grey, 3: colour, 4: colour and alpha. */
  readonly channels: 1 | 3 | 4;
}

/** Rank 4, or rank 3 without the batch, with 1, 3 or 4 channels where the layout has them; null for anything else. */
export function imageShape(shape: readonly number[], layout: Preprocessing['layout']): ImageShape | null {
  if (shape.length !== 3 && shape.length !== 4) return null;
  if (shape.some((dimension) => !Number.isInteger(dimension) || dimension < 1)) return null;
  const [batch, ...picture] = shape.length === 4 ? shape : [1, ...shape];
  const [first, second, third] = picture;
  if (batch === undefined || first === undefined || second === undefined || third === undefined) return null;
  const [height, width, channels] = layout === 'nhwc' ? [first, second, third] : [second, third, first];
  if (channels !== 1 && channels !== 3 && channels !== 4) return null;
  return { batch, height, width, channels };
}
