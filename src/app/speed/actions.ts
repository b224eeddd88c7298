import { benchmarkModel } from '../benchmark/actions';
import type { Shared } from '../context';
import { profileModel } from '../profile/actions';
import type { WorkModel } from '../state/work-model.svelte';
import { sweepModel } from '../threads/actions';
import { explainModel } from '../why/actions';

/** All that Speed shows of a model, one measurement after the other, each by its own settings. A person who cancels one ends them all. */
export async function measureSpeed(shared: Shared, work: WorkModel): Promise<void> {
  for (const measure of [benchmarkModel, profileModel, sweepModel, explainModel]) {
    if (await measure(shared, work) === 'cancelled') return;
  }
}
