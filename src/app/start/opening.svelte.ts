import type { Litescope, OpenModel, OpenOptions } from '../../api';
import type { CatalogueEntry } from '../../gallery/shared/catalogue';
import { describeProgress, type ProgressView } from '../../wording/progress';
import type { Problems } from '../state/problems.svelte';
import type { Workbench } from '../state/workbench.svelte';

interface Arrival {
  readonly id: number;
  readonly name: string;
  readonly progress: ProgressView;
  readonly controller: AbortController;
}

/** Models on their way in, each with its own progress and cancel. */
export class Opening {
  readonly #litescope: Litescope;
  readonly #workbench: Workbench;
  readonly #problems: Problems;
  #arrivals = $state.raw<readonly Arrival[]>([]);
  #next = 1;

  constructor(litescope: Litescope, workbench: Workbench, problems: Problems) {
    this.#litescope = litescope;
    this.#workbench = workbench;
    this.#problems = problems;
  }

  get arrivals(): readonly Arrival[] {
    return this.#arrivals;
  }

  fromFiles(files: readonly File[]): Promise<void> {
    this.#forgetFailures();
    return this.#inTurn(files.map((file) => () => this.#open(file.name, (options) => this.#litescope.open(file, options))));
  }

  fromAddress(url: string): Promise<void> {
    this.#forgetFailures();
    return this.#open(url, (options) => this.#litescope.open(url, options));
  }

  fromGallery(entry: Pick<CatalogueEntry, 'id' | 'title'>): Promise<void> {
    this.#forgetFailures();
    return this.#open(entry.title, (options) => this.#litescope.openFromGallery(entry.id, options));
  }

  /** Opens what was open before: from where it came, or from its file where it came from nowhere else. */
  again({ name, entry, url, blob, madeFrom }: Pick<OpenModel, 'name' | 'blob' | 'url' | 'madeFrom'> & { readonly entry: Pick<CatalogueEntry, 'id'> | null }): Promise<void> {
    return this.#open(name, (options) => {
      if (entry !== null) return this.#litescope.openFromGallery(entry.id, { ...options, name, madeFrom });
      return this.#litescope.open(url ?? new File([blob], name), { ...options, name, madeFrom });
    });
  }

  cancel(id: number): void {
    this.#arrivals.find((arrival) => arrival.id === id)?.controller.abort();
  }

  /** Once for several files, so that the second one does not wipe out what went wrong with the first. */
  #forgetFailures(): void {
    this.#problems.clear('open', null);
  }

  /** One after the other: several large files at once would only wait for each other's memory. */
  async #inTurn(opens: readonly (() => Promise<void>)[]): Promise<void> {
    for (const open of opens) await open();
  }

  async #open(name: string, open: (options: OpenOptions) => Promise<OpenModel>): Promise<void> {
    const id = this.#next++;
    const controller = new AbortController();
    this.#arrivals = [...this.#arrivals, { id, name, controller, progress: { text: 'Opening', fraction: null } }];
    try {
      this.#workbench.add(await open({
        signal: controller.signal,
        onProgress: (progress) => { this.#update(id, describeProgress(progress)); },
      }));
    } catch (error) {
      this.#problems.add('open', name, error);
    } finally {
      this.#arrivals = this.#arrivals.filter((arrival) => arrival.id !== id);
    }
  }

  #update(id: number, progress: ProgressView): void {
    this.#arrivals = this.#arrivals.map((arrival) => (arrival.id === id ? { ...arrival, progress } : arrival));
  }
}
