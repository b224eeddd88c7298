import { fcnnlsVector } from 'ml-fcnnls';

/** A time at a number of threads. */
export interface ScalingPoint {
  readonly threads: number;
  /** Above 0, in any unit. */
  readonly time: number;
}

export interface AmdahlFit {
  /** Share of one thread's time that more threads do not shorten, 0 to 1. */
  readonly serialShare: number;
  /** Fitted time on one thread. */
  readonly single: number;
}

export interface UslFit {
  /** What threads lose by waiting for each other: 0 for none. */
  readonly contention: number;
  /** What each pair of threads loses by keeping its memory coherent: above 0, more threads are slower in the end. */
  readonly coherence: number;
  readonly single: number;
}

/**
 * Amdahl's law, time(n) = single × (serial + (1 − serial) ÷ n), fitted so that the sum of squared relative errors of the
 * times is least. Null with fewer than two different thread counts.
 */
export function fitAmdahl(points: readonly ScalingPoint[]): AmdahlFit | null {
  if (distinct(points) < 2) return null;
  const [serial = 0, parallel = 0] = fitTimes(points, (threads) => [1, 1 / threads]);
  const single = serial + parallel;
  return { serialShare: serial / single, single };
}

/** Time that Amdahl's law expects, in the points' unit. */
export function amdahlTime({ serialShare, single }: AmdahlFit, threads: number): number {
  return single * (serialShare + (1 - serialShare) / threads);
}

/**
 * The universal scalability law (N. J. Gunther, "Guerrilla Capacity Planning", 2007), as times: time(n) = single ×
 * (1 + contention × (n − 1) + coherence × n × (n − 1)) ÷ n, fitted as above. Null with fewer than three thread counts.
 */
export function fitUsl(points: readonly ScalingPoint[]): UslFit | null {
  if (distinct(points) < 3) return null;
  const [single = 0, waiting = 0, keeping = 0] = fitTimes(points, (threads) => [1 / threads, (threads - 1) / threads, threads - 1]);
  return single === 0 ? null : { contention: waiting / single, coherence: keeping / single, single };
}

/** Time that the universal scalability law expects, in the points' unit. */
export function uslTime({ contention, coherence, single }: UslFit, threads: number): number {
  return (single * (1 + contention * (threads - 1) + coherence * threads * (threads - 1))) / threads;
}

function distinct(points: readonly ScalingPoint[]): number {
  return new Set(points.map(({ threads }) => threads)).size;
}

/** Both laws are sums of terms that no coefficient may take from: linear in the times, whatever they are in the speed-up. */
function fitTimes(points: readonly ScalingPoint[], terms: (threads: number) => readonly number[]): number[] {
  const rows = points.map(({ threads, time }) => terms(threads).map((term) => term / time));
  return fcnnlsVector(rows, points.map(() => 1)).K.to1DArray();
}
