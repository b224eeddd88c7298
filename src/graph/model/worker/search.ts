import { dtypes } from '../../../tensor/dtype';
import { shapeText } from '../shared/shape-text';
import type { Graph, GraphOp } from '../shared/types';

const dtypeNames: ReadonlySet<string> = new Set(dtypes);
const plain = (text: string): string => text.toLowerCase().replaceAll('×', 'x');

/** What can be found of one op. */
interface Entry {
  readonly op: number;
  readonly name: string;
  readonly dtypes: ReadonlySet<string>;
  /** Names, settings and shapes, one a line. */
  readonly text: string;
}

/** Finds ops by their kind, settings, and their tensors' names, shapes and element types. */
export class SearchIndex {
  readonly #entries: readonly Entry[];
  readonly #kinds: ReadonlySet<string>;

  constructor(graph: Graph) {
    this.#entries = graph.ops.map((op) => entryOf(graph, op));
    this.#kinds = new Set(this.#entries.map(({ name }) => name));
  }

  /**
   * Ops, in order, that fit every word of the query. The name of an op kind or element type means exactly that one
   * (`CONV_2D` is not DEPTHWISE_CONV_2D, `int8` not uint8); numbers are whole (`3x3` is not in 13x3); else any part of a name will do.
   */
  find(query: string): readonly number[] {
    const words = plain(query).split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) return [];
    const tests = words.map((word) => this.#testOf(word));
    return this.#entries.filter((entry) => tests.every((test) => test(entry))).map(({ op }) => op);
  }

  #testOf(word: string): (entry: Entry) => boolean {
    if (this.#kinds.has(word)) return ({ name }) => name === word;
    if (dtypeNames.has(word)) return (entry) => entry.dtypes.has(word);
    if (/^\d+(x\d+)*x?$/.test(word)) {
      const whole = new RegExp(`(^|[^\\dx]|\\dx)${word}($|[^\\d])`, 'm');
      return ({ text }) => whole.test(text);
    }
    return ({ text }) => text.includes(word);
  }
}

function entryOf(graph: Graph, op: GraphOp): Entry {
  const tensors = [...new Set([...op.inputs, ...op.outputs, ...op.constants.flatMap(({ input, tensor }) => [input, tensor])])].flatMap((index) => graph.tensors[index] ?? []);
  const lines = [op.name, op.fact, ...tensors.flatMap(({ name, shape }) => [name, shapeText(shape)])];
  return { op: op.index, name: plain(op.name), dtypes: new Set(tensors.map(({ dtype }) => dtype)), text: plain(lines.join('\n')) };
}
