import { type Neighbours, neighboursIn, rankOf } from '../../graph/drawing/page/neighbours';
import type { PlacedNode } from '../../graph/layout/shared/layout-types';
import { graphView as text } from '../../messages/graph-view';
import type { Selection } from '../state/selection.svelte';
import type { GraphState } from './graph-state.svelte';
import { describeGroup, describePlace, describeSelection } from './node-text';
import type { SearchState } from './search-state.svelte';
import type { Viewport } from './viewport.svelte';

interface Parts {
  readonly drawing: GraphState;
  readonly viewport: Viewport;
  readonly search: SearchState;
  /** Read anew each time, so that another model's may take its place. */
  readonly selection: () => Selection;
  readonly focusSearch: () => void;
  /** Goes to what is said of the selection at length. */
  readonly focusInspector: () => void;
  /** What is known of a node in numbers. */
  readonly numbersOf: (node: PlacedNode) => readonly string[];
}

/** Moving through a drawing from node to node, with keys or otherwise. A closed group is a place of its own, without a selected op. */
export class GraphNavigation {
  readonly #parts: Parts;
  /** Id of the closed group that one is at. */
  #group = $state.raw<string | null>(null);
  readonly #node = $derived.by((): PlacedNode | undefined => {
    const { drawing } = this.#parts;
    const group = this.#group === null ? undefined : drawing.layout?.nodes.find(({ id, kind }) => id === this.#group && kind === 'group');
    const { current } = this.#parts.selection();
    if (current === null) return group;
    if (current.subgraph !== drawing.graph?.index) return undefined;
    return current.kind === 'op' ? this.#nodeFor(current.op) : drawing.layout?.nodes.find(({ tensor }) => tensor === current.tensor);
  });
  readonly #neighboursOf = $derived.by((): ((node: PlacedNode) => Neighbours) | null => {
    const { graph, layout } = this.#parts.drawing;
    return graph === null || layout === null ? null : neighboursIn(graph, layout);
  });
  readonly #spoken = $derived.by(() => {
    const parts = this.#parts;
    const { graph } = parts.drawing;
    const { current } = parts.selection();
    if (graph === null) return '';
    const node = this.#node;
    const place = node === undefined || this.#neighboursOf === null ? '' : describePlace(parts.drawing.steps.indexOf(node), parts.drawing.steps.length, this.#neighboursOf(node));
    if (current === null) return node === undefined ? '' : text.spoken.parts([describeGroup(graph, node), place, ...parts.numbersOf(node)]);
    if (current.subgraph !== graph.index) return '';
    const user = current.kind === 'op' ? parts.drawing.userOf(current.op) : undefined;
    if (user !== undefined) return text.spoken.hidden(describeSelection(graph, current), user.index, user.name);
    return text.spoken.parts([describeSelection(graph, current, place), ...(current.kind === 'op' && node !== undefined ? parts.numbersOf(node) : [])]);
  });
  readonly #keys: Readonly<Record<string, () => void>>;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { viewport, search, drawing } = parts;
    const next = (): void => { this.step(1); };
    const previous = (): void => { this.step(-1); };
    const closer = (): void => { viewport.zoomAt(1.25); };
    this.#keys = {
      ArrowDown: () => { this.#follow(1); }, ArrowUp: () => { this.#follow(-1); }, ArrowRight: () => { this.#goBeside(1); }, ArrowLeft: () => { this.#goBeside(-1); },
      n: next, p: previous,
      Home: () => { this.#goTo(drawing.steps[0]); }, End: () => { this.#goTo(drawing.steps.at(-1)); },
      '/': parts.focusSearch, f: () => { this.focus(); }, g: () => { void this.toggleGroup(); }, Enter: () => { this.#enter(); },
      '+': closer, '=': closer, '-': () => { viewport.zoomAt(0.8); }, '0': () => { this.fit(); },
      Escape: () => { if (search.query === '') this.clear(); else void search.search(''); },
    };
  }

  /** Where one is: what is selected, or a closed group; for a hidden op that which uses its result. */
  get node(): PlacedNode | undefined { return this.#node; }
  /** What should be in view: where one is, or the op that makes a selected tensor. */
  get place(): PlacedNode | undefined {
    const { drawing, selection } = this.#parts;
    const { current } = selection();
    if (this.#node !== undefined || current?.kind !== 'tensor' || current.subgraph !== drawing.graph?.index) return this.#node;
    const { ops } = drawing.graph;
    const maker = ops.find(({ outputs }) => outputs.includes(current.tensor)) ?? ops.find(({ inputs, constants }) => inputs.includes(current.tensor) || constants.some(({ tensor }) => tensor === current.tensor));
    return maker === undefined ? undefined : this.#nodeFor(maker.index);
  }
  /** Where one is, as a screen reader says it. */
  get spoken(): string { return this.#spoken; }

  keydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.#keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  clear(): void {
    this.#group = null;
    this.#parts.selection().clear();
  }

  /** To the next or previous node that stands for ops, and no further than the last. */
  step(by: 1 | -1): void {
    const { steps } = this.#parts.drawing;
    const at = steps.findIndex(({ id }) => id === this.#node?.id);
    this.#goTo(steps[at < 0 ? (by === 1 ? 0 : steps.length - 1) : Math.min(steps.length - 1, Math.max(0, at + by))]);
  }

  /** Along the tensors: to the first node that reads what this one gives, or to the last one that gives what it reads. */
  #follow(by: 1 | -1): void {
    const neighbours = this.#neighbours();
    if (neighbours === null) this.step(by);
    else this.#goTo(by === 1 ? neighbours.after[0] : neighbours.before.at(-1));
  }

  /** Across: to the next or previous of those that share a tensor with this one. */
  #goBeside(by: 1 | -1): void {
    const [node, neighbours] = [this.#node, this.#neighbours()];
    if (node === undefined || neighbours === null) this.step(by);
    else if (by === 1) this.#goTo(neighbours.beside.find((other) => rankOf(other) > rankOf(node)));
    else this.#goTo(neighbours.beside.findLast((other) => rankOf(other) < rankOf(node)));
  }

  /** Into what a node stands for, and else to what is said of it. */
  #enter(): void {
    const node = this.#node;
    if (node === undefined) return;
    const calls = this.#parts.drawing.graph?.ops[node.ops[0] ?? -1]?.calls ?? [];
    if (node.kind === 'group' || calls.length > 0) void this.toggleGroup();
    else this.#parts.focusInspector();
  }

  #neighbours(): Neighbours | null {
    return this.#node === undefined ? null : this.#neighboursOf?.(this.#node) ?? null;
  }

  /** To the next or previous hit of the search, round and round, opening the groups around it. */
  async stepHit(by: 1 | -1): Promise<void> {
    // Whoever types and presses Enter at once means what was typed.
    await this.#parts.search.settled;
    const op = this.#parts.search.step(by);
    if (op === null) return;
    const { graph } = this.#parts.drawing;
    if (graph !== null) await this.goToOp(graph.index, op);
  }

  async chooseGraph(index: number): Promise<void> {
    this.clear();
    await this.#parts.drawing.chooseGraph(index);
  }

  /** To an op of any subgraph, opening the groups around it. */
  async goToOp(graph: number, op: number): Promise<void> {
    if (graph !== this.#parts.drawing.graph?.index) await this.chooseGraph(graph);
    await this.#parts.drawing.reveal(op);
    this.#selectOp(op);
  }

  /** Opens the closed group or goes to the called subgraph that one is at, or closes the innermost group around. */
  async toggleGroup(): Promise<void> {
    const node = this.#node;
    const { drawing } = this.#parts;
    const [first] = node?.ops ?? [];
    if (node === undefined || first === undefined) return;
    const [called] = drawing.graph?.ops[first]?.calls ?? [];
    if (node.kind === 'group') {
      await drawing.toggle(node.id);
      this.#goTo(drawing.nodeOf(first));
    } else if (called !== undefined) {
      await this.chooseGraph(called);
    } else {
      const around = drawing.layout?.nodes.findLast(({ kind, ops }) => kind === 'open-group' && ops.includes(first));
      if (around === undefined) return;
      await drawing.toggle(around.id);
      this.#goTo(drawing.nodeOf(first));
    }
  }

  fit(): void {
    const { layout } = this.#parts.drawing;
    if (layout !== null) this.#parts.viewport.fit(layout);
  }

  /** Brings where one is to the middle, large enough to be read. */
  focus(): void {
    if (this.#node !== undefined) this.#parts.viewport.show(this.#node, 'middle', 1);
  }

  #nodeFor(op: number): PlacedNode | undefined {
    const { drawing } = this.#parts;
    return drawing.nodeOf(op) ?? drawing.nodeOf(drawing.userOf(op)?.index ?? -1);
  }

  #goTo(node: PlacedNode | undefined): void {
    const { graph } = this.#parts.drawing;
    if (graph !== null && (node?.kind === 'input' || node?.kind === 'output')) {
      this.#group = null;
      this.#parts.selection().select({ kind: 'tensor', subgraph: graph.index, tensor: node.tensor });
    } else if (node?.kind === 'group') {
      this.#parts.selection().clear();
      this.#group = node.id;
    } else {
      this.#selectOp(node?.ops[0]);
    }
  }

  #selectOp(op: number | undefined): void {
    const { graph } = this.#parts.drawing;
    if (op === undefined || graph === null) return;
    this.#group = null;
    this.#parts.selection().select({ kind: 'op', subgraph: graph.index, op });
  }
}
