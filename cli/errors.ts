import type { SerializedError } from '../src/errors';
import { commandLine as text } from '../src/messages/command-line';

/** What a process ends with: scripts and CI rely on these numbers. */
export const exitCodes = { ok: 0, budget: 1, usage: 2, model: 3, interrupted: 130 } as const;

/** Wrong flags, files that are not there, no browser: what the caller can mend. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** A model that cannot be opened or run. */
export class ModelError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ModelError';
  }
}

/** An error of the page, with its place, what was tried before, and what to do next. */
export function toldError({ title, details, place, hint, code, attempts = [] }: SerializedError): string {
  return [
    details === '' ? title : text.failure(title, details),
    ...(place === undefined ? [] : [text.where(place)]),
    ...attempts.map((attempt) => `- ${text.failure(attempt.title, attempt.details)}`),
    text.hint(hint, code),
  ].join('\n');
}
