import { nearModels, unknownGalleryModel } from '../../api/near-models';
import { LitescopeError } from '../../errors';
import type { CatalogueEntry } from '../../gallery/shared/catalogue';
import { reportIn } from '../../share/page/links';
import { benchmarkModel } from '../benchmark/actions';
import type { Shared } from '../context';
import { viewIn } from './place';
import { classifyModelLink, configureFrom, type ModelLink } from './model-link';
import { start as words } from '../../messages/start';

/** A model of another host that a link asks for: it waits until the person has said yes. */
export type ForeignRequest = Extract<ModelLink, { kind: 'foreign' }> & { readonly run: boolean };

/** Does what the page's address asks for: a model, a configuration, a report. */
export class PageAddress {
  readonly #shared: Shared;
  #request = $state.raw<ForeignRequest | null>(null);

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  get request(): ForeignRequest | null {
    return this.#request;
  }

  /** Takes the configuration and the view. */
  configure(parameters: URLSearchParams): void {
    const { configuration, view } = this.#shared;
    configureFrom(parameters, configuration);
    const { view: wanted, section } = viewIn(parameters);
    view.go(wanted, section);
  }

  /**
   * Opens the model where that needs no asking.
   * @param base the page's address
   */
  async follow(parameters: URLSearchParams, base: string): Promise<void> {
    const { litescope, opening, problems } = this.#shared;
    const asked = parameters.get('model');
    if (asked === null) return;
    const run = parameters.get('run') === '1';
    let entries: readonly CatalogueEntry[] = [];
    let failure: unknown = null;
    try {
      entries = await litescope.gallery();
    } catch (error) {
      failure = error;
    }
    const link = classifyModelLink(asked, base, entries.map(({ id }) => id));
    if (link.kind === 'own') await this.#openAndRun(opening.fromAddress(link.url), run);
    else if (link.kind === 'foreign') this.#request = { ...link, run };
    else if (link.kind === 'invalid') problems.add('open', link.text, new LitescopeError('INVALID_URL', link.text));
    else if (link.kind === 'unknown') {
      // Without its list nobody knows what the gallery has.
      const steps = nearModels(link.name, entries).map((entry) => ({ caption: entry.title, act: () => { void this.#openAndRun(opening.fromGallery(entry), run); } }));
      problems.add('open', `?model=${link.name}`, failure ?? unknownGalleryModel(link.name, entries), null, { steps });
    } else if (link.kind === 'gallery') {
      const entry = entries.find(({ id }) => id === link.id);
      if (entry !== undefined) await this.#openAndRun(opening.fromGallery(entry), run);
    }
  }

  /** Opens what waits, and measures it if the link asked for that. */
  async accept(): Promise<void> {
    const request = this.#request;
    this.#request = null;
    if (request !== null) await this.#openAndRun(this.#shared.opening.fromAddress(request.url), request.run);
  }

  dismiss(): void {
    this.#request = null;
  }

  /** Shows the report that the address carries behind its `#`, if any. */
  async openReport(hash: string): Promise<void> {
    const { litescope, problems, sharedReport } = this.#shared;
    const text = reportIn(hash);
    if (text === null) return;
    try {
      sharedReport.show(await litescope.readReportLink(text));
    } catch (error) {
      problems.add('open', words.theLink, error);
    }
  }

  async #openAndRun(opened: Promise<void>, run: boolean): Promise<void> {
    const { view, workbench } = this.#shared;
    const before = workbench.selected;
    await opened;
    // A model that did not open leaves another one selected, which nobody asked to measure.
    if (!run || workbench.selected === null || workbench.selected === before) return;
    view.choose('speed', 'benchmark');
    await benchmarkModel(this.#shared, workbench.selected);
  }
}
