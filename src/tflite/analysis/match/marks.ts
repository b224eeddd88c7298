import { type Operator, isConstant } from '../../format/model';
import type { FoldedGraph } from './folded-graph';

/** One number for each key, the same in both models. */
export class Numbers {
  readonly #numbers = new Map<string, number>();

  of(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** What an op is compared by. Equal numbers mean the same in both models; precision and fusion have no part in them. */
export interface Marks {
  readonly operator: Operator;
  readonly kind: number;
  /** Shapes of its outputs. */
  readonly shape: number;
  /** Kind, shapes, settings and shapes of constants. */
  readonly own: number;
  /** What it is computed from, back to the inputs of the subgraph. */
  readonly above: number;
  /** What is computed from it, down to the outputs of the subgraph. */
  readonly below: number;
  /** Ops that compute what it reads, by index; constants and inputs left out. */
  readonly writers: readonly number[];
}

/** Settings that say with which numbers an op computes, and those that folding may move into an op of their own. */
const unmarked: ReadonlySet<string> = new Set([
  'fused_activation_function', 'padding', 'asymmetric_quantize_inputs', 'quantized_bias_type', 'pot_scale_int16', 'weights_format',
]);

/** Marks of all ops that stand alone, by index of op, in order of execution. Takes time by the number of edges of the graph. */
export function marksOf(graph: FoldedGraph, numbers: Numbers): ReadonlyMap<number, Marks> {
  const { model, subgraph: { tensors, operators, inputs, outputs } } = graph;
  const { cores } = graph;
  const sources = graph.sources();
  const isCore = new Set(cores);
  const writers = new Map<number, Operator>();
  for (const operator of operators) for (const output of operator.outputs) writers.set(output, operator);
  const starts = new Map(inputs.map((tensor, position) => [tensor, position]));

  /** Who computes a tensor, and as which of its outputs. */
  function originOf(tensor: number): { readonly writer: Operator; readonly place: number } | null {
    const source = sources.get(tensor) ?? tensor;
    const writer = writers.get(source);
    return writer === undefined || !isCore.has(writer) ? null : { writer, place: writer.outputs.indexOf(source) };
  }

  function constantShape(index: number): string | null {
    const tensor = tensors[sources.get(index) ?? index];
    return tensor !== undefined && isConstant(model, tensor) ? String(tensor.shape) : null;
  }

  const own = new Map<number, number>();
  const above = new Map<number, number>();
  for (const operator of cores) {
    const shape = shapesOf(graph, operator);
    own.set(operator.index, numbers.of(`own ${kindOf(operator)} ${shape} ${settingsOf(operator)} ${operator.inputs.map((input) => constantShape(input) ?? '').join(' ')}`));
    const read = operator.inputs.map((input) => {
      const origin = originOf(input);
      if (origin !== null) return `${above.get(origin.writer.index) ?? '?'}.${origin.place}`;
      return constantShape(input) === null ? `input ${starts.get(sources.get(input) ?? input) ?? ''}` : 'constant';
    });
    above.set(operator.index, numbers.of(`above ${own.get(operator.index)} ${read.join(' ')}`));
  }

  const uses = new Map<number, string[]>();
  function use(tensor: number, by: string): void {
    const origin = originOf(tensor);
    if (origin === null) return;
    const word = `${origin.place} ${by}`;
    const list = uses.get(origin.writer.index);
    if (list === undefined) uses.set(origin.writer.index, [word]);
    else list.push(word);
  }
  outputs.forEach((tensor, position) => { use(tensor, `output ${position}`); });
  const below = new Map<number, number>();
  for (const operator of [...cores].reverse()) {
    const mark = numbers.of(`below ${own.get(operator.index)} ${(uses.get(operator.index) ?? []).sort().join(', ')}`);
    below.set(operator.index, mark);
    operator.inputs.forEach((input, slot) => { use(input, `${mark}.${slot}`); });
  }

  return new Map(cores.map((operator) => {
    const { index } = operator;
    return [index, {
      operator,
      kind: numbers.of(`kind ${kindOf(operator)}`), shape: numbers.of(`shape ${shapesOf(graph, operator)}`),
      own: own.get(index) ?? -1, above: above.get(index) ?? -1, below: below.get(index) ?? -1,
      writers: operator.inputs.flatMap((input) => originOf(input)?.writer.index ?? []),
    }];
  }));
}

function kindOf({ code }: Operator): string {
  return code.custom ? `custom ${code.name}` : code.name;
}

function shapesOf({ subgraph: { tensors } }: FoldedGraph, { outputs }: Operator): string {
  return outputs.map((output) => tensors[output]?.shape.join('x') ?? '').join(' ');
}

function settingsOf({ options, customOptions }: Operator): string {
  if (options === null) return customOptions === null ? '' : `${customOptions.length} bytes`;
  if (options.table === 'unknown') return `unknown ${options.values.member}`;
  return JSON.stringify(options.values, (key, value: unknown) => {
    if (unmarked.has(key)) return undefined;
    if (value instanceof Uint8Array) return value.length;
    return typeof value === 'bigint' ? String(value) : value;
  });
}
