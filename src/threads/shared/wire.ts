import { transferHandlers, type TransferHandler } from 'comlink';
import { LitescopeError, type SerializedError } from '../../errors';

/** What a worker exposes by comlink: one way in for all of its methods. */
export interface Exposed {
  /** @param id one of the page's own, by which progress and a cancel find their call */
  call(id: number, method: string, request: unknown): Promise<unknown>;
  cancel(id: number): void;
}

/** A message beside comlink's, on the same port, so that it never comes after the answer of its call. */
export interface ProgressMessage {
  readonly progressOf: number;
  readonly progress: unknown;
}

export function isProgressMessage(data: unknown): data is ProgressMessage {
  return typeof data === 'object' && data !== null && 'progressOf' in data;
}

/** As comlink marks what was thrown. */
interface Thrown {
  readonly value: unknown;
}

/** The first message of a worker: it is there, and hears what is posted. */
export interface ReadyMessage {
  readonly ready: true;
}

export function isReadyMessage(data: unknown): data is ReadyMessage {
  return typeof data === 'object' && data !== null && 'ready' in data;
}

/**
 * Makes errors cross with code, title, details, place and attempts, on both sides: comlink's own handler keeps a
 * message and a stack. Only the handler's two ways change; what it is for is still comlink's to say.
 */
export function carryErrors(): void {
  const own = transferHandlers.get('throw');
  if (own === undefined) throw new Error('comlink has no handler for what is thrown.');
  const handler: TransferHandler<Thrown, SerializedError> = {
    canHandle: (value): value is Thrown => own.canHandle(value),
    serialize: ({ value }) => [LitescopeError.from(value).serialize(), []],
    deserialize: (error) => { throw LitescopeError.deserialize(error); },
  };
  transferHandlers.set('throw', handler);
}
