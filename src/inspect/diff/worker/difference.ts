import type { Difference } from '../shared/comparison';
import { inspect as text } from '../../../messages/inspect';

/** Notes a difference where there is one. */
export function addDifference(differences: Difference[], what: Difference['what'], a: string, b: string): void {
  if (a !== b) differences.push({ what, a, b });
}

export function bytesWord(bytes: number | null): string {
  return bytes === null ? text.noFixedSize : text.bytes(bytes);
}
