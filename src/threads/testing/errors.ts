import { LitescopeError } from '../../errors';

export { errorOf } from '../../tflite/testing/models';

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
