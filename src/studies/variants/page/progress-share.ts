/** The part of a longer work's progress that one of its steps covers, both ends from 0 to 1. */
export interface ProgressShare {
  readonly from: number;
  readonly to: number;
}

/** Where a step that is `done` (0 to 1) stands in the whole work. Ends at exactly `to`, so that a whole ends at exactly 1. */
export function within({ from, to }: ProgressShare, done: number): number {
  return from * (1 - done) + to * done;
}
