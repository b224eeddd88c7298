import { LitescopeError } from '../../errors';
import { cacheName, type KeptKind, keyOf, kindOf, offlineFilesPath, type OfflineFile } from '../shared/kept';
import { pageScope } from './service-worker-link';

/** Bytes of what is kept of a kind. */
export async function keptBytes(kind: KeptKind): Promise<number> {
  const name = cacheName(kind, pageScope());
  // Looking into a cache would make it.
  if (!await caches.has(name)) return 0;
  const cache = await caches.open(name);
  let bytes = 0;
  for (const request of await cache.keys()) bytes += await bytesOf(await cache.match(request));
  return bytes;
}

async function bytesOf(response: Response | undefined): Promise<number> {
  if (response === undefined) return 0;
  const length = response.headers.get('Content-Length');
  // What came compressed is kept as it is without that.
  return length !== null && !response.headers.has('Content-Encoding') ? Number(length) : (await response.blob()).size;
}

/** Asks the browser not to take away what is kept where room runs short; it may ask the person, whose answer changes nothing here. */
export function askToPersist(): void {
  // Pages without https have no such storage.
  navigator.storage?.persist().catch(() => undefined);
}

/** Clears what is kept of a kind. Without the page's own files its service worker has nothing to serve, and goes with them. */
export async function clearKept(kind: KeptKind): Promise<void> {
  if (kind === 'page') await (await navigator.serviceWorker.getRegistration(pageScope()))?.unregister();
  await caches.delete(cacheName(kind, pageScope()));
}

/**
 * Files that are not kept yet, of runtimes those that this browser would use.
 * @param isUsed tells of a runtime's file whether it would
 * @throws LitescopeError DOWNLOAD_FAILED where the list cannot be had
 */
export async function missingFiles(isUsed: (path: string) => boolean): Promise<readonly OfflineFile[]> {
  const scope = pageScope();
  const kept = new Set<string>();
  for (const kind of ['runtimes', 'models'] as const) {
    const name = cacheName(kind, scope);
    if (await caches.has(name)) for (const { url } of await (await caches.open(name)).keys()) kept.add(url);
  }
  return (await listedFiles()).filter((file) => !kept.has(keyOf(file, scope)) && (kindOf(file.path) === 'models' || isUsed(file.path)));
}

async function listedFiles(): Promise<readonly OfflineFile[]> {
  try {
    const answer = await fetch(new URL(offlineFilesPath, pageScope()));
    if (!answer.ok) throw new LitescopeError('DOWNLOAD_FAILED', `${offlineFilesPath}: ${answer.status}`);
    return await answer.json() as readonly OfflineFile[];
  } catch (error) {
    throw LitescopeError.from(error, 'DOWNLOAD_FAILED');
  }
}
