import { readBytes } from '../../tensor/read-file';
import type { Model } from './model';
import { openModel } from './verify/verify';

/**
 * A model out of its file, verified. Reading a large one takes a while: for workers.
 * @throws LitescopeError FILE_UNREADABLE; what `openModel` throws
 */
export async function readModelFile(file: Blob): Promise<Model> {
  return openModel(await readBytes(file));
}
