import { cacheName } from '../shared/kept';
import { pageScope } from './service-worker-link';

/** How browsers hand over the files that an installed page was started with; not in TypeScript's own library. */
interface LaunchingWindow {
  readonly launchQueue?: { setConsumer(consumer: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void };
}

/** Files that the system opens with the installed page, at its start and while it is open. @param take called with those of one launch */
export function onLaunchedFiles(take: (files: Promise<readonly File[]>) => void): void {
  (window as LaunchingWindow).launchQueue?.setConsumer(({ files }) => {
    if (files.length > 0) take(Promise.all(files.map((handle) => handle.getFile())));
  });
}

/** The files that another application shared with the page, which the service worker holds until they are taken; they are given once. */
export async function takeSharedFiles(): Promise<readonly File[]> {
  const name = cacheName('shared-files', pageScope());
  const cache = await caches.open(name);
  const files: File[] = [];
  for (const { url } of await cache.keys()) {
    const blob = await (await cache.match(url))?.blob();
    if (blob !== undefined) files.push(new File([blob], decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? ''), { type: blob.type }));
  }
  await caches.delete(name);
  return files;
}
