import { LitescopeError } from '../../errors';
import { golden as text } from '../../messages/golden';
import { safeFileName } from '../../wording/report-text';
import type { Shared } from '../context';
import { saveFile } from '../files/save-file';
import type { WorkModel } from '../state/work-model.svelte';
import type { FinishedReplay } from './replay-state.svelte';

/** Hands the run that is shown to the person, in one file. */
export async function saveRun({ litescope, notices, problems }: Shared, { model, run }: WorkModel): Promise<void> {
  const { finished } = run;
  if (finished === null) return;
  problems.clear('run', model.id);
  try {
    const { result, sources, options } = finished;
    saveFile(`${safeFileName(`${model.name}-run`)}.zip`, 'application/zip', await litescope.saveRun(model.id, result, sources, options));
    notices.say(text.saved);
  } catch (error) {
    problems.add('run', model.name, error, model.id, { stands: () => run.finished === finished });
  }
}

/** Replays a run that a person brought, and shows its model. One whose model is nowhere waits until that is opened. */
export async function replayRun(shared: Shared, file: File): Promise<void> {
  const { activity, litescope, problems, view, waitingRuns, workbench } = shared;
  problems.clear('open', null);
  activity.giveWay();
  try {
    const replay = await litescope.replay(file);
    workbench.add(replay.model);
    view.choose('overview');
    workbench.models.find(({ model }) => model.id === replay.model.id)?.replays.keep(file, replay);
  } catch (error) {
    if (LitescopeError.from(error).code === 'RUN_NEEDS_MODEL') waitingRuns.wait(file);
    problems.add('open', file.name, error, null, { retry: () => { void replayRun(shared, file); } });
  }
}

/** Replays a run again on what is set up now. */
export async function replayAsSetUp({ configuration, litescope, problems }: Shared, { model, replays }: WorkModel, finished: FinishedReplay): Promise<void> {
  problems.clear('run', model.id);
  try {
    await replays.again(litescope, finished, configuration.requested);
  } catch (error) {
    problems.add('run', finished.file.name, error, model.id, { stands: () => replays.finished === finished });
  }
}

/** Models were opened: runs that waited for one may be replayed now. */
export async function replayWaiting(shared: Shared): Promise<void> {
  for (const file of shared.waitingRuns.take()) await replayRun(shared, file);
}
