import type { SerializedError } from '../../errors';
import type { SampleRow } from '../../studies/accuracy/shared/outputs-comparison';
import type { SampleOfModel } from '../../studies/accuracy/shared/protocol';
import { naturalKey } from './natural-key';

type Best = SampleOfModel['best'][number];

/** A sample with what the reference and one other model made of it. */
export interface SampleLine {
  readonly row: SampleRow;
  readonly other: SampleOfModel | null;
  /** Why one of them did not. */
  readonly failure: SerializedError | null;
  /** Best class of the reference and of the other; null for tasks other than classes. */
  readonly answers: readonly [Best | null, Best | null] | null;
}

export type LineOrder = 'disagreement' | 'error' | 'name';

/** @param model position of the other model */
export function sampleLines(rows: readonly SampleRow[], model: number): readonly SampleLine[] {
  return rows.map((row) => {
    const results = [row.models[0] ?? null, row.models[model] ?? null];
    const [reference, other] = results.map((result) => (result === null || 'failed' in result ? null : result));
    const failed = results.find((result) => result !== null && 'failed' in result);
    const classes = [reference?.best[0] ?? null, other?.best[0] ?? null] as const;
    return {
      row, other: other ?? null,
      failure: failed !== undefined && failed !== null && 'failed' in failed ? failed.failed : null,
      answers: classes[0] === null && classes[1] === null ? null : classes,
    };
  });
}

/** What failed stands first, since it needs a look; equal disagreement is told apart by the error. */
export function sortLines(lines: readonly SampleLine[], order: LineOrder): readonly SampleLine[] {
  const failed = ({ failure }: SampleLine): number => (failure === null ? 0 : 1);
  const disagreement = ({ other }: SampleLine): number => other?.disagreement ?? 0;
  const sqnr = ({ other }: SampleLine): number => other?.error?.sqnr_db ?? Infinity;
  const byError = (one: SampleLine, two: SampleLine): number => (sqnr(one) === sqnr(two) ? 0 : sqnr(one) - sqnr(two));
  const names = new Map(order === 'name' ? lines.map((line) => [line, naturalKey(line.row.name)]) : []);
  const compare = {
    disagreement: (one: SampleLine, two: SampleLine) => disagreement(two) - disagreement(one) || byError(one, two),
    error: byError,
    name: (one: SampleLine, two: SampleLine) => (names.get(one) === names.get(two) ? 0 : (names.get(one) ?? '') < (names.get(two) ?? '') ? -1 : 1),
  }[order];
  return [...lines].sort((one, two) => (order === 'name' ? 0 : failed(two) - failed(one)) || compare(one, two) || one.row.index - two.row.index);
}
