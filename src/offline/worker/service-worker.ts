import { type PrecacheEntry, PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { LitescopeError } from '../../errors';
import { cacheName, offlineFilesPath, sharePath, type OfflineFile } from '../shared/kept';
import type { Asked, KeepAnswer } from '../shared/messages';
import { isolated } from './isolation';
import { isolating, KeptFiles } from './kept-files';
import { takeSharedFiles } from './shared-files';

declare const self: ServiceWorkerGlobalScope & {
  /** Filled in by the build: the page, its workers and what it shows. */
  readonly __WB_MANIFEST: readonly PrecacheEntry[];
};

const { scope } = self.registration;
const page = new PrecacheController({ cacheName: cacheName('page', scope), plugins: [isolating] });
page.addToCacheList([...self.__WB_MANIFEST]);

const files = new KeptFiles(scope, async () => {
  const list = await page.matchPrecache(new URL(offlineFilesPath, scope).href) ?? await fetch(new URL(offlineFilesPath, scope));
  return await list.json() as readonly OfflineFile[];
});

// Nobody waits for an installation; the browser hears of its failure through the event.
self.addEventListener('install', (event) => { void page.install(event); });
// The page that brought it is answered by it from here on, so that what is used is kept. Older versions' files stay: see `tidy`.
self.addEventListener('activate', (event) => { event.waitUntil(self.clients.claim()); });

const isPage = ({ href }: URL): boolean => [scope, `${scope}index.html`].includes(href.replace(/[?#].*$/, ''));
registerRoute(({ request, url }) => request.mode === 'navigate' && isPage(url), page.createHandlerBoundToURL('index.html'));

// `anew` gets past caches that lack headers (see load-worker.ts); this one has them.
registerRoute(new PrecacheRoute(page, { ignoreURLParametersMatching: [/^anew$/], cleanURLs: false }));

// A page of an older version is still open, and asks for a part of it.
registerRoute(({ url }) => url.href.startsWith(`${scope}assets/`), async ({ request }) =>
  await caches.match(request, { cacheName: cacheName('page', scope), ignoreSearch: true }) ?? isolated(await fetch(request)));

registerRoute(({ request, url }) => files.has(url) && !request.headers.has('Range'), ({ request, event }) => files.answer(request, event));

registerRoute(({ url }) => url.href === `${scope}${sharePath}`, ({ request }) => takeSharedFiles(request, scope), 'POST');

self.addEventListener('message', (event) => {
  const asked = event.data as Asked;
  if (asked.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
  else if (asked.type === 'tidy') event.waitUntil(tidy(event));
  else if (asked.type === 'keep') event.waitUntil(keep(asked.path, event).then((answer) => { event.ports[0]?.postMessage(answer); }));
});

async function keep(path: string, event: ExtendableEvent): Promise<KeepAnswer> {
  try {
    await files.keep(path, event);
    return { ok: true };
  } catch (error) {
    return { ok: false, error: LitescopeError.from(error).serialize() };
  }
}

async function tidy(event: ExtendableEvent): Promise<void> {
  if ((await self.clients.matchAll({ type: 'window' })).length > 1) return;
  await page.activate(event);
  await files.tidy();
}
