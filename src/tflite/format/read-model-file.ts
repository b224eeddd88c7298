import { LitescopeError } from '../../errors';
import type { Model } from './model';
import { openModel } from './verify/verify';

/** All of a file. @throws LitescopeError FILE_UNREADABLE where it was moved, changed or locked since it was chosen */
export async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer().catch((error: unknown) => { throw LitescopeError.from(error, 'FILE_UNREADABLE'); }));
}

/**
 * A model out of its file, verified. Reading a large one takes a while: for workers.
 * @throws LitescopeError FILE_UNREADABLE; what `openModel` throws
 */
export async function readModelFile(file: Blob): Promise<Model> {
  return openModel(await readBytes(file));
}
