import { LitescopeError } from '../../errors';
import { readText } from '../../tensor/read-file';

/** A label file above this is some other file. */
const largestFile_bytes = 8_000_000;

/** The labels of a file. @throws LitescopeError INVALID_LABELS, FILE_UNREADABLE */
export async function readLabels(file: File): Promise<readonly string[]> {
  if (file.size > largestFile_bytes) throw new LitescopeError('INVALID_LABELS', `${file.name} is too large for a list of labels.`);
  const list = parseLabels(await readText(file));
  if (list.length === 0) throw new LitescopeError('INVALID_LABELS', `${file.name} holds no label.`);
  return list;
}

/**
 * Labels of a text file, one a line. Of CSV files with an index before the label (`0,background`) the index is dropped
 * if every line has one; quotes around a label go. Empty lines at the end are no labels, empty lines between are.
 */
export function parseLabels(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n|\r/).map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  const indexed = /^\d+\s*[,;\t]\s*(.*)$/;
  const withIndex = lines.length > 0 && lines.every((line) => indexed.test(line));
  return lines.map((line) => (withIndex ? line.replace(indexed, '$1') : line).replace(/^"(.*)"$/, '$1'));
}
