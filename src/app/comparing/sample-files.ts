import { group } from 'd3-array';
import type { Input } from '../../api';
import { labelled, type LabelledInput } from '../../gallery/page/test-set';
import { npySamples } from '../../tensor/npy';
import { makeInTurns } from '../../threads/shared/in-turns';
import type { PlacedFile } from '../files/dropped-files';
import { fileKind } from '../files/file-kinds';
import { readText } from '../../tensor/read-file';
import type { Table } from '../rows/table';
import { naturalKey } from './natural-key';

/** A file, or a row of one. */
export type SampleFile = {
  /** The path without what all have in common. */
  readonly name: string;
  readonly label: string | null;
} & ({ readonly kind: 'picture' | 'sound' | 'npy'; readonly file: Blob } | { readonly kind: 'row'; readonly inputs: Readonly<Record<string, Input>> });

/** Files to compare models on. */
export interface InputSet {
  readonly samples: readonly SampleFile[];
  readonly labelledBy: 'folders' | 'CSV' | 'numbers' | null;
  /** Files that are neither pictures nor sound nor `.npy`. */
  readonly unused: number;
  /** Rows of the CSV that name no file. */
  readonly unknownRows: number;
}

/** An array's samples with a label for each, in their order. */
export function numberedSet(name: string, inputs: readonly LabelledInput[]): InputSet {
  return {
    samples: inputs.map(({ blob, label }, index) => ({ name: `${name} ${index}`, file: blob, kind: 'npy', label })),
    labelledBy: 'numbers', unused: 0, unknownRows: 0,
  };
}

/** Every row of a table, or every sentence of a text. */
export function rowSet({ rows, labelColumn }: Table): InputSet {
  return { samples: rows.map(({ name, inputs, label }) => ({ name, kind: 'row', inputs, label })), labelledBy: labelColumn === null ? null : 'CSV', unused: 0, unknownRows: 0 };
}

/**
 * One array of samples, with a text file of labels or alone; null for other files.
 * @param shape of the input that they are for
 * @throws LitescopeError INVALID_NPY, INVALID_INPUT, INVALID_LABELS
 */
export async function numberedFiles(files: readonly File[], shape: readonly number[]): Promise<InputSet | null> {
  const [array, ...arrays] = files.filter((file) => fileKind(file) === 'npy');
  const [labels, ...others] = files.filter((file) => fileKind(file) !== 'npy');
  if (array === undefined || arrays.length > 0 || others.length > 0) return null;
  if (labels !== undefined && !labels.name.toLowerCase().endsWith('.txt')) return null;
  const { count, at } = await npySamples(array, shape);
  const samples = await makeInTurns(count, at);
  if (labels !== undefined) return numberedSet(array.name, labelled(samples, await readText(labels)));
  return { samples: samples.map((blob, index) => ({ name: `${array.name} ${index}`, file: blob, kind: 'npy', label: null })), labelledBy: null, unused: 0, unknownRows: 0 };
}

/** The path of a file that came by a file picker; a folder's picker gives the folders, too. */
export function placedFile(file: File): PlacedFile {
  return { path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file };
}

const directoryOf = (path: string): string => path.split('/').slice(0, -1).join('/');

/**
 * Samples with their labels: from a table if there is one, else from the folders where files lie in more than one.
 * @param table rows of a CSV, the first column a file's name or the end of its path, the second its label; a head is passed over
 */
export function inputSet(files: readonly PlacedFile[], table: readonly (readonly string[])[] | null): InputSet {
  const usable = files.flatMap((placed) => {
    const kind = fileKind(placed.file);
    return kind === 'picture' || kind === 'sound' || kind === 'npy' ? [{ ...placed, kind, order: naturalKey(placed.path) }] : [];
  }).sort((one, other) => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0));
  const folders = new Set(usable.map(({ path }) => directoryOf(path)));
  const byFolder = table === null && folders.size > 1 && !folders.has('');
  const byName = group(usable, ({ file }) => file.name);
  const labels = new Map<string, string>();
  let unknownRows = 0;
  for (const [index, [file = '', label = '']] of (table ?? []).entries()) {
    const wanted = file.trim().replace(/^\.?\//, '');
    const found = wanted === '' ? [] : (byName.get(wanted.split('/').at(-1) ?? '') ?? []).filter(({ path }) => path === wanted || path.endsWith(`/${wanted}`));
    if (found.length === 0 && index > 0) unknownRows++;
    for (const { path } of found) labels.set(path, label.trim());
  }
  const common = commonStart([...folders]);
  return {
    samples: usable.map(({ path, file, kind }) => ({
      name: path.slice(common.length), file, kind,
      label: byFolder ? directoryOf(path).split('/').at(-1) ?? null : labels.get(path) ?? null,
    })),
    labelledBy: byFolder ? 'folders' : labels.size > 0 ? 'CSV' : null,
    unused: files.length - usable.length,
    unknownRows,
  };
}

/** The folders that all paths begin with, with the last slash. */
function commonStart(folders: readonly string[]): string {
  const [first = [], ...others] = folders.map((folder) => folder.split('/'));
  let depth = 0;
  while (depth < first.length && others.every((parts) => parts[depth] === first[depth])) depth++;
  return first.slice(0, depth).map((part) => `${part}/`).join('').replace(/^\/$/, '');
}
