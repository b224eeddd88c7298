import { formatCount } from '../format';
import { counted } from './counted';

/** Many rows of values, or many lines of text, run one after the other. */
export const rows = {
  heading: 'Many at once',
  hintRows: 'A row a line, as from a spreadsheet; a column with labels gives the accuracy.',
  paste: 'Paste rows (CSV)',
  file: 'CSV file…',
  run: (count: number) => `Run ${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`,
  clear: 'Clear',
  taken: (rows: number, columns: number, label: string | null) => `${counted(rows, 'row')} of ${counted(columns, 'value')}${label === null ? '' : `, labels in “${label}”`}.`,
  unused: (columns: readonly string[]) => `Not used: ${columns.map((name) => `“${name}”`).join(', ')}.`,
  namesByLabels: (names: readonly string[]) => `The model names no classes: the labels are taken for them in alphabetical order, ${names.map((name, index) => `${index} ${name}`).join(', ')}.`,

  caption: 'What the model makes of each row',
  number: 'Row',
  answer: 'Answer',
  score: 'Score',
  label: 'Label',
  output: (index: number) => `Output ${index}`,
  more: (count: number) => `${formatCount(count)} more`,
  order: 'Order',
  orders: { table: 'As in the table', wrong: 'Wrong ones first' },
  save: 'Save as CSV',
  stopped: (done: number, all: number) => `Stopped after ${formatCount(done)} of ${formatCount(all)} rows.`,
  accuracy: (right: string, labelled: string, share: string) => `${right} of ${labelled} right: ${share}`,
  unknownLabels: (count: number) => `${counted(count, 'label is', 'labels are')} no class of the model.`,
  confused: (truth: string, answer: string, times: number) => `Most often confused: ${truth} taken for ${answer}, ${times === 1 ? 'once' : `${formatCount(times)} times`}.`,
  meanError: (error: string) => `Mean absolute error ${error}`,
  confusion: 'Which is taken for which',
  right: 'right',
  wrong: 'wrong',

  row: (number: number) => `row ${number}`,
  column: (number: number) => `column ${number}`,
  sentence: 'Sentence',
  noSentences: 'There is no sentence.',
  hintSentences: 'A sentence a line, or a table (CSV) with a column of texts; a column with labels gives the accuracy.',
  pasteSentences: 'Paste sentences, a line each, or a CSV',
  fileSentences: 'Text or CSV file…',
  sentencesTaken: (rows: number, label: string | null) => `${counted(rows, 'sentence')}${label === null ? '' : `, labels in “${label}”`}.`,
  noRows: 'There is no row of values.',
  otherColumns: (columns: number, values: number, names: readonly string[]) =>
    `It has ${counted(columns, 'column')} of values, and the model takes ${values}${names.length === 0 ? '' : ` (${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''})`}, with at most one more for labels.`,
  noNumber: (row: number, column: string, cell: string) => `Row ${row}, ${column}: ${cell.trim() === '' ? 'the cell is empty' : `“${cell.slice(0, 40)}” is no number`}.`,
  noCategory: (row: number, column: string, cell: string, categories: readonly string[]) =>
    `Row ${row}, ${column}: “${cell.slice(0, 40)}” is none of ${categories.slice(0, 8).map((name) => `“${name}”`).join(', ')}${categories.length > 8 ? ', …' : ''}.`,
};
