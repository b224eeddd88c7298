import { benchmarkModel } from '../benchmark/actions';
import type { Shared } from '../context';
import { profileModel } from '../profile/actions';
import type { WorkModel } from '../state/work-model.svelte';
import { sweepModel } from '../threads/actions';
import { explainModel } from '../why/actions';

/** All that Speed shows of a model, one measurement after the other, each by its own settings. A person who cancels one ends them all. */
export async function measureSpeed(shared: Shared, work: WorkModel): Promise<void> {
  const others = shared.workbench.models.filter(({ model }) => model.id !== work.model.id && shared.sweep.otherModelIds.includes(model.id));
  const measurements = [
    () => benchmarkModel(shared, work),
    () => profileModel(shared, work),
    () => sweepModel(shared, work, others),
    () => explainModel(shared, work),
  ];
  for (const measure of measurements) {
    if (await measure() === 'cancelled') return;
  }
}
