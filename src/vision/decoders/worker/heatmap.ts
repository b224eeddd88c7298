import { sigmoid } from '../shared/outputs';

export interface Heatmaps {
  readonly width: number;
  readonly height: number;
  /** One map a landmark, interleaved. */
  readonly maps: number;
  readonly logits: ArrayLike<number>;
}

/** Cells to each side of the landmark's own that are looked at: a kernel of 7. */
const reach = 3;
const smallestConfidence = 0.5;

/**
 * Moves a landmark to the centre of mass of its heatmap around it, where the heatmap is sure of itself: MediaPipe's
 * RefineLandmarksFromHeatmapCalculator with kernel size 7, which makes pose landmarks better than their regression.
 *
 * @param x share of the picture's width, 0 to 1
 * @param y share of the picture's height, 0 to 1
 * @returns the place to take instead, in the same units; null when the regression stays
 */
export function refineFromHeatmap({ width, height, maps, logits }: Heatmaps, map: number, x: number, y: number): { readonly x: number; readonly y: number } | null {
  const centreColumn = Math.trunc(x * width);
  const centreRow = Math.trunc(y * height);
  const inside = centreColumn >= 0 && centreColumn < width && centreRow >= 0 && centreRow < height;
  if (!inside) return null;
  let sum = 0;
  let columns = 0;
  let rows = 0;
  let highest = 0;
  for (let row = Math.max(0, centreRow - reach); row <= Math.min(height - 1, centreRow + reach); row++) {
    for (let column = Math.max(0, centreColumn - reach); column <= Math.min(width - 1, centreColumn + reach); column++) {
      const confidence = sigmoid(logits[(row * width + column) * maps + map] ?? NaN);
      sum += confidence;
      columns += column * confidence;
      rows += row * confidence;
      highest = Math.max(highest, confidence);
    }
  }
  if (!(highest >= smallestConfidence) || !(sum > 0)) return null;
  return { x: columns / sum / width, y: rows / sum / height };
}
