import type { OpFate, OpProfile, OpTime } from '../report/op-profile';
import type { ProfileRow } from '../report/profile-figures';
import { formatMilliseconds, formatPercent } from '../messages/format';
import { wordingSpeed as text } from '../messages/wording-speed';

/** What became of an op, where it has no time of its own. */
export function fateText(fate: OpFate): string {
  switch (fate.kind) {
    case 'timed': return '';
    case 'fused': return text.fusedInto(fate.into);
    default: return text.fates[fate.kind];
  }
}

/** What ran for an op, or why nothing did. */
export function kernelText({ fate, accelerated, kernel }: OpTime): string {
  if (fate.kind !== 'timed') return fateText(fate);
  return accelerated === false ? text.notAccelerated(kernel) : kernel ?? '';
}

/** How the times were measured, in one sentence. */
export function methodText({ method, runs }: OpProfile): string {
  switch (method) {
    case 'profiler': return text.byProfiler(runs);
    case 'kernels': return text.byKernels(runs);
    case 'slicing': return text.bySlicing(runs);
  }
}

/** An op as a screen reader says it. */
export function spokenOp({ op, kind, time_ms, share, fate }: OpTime & { readonly share: number }): string {
  return fate.kind === 'timed' ? text.spokenOp({ op, kind, time: formatMilliseconds(time_ms), percent: (share * 100).toFixed(1) }) : text.spokenFate(op, kind, fateText(fate));
}

/** `Op 12, CONV_2D, is the longest: 0.224 ms, 8.1 %.` Nothing where none has a time. @param rows the longest first */
export function longestOpText([longest]: readonly ProfileRow[]): string {
  if (longest === undefined || longest.time_ms === 0) return '';
  return text.longestOp({ op: longest.op, kind: longest.kind, time: formatMilliseconds(longest.time_ms), share: formatPercent(longest.share) });
}
