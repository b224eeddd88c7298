import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { LitescopeError } from '../../errors';
import type { KeptRun } from '../shared/runs';

interface Schema extends DBSchema {
  runs: { key: string; value: KeptRun };
}

/** Runs read at a time: hundreds at once would hold up the page. */
const batch = 4;

/** What a browser says when it keeps nothing more, or nothing at all. */
function asStorageError(error: unknown): LitescopeError {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  return new LitescopeError(name === 'QuotaExceededError' ? 'STORAGE_FULL' : 'STORAGE_REFUSED', message || name, { cause: error });
}

/** The runs that this browser keeps for this page. Every method throws LitescopeError STORAGE_FULL or STORAGE_REFUSED. */
export class RunStore {
  #opening: Promise<IDBPDatabase<Schema>> | null = null;

  /** @returns newest first */
  async all(): Promise<KeptRun[]> {
    return this.#with(async (database) => {
      const runs: KeptRun[] = [];
      let after: IDBKeyRange | null = null;
      for (;;) {
        const some: KeptRun[] = await database.getAll('runs', after, batch);
        runs.push(...some);
        const last = some.at(-1);
        if (last === undefined || some.length < batch) break;
        after = IDBKeyRange.lowerBound(last.id, true);
      }
      return runs.sort((left, right) => (left.report.created < right.report.created ? 1 : -1));
    });
  }

  async put(run: KeptRun): Promise<void> {
    await this.#with(async (database) => {
      // The request may succeed and its transaction fail, where there is no room.
      const transaction = database.transaction('runs', 'readwrite');
      await Promise.all([transaction.store.put(run), transaction.done]);
    });
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.#with(async (database) => {
      const transaction = database.transaction('runs', 'readwrite');
      await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
    });
  }

  async #with<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      this.#opening ??= openDB<Schema>('litescope', 1, {
        upgrade(database) { database.createObjectStore('runs', { keyPath: 'id' }); },
        // A newer page in another tab must not wait for this one.
        blocking: (_current, _blocked, event) => { (event.target as IDBDatabase).close(); },
        terminated: () => { this.#opening = null; },
      });
      return await work(await this.#opening);
    } catch (error) {
      // The next attempt opens it anew: what was refused may be allowed by then.
      this.#opening = null;
      throw asStorageError(error);
    }
  }
}
