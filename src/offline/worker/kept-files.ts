import type { WorkboxPlugin } from 'workbox-core/types';
import { CacheFirst } from 'workbox-strategies';
import { LitescopeError } from '../../errors';
import { cacheName, keyOf, kindOf, type OfflineFile } from '../shared/kept';
import { isolated } from './isolation';

/** Gives every answer of the network the headers that isolate, and keeps whole ones only. */
export const isolating: WorkboxPlugin = {
  fetchDidSucceed: ({ response }) => Promise.resolve(isolated(response)),
  cacheWillUpdate: ({ response }) => Promise.resolve(response.status === 200 ? response : null),
};

/** Runtimes and models: kept when they are used, and answered without a network from then on. */
export class KeptFiles {
  readonly #scope: string;
  readonly #list: () => Promise<readonly OfflineFile[]>;
  readonly #strategies: Readonly<Record<'runtimes' | 'models', CacheFirst>>;
  #listed: Promise<ReadonlyMap<string, OfflineFile>> | null = null;

  /**
   * @param scope the absolute address of the page's folder
   * @param list tells which files there are in this version of the page
   */
  constructor(scope: string, list: () => Promise<readonly OfflineFile[]>) {
    this.#scope = scope;
    this.#list = list;
    const underRevision: WorkboxPlugin = {
      cacheKeyWillBeUsed: async ({ request }) => {
        const file = (await this.#files()).get(this.#pathOf(request.url));
        return file === undefined ? request : keyOf(file, scope);
      },
    };
    const strategy = (kind: 'runtimes' | 'models') => new CacheFirst({ cacheName: cacheName(kind, scope), plugins: [isolating, underRevision], matchOptions: { ignoreVary: true } });
    this.#strategies = { runtimes: strategy('runtimes'), models: strategy('models') };
  }

  /** Whether an address is one of theirs. */
  has(url: URL): boolean {
    return url.href.startsWith(this.#scope) && kindOf(this.#pathOf(url.href)) !== null;
  }

  /** Answers from what is kept, or from the network, and keeps that. What the browser has no room for is answered all the same. */
  answer(request: Request, event: ExtendableEvent): Promise<Response> {
    const [response, kept] = this.#handle(request, event);
    kept.catch(() => undefined);
    return response;
  }

  /**
   * Keeps a file, unless it is kept already.
   * @param path relative to the page
   * @throws LitescopeError STORAGE_FULL, DOWNLOAD_FAILED, INVALID_ARGUMENT for a file that is not listed
   */
  async keep(path: string, event: ExtendableEvent): Promise<void> {
    if (!(await this.#files()).has(path)) throw new LitescopeError('INVALID_ARGUMENT', path);
    const [response, kept] = this.#handle(new Request(new URL(path, this.#scope)), event);
    try {
      const { ok, status } = await response;
      await kept;
      if (!ok) throw new LitescopeError('DOWNLOAD_FAILED', `${path}: HTTP ${status}`);
    } catch (error) {
      // Of an answer that never came nothing is kept either.
      await kept.catch(() => undefined);
      if (error instanceof DOMException && error.name === 'QuotaExceededError') throw new LitescopeError('STORAGE_FULL', path, { cause: error });
      throw LitescopeError.from(error, 'DOWNLOAD_FAILED');
    }
  }

  /** Throws away what this version of the page does not list. */
  async tidy(): Promise<void> {
    const keys = new Set([...(await this.#files()).values()].map((file) => keyOf(file, this.#scope)));
    if (keys.size === 0) return;
    for (const { cacheName: name } of Object.values(this.#strategies)) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) if (!keys.has(request.url)) await cache.delete(request);
    }
  }

  #handle(request: Request, event: ExtendableEvent): [Promise<Response>, Promise<void>] {
    const kind = kindOf(this.#pathOf(request.url));
    if (kind === null) throw new LitescopeError('INTERNAL', `${request.url} is no file that is kept.`);
    return this.#strategies[kind].handleAll({ request, event });
  }

  /** Without its list, files are passed on and kept under their plain address. */
  #files(): Promise<ReadonlyMap<string, OfflineFile>> {
    this.#listed ??= this.#list().then((files) => new Map(files.map((file) => [file.path, file])), () => {
      this.#listed = null;
      return new Map();
    });
    return this.#listed;
  }

  #pathOf(address: string): string {
    const { origin, pathname } = new URL(address);
    return `${origin}${pathname}`.slice(this.#scope.length);
  }
}
