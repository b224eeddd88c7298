import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import type { Decoder } from '../../shared/types';

export type Blank = Extract<Decoder, { kind: 'text' }>['blank'];

/** What each class writes; null for the blank. */
export type Charset = readonly (string | null)[];

const digits = '0123456789';
const letters = 'abcdefghijklmnopqrstuvwxyz';
/** What models without labels mostly write, by how many characters they tell apart; of others their numbers are shown. */
const customary: Readonly<Record<number, string>> = { 10: digits, 26: letters, 36: digits + letters };

const isBlank = (label: string): boolean => /^[<[(_]*(ctc[ _-]?)?blank[>\])_]*$/i.test(label.trim());

/** A line of a label file that was a space has lost it when the file was read. */
const character = (label: string): string => (label === '' ? ' ' : label);

/**
 * @param labels one for each class, or one fewer without the blank, or two fewer without the blank and the space that is last
 * @param blank its place; undefined where it is not known and `usual` tells
 * @param usual which of both ends wins more steps
 * @throws LitescopeError INVALID_LABELS when there are another number of labels
 */
export function charsetOf(classes: number, labels: readonly string[] | undefined, blank: Blank, usual: 'first' | 'last'): Charset {
  if (labels?.length === classes) {
    const named = labels.findIndex(isBlank);
    const place = named !== -1 ? named : blank === 'none' ? -1 : (blank ?? usual) === 'first' ? 0 : classes - 1;
    return labels.map((label, index) => (index === place ? null : character(label)));
  }
  const place = blank ?? usual;
  const characters = place === 'none' ? classes : classes - 1;
  const written = labels === undefined ? Array.from({ length: characters }, (_, index) => customary[characters]?.[index] ?? `[${index}]`)
    : labels.length === characters ? labels.map(character)
      : labels.length === characters - 1 && place !== 'none' ? [...labels.map(character), ' '] : null;
  if (written === null) throw new LitescopeError('INVALID_LABELS', text.labelCount(labels?.length ?? 0, classes));
  if (place === 'none') return written;
  return place === 'first' ? [null, ...written] : [...written, null];
}
