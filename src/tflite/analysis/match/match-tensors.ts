import type { FoldedGraph } from './folded-graph';
import { type Pair, Pairing, uniqueNames } from './pairing';

export interface TensorPair extends Pair {
  /** For a tensor inside of what is folded, which the other model does not have: the tensor there that stands in its place. */
  readonly instead: number | null;
}

/** Pairs tensors: by unique name, then at the edges, then by their place at paired ops, past what is folded. */
export function matchTensors(a: FoldedGraph, b: FoldedGraph, ops: Pairing): TensorPair[] {
  const pairing = new Pairing();
  const names = (graph: FoldedGraph): ReadonlyMap<string, number> => uniqueNames(graph.subgraph.tensors.map(({ index, name }) => [index, name]));
  const namesB = names(b);
  for (const [name, one] of names(a)) {
    const other = namesB.get(name);
    if (other !== undefined) pairing.add(one, other, 'name');
  }
  matchPlaces(a.subgraph.inputs, b.subgraph.inputs);
  matchPlaces(a.subgraph.outputs, b.subgraph.outputs);
  const [resultsA, resultsB] = [a.results(), b.results()];
  const [sourcesA, sourcesB] = [a.sameValues(), b.sameValues()];
  for (const { index, code, inputs, outputs } of a.cores) {
    const other = b.subgraph.operators[ops.toB(index) ?? -1];
    if (other === undefined || other.code.name !== code.name) continue;
    matchPlaces(behind(outputs, resultsA.get(index)), behind(other.outputs, resultsB.get(other.index)));
    matchPlaces(inputs.map((input) => sourcesA.get(input) ?? input), other.inputs.map((input) => sourcesB.get(input) ?? input));
    matchPlaces(inputs, other.inputs);
  }
  const indices = (graph: FoldedGraph): number[] => graph.subgraph.tensors.map(({ index }) => index);
  const insteadA = insteadOf(a, (tensor) => pairing.toB(tensor));
  const insteadB = insteadOf(b, (tensor) => pairing.toA(tensor));
  return pairing.list(indices(a), indices(b)).map((pair) => ({
    ...pair,
    instead: pair.b === null ? insteadA.get(pair.a ?? -1) ?? null : pair.a === null ? insteadB.get(pair.b) ?? null : null,
  }));

  function matchPlaces(placesA: readonly number[], placesB: readonly number[]): void {
    placesA.forEach((one, place) => {
      const other = placesB[place] ?? -1;
      // A file may name tensors that it does not have.
      if (a.subgraph.tensors[one] !== undefined && b.subgraph.tensors[other] !== undefined) pairing.add(one, other, 'position');
    });
  }
}

/** An op's outputs, the first one behind the activation that is folded into it. */
function behind(outputs: readonly number[], result: number | undefined): readonly number[] {
  return result === undefined ? outputs : [result, ...outputs.slice(1)];
}

/** What stands in the other model for tensors without a partner, found over the folded ops around them. */
function insteadOf({ folded }: FoldedGraph, partnerOf: (tensor: number) => number | null): ReadonlyMap<number, number> {
  const instead = new Map<number, number>();
  const pass = (from: number, to: number): void => {
    const known = partnerOf(from) ?? instead.get(from);
    if (known !== undefined && partnerOf(to) === null && !instead.has(to)) instead.set(to, known);
  };
  for (const { operator: { inputs: [input = -1], outputs: [output = -1] } } of folded) pass(input, output);
  for (const { operator: { inputs: [input = -1], outputs: [output = -1] } } of [...folded].reverse()) pass(output, input);
  return instead;
}
