import { sum } from 'd3-array';
import type { OpProfile, OpTime } from './op-profile';

/** An op's time among those of all others. */
export interface ProfileRow extends OpTime {
  /** Of the time of all ops, 0 to 1. */
  readonly share: number;
  /** The shares of this row and of all rows before it. */
  readonly cumulative: number;
  /** 10⁹ operations a second, a multiply-add counted as two; null for ops without multiply-adds. */
  readonly gflops: number | null;
}

export type ProfileOrder = 'run' | 'time';

/** All ops in the order in which they run, or by time, the longest first. */
export function profileRows({ ops }: OpProfile, order: ProfileOrder): readonly ProfileRow[] {
  const total = sum(ops, ({ time_ms }) => time_ms);
  const sorted = order === 'run' ? ops : [...ops].sort((one, other) => other.time_ms - one.time_ms || one.op - other.op);
  return withShares(sorted, total).map((row) => ({ ...row, gflops: gflopsOf(row.macs, row.time_ms) }));
}

/** All ops of one kind together. */
export interface KindRow {
  readonly kind: string;
  /** Ops of this kind in the graph, whether they run or not. */
  readonly count: number;
  /** Those that run and have a time of their own. */
  readonly timed: number;
  /** Those that run, but not in the runtime's fast kernels. */
  readonly notAccelerated: number;
  readonly time_ms: number;
  readonly share: number;
  readonly cumulative: number;
  readonly macs: number;
  readonly gflops: number | null;
  readonly times_called: number;
}

/** By kind of op, the longest first. */
export function kindRows({ ops }: OpProfile): readonly KindRow[] {
  const kinds = new Map<string, OpTime[]>();
  for (const op of ops) kinds.set(op.kind, [...kinds.get(op.kind) ?? [], op]);
  const rows = [...kinds].map(([kind, own]) => {
    const timed = own.filter(({ fate }) => fate.kind === 'timed');
    return {
      kind,
      count: own.length,
      timed: timed.length,
      notAccelerated: timed.filter(({ accelerated }) => accelerated === false).length,
      time_ms: sum(own, ({ time_ms }) => time_ms),
      macs: sum(timed, ({ macs }) => macs ?? 0),
      times_called: sum(own, ({ times_called }) => times_called),
    };
  });
  rows.sort((one, other) => other.time_ms - one.time_ms || other.count - one.count);
  return withShares(rows, sum(ops, ({ time_ms }) => time_ms)).map((row) => ({ ...row, gflops: gflopsOf(row.macs, row.time_ms) }));
}

function withShares<Row extends { readonly time_ms: number }>(rows: readonly Row[], total: number): (Row & { share: number; cumulative: number })[] {
  let before = 0;
  return rows.map((row) => {
    before += row.time_ms;
    return { ...row, share: total === 0 ? 0 : row.time_ms / total, cumulative: total === 0 ? 0 : before / total };
  });
}

function gflopsOf(macs: number | null, time_ms: number): number | null {
  return macs === null || macs === 0 || time_ms === 0 ? null : (2 * macs) / time_ms / 1e6;
}
