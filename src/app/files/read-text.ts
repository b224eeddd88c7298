import { LitescopeError } from '../../errors';

/** What a chosen text file says. @throws LitescopeError FILE_UNREADABLE when it is no longer what it was, or gone */
export async function readText(file: Blob): Promise<string> {
  try {
    return await file.text();
  } catch (error) {
    throw LitescopeError.from(error, 'FILE_UNREADABLE');
  }
}
