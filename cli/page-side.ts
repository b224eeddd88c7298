/** What the command line adds to the page before it is loaded. */
import type { ErrorCode, SerializedError } from '../src/errors';

/** What came of work in the page. Only the text of an error crosses to the command line by itself: `failure` is one that the page has no words for. */
export type Answer<T> = { readonly value: T } | { readonly error: SerializedError } | { readonly failure: { readonly code: ErrorCode; readonly details: string } };

export interface PageSide {
  /** Works, and answers whatever comes of it. */
  answer<T>(work: () => Promise<T>): Promise<Answer<T>>;
  /** A file that the command line shares. */
  read(url: string): Promise<Blob>;
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
        const unreadable = 'unreadable' in thrown;
        return { failure: { code: unreadable ? 'FILE_UNREADABLE' : 'INTERNAL', details: unreadable ? thrown.message : `${thrown.name}: ${thrown.message}` } };
      }
    },
    async read(url) {
      const name = decodeURIComponent(url.split('/').at(-1) ?? url);
      try {
        const response = await fetch(url);
        if (!response.ok) throw new Error(`status ${response.status}`);
        return await response.blob();
      } catch (thrown) {
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        throw Object.assign(new Error(`The page cannot read ${name} from the command line: ${reason}`), { unreadable: true });
      }
    },
  };
  Object.defineProperty(window, 'litescopeCommandLine', { value: side });
}
