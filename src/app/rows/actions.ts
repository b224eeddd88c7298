import { rows as text } from '../../messages/rows';
import { readText } from '../../tensor/read-file';
import { attempt, type Outcome } from '../attempt';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';
import { isTable } from '../files/file-kinds';
import { tableFor } from './take-rows';

/** Takes a table that was pasted or came as a file, and runs all its rows. What is wrong with it is told beside the rows. */
export async function takeTable(shared: Shared, work: WorkModel, name: string, hasCells: boolean, read: () => string | Promise<string>): Promise<void> {
  const { problems, preferences } = shared;
  problems.clear('rows', work.model.id);
  try {
    work.rows.take(tableFor(await read(), work.inputs, hasCells));
  } catch (error) {
    const { table } = work.rows;
    problems.add('rows', name, error, work.model.id, { stands: () => work.rows.table === table });
    return;
  }
  if (preferences.byItself) await runRows(shared, work);
}

export function takeTableFile(shared: Shared, work: WorkModel, file: File): Promise<void> {
  return takeTable(shared, work, file.name, isTable(file), () => readText(file));
}

export function pasteTable(shared: Shared, work: WorkModel, written: string): Promise<void> {
  return takeTable(shared, work, text.paste, false, () => written);
}

/** Runs the model on every row of the table that was taken. */
export function runRows(shared: Shared, work: WorkModel): Promise<Outcome> {
  return attempt(shared, 'rows', work, (options) => work.rows.run(shared.litescope, work, shared.configuration.requested, options), () => [work.rows.table]);
}
