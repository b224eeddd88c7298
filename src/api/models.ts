import { LitescopeError } from '../errors';
import { api as text } from '../messages/api';
import type { OpenModel } from './types';

/** The models that are open, by id. */
export class OpenModels {
  readonly #models = new Map<string, OpenModel>();

  /** In the order in which they were opened. */
  get all(): readonly OpenModel[] {
    return [...this.#models.values()];
  }

  has(id: string): boolean {
    return this.#models.has(id);
  }

  /** @throws LitescopeError UNKNOWN_MODEL */
  get(id: string): OpenModel {
    const found = this.#models.get(id);
    if (found === undefined) throw new LitescopeError('UNKNOWN_MODEL', text.notOpen(id));
    return found;
  }

  add(model: OpenModel): void {
    this.#models.set(model.id, model);
  }

  remove(id: string): void {
    this.#models.delete(id);
  }
}
