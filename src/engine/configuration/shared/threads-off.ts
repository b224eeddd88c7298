import { LitescopeError } from '../../../errors';
import type { Capabilities } from './configuration';

/** Why more than one thread cannot run here, and what to do about it; null where they can. */
export function threadsOff({ isolated, threads }: Pick<Capabilities, 'isolated' | 'threads'>): LitescopeError | null {
  if (threads) return null;
  return isolated
    ? new LitescopeError('NO_SHARED_MEMORY', 'The page is isolated, and the browser makes no shared memory all the same.')
    : new LitescopeError('NOT_ISOLATED', 'Threads need SharedArrayBuffer, which browsers give to isolated pages only.');
}
