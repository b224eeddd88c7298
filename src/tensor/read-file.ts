import { LitescopeError } from '../errors';

/** A chosen file may have been moved, changed or locked since. */
async function orUnreadable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw LitescopeError.from(error, 'FILE_UNREADABLE');
  }
}

/** All of a file. @throws LitescopeError FILE_UNREADABLE */
export async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await orUnreadable(file.arrayBuffer()));
}

/** All of a text file, as UTF-8. @throws LitescopeError FILE_UNREADABLE */
export function readText(file: Blob): Promise<string> {
  return orUnreadable(file.text());
}
