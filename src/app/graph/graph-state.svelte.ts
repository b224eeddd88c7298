import { GraphClient } from '../../graph/page/client';
import type { GraphLayout, Page, PlacedNode } from '../../graph/layout/shared/layout-types';
import { nodesByOp, stepsOf } from '../../graph/drawing/page/node-values';
import type { Graph, GraphModel, GraphOp } from '../../graph/model/shared/types';
import { usersOfFolded } from '../../graph/model/page/folded-ops';
import { LitescopeError } from '../../errors';

/** Beyond this many ops groups begin closed. */
const mostOpenOps = 1500;

/** One model's drawing: which subgraph is laid out, with which groups closed. */
export class GraphState {
  readonly client = new GraphClient();
  #model = $state.raw<GraphModel | null>(null);
  #layout = $state.raw<GraphLayout | null>(null);
  #error = $state.raw<LitescopeError | null>(null);
  #graph = $state(0);
  #closed = $state.raw<readonly string[]>([]);
  #folded = $state(true);
  #columns = $state(true);
  #page: Page = { width: 1400, height: 900 };
  /** Counts layouts that were asked for: a late answer to an early question is dropped. */
  #asked = 0;
  readonly #nodeOfOp = $derived(nodesByOp(this.#layout));
  readonly #steps = $derived(stepsOf(this.#layout));
  readonly #foldable = $derived(this.graph?.ops.filter(({ foldable }) => foldable) ?? []);
  readonly #users = $derived(usersOfFolded(this.graph));

  get model(): GraphModel | null { return this.#model; }
  get layout(): GraphLayout | null { return this.#layout; }
  get error(): LitescopeError | null { return this.#error; }
  get graph(): Graph | null { return this.#model?.graphs[this.#graph] ?? null; }
  get closed(): readonly string[] { return this.#closed; }
  get folded(): boolean { return this.#folded; }
  get columns(): boolean { return this.#columns; }
  /** Ops that read constants alone; hidden where the drawing is folded. */
  get foldable(): readonly GraphOp[] { return this.#foldable; }
  /** Nodes that stand for ops, in order of execution. */
  get steps(): readonly PlacedNode[] { return this.#steps; }

  /** The node that shows an op: its own, or the closed group that holds it. */
  nodeOf(op: number): PlacedNode | undefined {
    return this.#nodeOfOp.get(op);
  }

  /** The first op that is seen and uses what a hidden one computes from constants; undefined for an op that has a node. */
  userOf(op: number): GraphOp | undefined {
    const user = this.#nodeOfOp.has(op) ? undefined : this.#users.get(op);
    return user === undefined ? undefined : this.graph?.ops[user];
  }

  async open(file: Blob, page: Page): Promise<void> {
    this.#page = page;
    // On a narrow screen two columns would be too small to read.
    this.#columns = page.width > 700;
    try {
      this.#model = await this.client.remote.open(file);
      await this.#layOut();
      const { layout } = this;
      if (layout !== null && this.#steps.length > mostOpenOps && layout.groups.length > 0) await this.closeAll();
    } catch (error) {
      this.#fail(error);
    }
  }

  async chooseGraph(index: number): Promise<void> {
    this.#graph = index;
    this.#closed = [];
    await this.#layOut();
  }

  async toggle(id: string): Promise<void> {
    this.#closed = this.#closed.includes(id) ? this.#closed.filter((each) => each !== id) : [...this.#closed, id];
    await this.#layOut();
  }

  async closeAll(): Promise<void> {
    this.#closed = this.#layout?.groups ?? [];
    await this.#layOut();
  }

  async openAll(): Promise<void> {
    this.#closed = [];
    await this.#layOut();
  }

  async fold(folded: boolean): Promise<void> {
    this.#folded = folded;
    await this.#layOut();
  }

  async useColumns(columns: boolean): Promise<void> {
    this.#columns = columns;
    await this.#layOut();
  }

  /** Opens every closed group around an op, so that the op itself is seen. */
  async reveal(op: number): Promise<void> {
    for (let node = this.nodeOf(op); node?.kind === 'group'; node = this.nodeOf(op)) {
      if (!this.#closed.includes(node.id)) return;
      await this.toggle(node.id);
    }
  }

  /** Ops of the shown subgraph that match, in order of execution; none where the search fails, of which `error` tells. */
  async search(query: string): Promise<readonly number[]> {
    const { graph } = this;
    if (graph === null || query.trim() === '') return [];
    try {
      return await this.client.remote.search({ graph: graph.index, query });
    } catch (error) {
      this.#fail(error);
      return [];
    }
  }

  close(): void {
    this.#asked += 1;
    this.client.close();
  }

  async #layOut(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const layout = await this.client.remote.layout({ graph: this.#graph, closed: this.#closed, folded: this.#folded, page: this.#columns ? this.#page : null });
      if (asked === this.#asked) this.#layout = layout;
    } catch (error) {
      if (asked === this.#asked) this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const typed = LitescopeError.from(error);
    if (typed.code !== 'SESSION_CLOSED') this.#error = typed;
  }
}
