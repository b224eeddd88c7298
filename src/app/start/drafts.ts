import * as v from 'valibot';
import type { Shared } from '../context';
import { modelDraft, pageDraft, type ModelDraft, type PageDraft } from '../setup/draft';

const storageKey = 'litescope.draft';

/** What is set and not yet used, so that a reload of this tab loses none of it. */
export class Drafts {
  readonly #shared: Shared;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(shared: Shared, storage: Pick<Storage, 'getItem' | 'setItem'> = sessionStorage) {
    this.#shared = shared;
    this.#storage = storage;
  }

  /** Sets up again what was set up: the page at once, each model when it is open again. */
  restore(): void {
    const { page, models } = this.#remembered();
    const { benchmark, configuration, live, sweep, workbench } = this.#shared;
    workbench.expect(models);
    if (page === null) return;
    configuration.restore(page.configuration);
    benchmark.changePlan(page.plan);
    sweep.restore(page.sweep);
    live.restore(page.live);
  }

  /** Notes what is set now; what it reads makes it run again. */
  remember(): void {
    const { benchmark, configuration, live, sweep, workbench } = this.#shared;
    const page: PageDraft = { configuration: configuration.draft, plan: benchmark.plan, sweep: sweep.draft, live: live.draft };
    const models = Object.fromEntries(workbench.models.map(({ model, draft }) => [model.id, draft]));
    try {
      this.#storage.setItem(storageKey, JSON.stringify({ page, models }));
    } catch {
      // Without storage a reload begins with what is usual.
    }
  }

  #remembered(): { readonly page: PageDraft | null; readonly models: Readonly<Record<string, ModelDraft>> } {
    const stored = this.#stored();
    const page = v.safeParse(pageDraft, stored['page']);
    const models = Object.entries(fieldsOf(stored['models'])).flatMap(([id, value]) => {
      const { success, output } = v.safeParse(modelDraft, value);
      return success ? [[id, output] as const] : [];
    });
    return { page: page.success ? page.output : null, models: Object.fromEntries(models) };
  }

  #stored(): Readonly<Record<string, unknown>> {
    try {
      return fieldsOf(JSON.parse(this.#storage.getItem(storageKey) ?? ''));
    } catch {
      return {};
    }
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
