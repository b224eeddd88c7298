import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';

interface Schema extends DBSchema {
  files: { key: string; value: { readonly id: string; readonly file: Blob | { readonly bytes: ArrayBuffer; readonly type: string }; readonly kept: number } };
}

const databaseName = 'litescope-open-models';
/** Says that there is such a database: opening one to see whether it holds anything would take room that runs may need. */
const markKey = 'litescope.kept-files';
/** Files of tabs that were never opened again are kept this long, in milliseconds. */
const longest_ms = 24 * 3600 * 1000;

/** Model files that this browser keeps, so that a reload loses none. Every method rejects with what the browser says where it keeps nothing. */
export class KeptFiles {
  async put(id: string, file: Blob): Promise<void> {
    localStorage.setItem(markKey, 'yes');
    await inDatabase(async (database) => {
      const kept = Date.now();
      try {
        await database.put('files', { id, file, kept });
      } catch {
        // WebKit keeps no blobs in a profile that is forgotten when it is left, and bytes all the same.
        await database.put('files', { id, file: { bytes: await file.arrayBuffer(), type: file.type }, kept });
      }
    });
  }

  /** @returns null for one that is not kept (any more) */
  async get(id: string): Promise<Blob | null> {
    if (localStorage.getItem(markKey) === null) return null;
    const file = (await inDatabase((database) => database.get('files', id)))?.file ?? null;
    return file === null || file instanceof Blob ? file : new Blob([file.bytes], { type: file.type });
  }

  /** Bytes of all files, of every tab. */
  async bytes(): Promise<number> {
    if (localStorage.getItem(markKey) === null) return 0;
    const files = await inDatabase((database) => database.getAll('files'));
    return files.reduce((sum, { file }) => sum + (file instanceof Blob ? file.size : file.bytes.byteLength), 0);
  }

  async clear(): Promise<void> {
    localStorage.removeItem(markKey);
    await deleteDB(databaseName);
  }

  async forgetOld(): Promise<void> {
    if (localStorage.getItem(markKey) === null) return;
    const left = await inDatabase(async (database) => {
      for (const { id, kept } of await database.getAll('files')) if (Date.now() - kept > longest_ms) await database.delete('files', id);
      return database.count('files');
    });
    if (left === 0) await this.clear();
  }
}

async function inDatabase<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const database = await openDB<Schema>(databaseName, 1, { upgrade(made) { made.createObjectStore('files', { keyPath: 'id' }); } });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}
