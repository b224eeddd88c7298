import type { SignatureTensor } from '../../../tflite/analysis/summary';

/** Whether the file leaves an output's shape open: a scalar's looks like that of an output of which nothing is said. */
export function isOpen({ shape }: SignatureTensor): boolean {
  return shape.length === 0 || shape.includes(-1);
}
