import type { OpenModel } from '../../api';
import type { Shared } from '../context';
import { KeptFiles } from './kept-files';

interface Remembered {
  readonly id: string;
  readonly name: string;
  /** How it is had again: from the gallery, from its address, or from what was kept. */
  readonly from: { readonly gallery: string } | { readonly address: string } | 'file';
  readonly madeFrom?: string | undefined;
}

const storageKey = 'litescope.open';

/** What is open in this tab, so that a reload brings it back: the list in the tab's own storage, dropped files in the browser's. */
export class Visit {
  readonly #shared: Shared;
  readonly #files: KeptFiles;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  #kept = $state.raw<readonly string[]>([]);
  /** Until what was open is back, nothing is remembered: half a list would take the place of the whole. */
  #ready = $state(false);
  #keeps = true;

  constructor(shared: Shared, files = new KeptFiles(), storage: Pick<Storage, 'getItem' | 'setItem'> = sessionStorage) {
    this.#shared = shared;
    this.#files = files;
    this.#storage = storage;
  }

  /** How many dropped files the browser keeps of those that are open. */
  get keptFiles(): number {
    return this.#shared.workbench.models.filter(({ model }) => this.#kept.includes(model.id)).length;
  }

  /**
   * Begins a visit.
   * @param reloaded whether this tab was here before; otherwise nothing is brought back
   * @returns whether there was something to bring back
   */
  async begin(reloaded: boolean): Promise<boolean> {
    const before = reloaded ? this.#remembered() : { models: [], selected: null };
    const { opening, workbench } = this.#shared;
    try {
      for (const { id, name, from, madeFrom } of before.models) {
        const file = from === 'file' ? await this.#files.get(id).catch(() => null) : null;
        if (from === 'file' && file === null) continue;
        await opening.again({ name, entry: typeof from === 'object' && 'gallery' in from ? { id: from.gallery } : null, url: typeof from === 'object' && 'address' in from ? from.address : undefined, blob: file ?? new Blob(), madeFrom });
        if (file !== null) this.#kept = [...this.#kept, id];
      }
      if (before.models.length > 0) workbench.select(workbench.models.some(({ model }) => model.id === before.selected) ? before.selected : workbench.models[0]?.model.id ?? null);
      if (!reloaded) await this.#files.forgetOld().catch(() => undefined);
    } finally {
      this.#ready = true;
    }
    return before.models.length > 0;
  }

  /** Notes what is open now; what it reads of the workbench makes it run again. */
  remember(): void {
    const { workbench } = this.#shared;
    const models = workbench.models.map(({ model }): Remembered => ({ id: model.id, name: model.name, from: originOf(model), madeFrom: model.madeFrom }));
    const selected = workbench.selected?.model.id ?? null;
    if (!this.#ready) return;
    try {
      this.#storage.setItem(storageKey, JSON.stringify({ models, selected }));
    } catch {
      // Without storage a reload begins anew.
      return;
    }
    for (const { model } of workbench.models) if (originOf(model) === 'file') void this.#keep(model);
  }

  /** Forgets every file that was kept, and keeps no more in this visit. */
  async forget(): Promise<void> {
    this.#keeps = false;
    this.#kept = [];
    await this.#files.clear().catch(() => undefined);
  }

  async #keep({ id, blob, name }: OpenModel): Promise<void> {
    if (!this.#keeps || this.#kept.includes(id)) return;
    this.#kept = [...this.#kept, id];
    try {
      await this.#files.put(id, blob);
    } catch {
      this.#kept = this.#kept.filter((kept) => kept !== id);
      this.#shared.notices.say(`This browser has no room to keep ${name}: a reload will lose it.`);
    }
  }

  #remembered(): { readonly models: readonly Remembered[]; readonly selected: string | null } {
    try {
      const { models, selected } = JSON.parse(this.#storage.getItem(storageKey) ?? '') as { models: readonly Remembered[]; selected: string | null };
      return { models: [...models], selected };
    } catch {
      return { models: [], selected: null };
    }
  }
}

function originOf({ entry, url }: OpenModel): Remembered['from'] {
  if (entry !== null) return { gallery: entry.id };
  return url === undefined ? 'file' : { address: url };
}
