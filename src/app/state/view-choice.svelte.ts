/** What the page shows of an open model, and within it the parts that can be gone to. */
export const views = {
  overview: [],
  live: [],
  speed: ['benchmark', 'ops', 'threads', 'roofline'],
  graph: ['drawing', 'list'],
  compare: ['outputs', 'variants', 'structure', 'runtimes'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type View = keyof typeof views;
export type Section = (typeof views)[View][number];

/** What the page shows of an open model; it stays when another model is chosen. */
export class ViewChoice {
  #current = $state<View>('overview');
  #section = $state.raw<{ readonly name: Section } | null>(null);

  get current(): View {
    return this.#current;
  }

  /** The part that was gone to last, an object of its own each time; null for the view's beginning. */
  get section(): { readonly name: Section } | null {
    return this.#section;
  }

  /** The part that one is at: the one that was gone to last, else the view's first; null in views of one part. */
  get part(): Section | null {
    return this.#section?.name ?? views[this.#current][0] ?? null;
  }

  /** Goes to where an address or the browser's own buttons say. @param section one of the view's */
  go(view: View, section: Section | null): void {
    this.#current = view;
    this.#section = section === null ? null : { name: section };
  }

  choose<Chosen extends View>(view: Chosen, section?: (typeof views)[Chosen][number]): void {
    this.#current = view;
    this.#section = section === undefined ? null : { name: section };
  }
}
