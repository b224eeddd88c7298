import { LitescopeError, type SerializedError } from '../../errors';

/** How a call's outcome crosses a worker boundary: comlink rethrows errors without their code, title and details. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: SerializedError };

/** Waits for a promise, or runs a function and waits for it. Never rejects: what was thrown becomes the result's error. */
export async function toResult<T>(work: Promise<T> | (() => T | Promise<T>)): Promise<Result<T>> {
  try {
    return { ok: true, value: await (typeof work === 'function' ? work() : work) };
  } catch (error) {
    return { ok: false, error: LitescopeError.from(error).serialize() };
  }
}

/**
 * The value of a result.
 *
 * @throws LitescopeError the result's error, with the code, title and details that it was made with
 */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw LitescopeError.deserialize(result.error);
}
