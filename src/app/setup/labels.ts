import { LitescopeError } from '../../errors';
import { readText } from '../../tensor/read-file';
import { labelCounts } from '../../vision/decoders/shared/text-form';
import type { Decoder } from '../../vision/shared/types';
import { setup } from '../../messages/setup';
import { fileKind } from '../files/file-kinds';

/** A label file above this is some other file: the 21,843 names of ImageNet-21k take half a megabyte. */
const largestFile_bytes = 2_000_000;

/** The labels of a file. @throws LitescopeError INVALID_LABELS, FILE_UNREADABLE */
export async function readLabels(file: File): Promise<readonly string[]> {
  if (file.size > largestFile_bytes) throw new LitescopeError('INVALID_LABELS', setup.labels.tooLarge(file.name));
  const text = await readText(file);
  // eslint-disable-next-line no-control-regex -- they are what tells other files from texts
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) throw new LitescopeError('INVALID_LABELS', setup.labels.noText(file.name));
  const list = parseLabels(text);
  if (list.length === 0) throw new LitescopeError('INVALID_LABELS', setup.labels.empty(file.name));
  if (namesFiles(text)) throw new LitescopeError('INVALID_LABELS', setup.labels.ofFiles(file.name));
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

/** Whether lines begin with a picture's or an array's name and go on behind it, below a head or without one. */
function namesFiles(text: string): boolean {
  const lines = text.split(/\r?\n|\r/).filter((line) => line.trim() !== '').map((line) => line.split(/[,;\t]/));
  const named = lines.filter(([name = '', ...more]) => more.length > 0 && ['picture', 'npy'].includes(fileKind({ name: name.trim(), type: '' })));
  return named.length > 0 && named.length >= lines.length - 1;
}

/**
 * How many classes outputs tell apart when they are taken for this: a number for each output that may be meant; null where
 * the file does not say it, as for detectors and class numbers.
 */
export function classCounts(kind: Decoder['kind'] | undefined, outputs: readonly { readonly shape: readonly number[] }[]): readonly number[] | null {
  const shapes = outputs.map(({ shape }) => shape);
  const counts = kind === 'classification' ? shapes.filter((shape) => shape.filter((size) => size > 1).length <= 1).map((shape) => (shape.at(-1) === -1 ? -1 : Math.max(1, ...shape)))
    : kind === 'segmentation' ? shapes.flatMap(([, , , classes = 1, ...more]) => (more.length === 0 && classes !== 1 ? [classes] : []))
      : kind === 'text' ? shapes.flatMap((shape) => (shape.filter((size) => size !== 1).length === 2 ? labelCounts(shape.at(-1) ?? -1) : []))
        : [];
  return counts.length === 0 || counts.includes(-1) ? null : counts;
}

/** What has classes that can be named. */
export const labelledKinds: readonly (Decoder['kind'] | undefined)[] = ['classification', 'object-detection', 'segmentation', 'text', 'ssd-detection', 'center-net', 'yolo-detection', 'yolo-oriented', 'yolo-segmentation'];

/** @throws LitescopeError INVALID_LABELS where the outputs are known to tell another number of classes apart */
export function assertLabelsFit(fileName: string, labels: readonly string[], counts: readonly number[] | null): void {
  if (counts === null || counts.includes(labels.length)) return;
  throw new LitescopeError('INVALID_LABELS', setup.labels.unfit(fileName, labels.length, counts));
}
