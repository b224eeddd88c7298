import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import type { Capabilities } from './configuration';

/** Why more than one thread cannot run here, and what to do about it; null where they can. */
export function threadsOff({ isolated, threads }: Pick<Capabilities, 'isolated' | 'threads'>): LitescopeError | null {
  if (threads) return null;
  return isolated
    ? new LitescopeError('NO_SHARED_MEMORY', text.noSharedMemory)
    : new LitescopeError('NOT_ISOLATED', text.threadsNeedIsolation);
}
