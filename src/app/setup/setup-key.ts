import { LitescopeError } from '../../errors';
import type { Setup } from './setup';

const known = new WeakMap<Blob, number>();
let count = 0;

/** Files are told apart by who they are: to compare what they hold would mean to read them. */
function numberOf(file: Blob): number {
  const number = known.get(file) ?? ++count;
  known.set(file, number);
  return number;
}

/** A text that is the same while what goes into a run of a model stays the same; null while an input has no values. */
export function setupKey({ inputs, signature, state }: Pick<Setup, 'inputs' | 'signature' | 'state'>): string | null {
  try {
    return JSON.stringify([inputs.sources, signature.options, state.feedback], (_, value: unknown) => (value instanceof Blob ? `file ${numberOf(value)}` : value));
  } catch (error) {
    if (error instanceof LitescopeError) return null;
    throw error;
  }
}
