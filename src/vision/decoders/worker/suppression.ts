import type { BoxCandidate, Edges } from './box-candidate';

/** Intersection over union of two boxes given by their edges; 0 when they only touch. */
export function overlap(one: Edges, other: Edges): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  const areaOne = (one.right - one.left) * (one.bottom - one.top);
  const areaOther = (other.right - other.left) * (other.bottom - other.top);
  return intersection / (areaOne + areaOther - intersection);
}

function weightedMean(group: readonly BoxCandidate[], best: BoxCandidate): BoxCandidate {
  const total = group.reduce((sum, { score }) => sum + score, 0);
  // Scores of 0 pass a threshold of 0 and would divide by nothing.
  if (!(total > 0)) return best;
  const mean = (value: (candidate: BoxCandidate) => number): number => group.reduce((sum, candidate) => sum + value(candidate) * candidate.score, 0) / total;
  return {
    score: best.score,
    left: mean(({ left }) => left),
    top: mean(({ top }) => top),
    right: mean(({ right }) => right),
    bottom: mean(({ bottom }) => bottom),
    keypoints: best.keypoints.map((_, index) => mean(({ keypoints }) => keypoints[index] ?? 0)),
  };
}

/**
 * Weighted non-maximum suppression (the `WEIGHTED` algorithm of MediaPipe's NonMaxSuppressionCalculator): the best box
 * takes in every box that overlaps it by more than `threshold`; edges and key points become their mean weighted by
 * score, the score stays that of the best. Repeats with what remains. Steadier between frames than dropping the rest.
 *
 * @param threshold intersection over union, 0 to 1
 * @returns best first
 */
export function suppressWeighted(candidates: readonly BoxCandidate[], threshold: number): readonly BoxCandidate[] {
  let remaining = [...candidates].sort((left, right) => right.score - left.score);
  const kept: BoxCandidate[] = [];
  for (;;) {
    const best = remaining[0];
    if (best === undefined) return kept;
    // The best one always belongs to its own group, or a threshold of 1 would never end.
    const joins = (candidate: BoxCandidate): boolean => candidate === best || overlap(candidate, best) > threshold;
    kept.push(weightedMean(remaining.filter(joins), best));
    remaining = remaining.filter((candidate) => !joins(candidate));
  }
}

/**
 * Plain non-maximum suppression, class by class: best first, a box that overlaps one that is kept by more than
 * `threshold` is dropped.
 *
 * @param threshold intersection over union, 0 to 1
 * @param most results, which also bounds the work
 * @param share how much two candidates overlap, 0 to 1
 * @returns best first
 */
export function suppressByClass<Candidate extends { readonly score: number; readonly type: number }>(
  candidates: readonly Candidate[], threshold: number, most: number, share: (one: Candidate, other: Candidate) => number,
): readonly Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of [...candidates].sort((left, right) => right.score - left.score)) {
    if (kept.length >= most) break;
    if (kept.every((better) => better.type !== candidate.type || !(share(candidate, better) > threshold))) kept.push(candidate);
  }
  return kept;
}
