import type { Model, Operator, SubGraph } from '../../format/model';
import { conversionsOf, fusionsOf, type Fold, type FoldRole } from './folds';

const converting: ReadonlySet<FoldRole> = new Set(['weights', 'before', 'after']);

/** A subgraph as its ops without conversions, and without what might be a setting of another op until it is unfolded. */
export class FoldedGraph {
  readonly model: Model;
  readonly subgraph: SubGraph;
  readonly #conversions: ReadonlyMap<number, Fold>;
  readonly #fusions: Map<number, Fold>;

  constructor(model: Model, subgraph: SubGraph) {
    this.model = model;
    this.subgraph = subgraph;
    this.#conversions = conversionsOf(model, subgraph);
    this.#fusions = fusionsOf(subgraph, this.#conversions);
  }

  /** Ops that may be settings of others, with those others. */
  get fusions(): ReadonlyMap<number, Fold> {
    return this.#fusions;
  }

  /** Lets an op of `fusions` stand alone, with the conversions that belong to it. */
  unfold(op: number): void {
    this.#fusions.delete(op);
  }

  /** Where an op is folded into; null for one that stands alone. */
  foldOf(op: number): Fold | null {
    const fusion = this.#fusions.get(op);
    if (fusion !== undefined) return fusion;
    const conversion = this.#conversions.get(op);
    return conversion === undefined ? null : { ...conversion, into: this.#fusions.get(conversion.into)?.into ?? conversion.into };
  }

  /** The ops that stand alone, in order of execution. */
  get cores(): readonly Operator[] {
    return this.subgraph.operators.filter(({ index }) => !this.#fusions.has(index) && !this.#conversions.has(index));
  }

  /** Folded ops in order of execution. */
  get folded(): readonly (Fold & { readonly operator: Operator })[] {
    return this.subgraph.operators.flatMap((operator) => {
      const fold = this.foldOf(operator.index);
      return fold === null ? [] : [{ operator, ...fold }];
    });
  }

  /** For each tensor that folded ops make, the one that they make it of. */
  sources(): ReadonlyMap<number, number> {
    return sourcesThrough(this.folded);
  }

  /** The same through ops that leave the values of what they are given: an activation's output has no source. */
  sameValues(): ReadonlyMap<number, number> {
    return sourcesThrough(this.folded.filter(({ role }) => converting.has(role) || role === 'padding'));
  }

  /** The tensor that an op gives at a place of its outputs, behind the activation that is folded into it. */
  results(): ReadonlyMap<number, number> {
    return new Map([...this.#fusions].flatMap(([op, { into, role }]) => {
      const output = this.subgraph.operators[op]?.outputs[0];
      return role === 'activation' && output !== undefined ? [[into, output]] : [];
    }));
  }
}

function sourcesThrough(folded: FoldedGraph['folded']): ReadonlyMap<number, number> {
  const sources = new Map<number, number>();
  for (const { operator: { inputs: [input = -1], outputs: [output = -1] } } of folded) sources.set(output, sources.get(input) ?? input);
  return sources;
}
