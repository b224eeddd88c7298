import { group, sum } from 'd3-array';
import type { Weight } from './slice-plan';
import type { SlicedOp } from '../shared/slicer-protocol';

/** Ops that run one behind the other and are timed as one: an op and what clamps its result. */
export interface Unit {
  /** Positions among all ops of the subgraph. */
  readonly first: number;
  readonly last: number;
  /** The op whose time it is. */
  readonly op: number;
  readonly kind: string;
  /** Size of its weights. */
  readonly weightBytes: number;
  /** A guess of its time, to be compared with other units' alone. */
  readonly guess: number;
}

/** The units of a subgraph in run order, without what is computed when a model is loaded. */
export function unitsOf(ops: readonly SlicedOp[]): readonly Unit[] {
  const units: Unit[] = [];
  for (const { op, kind, once, joined, weight, weightBytes } of ops) {
    if (once) continue;
    const before = units.at(-1);
    if (joined && before !== undefined) units[units.length - 1] = { ...before, last: op, weightBytes: before.weightBytes + weightBytes, guess: before.guess + weight };
    else units.push({ first: op, last: op, op, kind, weightBytes, guess: weight });
  }
  return units;
}

/** A unit that was timed by itself. */
export interface TimedUnit {
  /** Of the whole model's time; 0 or less where a run that computes nothing took no less. */
  readonly share: number;
  /** Standard error of the share. */
  readonly error: number;
}

/** Two timings of one unit, of sessions of their own, count alike; where they differ by more than their errors, that is the error. */
export function together(before: TimedUnit | undefined, now: TimedUnit): TimedUnit {
  if (before === undefined) return now;
  return { share: (before.share + now.share) / 2, error: Math.max(Math.hypot(before.error, now.error), Math.abs(before.share - now.share)) / 2 };
}

/**
 * How far an op alone is from the same op within its model, as a standard deviation of their ratio (measured against TFLite's profiler: bench part `slicing`).
 */
const aloneError = 0.2;
/** How far a guess by arithmetic and bytes is. */
const guessError = 1;

/**
 * What each unit is thought to take. A guess is on the scale of those of its kind that were timed, else of all: kinds
 * differ in what they take for the same work by more than an order of magnitude. What was timed counts as much more than
 * the guess as it is more certain (by the inverse of their variances): so of a unit that takes no longer than the clock's
 * and the runtime's own noise the guess decides, and of a large one the time.
 * @param timed by unit; undefined where nothing is known
 */
export function weightsOf(units: readonly Unit[], timed: readonly (TimedUnit | undefined)[]): Weight[] {
  const known = units.flatMap(({ kind, guess }, index) => { const own = timed[index]; return own === undefined ? [] : [{ kind, guess, share: own.share }]; });
  const overall = scaleOf(known) ?? 1;
  const scales = new Map([...group(known, ({ kind }) => kind)].map(([kind, own]) => [kind, scaleOf(own)]));
  return units.map(({ kind, guess }, index) => {
    const guessed = guess * (scales.get(kind) ?? overall);
    const own = timed[index];
    if (own === undefined) return { weight: guessed, error: guessError };
    const [ofGuess, ofTime] = [1 / (guessError * guessed) ** 2, 1 / Math.hypot(aloneError * own.share, own.error) ** 2];
    const weight = (guessed * ofGuess + own.share * ofTime) / (ofGuess + ofTime);
    return { weight, error: 1 / Math.sqrt(ofGuess + ofTime) / weight };
  });
}

/** How many times the guess what was timed took; null where nothing was, or nothing but noise. */
function scaleOf(known: readonly { readonly guess: number; readonly share: number }[]): number | null {
  const scale = sum(known, ({ share }) => share) / sum(known, ({ guess }) => guess);
  return scale > 0 && Number.isFinite(scale) ? scale : null;
}
