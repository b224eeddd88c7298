import { LitescopeError } from '../../../errors';
import { graph as text } from '../../../messages/graph';
import type { Graph } from '../../model/shared/types';

/** Numbers by subgraph and op, as they are gathered from a file, with what could not be placed. */
export class OverlayEntries {
  readonly values = new Map<number, Map<number, number>>();
  /** Entries that belong to nothing in the model. */
  unmatched = 0;
  /** Entries of ops whose value is no number. */
  other = 0;
  #matched = 0;
  #stray = '';

  add(graph: number, op: number, value: unknown): void {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      this.other += 1;
      return;
    }
    this.#matched += 1;
    const ofGraph = this.values.get(graph) ?? new Map<number, number>();
    this.values.set(graph, ofGraph.set(op, value));
  }

  miss(key: string): void {
    this.unmatched += 1;
    this.#stray ||= key;
  }

  /** A few stray entries are other tools' extras; with most of them strange the file is another model's. */
  check(): void {
    if (this.#matched > 0 && this.unmatched <= this.#matched + this.other) return;
    const total = this.#matched + this.other + this.unmatched;
    if (this.other > 0 && this.unmatched <= this.other) throw new LitescopeError('INVALID_OVERLAY', text.noNumbers);
    throw new LitescopeError('OVERLAY_MISMATCH', total === 0 ? text.noOps : text.strayEntries(this.unmatched, total, this.#stray.slice(0, 100)));
  }
}

/** An op of one of several graphs. */
export interface OpPlace {
  readonly graph: number;
  readonly op: number;
}

/** Ops by the names of the tensors that they make. Names that several ops' tensors share are left out of `alone`. */
export function opsByOutput(graphs: readonly Graph[]): { readonly last: ReadonlyMap<string, OpPlace>; readonly alone: ReadonlyMap<string, OpPlace> } {
  const last = new Map<string, OpPlace>();
  const shared = new Set<string>();
  for (const { index: graph, ops, tensors } of graphs) {
    for (const { index: op, outputs } of ops) {
      for (const output of outputs) {
        const name = tensors[output]?.name ?? '';
        if (name === '') continue;
        if (last.has(name)) shared.add(name);
        last.set(name, { graph, op });
      }
    }
  }
  return { last, alone: new Map([...last].filter(([name]) => !shared.has(name))) };
}

/** The name that stands for an op in a file: that of its first output, when no other op's tensor has it. */
export function ownName({ index, ops, tensors }: Graph, op: number, alone: ReadonlyMap<string, OpPlace>): string | null {
  const name = tensors[ops[op]?.outputs[0] ?? -1]?.name ?? '';
  const place = alone.get(name);
  return place?.graph === index && place.op === op ? name : null;
}
