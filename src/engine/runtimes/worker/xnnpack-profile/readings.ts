import type { ProfilePart, ProfileSummary } from './summary-text';

/** What one row took in all runs since the session began. */
export interface RowTotal {
  readonly type: string;
  readonly label: string;
  readonly index: number;
  readonly total_us: number;
  /** How often it ran in one run; more than once where rows of several partitions bear one name. */
  readonly calls: number;
}

export interface Reading {
  readonly nodes: readonly RowTotal[];
  readonly delegate: readonly RowTotal[];
}

/**
 * Totals out of TFLite's summaries of one session, read one after the other. Each call of `GetProfilingSummary` adds the
 * whole buffer, with all runs since the session began, to the sums that it prints; so what it prints is the sum of
 * all that was read, and the difference of two sums is the buffer as it stood at the second of them. Shares are
 * printed finer than times, hence times are shares of the total.
 */
export class ProfileReadings {
  readonly #nodes = new PartReadings();
  readonly #delegate = new PartReadings();

  /** @param runs how many there were since the session began */
  add({ nodes, delegate }: ProfileSummary, runs: number): Reading {
    return { nodes: this.#nodes.add(nodes, runs), delegate: this.#delegate.add(delegate, runs) };
  }
}

class PartReadings {
  #total_us = 0;
  #sums = new Map<string, number>();
  /** What is printed later is a mean over readings, cut to whole numbers. */
  readonly #calls = new Map<string, number>();

  add({ rows, total_us }: ProfilePart, runs: number): RowTotal[] {
    this.#total_us += total_us;
    const sums = new Map<string, number>();
    const totals = rows.map(({ type, label, index, share, timesCalled }) => {
      const key = `${type}\t${label}\t${index}`;
      const sum = share * this.#total_us;
      sums.set(key, sum);
      const calls = this.#calls.get(key) ?? timesCalled / runs;
      this.#calls.set(key, calls);
      return { type, label, index, total_us: Math.max(0, sum - (this.#sums.get(key) ?? 0)), calls };
    });
    this.#sums = sums;
    return totals;
  }
}
