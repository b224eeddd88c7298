import { untrack } from 'svelte';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';
import { largestByItself_bytes, measureOverview } from './actions';

/** Whether a model is to be looked at shortly without being asked for: it is new, or somebody's wish came between. */
function isDue({ model, overview: { phase } }: WorkModel, byItself: boolean): boolean {
  return phase === 'interrupted' || (phase === 'waiting' && byItself && model.bytes <= largestByItself_bytes);
}

/**
 * Whose turn it is: the model that is looked at, then the others in the order in which they were opened. After a look was
 * cancelled, only the one that is looked at: who cancels wants quiet.
 */
export function nextToMeasure(models: readonly WorkModel[], selected: WorkModel | null, byItself: boolean): WorkModel | null {
  if (selected !== null && isDue(selected, byItself)) return selected;
  if (models.some(({ overview }) => overview.phase === 'cancelled')) return null;
  return models.find((work) => isDue(work, byItself)) ?? null;
}

/**
 * Begins the next short look where nothing goes on that somebody asked for. What it reads makes it run again, so that all
 * models that are opened get their turn without being looked at. Streams want the whole device, and nothing is begun beside them.
 */
export function measureInTurn(shared: Shared): void {
  const { activity, preferences, view, workbench: { models, selected } } = shared;
  if (activity.busy || (selected !== null && (view.current === 'live' || view.current === 'compare'))) return;
  const next = nextToMeasure(models, selected, preferences.byItself);
  // A look at another model gives way to one at the model in front, and to nothing else.
  if (next === null || (!activity.idle && (next !== selected || activity.isBusyWith('overview', next.model.id)))) return;
  untrack(() => { void measureOverview(shared, next); });
}
