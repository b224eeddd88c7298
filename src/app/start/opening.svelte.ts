import type { Litescope, OpenModel, OpenOptions } from '../../api';
import type { RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import { LitescopeError } from '../../errors';
import type { CatalogueEntry } from '../../gallery/shared/catalogue';
import { describeProgress, type ProgressView } from '../../wording/progress';
import type { Problems } from '../state/problems.svelte';
import type { Workbench } from '../state/workbench.svelte';
import { start as text } from '../../messages/start';

interface Arrival {
  readonly id: number;
  readonly name: string;
  readonly progress: ProgressView;
  readonly controller: AbortController;
}

/** A file with several models in it, which waits until the person has said which. */
export interface Bundle {
  readonly id: number;
  readonly name: string;
  readonly members: readonly string[];
  readonly open: (options: OpenOptions) => Promise<OpenModel>;
}

/** Models on their way in, each with its own progress and cancel. */
export class Opening {
  readonly #litescope: Litescope;
  readonly #runOn: () => RequestedConfiguration | undefined;
  readonly #workbench: Workbench;
  readonly #problems: Problems;
  #arrivals = $state.raw<readonly Arrival[]>([]);
  #bundles = $state.raw<readonly Bundle[]>([]);
  #next = 1;

  /** @param runOn what models are run on as soon as they are open; undefined where they wait to be asked */
  constructor(litescope: Litescope, workbench: Workbench, problems: Problems, runOn: () => RequestedConfiguration | undefined = () => undefined) {
    this.#litescope = litescope;
    this.#runOn = runOn;
    this.#workbench = workbench;
    this.#problems = problems;
  }

  get arrivals(): readonly Arrival[] {
    return this.#arrivals;
  }

  get bundles(): readonly Bundle[] {
    return this.#bundles;
  }

  /** Opens some models of a bundle, or none, and asks no more about it. */
  async fromBundle({ id, name, open }: Bundle, members: readonly string[]): Promise<void> {
    this.#bundles = this.#bundles.filter((bundle) => bundle.id !== id);
    for (const [place, member] of members.entries()) {
      await this.#open(text.memberOf(member, name), (options) => open({ ...options, member }), place === 0);
    }
  }

  /** Opens files one after the other, because several large ones at once would only wait for each other's memory. The first one that opens is looked at. */
  async fromFiles(files: readonly File[]): Promise<void> {
    this.#forgetFailures();
    let looked = false;
    for (const file of files) {
      if (await this.#open(file.name, (options) => this.#litescope.open(file, options), !looked)) looked = true;
    }
  }

  async fromAddress(url: string): Promise<void> {
    this.#forgetFailures();
    await this.#open(url, (options) => this.#litescope.open(url, options));
  }

  /** @param beforeShown called when the model is open, before it is looked at */
  async fromGallery(entry: Pick<CatalogueEntry, 'id' | 'title'>, beforeShown?: () => void): Promise<void> {
    this.#forgetFailures();
    await this.#open(entry.title, (options) => this.#litescope.openFromGallery(entry.id, options), true, beforeShown);
  }

  /** Opens what was open before: from where it came, or from its file where it came from nowhere else. */
  async again({ name, entry, url, blob, madeFrom }: Pick<OpenModel, 'name' | 'blob' | 'url' | 'madeFrom'> & { readonly entry: Pick<CatalogueEntry, 'id'> | null }): Promise<void> {
    await this.#open(name, (options) => {
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

  /** @returns whether it opened */
  async #open(name: string, open: (options: OpenOptions) => Promise<OpenModel>, look = true, beforeShown?: () => void): Promise<boolean> {
    const id = this.#next++;
    const controller = new AbortController();
    this.#arrivals = [...this.#arrivals, { id, name, controller, progress: { text: text.opening, fraction: null } }];
    try {
      const model = await open({
        signal: controller.signal,
        runOn: this.#runOn(),
        onProgress: (progress) => { this.#update(id, describeProgress(progress)); },
      });
      beforeShown?.();
      this.#workbench.add(model, look);
      return true;
    } catch (error) {
      const { code, choices } = LitescopeError.from(error);
      if (code === 'SEVERAL_MODELS' && choices !== undefined) {
        this.#bundles = [...this.#bundles.filter((bundle) => bundle.name !== name), { id, name, members: choices, open }];
        return false;
      }
      this.#problems.add('open', name, error, null, { retry: () => { void this.#open(name, open); } });
      return false;
    } finally {
      this.#arrivals = this.#arrivals.filter((arrival) => arrival.id !== id);
    }
  }

  #update(id: number, progress: ProgressView): void {
    this.#arrivals = this.#arrivals.map((arrival) => (arrival.id === id ? { ...arrival, progress } : arrival));
  }
}
