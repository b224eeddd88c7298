import { attempt, type Outcome } from '../attempt';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';

/** Runs the model once as it is set up. Failures become problems beside the result; earlier results stay. */
export function runModel(shared: Shared, work: WorkModel): Promise<Outcome> {
  const { litescope, configuration } = shared;
  return attempt(shared, 'run', work, (options) => work.run.run(litescope, work, configuration.requested, options));
}
