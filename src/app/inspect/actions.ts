import type { TensorPlace } from '../../inspect/describe/shared/descriptions';
import { attempt, type Outcome } from '../attempt';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';

/** Runs the model as it is set up where every tensor can be seen, and shows this one. */
export function lookAtTensor(shared: Shared, work: WorkModel, place: TensorPlace): Promise<Outcome> {
  return attempt(shared, 'look', work, (options) => work.look.look(shared.litescope, work, place, options));
}
