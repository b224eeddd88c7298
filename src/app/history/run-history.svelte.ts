import { LitescopeError, type SerializedError } from '../../errors';
import { nameFor, type KeptRun } from '../../history/shared/runs';
import { RunStore } from '../../history/page/store';
import type { Report } from '../../report/report';

/** The runs that a person keeps. What the browser does not store stays here until the page is left. */
export class RunHistory {
  readonly #store = new RunStore();
  #runs = $state.raw<readonly KeptRun[]>([]);
  #unstored = $state.raw<readonly string[]>([]);
  #refusal = $state.raw<SerializedError | null>(null);
  #shown = $state(false);
  #loading: Promise<void> | null = null;

  /** Newest first. */
  get runs(): readonly KeptRun[] {
    return this.#runs;
  }

  /** Why the browser keeps nothing more; null while it does. */
  get refusal(): SerializedError | null {
    return this.#refusal;
  }

  /** Whether the page shows them in place of the models. */
  get shown(): boolean {
    return this.#shown;
  }

  isStored({ id }: KeptRun): boolean {
    return !this.#unstored.includes(id);
  }

  show(shown: boolean): void {
    this.#shown = shown;
    if (shown) void this.load();
  }

  /** Reads what the browser kept; another tab may have kept more since. */
  async load(): Promise<void> {
    this.#loading ??= this.#read().finally(() => { this.#loading = null; });
    await this.#loading;
  }

  async keep(report: Report, name = nameFor(report), tags: readonly string[] = []): Promise<void> {
    const run: KeptRun = { id: crypto.randomUUID(), name, tags, report };
    this.#runs = [run, ...this.#runs];
    await this.#put(run);
  }

  async change(id: string, what: Partial<Pick<KeptRun, 'name' | 'tags'>>): Promise<void> {
    const run = this.#runs.find((candidate) => candidate.id === id);
    if (run === undefined) return;
    const changed = { ...run, ...what };
    this.#runs = this.#runs.map((other) => (other.id === id ? changed : other));
    await this.#put(changed);
  }

  async remove(ids: readonly string[]): Promise<void> {
    this.#runs = this.#runs.filter(({ id }) => !ids.includes(id));
    const stored = ids.filter((id) => !this.#unstored.includes(id));
    this.#unstored = this.#unstored.filter((id) => !ids.includes(id));
    await this.#attempt(() => this.#store.remove(stored));
    // With room again, what had none is stored after all.
    for (const run of this.#runs.filter(({ id }) => this.#unstored.includes(id))) await this.#put(run);
  }

  async #read(): Promise<void> {
    const before = this.#runs.map(({ id }) => id);
    await this.#attempt(async () => {
      const stored = await this.#store.all();
      // What only this page has: what was not stored, and what was measured while it read.
      const own = this.#runs.filter(({ id }) => this.#unstored.includes(id) || !before.includes(id));
      const ids = own.map(({ id }) => id);
      this.#runs = [...own, ...stored.filter(({ id }) => !ids.includes(id))];
    });
  }

  async #put(run: KeptRun): Promise<void> {
    const done = await this.#attempt(() => this.#store.put(run));
    this.#unstored = [...this.#unstored.filter((id) => id !== run.id), ...(done ? [] : [run.id])];
    if (done && this.#unstored.length === 0) this.#refusal = null;
  }

  async #attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#refusal = LitescopeError.from(error).serialize();
      return false;
    }
  }
}
