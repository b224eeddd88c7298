import { attempt, type Outcome } from '../attempt';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';

/** Runs the model as it is set up on all runtimes and compares what they compute. */
export function crossCheckModel(shared: Shared, work: WorkModel): Promise<Outcome> {
  return attempt(shared, 'cross-check', work, (options) => work.crossCheck.check(shared.litescope, work, options));
}
