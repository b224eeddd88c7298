/** One window's scores, with the time at its end. */
export interface ScoredWindow {
  readonly at_s: number;
  readonly scores: Float32Array | null;
}

export interface HeardSeries {
  readonly index: number;
  readonly label: string;
  /** The highest that it reached. */
  readonly most: number;
  /** By window. */
  readonly scores: readonly number[];
}

/** As many lines as a person tells apart. */
const lines = 4;
/** The classes that were the best of most windows, each over all of them. */
export function heardSeries(windows: readonly ScoredWindow[], labelOf: (index: number) => string): readonly HeardSeries[] {
  const [wins, most] = [new Map<number, number>(), new Map<number, number>()];
  for (const window of windows) {
    const best = bestOf(window);
    if (best === null) continue;
    wins.set(best.index, (wins.get(best.index) ?? 0) + 1);
    most.set(best.index, Math.max(most.get(best.index) ?? 0, best.score));
  }
  return [...wins]
    .sort(([one, oneWins], [other, otherWins]) => otherWins - oneWins || (most.get(other) ?? 0) - (most.get(one) ?? 0) || one - other)
    .slice(0, lines)
    .map(([index]) => ({ index, most: most.get(index) ?? 0, label: labelOf(index), scores: windows.map(({ scores }) => scores?.[index] ?? 0) }));
}

/** The class of one window; null where it has no scores. */
export function bestOf({ scores }: ScoredWindow): { readonly index: number; readonly score: number } | null {
  if (scores === null || scores.length === 0) return null;
  const index = scores.reduce((best, score, at) => (score > (scores[best] ?? -Infinity) || Number.isNaN(scores[best]) ? at : best), 0);
  return { index, score: scores[index] ?? 0 };
}
