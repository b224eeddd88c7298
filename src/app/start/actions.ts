import type { Shared } from '../context';

/** Closes a model, and ends what is done with it. */
export function closeModel({ activity, workbench }: Shared, id: string): void {
  activity.cancelFor(id);
  workbench.close(id);
}
