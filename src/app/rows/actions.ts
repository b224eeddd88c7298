import { rows as text } from '../../messages/rows';
import { csvRows } from '../../report/csv';
import { readText } from '../../tensor/read-file';
import { attempt, type Outcome } from '../attempt';
import type { Shared } from '../context';
import type { InputChoices } from '../setup/input-choices.svelte';
import type { WorkModel } from '../state/work-model.svelte';
import { tableOf, type Table } from './table';

/** Tables hold no more values for one row than a spreadsheet has columns. */
const mostColumns = 16_384;

/** Whether rows of a table fit what the model takes: numbers, and no picture. */
export function takesRows({ list }: Pick<InputChoices, 'list'>): boolean {
  return list.length > 0 && list.every(({ tensor, preprocessing, sound }) => tensor.dtype !== 'string' && preprocessing === null && sound.preparation === null)
    && list.reduce((sum, { typed }) => sum + typed.count, 0) <= mostColumns;
}

/** @throws LitescopeError INVALID_TABLE, NOT_A_NUMBER */
export function tableFor(written: string, { list }: Pick<InputChoices, 'list'>): Table {
  return tableOf(csvRows(written), list.map(({ tensor, typed, features, categories }) => ({ name: tensor.name, count: typed.count, features, categories })));
}

/** Takes a table that was pasted or came as a file, and runs all its rows. What is wrong with it is told beside the rows. */
export async function takeTable(shared: Shared, work: WorkModel, name: string, read: () => string | Promise<string>): Promise<void> {
  const { problems, preferences } = shared;
  problems.clear('rows', work.model.id);
  try {
    work.rows.take(tableFor(await read(), work.inputs));
  } catch (error) {
    const { table } = work.rows;
    problems.add('rows', name, error, work.model.id, { stands: () => work.rows.table === table });
    return;
  }
  if (preferences.byItself) await runRows(shared, work);
}

export function takeTableFile(shared: Shared, work: WorkModel, file: File): Promise<void> {
  return takeTable(shared, work, file.name, () => readText(file));
}

export function pasteTable(shared: Shared, work: WorkModel, written: string): Promise<void> {
  return takeTable(shared, work, text.paste, () => written);
}

/** Runs the model on every row of the table that was taken. */
export function runRows(shared: Shared, work: WorkModel): Promise<Outcome> {
  return attempt(shared, 'rows', work, (options) => work.rows.run(shared.litescope, work, shared.configuration.requested, options), () => [work.rows.table]);
}
