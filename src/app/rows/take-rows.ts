import { csvRows } from '../../report/csv';
import type { InputChoices } from '../setup/input-choices.svelte';
import { sentencesOf, tableOf, type Table } from './table';

/** Tables hold no more values for one row than a spreadsheet has columns. */
const mostColumns = 16_384;

type Inputs = Pick<InputChoices, 'list' | 'worded'>;

/** Whether rows of a table fit what the model takes: numbers or sentences, and no picture. */
export function takesRows({ list, worded }: Inputs): boolean {
  if (takesSentences({ worded })) return true;
  return list.length > 0 && list.every(({ tensor, preprocessing, sound }) => tensor.dtype !== 'string' && preprocessing === null && sound.preparation === null)
    && list.reduce((sum, { typed }) => sum + typed.count, 0) <= mostColumns;
}

/** Whether a row is a sentence: the model takes text, and there is a vocabulary for it. */
export function takesSentences({ worded }: Pick<InputChoices, 'worded'>): boolean {
  return worded?.tokenizer !== null && worded !== null;
}

/**
 * @param isTable whether it has cells; of sentences commas part none
 * @throws LitescopeError INVALID_TABLE, NOT_A_NUMBER
 */
export function tableFor(written: string, { list, worded }: Inputs, isTable: boolean): Table {
  if (worded !== null && worded.tokenizer !== null) {
    const { tensor, tokenizer } = worded;
    return sentencesOf(written, isTable || looksLikeTable(written) ? csvRows(written) : null, (sentence) => ({ [tensor.name]: { kind: 'text', text: [sentence], tokenizer } }));
  }
  return tableOf(csvRows(written), list.map(({ tensor, typed, features, categories }) => ({ name: tensor.name, count: typed.count, features, categories })));
}

/** Cells that are parted by tabs, or below a head that names a text. */
function looksLikeTable(written: string): boolean {
  const [head = ''] = written.trimStart().split(/\r?\n/, 1);
  return head.includes('\t') || /^"?(text|sentence|review|comment|label)s?"?[,;]|[,;]"?(text|sentence|review|comment|label)s?"?$/i.test(head);
}
