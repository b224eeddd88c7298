import { type ColourScale, colourScale } from '../../graph/drawing/shared/colour-scale';
import { fillsOf, noValues, valuesByNode } from '../../graph/drawing/page/node-values';
import { type OpNumbers, costNumbers } from '../../graph/model/shared/op-numbers';
import type { Palette } from '../../graph/drawing/shared/palette';
import type { PlacedNode } from '../../graph/layout/shared/layout-types';
import { type NodeFills, noFills } from '../../graph/drawing/shared/svg';
import type { OpNumberSets } from './op-number-sets.svelte';
import type { GraphState } from './graph-state.svelte';
import { formatOpNumber } from './op-number-text';

/** What a drawing is coloured by, and the colours that follow. */
export class GraphColouring {
  readonly #drawing: GraphState;
  readonly #given: () => OpNumberSets;
  #palette = $state.raw<Palette>() as Palette;
  readonly #sets = $derived.by((): readonly OpNumbers[] => [...(this.#drawing.model === null ? [] : costNumbers(this.#drawing.model)), ...this.#given().all]);
  readonly #chosen = $derived.by(() => this.#sets.find(({ id }) => id === this.#given().chosen) ?? null);
  readonly #values = $derived.by((): ReadonlyMap<string, number> => (this.#chosen === null ? noValues : valuesByNode(this.#drawing.steps, this.#drawing.graph?.index ?? 0, this.#chosen)));
  readonly #scale = $derived.by((): ColourScale | null => (this.#chosen === null ? null : colourScale([...this.#values.values()], this.#palette.ramp, this.#chosen.colours)));
  readonly #fills = $derived.by((): NodeFills => {
    if (this.#scale === null) return noFills;
    const own = this.#chosen?.colours.own?.get(this.#drawing.graph?.index ?? 0);
    return fillsOf(this.#drawing.steps, { values: this.#values, scale: this.#scale, own, missing: this.#palette.surface });
  });

  /** @param given read anew each time, so that another model's sets may take their place */
  constructor(drawing: GraphState, given: () => OpNumberSets, palette: Palette) {
    this.#drawing = drawing;
    this.#given = given;
    this.#palette = palette;
  }

  get palette(): Palette { return this.#palette; }
  set palette(palette: Palette) { this.#palette = palette; }
  /** All that the graph can be coloured by. */
  get sets(): readonly OpNumbers[] { return this.#sets; }
  /** Null where nodes have the colour of their kind. */
  get chosen(): OpNumbers | null { return this.#chosen; }
  get scale(): ColourScale | null { return this.#scale; }
  /** By node id; empty where nodes have the colour of their kind. */
  get fills(): NodeFills { return this.#fills; }

  choose(id: string): void {
    this.#given().choose(id);
  }

  /** `MACs 7,372,800`; empty where the node has no number. */
  numberOf({ id }: PlacedNode): string {
    const value = this.#values.get(id);
    return value === undefined || this.#chosen === null ? '' : `${this.#chosen.title} ${formatOpNumber(value, this.#chosen.unit)}`;
  }
}
