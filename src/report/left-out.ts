import type { OpProfile } from './op-profile';
import { isMeasured, type BenchmarkResult, type FailedResult, type Report } from './report';

/** How much of a report goes into a link. Statistics are kept whole whatever is left out. */
export interface Detail {
  /** Timed samples, and warm-up samples, that each row keeps at most. */
  readonly samples: number;
  /** Ops that each row keeps at most: the slowest. */
  readonly ops: number;
  /** Significant digits of an op's times; Infinity for all. */
  readonly opDigits: number;
  /** Characters of texts that runtimes wrote. */
  readonly text: number;
}

/** A nanosecond, in which no clock counts: digits after it come from the arithmetic. */
const resolution_ms = 1e-6;

/**
 * The report with less in it. What is missing is told in its `left_out`, together with what was missing before.
 */
export function leaveOut(report: Report, detail: Detail): Report {
  let samples = report.left_out?.samples ?? 0;
  const ops = new Map(report.left_out?.ops.map((tail) => [tail.row, tail]));
  const results = report.results.map((result, row): BenchmarkResult | FailedResult => {
    if (!isMeasured(result)) return { ...result, error: { ...result.error, details: shortened(result.error.details, detail.text) } };
    const samples_ms = thin(result.samples_ms, detail.samples);
    const warmup_samples_ms = thin(result.warmup_samples_ms, detail.samples);
    samples += result.samples_ms.length - samples_ms.length + result.warmup_samples_ms.length - warmup_samples_ms.length;
    const { op_profile, bursts, ...rest } = result;
    const thinned = {
      ...rest,
      samples_ms,
      warmup_samples_ms,
      // Which samples belong to which round is lost with any of them.
      ...(bursts === undefined || samples_ms.length < result.samples_ms.length ? {} : { bursts }),
      refusals: rest.refusals.map((refusal) => ({ ...refusal, error: { ...refusal.error, details: shortened(refusal.error.details, detail.text) } })),
    };
    if (op_profile === undefined) return thinned;
    const kept = slowestOps(op_profile, detail);
    const lost = op_profile.ops.length - kept.ops.length;
    if (lost > 0) {
      const before = ops.get(row);
      const keptIndices = new Set(kept.ops.map(({ op }) => op));
      const time_ms = op_profile.ops.reduce((sum, { op, time_ms: time }) => (keptIndices.has(op) ? sum : sum + time), 0);
      ops.set(row, { row, count: (before?.count ?? 0) + lost, time_ms: (before?.time_ms ?? 0) + time_ms });
    }
    return { ...thinned, op_profile: kept };
  });
  const told = samples > 0 || ops.size > 0 ? { left_out: { samples, ops: [...ops.values()] } } : {};
  return { ...report, results, ...told };
}

/** Without digits that no clock resolves. */
export function atClockResolution(report: Report): Report {
  const round = (value: number) => Math.round(value / resolution_ms) * resolution_ms;
  const clean = (values: readonly number[]) => values.map((value) => Number(round(value).toFixed(6)));
  return {
    ...report,
    results: report.results.map((result) => (isMeasured(result) ? { ...result, samples_ms: clean(result.samples_ms), warmup_samples_ms: clean(result.warmup_samples_ms) } : result)),
  };
}

/** Values of evenly spaced ranks, the least and the greatest among them, in the order in which they were measured. */
export function thin(values: readonly number[], most: number): readonly number[] {
  if (values.length <= most) return values;
  const ranked = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  const last = values.length - 1;
  const kept = new Set(Array.from({ length: most }, (_, place) => ranked[most === 1 ? last >> 1 : Math.round((place * last) / (most - 1))]));
  return values.filter((_, index) => kept.has(index));
}

function slowestOps(profile: OpProfile, { ops, opDigits }: Detail): OpProfile {
  const kept = new Set([...profile.ops].sort((a, b) => b.time_ms - a.time_ms || a.op - b.op).slice(0, ops).map(({ op }) => op));
  const digits = (value: number) => (Number.isFinite(opDigits) ? Number(value.toPrecision(opDigits)) : value);
  return {
    ...profile,
    ops: profile.ops.filter(({ op }) => kept.has(op)).map((op) => ({
      ...op,
      time_ms: digits(op.time_ms),
      interval_ms: op.interval_ms === null ? null : [digits(op.interval_ms[0]), digits(op.interval_ms[1])],
    })),
  };
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
