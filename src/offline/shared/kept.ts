/** What a service worker keeps: the page with its workers, the runtimes that were used, the gallery's models that were opened. */
export const keptKinds = ['page', 'runtimes', 'models'] as const;
export type KeptKind = (typeof keptKinds)[number];

/** A file that is kept when it is used, as `offline-files.json` lists it. */
export interface OfflineFile {
  /** Relative to the page. */
  readonly path: string;
  readonly bytes: number;
  /** Another one for other content. */
  readonly revision: string;
}

/** Where the list of such files lies, relative to the page. */
export const offlineFilesPath = 'offline-files.json';
export const serviceWorkerPath = 'service-worker.js';

/**
 * The name of a cache.
 * @param scope the absolute address of the page's folder: several installations may share an origin, and clear only what is theirs
 */
export function cacheName(kind: KeptKind | 'shared-files', scope: string): string {
  return `litescope-${kind} ${scope}`;
}

/** Which files a path belongs to that are kept when they are used; null for all others. @param path relative to the page */
export function kindOf(path: string): Exclude<KeptKind, 'page'> | null {
  return (['runtimes', 'models'] as const).find((kind) => path.startsWith(`${kind}/`)) ?? null;
}

/** Under which address a file is kept: content that changes under the same path is another file. */
export function keyOf({ path, revision }: Pick<OfflineFile, 'path' | 'revision'>, scope: string): string {
  const key = new URL(path, scope);
  key.searchParams.set('revision', revision);
  return key.href;
}

/** Where other applications send files, relative to the page, and the page's parameter that says some were sent. */
export const sharePath = 'share-files';
export const sharedParameter = 'shared';
export const mostSharedFiles = 16;
