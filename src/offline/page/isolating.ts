import { reloadPage } from './own-reload';

const mark = 'litescope.reloaded-for-threads';

type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Whether this page lacks isolation because its host sends no headers for it, and a reload has not been tried in this tab. */
export async function wantsIsolation(storage: TabStorage = sessionStorage): Promise<boolean> {
  if (crossOriginIsolated || !isSecureContext || storage.getItem(mark) !== null) return false;
  const { headers } = await fetch(document.baseURI, { method: 'HEAD' });
  // With the header there, something else is in the way, which a reload would not change.
  return headers.get('Cross-Origin-Embedder-Policy') === null;
}

/** Reloads the page, whose service worker answers with the headers that its host leaves out; never twice in a tab. */
export function reloadIsolated(storage: TabStorage = sessionStorage): void {
  storage.setItem(mark, 'reloading');
  reloadPage(storage);
}

/** Whether the page has just been reloaded so and is isolated; true once. */
export function wasIsolated(storage: TabStorage = sessionStorage): boolean {
  if (!crossOriginIsolated || storage.getItem(mark) !== 'reloading') return false;
  storage.setItem(mark, 'done');
  return true;
}
