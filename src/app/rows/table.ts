import type { Input } from '../../api';
import { LitescopeError } from '../../errors';
import { rows as text } from '../../messages/rows';
import { writtenValue } from '../../tensor/written-values';

/** An input that takes numbers, as far as a table is concerned. */
export interface ValueInput {
  readonly name: string;
  readonly count: number;
  /** What its values are called, where that is known. */
  readonly features: readonly string[] | null;
  /** What its whole numbers stand for, where that is known. */
  readonly categories: readonly string[] | null;
}

/** What goes into one run, and what should come out. */
export interface Row {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Input>>;
  /** What is shown of it, a text for each column. */
  readonly cells: readonly string[];
  readonly label: string | null;
}

export interface Table {
  /** What the cells are called. */
  readonly columns: readonly string[];
  /** What the label's column is called; null without one. */
  readonly labelColumn: string | null;
  readonly rows: readonly Row[];
  /** Columns that nothing takes. */
  readonly unused: readonly string[];
}

const labelNames = /^(label|class|target|species|variety|category|truth|expected|answer|y)$/i;
const numberNames = /^(id|index|nr|no|row|#|)$/i;

const isNumber = (cell: string): boolean => cell.trim() !== '' && Number.isFinite(Number(cell.trim().replace('−', '-')));
/** Names are written in many ways: `sepal length (cm)`, `SepalLengthCm`, `sepal_length`. */
const plain = (name: string): string => name.toLowerCase().replace(/\((.*?)\)/g, '').replace(/[^\p{L}\p{N}]+/gu, '').replace(/(?<=.)(cm|mm)$/, '');

/** A value that is to be filled, and the input that it belongs to. */
interface Slot {
  readonly input: ValueInput;
  readonly name: string | null;
}

function slotsOf(inputs: readonly ValueInput[]): readonly Slot[] {
  return inputs.flatMap((input) => Array.from({ length: input.count }, (_, index): Slot => ({ input, name: input.features?.[index] ?? (input.count === 1 ? input.name : null) })));
}

/**
 * Rows of a table as inputs of a model, with a label where a column is left for it. Columns go by their names where the head
 * names what the model takes; else by their place, without a column that only counts the rows.
 *
 * @param cells of the whole table, the head included where there is one
 * @throws LitescopeError INVALID_TABLE where the columns do not fit the inputs, NOT_A_NUMBER with the first cell that is none
 */
export function tableOf(cells: readonly (readonly string[])[], inputs: readonly ValueInput[]): Table {
  const slots = slotsOf(inputs);
  const [first = [], second] = cells;
  const allCategories = slots.every(({ input }) => input.categories !== null);
  const hasHead = first.some((cell, column) => !isNumber(cell) && isNumber(second?.[column] ?? '')) || (first.length > 0 && !first.some(isNumber) && !allCategories);
  const body = hasHead ? cells.slice(1) : cells;
  if (slots.length === 0 || body.length === 0) throw new LitescopeError('INVALID_TABLE', text.noRows);
  const head = hasHead ? first.map((name) => name.trim()) : null;
  const { columns, label } = columnsFor(slots, head, body);
  const nameOf = (column: number): string => head?.[column] || text.column(column + 1);
  const rows = body.map((row, index): Row => {
    const values = columns.map((column, slot) => valueOf(row[column] ?? '', slots[slot]?.input.categories ?? null, index + 1, nameOf(column)));
    let at = 0;
    const sources = inputs.map(({ name, count }): [string, Input] => [name, { kind: 'values', values: values.slice(at, at += count) }]);
    const written = label === null ? '' : row[label]?.trim() ?? '';
    return { name: text.row(index + 1), inputs: Object.fromEntries(sources), cells: columns.map((column) => row[column]?.trim() ?? ''), label: written === '' ? null : written };
  });
  const widest = Math.max(first.length, ...body.map((row) => row.length));
  const unused = Array.from({ length: widest }, (_, column) => column).filter((column) => !columns.includes(column) && column !== label);
  return { columns: columns.map((column, slot) => head?.[column] || slots[slot]?.name || text.column(column + 1)), labelColumn: label === null ? null : nameOf(label), rows, unused: unused.map(nameOf) };
}

/** Which column goes into which value, and which holds the label. */
function columnsFor(slots: readonly Slot[], head: readonly string[] | null, body: readonly (readonly string[])[]): { readonly columns: readonly number[]; readonly label: number | null } {
  const width = Math.max(...body.map((row) => row.length));
  const all = Array.from({ length: width }, (_, column) => column);
  const named = head === null ? [] : slots.map(({ name }) => (name === null ? -1 : head.findIndex((column) => plain(column) === plain(name))));
  const labelByName = head?.findIndex((name) => labelNames.test(name)) ?? -1;
  if (named.length > 0 && named.every((column) => column >= 0) && new Set(named).size === named.length) {
    const free = all.filter((column) => !named.includes(column));
    const [only, ...others] = free.filter((column) => !numberNames.test(head?.[column] ?? ''));
    return { columns: named, label: labelByName >= 0 && !named.includes(labelByName) ? labelByName : others.length === 0 ? only ?? null : null };
  }
  const isCategory = (column: number): boolean => body.every((row) => !isNumber(row[column] ?? ''));
  const takesNames = slots.some(({ input }) => input.categories !== null);
  const wordy = takesNames ? [] : all.filter(isCategory);
  const label = labelByName >= 0 ? labelByName : wordy.length === 1 ? wordy[0] ?? null : null;
  let columns = all.filter((column) => column !== label);
  if (columns.length > slots.length && head !== null) columns = columns.filter((column) => !numberNames.test(head[column] ?? ''));
  if (columns.length === slots.length) return { columns, label };
  // Whoever gives one number more than the model takes gives the answer behind the question.
  if (columns.length === slots.length + 1 && label === null) return { columns: columns.slice(0, -1), label: columns.at(-1) ?? null };
  throw new LitescopeError('INVALID_TABLE', text.otherColumns(columns.length, slots.length, slots.flatMap(({ name }) => (name === null ? [] : [name]))));
}

function valueOf(cell: string, categories: readonly string[] | null, row: number, column: string): number {
  const place = categories?.findIndex((name) => plain(name) === plain(cell)) ?? -1;
  if (place >= 0) return place;
  if (!isNumber(cell)) throw new LitescopeError('NOT_A_NUMBER', categories === null ? text.noNumber(row, column, cell) : text.noCategory(row, column, cell, categories));
  return writtenValue(cell, row);
}

/**
 * Names for the classes of a model that names none, where the labels are as many: in alphabetical order, as label encoders
 * count them. Null where labels are numbers, or of another count.
 *
 * @param classes how many the model tells apart
 */
export function namesByLabels(rows: readonly Pick<Row, 'label'>[], classes: number): readonly string[] | null {
  const names = [...new Set(rows.flatMap(({ label }) => (label === null ? [] : [label])))].sort();
  return names.length === classes && !names.every(isNumber) ? names : null;
}

const textNames = /^(text|sentence|review|comment|message|content|question|body|document|title)s?$/i;

/**
 * Sentences as inputs of a model of texts: a line each, or of a table the column that is named like a text, else the one with the
 * longest cells; another column is the label.
 *
 * @param inputFor what a sentence is as inputs
 * @param cells of a table; null for lines
 * @throws LitescopeError INVALID_TABLE where there is no sentence
 */
export function sentencesOf(written: string, cells: readonly (readonly string[])[] | null, inputFor: (sentence: string) => Row['inputs']): Table {
  const lines = cells ?? written.split(/\r?\n/).filter((line) => line.trim() !== '').map((line) => [line]);
  const [first = []] = lines;
  const hasHead = first.length > 1 && first.some((name) => textNames.test(name.trim()) || labelNames.test(name.trim()));
  const body = hasHead ? lines.slice(1) : lines;
  if (body.length === 0) throw new LitescopeError('INVALID_TABLE', text.noSentences);
  const columns = Array.from({ length: Math.max(...body.map((row) => row.length)) }, (_, column) => column);
  const named = hasHead ? first.findIndex((name) => textNames.test(name.trim())) : -1;
  const lengthOf = (column: number): number => body.reduce((sum, row) => sum + (row[column]?.length ?? 0), 0);
  const sentence = named >= 0 ? named : columns.reduce((longest, column) => (lengthOf(column) > lengthOf(longest) ? column : longest), 0);
  const others = columns.filter((column) => column !== sentence);
  const byName = hasHead ? others.find((column) => labelNames.test(first[column]?.trim() ?? '')) : undefined;
  const label = byName ?? (others.length === 1 ? others[0] : undefined) ?? null;
  const nameOf = (column: number): string => (hasHead ? first[column]?.trim() : undefined) || text.column(column + 1);
  return {
    columns: [hasHead ? nameOf(sentence) : text.sentence],
    labelColumn: label === null ? null : nameOf(label),
    unused: others.filter((column) => column !== label).map(nameOf),
    rows: body.map((row, index): Row => {
      const written = label === null ? '' : row[label]?.trim() ?? '';
      return { name: text.row(index + 1), inputs: inputFor(row[sentence] ?? ''), cells: [row[sentence] ?? ''], label: written === '' ? null : written };
    }),
  };
}
