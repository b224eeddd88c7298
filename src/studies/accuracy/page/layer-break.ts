import type { TensorError, LayerPair } from '../shared/layers';

/** A tensor of both models with how far the second one's is from the first one's. */
export interface LayerError extends LayerPair, TensorError {}

/** Where error comes in. */
export interface LayerBreak {
  /** Position among the layers. */
  readonly layer: number;
  /** Signal to noise ratio in dB: the lowest of what the layer is computed from, and its own, both at most 40. */
  readonly before_db: number;
  readonly after_db: number;
}

/** What eight bits give in a layer without trouble: that a layer falls to it from more is rounding, and no break. */
const soundSqnr_db = 40;
/** An error twice as large as before. */
const leastDrop_db = 6;
/** The error of a few numbers, a score near 0, is one rounding: it tells nothing of a layer. */
const fewestValues = 16;

/**
 * The layer that loses most against what it is computed from; null where none loses much. What none of its readers shows
 * was not lost: a quantized layer is cut off where an activation behind it takes no more notice.
 */
export function findBreak(layers: readonly LayerError[]): LayerBreak | null {
  /** By layer, the worst of what reads it. */
  const shown = new Map<number, number>();
  for (const reader of layers) for (const position of reader.before) shown.set(position, Math.min(shown.get(position) ?? Infinity, sqnrOf(reader)));
  let found: LayerBreak | null = null;
  let greatest = 0;
  for (const [layer, { before }] of layers.entries()) {
    if ((layers[layer]?.metrics.count ?? 0) + (layers[layer]?.metrics.notFinite ?? 0) < fewestValues) continue;
    const before_db = Math.min(soundSqnr_db, ...before.map((position) => sqnrOf(layers[position])));
    const after_db = Math.min(soundSqnr_db, sqnrOf(layers[layer]));
    const drop = before_db - Math.max(after_db, Math.min(soundSqnr_db, shown.get(layer) ?? after_db));
    if (drop < leastDrop_db || drop <= greatest) continue;
    found = { layer, before_db, after_db };
    greatest = drop;
  }
  return found;
}

/** Values that are no numbers on one side are the worst that can be; two layers of zeros are equal. */
function sqnrOf(layer: LayerError | undefined): number {
  if (layer === undefined) return Infinity;
  const { sqnr_db, metrics } = layer;
  return metrics.notFinite > 0 || Number.isNaN(sqnr_db) ? -100 : sqnr_db;
}
