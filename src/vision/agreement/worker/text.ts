import type { DecodedAs } from '../../shared/types';
import type { AgreementAs } from '../shared/types';

/** How many characters must be changed, added or taken away to make one of the other (Levenshtein 1966). */
export function editDistance(one: readonly string[], other: readonly string[]): number {
  let before = Array.from({ length: other.length + 1 }, (_, index) => index);
  one.forEach((character, row) => {
    const now = [row + 1];
    other.forEach((otherCharacter, column) => {
      now.push(Math.min((before[column + 1] ?? 0) + 1, (now[column] ?? 0) + 1, (before[column] ?? 0) + (character === otherCharacter ? 0 : 1)));
    });
    before = now;
  });
  return before[other.length] ?? 0;
}

export function agreeOnText(reference: DecodedAs<'text'>, other: DecodedAs<'text'>): AgreementAs<'text'> {
  const [wanted, got] = [reference, other].map(({ symbols }) => symbols.map(({ label }) => label)) as [string[], string[]];
  return { kind: 'text', edits: editDistance(wanted, got), characters: wanted.length, same: reference.text === other.text };
}
