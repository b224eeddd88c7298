import { sum } from 'd3-array';
import { type ColourScale, colourScale } from '../../graph/drawing/shared/colour-scale';
import { fillsOf, noValues, textsByNode, valuesByNode } from '../../graph/drawing/page/node-values';
import { type OpNumbers, costNumbers } from '../../graph/model/shared/op-numbers';
import type { Palette } from '../../graph/drawing/shared/palette';
import type { PlacedNode } from '../../graph/layout/shared/layout-types';
import { type NodeFills, noFills, type NodeTimes } from '../../graph/drawing/shared/export-style';
import { formatPercent } from '../../messages/format';
import { graphView as text } from '../../messages/graph-view';
import { measuredTimes, type OpNumberSets } from './op-number-sets.svelte';
import type { GraphState } from './graph-state.svelte';
import { formatOpNumber, formatTime } from './op-number-text';

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
    return fillsOf(this.#drawing.steps, { values: this.#values, scale: this.#scale, own, plain: this.#palette.surface });
  });
  readonly #measured = $derived.by(() => this.#given().all.find(({ id }) => id === measuredTimes));
  readonly #milliseconds = $derived.by((): ReadonlyMap<string, number> => (this.#measured === undefined ? noValues : valuesByNode(this.#drawing.steps, this.#drawing.graph?.index ?? 0, this.#measured)));
  readonly #times: NodeTimes = $derived(textsByNode(this.#milliseconds, formatTime));

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

  /** What was measured for nodes, whatever the drawing is coloured by. */
  get times(): NodeTimes { return this.#times; }
  /** What was measured for ops that are hidden, in ms: 0 where a runtime computes their results when it loads the model. */
  get hiddenTime(): number {
    const times = this.#measured?.values.get(this.#drawing.graph?.index ?? 0);
    return this.#drawing.folded ? sum(this.#drawing.foldable, ({ index }) => times?.get(index) ?? 0) : 0;
  }
  /** Whether a node has none of the numbers that the drawing is coloured by. */
  get someMissing(): boolean { return [...this.#fills.values()].includes(null); }
  /** Whether a node has a 0 beside others above. */
  get someZero(): boolean { return this.#scale !== null && this.#scale.colourOf(0) === null && [...this.#values.values()].includes(0); }

  choose(id: string): void {
    this.#given().choose(id);
  }

  /** What is known of a node in numbers: `0.594 ms, 12.3 % of the time of all ops`, and the number that it is coloured by, `MACs 7,372,800`. */
  numbersOf({ id }: PlacedNode): readonly string[] {
    const time = this.#milliseconds.get(id);
    const value = this.#values.get(id);
    const all = sum(this.#measured?.values.get(this.#drawing.graph?.index ?? 0)?.values() ?? []);
    return [
      ...(time === undefined ? [] : [all === 0 ? formatTime(time) : text.share(formatTime(time), formatPercent(time / all))]),
      ...(value === undefined || this.#chosen === null || this.#chosen === this.#measured ? [] : [text.spoken.numbers(this.#chosen.title, formatOpNumber(value, this.#chosen.unit))]),
    ];
  }
}
