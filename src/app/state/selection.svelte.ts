/** What of a model is looked at more closely; indices as the file counts them. */
export type SelectionTarget =
  | { readonly kind: 'op'; readonly subgraph: number; readonly op: number }
  | { readonly kind: 'tensor'; readonly subgraph: number; readonly tensor: number };

/** The op or tensor that is selected in one open model, shared by everything that shows the model. */
export class Selection {
  #current = $state.raw<SelectionTarget | null>(null);

  get current(): SelectionTarget | null {
    return this.#current;
  }

  select(target: SelectionTarget): void {
    this.#current = target;
  }

  clear(): void {
    this.#current = null;
  }
}
