import { untrack } from 'svelte';
import type { OpenModel } from '../../api';
import type { Shared } from '../context';
import type { Picture } from '../setup/pictures.svelte';
import { KeptFiles } from './kept-files';
import { start as text } from '../../messages/start';

interface RememberedModel {
  readonly id: string;
  readonly name: string;
  /** How it is had again: from the gallery, from its address, or from what was kept. */
  readonly from: { readonly gallery: string } | { readonly address: string } | 'file';
  readonly madeFrom?: string | undefined;
}

interface Remembered {
  readonly models: readonly RememberedModel[];
  readonly selected: string | null;
  /** Under which id the picture is kept that was brought last. */
  readonly picture: string | null;
}

const storageKey = 'litescope.open';
const nothing: Remembered = { models: [], selected: null, picture: null };

/** What is open in this tab, so that a reload brings it back: the list in the tab's own storage, dropped files in the browser's. */
export class Visit {
  readonly #shared: Shared;
  readonly #files: KeptFiles;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  #kept = $state.raw<readonly string[]>([]);
  /** The picture that is kept, under an id of this tab's own: what two tabs look at is not the same. */
  #picture = $state.raw<{ readonly id: string; readonly of: Picture } | null>(null);
  /** Until what was open is back, nothing is remembered: half a list would take the place of the whole. */
  #ready = $state(false);
  #keeps = true;

  constructor(shared: Shared, files = new KeptFiles(), storage: Pick<Storage, 'getItem' | 'setItem'> = sessionStorage) {
    this.#shared = shared;
    this.#files = files;
    this.#storage = storage;
  }

  /** How many dropped files the browser keeps: of the models that are open, and the picture. */
  get keptFiles(): number {
    const { pictures, workbench } = this.#shared;
    const picture = this.#picture !== null && this.#picture.of === pictures.latest && this.#kept.includes(this.#picture.id) ? 1 : 0;
    return workbench.models.filter(({ model }) => this.#kept.includes(model.id)).length + picture;
  }

  /**
   * Begins a visit.
   * @param reloaded whether this tab was here before; otherwise nothing is brought back
   * @returns whether there was something to bring back
   */
  async begin(reloaded: boolean): Promise<boolean> {
    const before = reloaded ? this.#remembered() : nothing;
    const { opening, pictures, workbench } = this.#shared;
    try {
      // Before the models, which run on it.
      const picture = before.picture === null ? null : await this.#files.get(before.picture).catch(() => null);
      if (before.picture !== null && picture !== null) {
        this.#kept = [before.picture];
        this.#picture = { id: before.picture, of: pictures.add(picture instanceof File ? picture : new File([picture], 'picture', { type: picture.type })) };
      }
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
    const { pictures, workbench } = this.#shared;
    const models = workbench.models.map(({ model }): RememberedModel => ({ id: model.id, name: model.name, from: originOf(model), madeFrom: model.madeFrom }));
    const selected = workbench.selected?.model.id ?? null;
    const picture = pictures.latest;
    if (!this.#ready) return;
    const pictureId = picture === null ? null : untrack(() => this.#idFor(picture));
    try {
      this.#storage.setItem(storageKey, JSON.stringify({ models, selected, picture: pictureId } satisfies Remembered));
    } catch {
      // Without storage a reload begins anew.
      return;
    }
    for (const { model } of workbench.models) if (originOf(model) === 'file') void this.#keep(model);
    if (picture !== null && pictureId !== null) void this.#keep({ id: pictureId, name: picture.name, blob: picture.blob });
  }

  /** Bytes of all files that the browser keeps for reloads, of every tab; 0 where it keeps none. */
  keptBytes(): Promise<number> {
    return this.#files.bytes().catch(() => 0);
  }

  /** Forgets every file that was kept, and keeps no more in this visit. */
  async forget(): Promise<void> {
    this.#keeps = false;
    this.#kept = [];
    await this.#files.clear().catch(() => undefined);
  }

  /** Another picture takes the place of the one that was kept. */
  #idFor(picture: Picture): string {
    const id = this.#picture?.id ?? crypto.randomUUID();
    if (this.#picture?.of !== picture) {
      this.#picture = { id, of: picture };
      this.#kept = this.#kept.filter((kept) => kept !== id);
    }
    return id;
  }

  async #keep({ id, blob, name }: Pick<OpenModel, 'id' | 'blob' | 'name'>): Promise<void> {
    if (!this.#keeps || this.#kept.includes(id)) return;
    this.#kept = [...this.#kept, id];
    try {
      await this.#files.put(id, blob);
    } catch {
      this.#kept = this.#kept.filter((kept) => kept !== id);
      this.#shared.notices.say(text.noRoomFor(name));
    }
  }

  #remembered(): Remembered {
    try {
      const { models, selected, picture } = JSON.parse(this.#storage.getItem(storageKey) ?? '') as Partial<Remembered>;
      return { models: [...(models ?? [])], selected: selected ?? null, picture: picture ?? null };
    } catch {
      return nothing;
    }
  }
}

function originOf({ entry, url }: OpenModel): RememberedModel['from'] {
  if (entry !== null) return { gallery: entry.id };
  return url === undefined ? 'file' : { address: url };
}
