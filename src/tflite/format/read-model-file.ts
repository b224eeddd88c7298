import { LitescopeError } from '../../errors';
import type { Model } from './model';
import { openModel } from './verify/verify';

/**
 * A model out of its file, verified. Reading a large one takes a while: for workers.
 * @throws LitescopeError FILE_UNREADABLE; what `openModel` throws
 */
export async function readModelFile(file: Blob): Promise<Model> {
  const bytes = await file.arrayBuffer().catch((error: unknown) => { throw LitescopeError.from(error, 'FILE_UNREADABLE'); });
  return openModel(new Uint8Array(bytes));
}
