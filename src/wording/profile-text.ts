import type { OpFate, OpProfile, OpTime } from '../report/op-profile';
import type { ProfileRow } from '../report/profile-figures';
import { formatCount, formatMilliseconds, formatPercent, formatPlural } from '../messages/format';

/** What became of an op, where it has no time of its own. */
export function fateText(fate: OpFate): string {
  switch (fate.kind) {
    case 'timed': return '';
    case 'fused': return `fused into op ${fate.into}`;
    case 'folded': return 'folded at load';
    case 'elided': return 'nothing to run';
    case 'unknown': return 'not told apart';
  }
}

/** What ran for an op, or why nothing did. */
export function kernelText({ fate, accelerated, kernel }: OpTime): string {
  if (fate.kind !== 'timed') return fateText(fate);
  return accelerated === false ? `not accelerated${kernel === null ? '' : ` · ${kernel}`}` : kernel ?? '';
}

/** How the times were measured, in one sentence. */
export function methodText({ method, runs }: OpProfile): string {
  switch (method) {
    case 'profiler': return `By the runtime’s own profiler in a session of its own, mean of ${formatPlural(runs, 'run')} between the quartiles.`;
    case 'kernels': return `By the runtime’s clock around each kernel in a session of its own, mean of ${formatPlural(runs, 'run')} between the quartiles.`;
    case 'slicing': return `By timing parts of the model in turn with the whole, ${formatPlural(runs, 'run')} in all: ops alone, set to what the model takes between cuts.`;
  }
}

/** An op as a screen reader says it. */
export function spokenOp({ op, kind, time_ms, share, fate }: OpTime & { readonly share: number }): string {
  return fate.kind === 'timed' ? `Op ${formatCount(op)}, ${kind}, ${formatMilliseconds(time_ms)}, ${(share * 100).toFixed(1)} percent` : `Op ${formatCount(op)}, ${kind}, ${fateText(fate)}`;
}

/** `Op 12, CONV_2D, is the longest: 0.224 ms, 8.1 %.` Nothing where none has a time. @param rows the longest first */
export function longestOpText([longest]: readonly ProfileRow[]): string {
  if (longest === undefined || longest.time_ms === 0) return '';
  return `Op ${formatCount(longest.op)}, ${longest.kind}, is the longest: ${formatMilliseconds(longest.time_ms)}, ${formatPercent(longest.share)}.`;
}
