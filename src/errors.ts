/**
 * The one error class of Litescope. Every failure that a person can meet has a stable code; its title and its hint that says
 * what to do next stand in the message files (`messages/en/errors.ts`); `details` carry what went wrong this time.
 */
import { errors, errorCodes, type ErrorCode } from './messages/errors';

export { errorCodes, type ErrorCode };

/** A {@link LitescopeError} in the form that crosses a worker boundary or goes into a report. */
export interface SerializedError {
  readonly code: ErrorCode;
  readonly title: string;
  readonly hint: string;
  readonly details: string;
  /** Where in the model: `subgraph 0, op 12, CONV_2D, input 1`. */
  readonly place?: string;
  /** What earlier attempts said, in order, when several were made. */
  readonly attempts?: readonly SerializedError[];
  /** What can be asked for instead, where a call left that open: the models in a bundle. */
  readonly choices?: readonly string[];
}

export class LitescopeError extends Error {
  readonly code: ErrorCode;
  readonly title: string;
  readonly hint: string;
  readonly details: string;
  readonly place: string | undefined;
  readonly attempts: readonly SerializedError[] | undefined;
  readonly choices: readonly string[] | undefined;

  /**
   * @param code stable code; title and hint follow from it
   * @param details what went wrong this time, one sentence
   */
  constructor(code: ErrorCode, details = '', more: { place?: string | undefined; attempts?: readonly SerializedError[] | undefined; choices?: readonly string[] | undefined; cause?: unknown } = {}) {
    const { title, hint } = errors[code];
    super(details === '' ? title : `${title}: ${details}`, { cause: more.cause });
    this.name = 'LitescopeError';
    this.code = code;
    this.title = title;
    this.hint = hint;
    this.details = details;
    this.place = more.place;
    this.attempts = more.attempts;
    this.choices = more.choices;
  }

  /** The form that structured clone keeps whole (class and causes do not survive it). */
  serialize(): SerializedError {
    return {
      code: this.code,
      title: this.title,
      hint: this.hint,
      details: this.details,
      ...(this.place === undefined ? {} : { place: this.place }),
      ...(this.attempts === undefined ? {} : { attempts: this.attempts }),
      ...(this.choices === undefined ? {} : { choices: this.choices }),
    };
  }

  static deserialize(error: SerializedError): LitescopeError {
    return new LitescopeError(error.code, error.details, { place: error.place, attempts: error.attempts, choices: error.choices });
  }

  /** Keeps typed errors as they are and wraps anything else under `code`, with its message as details. */
  static from(error: unknown, code: ErrorCode = 'INTERNAL'): LitescopeError {
    if (error instanceof LitescopeError) return error;
    if (error instanceof Error) return new LitescopeError(code, error.message, { cause: error });
    return new LitescopeError(code, String(error), { cause: error });
  }
}
