import type { Shared } from '../context';
import { parametersOf, type Place } from './place';

/** Keeps the browser's address and its Back and Forward in step with what is looked at. */
export class Walk {
  readonly #shared: Shared;

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  /** Notes where one is; what it reads makes it run again. A place that is new gets an entry of its own in the browser's history. */
  note(): void {
    const { view, workbench } = this.#shared;
    const model = workbench.selected?.model ?? null;
    const place: Place = { model: model?.id ?? null, view: view.current, section: view.section?.name ?? null };
    const last = placeIn(history.state);
    if (last !== null && last.model === place.model && last.view === place.view && last.section === place.section) return;
    const before = new URLSearchParams(location.search);
    if (last === null) {
      // What the address asks for may still be on its way, and is asked for again by a reload.
      if (model === null) return;
      // Who began where models are opened can go back there; who came by a model's address has nothing before it here.
      if (before.has('model')) {
        history.replaceState({ litescope: place }, '', this.#address(place, before));
        return;
      }
      history.replaceState({ litescope: { model: null, view: 'overview', section: null } satisfies Place }, '');
    }
    history.pushState({ litescope: place }, '', this.#address(place, before));
  }

  #address(place: Place, before: URLSearchParams): string {
    const model = this.#shared.workbench.selected?.model;
    const parameters = parametersOf(place, model?.entry?.id ?? model?.url ?? null, before);
    return `${location.pathname}${parameters.size === 0 ? '' : `?${parameters}`}${location.hash}`;
  }

  /** Goes to where the browser's history says. A model that was closed since stays closed. */
  follow(state: unknown): void {
    const place = placeIn(state);
    if (place === null) return;
    const { view, workbench } = this.#shared;
    if (place.model === null || workbench.models.some(({ model }) => model.id === place.model)) workbench.select(place.model);
    view.go(place.view, place.section);
  }
}

/** Null for an entry that is not of this page's making. */
function placeIn(state: unknown): Place | null {
  return typeof state === 'object' && state !== null && 'litescope' in state ? state.litescope as Place : null;
}
