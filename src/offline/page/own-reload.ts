const mark = 'litescope.reloading';

type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Reloads the page. */
export function reloadPage(storage: TabStorage = sessionStorage): void {
  storage.setItem(mark, 'yes');
  location.reload();
}

/** Whether the page has just reloaded itself; true once. WebKit calls a reload that isolates a page a visit like any other. */
export function hasReloaded(storage: TabStorage = sessionStorage): boolean {
  const reloaded = storage.getItem(mark) !== null;
  storage.removeItem(mark);
  return reloaded;
}
