import { LitescopeError } from '../errors';
import { tensor as text } from '../messages/tensor';

/**
 * One number as a person writes it, also with the minus sign of a typesetter.
 *
 * @param place told when it is none: where it stands among others, from 0
 * @throws LitescopeError NOT_A_NUMBER
 */
export function writtenValue(written: string, place: number): number {
  const plain = written.trim();
  const value = plain === '' ? NaN : Number(plain.replace('−', '-'));
  if (!Number.isFinite(value)) throw new LitescopeError('NOT_A_NUMBER', text.noNumber(plain.slice(0, 40), place + 1));
  return value;
}

/**
 * The numbers of a row as they are pasted or typed, parted by commas, semicolons, tabs, spaces or lines. A comma or semicolon
 * with nothing before it is an empty value, so that the values behind it do not slip into others' places.
 *
 * @throws LitescopeError NOT_A_NUMBER with the first that is none
 */
export function writtenValues(written: string): readonly number[] {
  return writtenParts(written).map(writtenValue);
}

/** The parts of a row that are to be numbers, as they are written. */
export function writtenParts(written: string): readonly string[] {
  const parts = written.trim().replace(/^\[|\]$/g, '').replace(/\s*([,;])\s*/g, '$1').split(/[,;]|\s+/);
  if (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}
