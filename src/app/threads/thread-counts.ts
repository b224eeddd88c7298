/** More threads than this no browser's device has. */
const mostThreads = 64;

/**
 * Thread counts as a person writes them: `1, 2, 4` or `1–4, 8`.
 * @returns them in order, each once; null for what is no list of counts from 1 to 64
 */
export function parseThreadCounts(text: string): number[] | null {
  const parts = text.replace(/\s*[-–]\s*/g, '-').split(/[\s,;]+/).filter((part) => part !== '');
  const counts = parts.flatMap((part) => {
    const [, from, to] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part) ?? [];
    const [first, last] = [Number(from ?? NaN), Number(to ?? from ?? NaN)];
    return first >= 1 && last >= first && last <= mostThreads ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : [NaN];
  });
  return counts.length === 0 || counts.some(Number.isNaN) ? null : [...new Set(counts)].sort((left, right) => left - right);
}

/** The counts as text, neighbours as a range: `1–4, 8`. */
export function threadCountsText(counts: readonly number[]): string {
  const ranges: { readonly from: number; to: number }[] = [];
  for (const count of counts) {
    const last = ranges.at(-1);
    if (last?.to === count - 1) last.to = count;
    else ranges.push({ from: count, to: count });
  }
  return ranges.map(({ from, to }) => (from === to ? String(from) : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`)).join(', ');
}
