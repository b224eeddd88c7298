import { openDB, type DBSchema } from 'idb';

interface Schema extends DBSchema {
  files: { key: string; value: { readonly id: string; readonly file: Blob; readonly kept: number } };
}

/** Files of tabs that were never opened again are kept this long, in milliseconds. */
const longest_ms = 24 * 3600 * 1000;

/** Model files that this browser keeps, so that a reload loses none. Every method rejects with what the browser says where it keeps nothing. */
export class KeptFiles {
  readonly #database = () => openDB<Schema>('litescope-open-models', 1, { upgrade(database) { database.createObjectStore('files', { keyPath: 'id' }); } });

  async put(id: string, file: Blob): Promise<void> {
    const database = await this.#database();
    await database.put('files', { id, file, kept: Date.now() });
    database.close();
  }

  /** @returns null for one that is not kept (any more) */
  async get(id: string): Promise<Blob | null> {
    const database = await this.#database();
    const found = await database.get('files', id);
    database.close();
    return found?.file ?? null;
  }

  async clear(): Promise<void> {
    const database = await this.#database();
    await database.clear('files');
    database.close();
  }

  async forgetOld(): Promise<void> {
    const database = await this.#database();
    for (const { id, kept } of await database.getAll('files')) if (Date.now() - kept > longest_ms) await database.delete('files', id);
    database.close();
  }
}
