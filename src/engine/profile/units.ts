import { sum } from 'd3-array';
import type { Weight } from './slice-plan';
import type { SlicedOp } from './slicer-protocol';

/** Ops that run one behind the other and are timed as one: an op and what clamps its result. */
export interface Unit {
  /** Positions among all ops of the subgraph. */
  readonly first: number;
  readonly last: number;
  /** The op whose time it is. */
  readonly op: number;
  /** What it reads and writes in a run, where that is known. */
  readonly bytes: number;
  /** A guess of its time, to be compared with other units' alone. */
  readonly guess: number;
}

/** The units of a subgraph in run order, without what is computed when a model is loaded. */
export function unitsOf(ops: readonly SlicedOp[]): readonly Unit[] {
  const units: Unit[] = [];
  for (const { op, once, joined, weight, bytes } of ops) {
    if (once) continue;
    const before = units.at(-1);
    if (joined && before !== undefined) units[units.length - 1] = { ...before, last: op, bytes: before.bytes + (bytes ?? 0), guess: before.guess + weight };
    else units.push({ first: op, last: op, op, bytes: bytes ?? 0, guess: weight });
  }
  return units;
}

/** A unit that was timed by itself. */
export interface TimedUnit {
  /** Of the whole model's time. */
  readonly share: number;
  readonly error: number;
}

/**
 * How far an op alone is from the same op within its model, as a standard deviation of their ratio (measured against TFLite's profiler: bench part `slicing`).
 */
const aloneError = 0.2;
/** How far a guess by arithmetic and bytes is. */
const guessError = 1;

/**
 * What each unit is thought to take. Those that were not timed are guessed on the scale of those that were.
 * @param timed by unit; undefined where nothing is known
 */
export function weightsOf(units: readonly Unit[], timed: readonly (TimedUnit | undefined)[]): Weight[] {
  const guessed = sum(units, ({ guess }, index) => (timed[index] === undefined ? 0 : guess));
  const scale = guessed === 0 ? 1 : sum(timed, (each) => each?.share) / guessed;
  return units.map(({ guess }, index) => {
    const own = timed[index];
    return own === undefined ? { weight: guess * scale, error: guessError } : { weight: own.share, error: Math.hypot(aloneError, own.error / own.share) };
  });
}
