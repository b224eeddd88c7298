import type { SerializedError } from '../../errors';

/** What a page asks the service worker for. */
export type Asked =
  /** Takes the place of an older one, which other pages may be served by. */
  | { readonly type: 'SKIP_WAITING' }
  /** Keeps a file that is listed, unless it is kept already. */
  | { readonly type: 'keep'; readonly path: string }
  /** Throws away what only older versions of the page need, unless another page is open, which may be one. */
  | { readonly type: 'tidy' };

/** The answer to `keep`. */
export type KeepAnswer = { readonly ok: true } | { readonly ok: false; readonly error: SerializedError };
