import type { Model, Operator, SubGraph } from '../../format/model';
import { alignAll, type Step } from './align';
import { FoldedGraph } from './folded-graph';
import { activationOf, paddingOf, type Fold, type FoldRole } from './folds';
import { longestIncreasing } from './longest-increasing';
import { marksOf, Numbers, type Marks } from './marks';
import { type Pair, Pairing, uniqueNames } from './pairing';
import { matchTensors, type TensorPair } from './match-tensors';

export interface FoldedOp {
  readonly op: number;
  readonly role: FoldRole;
}

/** Ops of the same kind that belong together, or, found by name, an op and what stands in its place; with what is folded into each. */
export interface OpPair extends Pair {
  readonly foldedA: readonly FoldedOp[];
  readonly foldedB: readonly FoldedOp[];
}

export interface SubGraphMatches {
  /** Every op of both subgraphs stands here once, alone or folded. */
  readonly ops: readonly OpPair[];
  readonly tensors: readonly TensorPair[];
}

/**
 * Finds what belongs together in two models' subgraphs of one index. First ops are folded into those that they belong
 * to: conversions on each side, and activations and paddings where the other side has them as a setting. The others are
 * paired with ops of their own kind: by the name of what they give; by what they are computed from and what is computed
 * from them; the rest by an alignment in the order of execution. Ops of two kinds are paired only where both give
 * what has the same name and shape, made of the same: the one was put in the other's place. Tensors: by unique name, then at
 * the edges, then by their place at paired ops.
 */
export function matchSubGraphs(modelA: Model, modelB: Model, index: number): SubGraphMatches {
  const [a, b] = [modelA, modelB].map((model) => new FoldedGraph(model, model.subgraphs[index] ?? nothing)) as [FoldedGraph, FoldedGraph];
  const pairing = new Pairing();
  let marks = matchCores(a, b, pairing);
  if (settleFusions(a, b, pairing)) marks = matchCores(a, b, pairing);
  matchReplaced(a, b, pairing, marks);
  const [foldedA, foldedB] = [foldedByCore(a), foldedByCore(b)];
  const indices = (graph: FoldedGraph): number[] => graph.cores.map((operator) => operator.index);
  return {
    ops: pairing.list(indices(a), indices(b)).map((pair) => ({ ...pair, foldedA: foldedA.get(pair.a ?? -1) ?? [], foldedB: foldedB.get(pair.b ?? -1) ?? [] })),
    tensors: matchTensors(a, b, pairing),
  };
}

const nothing: SubGraph = { index: -1, name: '', tensors: [], inputs: [], outputs: [], operators: [], debugMetadata: -1 };

function foldedByCore(graph: FoldedGraph): ReadonlyMap<number, readonly FoldedOp[]> {
  const byCore = new Map<number, FoldedOp[]>();
  for (const { operator: { index: op }, into, role } of graph.folded) {
    const list = byCore.get(into);
    if (list === undefined) byCore.set(into, [{ op, role }]);
    else list.push({ op, role });
  }
  return byCore;
}

type AllMarks = ReadonlyMap<number, Marks>;

/** Pairs ops of the same kind that stand alone and are not paired yet. @returns their marks on both sides */
function matchCores(a: FoldedGraph, b: FoldedGraph, pairing: Pairing): readonly [AllMarks, AllMarks] {
  const numbers = new Numbers();
  const [marksA, marksB] = [marksOf(a, numbers), marksOf(b, numbers)];
  const [namesA, namesB] = [namesOf(a), namesOf(b)];
  for (const [name, one] of namesA.results) pairNamed(one, namesB.results.get(name));
  for (const [name, one] of namesA.all) pairNamed(one, namesB.all.get(name));
  pairAlike((marks) => `${marks.above} ${marks.below}`);
  pairAlike(({ above }) => above);
  pairAlike(({ below }) => below);
  for (const [one, other] of alignAll(gaps(marksA, marksB, pairing))) pairing.add(one.op, other.op, 'position');
  return [marksA, marksB];

  function pairNamed(one: number, other: number | undefined): void {
    if (other !== undefined && marksA.get(one)?.kind === marksB.get(other)?.kind) pairing.add(one, other, 'name');
  }

  /** Pairs ops with the same mark, in order, where both sides have as many of them. */
  function pairAlike(markOf: (marks: Marks) => number | string): void {
    const group = (marks: Iterable<Marks>, isFree: (op: number) => boolean): ReadonlyMap<number | string, readonly number[]> => {
      const groups = new Map<number | string, number[]>();
      for (const each of marks) {
        if (!isFree(each.operator.index)) continue;
        const list = groups.get(markOf(each));
        if (list === undefined) groups.set(markOf(each), [each.operator.index]);
        else list.push(each.operator.index);
      }
      return groups;
    };
    const others = group(marksB.values(), (op) => pairing.toA(op) === null);
    for (const [mark, ones] of group(marksA.values(), (op) => pairing.toB(op) === null)) {
      const same = others.get(mark);
      if (same?.length === ones.length) ones.forEach((one, position) => { pairing.add(one, same[position] ?? -1, 'position'); });
    }
  }
}

/** Ops by the names of what they give: of the result alone, and of all that is made of it by folded ops. */
function namesOf(graph: FoldedGraph): { readonly results: ReadonlyMap<string, number>; readonly all: ReadonlyMap<string, number> } {
  const { tensors, operators } = graph.subgraph;
  const behind = graph.results();
  const owners = new Map<number, number>();
  for (const { index, inputs: [input = -1], outputs } of operators) {
    const owner = graph.foldOf(index) === null ? index : owners.get(input);
    if (owner !== undefined) for (const output of outputs) owners.set(output, owner);
  }
  const nameOf = (tensor: number): string => tensors[tensor]?.name ?? '';
  return {
    results: uniqueNames(graph.cores.map(({ index, outputs }) => [index, nameOf(behind.get(index) ?? outputs[0] ?? -1)])),
    all: uniqueNames([...owners].map(([tensor, owner]) => [owner, nameOf(tensor)])),
  };
}

interface FreeStep extends Step {
  readonly op: number;
}

/** What is not paired yet, cut at pairs that stand in the same order on both sides. */
function gaps(marksA: AllMarks, marksB: AllMarks, pairing: Pairing): [FreeStep[], FreeStep[]][] {
  const paired = [...marksA.keys()].flatMap((one): [number, number][] => {
    const other = pairing.toB(one);
    return other === null ? [] : [[one, other]];
  });
  const anchors = longestIncreasing(paired.map(([, other]) => other)).flatMap((position) => {
    const anchor = paired[position];
    return anchor === undefined ? [] : [anchor];
  });
  const cut = (marks: AllMarks, ends: readonly number[], isFree: (op: number) => boolean, fromOf: (writer: number) => number | null): FreeStep[][] => {
    const parts: FreeStep[][] = [[]];
    for (const [op, { kind, shape, own, writers: [writer] }] of marks) {
      if (op === ends[parts.length - 1]) parts.push([]);
      else if (isFree(op)) parts.at(-1)?.push({ op, kind, shape, own, from: writer === undefined ? -1 : fromOf(writer) ?? -1 });
    }
    return parts;
  };
  const partsA = cut(marksA, anchors.map(([one]) => one), (op) => pairing.toB(op) === null, (writer) => pairing.toB(writer));
  const partsB = cut(marksB, anchors.map(([, other]) => other), (op) => pairing.toA(op) === null, (writer) => writer);
  return partsA.map((part, position) => [part, partsB[position] ?? []]);
}

/**
 * Keeps folded what the other side's op has as a setting; the rest stands alone, and is paired where both sides have it.
 * @returns whether there is something that stands alone now
 */
function settleFusions(a: FoldedGraph, b: FoldedGraph, pairing: Pairing): boolean {
  const alone = (graph: FoldedGraph, other: FoldedGraph, partnerOf: (op: number) => number | null): [number, Fold][] => {
    const taken = new Set([...other.fusions.values()].map(({ into, role }) => `${into} ${role}`));
    return [...graph.fusions].filter(([op, { into, role }]) => {
      const partner = partnerOf(into) ?? -1;
      return taken.has(`${partner} ${role}`) || !isSetting(graph, op, into, role, other, partner);
    });
  };
  const [aloneA, aloneB] = [alone(a, b, (op) => pairing.toB(op)), alone(b, a, (op) => pairing.toA(op))];
  for (const [op] of aloneA) a.unfold(op);
  for (const [op] of aloneB) b.unfold(op);
  const places = new Map(aloneB.map(([op, { into }]) => [`${into} ${b.subgraph.operators[op]?.code.name}`, op]));
  for (const [op, { into }] of aloneA) {
    const other = places.get(`${pairing.toB(into)} ${a.subgraph.operators[op]?.code.name}`);
    if (other !== undefined) pairing.add(op, other, 'position');
  }
  return aloneA.length + aloneB.length > 0;
}

function isSetting(graph: FoldedGraph, op: number, into: number, role: FoldRole, other: FoldedGraph, partner: number): boolean {
  const [folded, core, fused] = [graph.subgraph.operators[op], graph.subgraph.operators[into], other.subgraph.operators[partner]];
  if (folded === undefined || core === undefined || fused === undefined) return false;
  if (role === 'activation') return activationOf(fused) === folded.code.name;
  return paddingOf(fused) === 'SAME' && shapeOf(graph, core) === shapeOf(other, fused);
}

/** Pairs ops of two kinds that were not paired, where the one was put in the other's place. */
function matchReplaced(a: FoldedGraph, b: FoldedGraph, pairing: Pairing, [marksA, marksB]: readonly [AllMarks, AllMarks]): void {
  const { results } = namesOf(b);
  for (const [name, op] of namesOf(a).results) {
    const [one, other] = [marksA.get(op), marksB.get(results.get(name) ?? -1)];
    if (one === undefined || other === undefined || !pairing.free(op, other.operator.index) || one.shape !== other.shape) continue;
    const [madeOf, otherMadeOf] = [one.writers.map((writer) => pairing.toB(writer)), other.writers];
    if (madeOf.length === otherMadeOf.length && madeOf.every((writer, place) => writer === otherMadeOf[place])) pairing.add(op, other.operator.index, 'name');
  }
}

function shapeOf({ subgraph: { tensors } }: FoldedGraph, { outputs }: Operator): string {
  return String(tensors[outputs[0] ?? -1]?.shape);
}
