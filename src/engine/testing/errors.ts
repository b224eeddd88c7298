import { LitescopeError } from '../../errors';

/** The LitescopeError that a promise rejects with; anything else fails the test. */
export async function rejectionOf(work: Promise<unknown>): Promise<LitescopeError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof LitescopeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The LitescopeError that a function throws; anything else fails the test. */
export function errorOf(action: () => unknown): LitescopeError {
  try {
    action();
  } catch (error) {
    if (error instanceof LitescopeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
