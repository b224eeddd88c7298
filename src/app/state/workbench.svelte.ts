import type { Litescope, OpenModel } from '../../api';
import type { ModelDraft } from '../setup/draft';
import type { Pictures } from '../setup/pictures.svelte';
import { WorkModel } from './work-model.svelte';

/** The models that are open, and the one that is looked at. */
export class Workbench {
  readonly #litescope: Litescope;
  readonly #pictures: Pictures;
  #models = $state.raw<readonly WorkModel[]>([]);
  #selectedId = $state<string | null>(null);
  /** What was set up for models that are not open now, by id. */
  #drafts: Readonly<Record<string, ModelDraft>> = {};

  constructor(litescope: Litescope, pictures: Pictures) {
    this.#litescope = litescope;
    this.#pictures = pictures;
  }

  get models(): readonly WorkModel[] {
    return this.#models;
  }

  /** Null shows where models are opened. */
  get selected(): WorkModel | null {
    return this.#models.find(({ model }) => model.id === this.#selectedId) ?? null;
  }

  /**
   * Adds a model. The same file twice is the same model, whose choices and results stay.
   * @param look false leaves what is looked at as it is
   */
  add(model: OpenModel, look = true): void {
    if (!this.#models.some((open) => open.model.id === model.id)) this.#models = [...this.#models, this.#setUp(model)];
    if (look) this.#selectedId = model.id;
  }

  select(id: string | null): void {
    this.#selectedId = id;
  }

  /** What models that are to be opened shall be set up with. */
  expect(drafts: Readonly<Record<string, ModelDraft>>): void {
    this.#drafts = { ...this.#drafts, ...drafts };
  }

  close(id: string): void {
    const position = this.#models.findIndex(({ model }) => model.id === id);
    const work = this.#models[position];
    if (work !== undefined) this.#drafts = { ...this.#drafts, [id]: work.draft };
    work?.close();
    this.#models = this.#models.filter(({ model }) => model.id !== id);
    if (this.#selectedId === id) this.#selectedId = (this.#models[position] ?? this.#models[position - 1])?.model.id ?? null;
    this.#litescope.close(id);
  }

  #setUp(model: OpenModel): WorkModel {
    const work = new WorkModel(model, this.#pictures);
    const draft = this.#drafts[model.id];
    if (draft !== undefined) work.restore(draft);
    return work;
  }
}
