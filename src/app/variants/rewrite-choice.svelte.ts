import type { PassPreview, Rewriting } from '../../studies/variants/shared/protocol';
import type { EdgeType, EdgeTypes } from '../../rewrite/edge-types';
import type { MetadataEdits } from '../../rewrite/edit-metadata';
import type { Slice } from '../../rewrite/slice';

/** Left out until it is asked for: it doubles the file and makes nothing faster by itself. */
const seldomWanted: ReadonlySet<string> = new Set(['unfold-float16']);

/** What is to be changed in a model without new numbers. */
export class RewriteChoice {
  #passes = $state.raw<readonly string[] | null>(null);
  #edges = $state.raw<EdgeTypes>({});
  #part = $state.raw<{ readonly from: number | null; readonly to: number | null }>({ from: null, to: null });
  #metadata = $state.raw<MetadataEdits>({});

  get edges(): EdgeTypes { return this.#edges; }
  /** Tensors of the first subgraph; null for the model's own edge. */
  get part(): { readonly from: number | null; readonly to: number | null } { return this.#part; }
  get metadata(): MetadataEdits { return this.#metadata; }

  /** Passes that would change something, unless the person chose others. */
  passes(previews: readonly PassPreview[]): readonly string[] {
    return this.#passes ?? previews.filter(({ id, changed }) => changed.length > 0 && !seldomWanted.has(id)).map(({ id }) => id);
  }

  choosePass(id: string, chosen: boolean, previews: readonly PassPreview[]): void {
    const others = this.passes(previews).filter((other) => other !== id);
    // In the order in which all of them can be applied.
    this.#passes = previews.map((preview) => preview.id).filter((known) => others.includes(known) || (chosen && known === id));
  }

  chooseEdge(side: 'inputs' | 'outputs', type: EdgeType | undefined): void {
    this.#edges = { ...this.#edges, [side]: type };
  }

  choosePart(part: Partial<{ from: number | null; to: number | null }>): void {
    this.#part = { ...this.#part, ...part };
  }

  editMetadata(edits: MetadataEdits): void {
    this.#metadata = edits;
  }

  /** Null where nothing was chosen. @param outputs of the model's first subgraph, for a part that reaches to its end */
  rewriting(previews: readonly PassPreview[], outputs: readonly number[]): Rewriting | null {
    const passes = this.passes(previews);
    const { from, to } = this.#part;
    const part: Slice | undefined = from === null && to === null ? undefined
      : { subgraph: 0, ...(from === null ? {} : { inputs: [from] }), outputs: to === null ? outputs : [to] };
    const edges = this.#edges.inputs === undefined && this.#edges.outputs === undefined ? undefined : this.#edges;
    const metadata = Object.values(this.#metadata).some((value) => value !== undefined) ? this.#metadata : undefined;
    return passes.length === 0 && part === undefined && edges === undefined && metadata === undefined ? null : { passes, part, edges, metadata };
  }
}
