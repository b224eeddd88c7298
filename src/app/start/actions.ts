import type { Shared } from '../context';

/** Closes a model, and ends what is done with it; for some seconds it can be had back. */
export function closeModel({ activity, notices, opening, problems, workbench }: Shared, id: string): void {
  const closed = workbench.models.find(({ model }) => model.id === id)?.model;
  activity.cancelFor(id);
  workbench.close(id);
  problems.forget(id);
  if (closed !== undefined) notices.say(`${closed.name} is closed.`, { caption: 'Undo', act: () => { void opening.again(closed); } });
}
