import type { RuntimeName } from '../engine/configuration/shared/configuration';
import type { SessionProgress } from '../engine/configuration/shared/progress';

/** Every long work reports through one tagged union; fractions never fall and end at 1 where a total is known. */
export type Progress =
  | SessionProgress
  | { readonly kind: 'warm-up'; readonly runs: number; readonly fraction: number }
  | { readonly kind: 'timed-runs'; readonly runs: number; readonly fraction: number; readonly median_ms: number }
  | { readonly kind: 'profiled-runs'; readonly runs: number; readonly fraction: number }
  /** Rows of a report take turns, each measured once in every round; rounds count from 1. */
  | { readonly kind: 'take-turns'; readonly row: string; readonly round: number; readonly rounds: number; readonly fraction: number }
  | { readonly kind: 'calibrate' }
  | { readonly kind: 'slicing'; readonly parts: number; readonly fraction: number }
  | { readonly kind: 'find-ranges'; readonly samples: number; readonly total: number; readonly fraction: number }
  | { readonly kind: 'quantize' }
  /** How many sets of layers were tried, of how many at most is not known before. */
  | { readonly kind: 'search-float-layers'; readonly tried: number; readonly sqnr_db: number }
  | { readonly kind: 'rewrite' }
  /** Every runtime in turn computes a part of the tensors, tfjs-kernels once more behind each of the others. */
  | { readonly kind: 'cross-check'; readonly runtime: RuntimeName; readonly fraction: number }
  | { readonly kind: 'prove'; readonly runtime: RuntimeName; readonly fraction: number }
  | { readonly kind: 'compare-layers'; readonly fraction: number }
  | { readonly kind: 'run-rows'; readonly done: number; readonly total: number }
  | { readonly kind: 'compare-outputs'; readonly samples: number; readonly total: number; readonly fraction: number };

export type ProgressCallback = (progress: Progress) => void;
