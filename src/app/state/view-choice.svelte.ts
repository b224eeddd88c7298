export const views = ['run', 'live', 'graph', 'ops', 'profile', 'threads', 'why', 'variants', 'compare'] as const;
export type View = (typeof views)[number];

/** What the page shows of an open model; it stays when another model is chosen. */
export class ViewChoice {
  #current = $state<View>('run');

  get current(): View {
    return this.#current;
  }

  choose(view: View): void {
    this.#current = view;
  }
}
