/** What the command line adds to the page before it is loaded. */
import type { Input } from '../src/api';
import type { ErrorCode, SerializedError } from '../src/errors';
import type { FileKind } from './files';

/** What the page has no words for: an error that is none of its own, or a file of the command line that it cannot read (`reason`: the browser's, or the answer's status). */
export type Failure = { readonly failure: { readonly code: ErrorCode; readonly details: string } } | { readonly unreadable: { readonly file: string; readonly reason: string | number } };

/** What came of work in the page. Only the text of an error crosses to the command line by itself. */
export type Answer<T> = { readonly value: T } | { readonly error: SerializedError } | Failure;

export interface SharedFile {
  readonly kind: FileKind;
  readonly url: string;
}

export interface PageSide {
  /** Works, and answers whatever comes of it. */
  answer<T>(work: () => Promise<T>): Promise<Answer<T>>;
  /** A file that the command line shares. */
  read(url: string): Promise<Blob>;
  /** What the command line names, as the API takes it. */
  input(given: SharedFile | Exclude<Input, { readonly kind: 'image' | 'audio' | 'file' }>): Promise<Input>;
}

declare global {
  interface Window {
    readonly litescopeCommandLine: PageSide;
  }
}

/** Runs in the page and closes over nothing. */
export function addPageSide(): void {
  const side: PageSide = {
    async answer(work) {
      try {
        return { value: await work() };
      } catch (thrown) {
        if (!(thrown instanceof Error)) return { failure: { code: 'INTERNAL', details: String(thrown) } };
        if ('serialize' in thrown) return { error: (thrown as Error & { serialize(): SerializedError }).serialize() };
        if ('unreadable' in thrown) return { unreadable: (thrown as Error & { unreadable: { file: string; reason: string | number } }).unreadable };
        return { failure: { code: 'INTERNAL', details: `${thrown.name}: ${thrown.message}` } };
      }
    },
    async read(url) {
      let reason: string | number;
      try {
        const response = await fetch(url);
        if (response.ok) return await response.blob();
        reason = response.status;
      } catch (thrown) {
        reason = thrown instanceof Error ? thrown.message : String(thrown);
      }
      throw Object.assign(new Error('unreadable'), { unreadable: { file: decodeURIComponent(url.split('/').at(-1) ?? url), reason } });
    },
    async input(given) {
      if (!('url' in given)) return given;
      const blob = await side.read(given.url);
      if (given.kind === 'audio') return { kind: 'audio', clip: blob };
      return given.kind === 'image' ? { kind: 'image', image: blob } : { kind: 'file', file: blob, format: given.kind };
    },
  };
  Object.defineProperty(window, 'litescopeCommandLine', { value: side });
}
