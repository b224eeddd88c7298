import { sum } from 'd3-array';
import type { Model } from '../../../../tflite/format/model';
import { alignProfile, type AlignedOp, type OpSource } from './align';
import type { OpClock } from '../op-clock';
import { ProfileReadings, type RowTotal } from './readings';
import { parseProfileSummary } from './summary-text';

/** An op is a node of the interpreter or an operator of the delegate; partitions and the run itself are events too. */
const eventsOfRun = (ops: number): number => 2 * ops + 8;

/** Events that the interpreter's profiler is given room for, mostly some 16 MB; those beyond it drops. */
export function profiledEvents(ops: number): number {
  return Math.max(200_000, 32 * eventsOfRun(ops));
}

/**
 * The times of a model's ops by TFLite's profiler, which is read as text.
 * @param summary the profiler's own summary of all runs so far
 */
export function xnnpackClock(summary: () => string, model: Model, subgraph: number): OpClock {
  const readings = new ProfileReadings();
  const ops = model.subgraphs[subgraph]?.operators.length ?? 0;
  let aligned: readonly AlignedOp[] | null = null;
  return {
    method: 'profiler',
    maximumRuns: Math.floor(profiledEvents(ops) / eventsOfRun(ops)),
    read(runs) {
      const reading = readings.add(parseProfileSummary(summary()), runs);
      // What belongs to whom does not change while a session lives.
      aligned ??= alignProfile(model, subgraph, reading);
      const totals = new Map([...reading.nodes.map((row) => [keyOf(row, false), row] as const), ...reading.delegate.map((row) => [keyOf(row, true), row] as const)]);
      const microseconds = ({ row, delegated, share }: OpSource): number => (totals.get(keyOf(row, delegated))?.total_us ?? 0) * share;
      return aligned.map(({ fate, sources, accelerated, kernel }) => ({
        fate,
        total_ms: sum(sources, microseconds) / 1000,
        times_called: Math.round(sources[0]?.calls ?? 0),
        accelerated,
        kernel,
      }));
    },
  };
}

function keyOf({ type, label, index }: RowTotal, delegated: boolean): string {
  return `${delegated ? 'delegate' : 'nodes'}\t${type}\t${label}\t${index}`;
}
