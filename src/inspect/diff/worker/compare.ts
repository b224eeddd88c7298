import type { DType } from '../../../tensor/dtype';
import { type Model, type Tensor, declaredShape, isConstant } from '../../../tflite/format/model';
import type { Difference, Match, MatchCounts, ModelComparison, ModelFigures, OpMatch, Sides, TensorMatch } from '../shared/comparison';
import { referTo } from '../../describe/shared/describe';
import type { InspectedModel } from '../../describe/shared/inspected';
import { matchSubGraphs } from '../../../tflite/analysis/match/match-subgraphs';
import type { TensorPair } from '../../../tflite/analysis/match/match-tensors';
import { shapeWord } from '../../describe/shared/words';
import { addDifference, bytesWord } from './difference';
import { opMatches } from './op-matches';
import { inspect as text } from '../../../messages/inspect';

/** What differs in the structure of two models: figures, ops by kind, ops and tensors with their matches, subgraph by subgraph. */
export function compareModels(a: InspectedModel, b: InspectedModel): ModelComparison {
  const subgraphs = Math.max(a.model.subgraphs.length, b.model.subgraphs.length);
  const ops: OpMatch[] = [];
  const tensors: TensorMatch[] = [];
  for (let subgraph = 0; subgraph < subgraphs; subgraph += 1) {
    const pairs = matchSubGraphs(a.model, b.model, subgraph);
    for (const match of opMatches(a, b, subgraph, pairs.ops)) ops.push(match);
    for (const pair of pairs.tensors) tensors.push(tensorMatch(a, b, subgraph, pair));
  }
  const folded = { a: ops.flatMap((op) => op.folded.a), b: ops.flatMap((op) => op.folded.b) };
  const inside = (side: 'a' | 'b'): number => tensors.filter((tensor) => tensor.instead !== null && tensor[side] !== null).length;
  return {
    figures: { a: { ...figuresOf(a), foldedOps: folded.a.length }, b: { ...figuresOf(b), foldedOps: folded.b.length } },
    precisions: merge(weightBytes(a.model), weightBytes(b.model)).map(([dtype, one, other]) => ({ dtype, a: one, b: other })),
    kinds: kinds(a, b, folded),
    ops,
    opCounts: { ...countMatches(ops), foldedA: folded.a.length, foldedB: folded.b.length },
    tensors,
    tensorCounts: { ...countMatches(tensors.filter(({ instead }) => instead === null)), foldedA: inside('a'), foldedB: inside('b') },
  };
}

function tensorMatch(a: InspectedModel, b: InspectedModel, subgraph: number, pair: TensorPair): TensorMatch {
  const [one, other] = [a.model.subgraphs[subgraph]?.tensors[pair.a ?? -1], b.model.subgraphs[subgraph]?.tensors[pair.b ?? -1]];
  const differences: Difference[] = [];
  const reference = (model: InspectedModel, index: number | null) => (index === null ? null : referTo(model, subgraph, index));
  const [left, right] = [reference(a, pair.a), reference(b, pair.b)];
  if (one !== undefined && other !== undefined && left !== null && right !== null) {
    const origin = ({ constant }: typeof left): string => (constant ? text.constant : text.computed);
    addDifference(differences, 'role', origin(left), origin(right));
    addDifference(differences, 'dtype', one.dtype, other.dtype);
    addDifference(differences, 'shape', shapeWord(declaredShape(one)), shapeWord(declaredShape(other)));
    addDifference(differences, 'size', bytesWord(left.bytes), bytesWord(right.bytes));
    const formula = ({ quantization }: typeof left): string => (quantization === null ? text.none : text.formulaWithNote(quantization.formula, quantization.note));
    addDifference(differences, 'quantization', formula(left), formula(right));
    if (differences.length === 0 && !sameData(a.model, one, b.model, other)) differences.push({ what: 'values', a: text.ownValues, b: text.ownValues });
  }
  return {
    subgraph, ...pair, name: (left ?? right)?.name ?? '', differences,
    dtypes: { a: left?.dtype ?? null, b: right?.dtype ?? null },
    bytes: { a: left?.bytes ?? null, b: right?.bytes ?? null },
  };
}

function sameData(modelA: Model, a: Tensor, modelB: Model, b: Tensor): boolean {
  if (!isConstant(modelA, a) || !isConstant(modelB, b)) return true;
  const [one, other] = [modelA.buffers[a.buffer]?.data, modelB.buffers[b.buffer]?.data];
  return one !== undefined && other !== undefined && one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function figuresOf({ model, costs }: InspectedModel): Omit<ModelFigures, 'foldedOps'> {
  return {
    bytes: model.bytes.length,
    subgraphs: model.subgraphs.length,
    ops: model.subgraphs.reduce((sum, { operators }) => sum + operators.length, 0),
    tensors: model.subgraphs.reduce((sum, { tensors }) => sum + tensors.length, 0),
    parameters: costs.parameters,
    macs: costs.total.macs,
    weightBytes: [...weightBytes(model).values()].reduce((sum, bytes) => sum + bytes, 0),
    peakActivationBytes: costs.peakActivationBytes,
  };
}

/** Bytes of constants by type; a buffer that several tensors share counts once. */
function weightBytes(model: Model): ReadonlyMap<DType, number> {
  const bytes = new Map<DType, number>();
  const seen = new Set<string>();
  const external = new Map(model.externalBuffers.map(({ id, length }) => [id, length]));
  for (const tensor of model.subgraphs.flatMap(({ tensors }) => tensors)) {
    const key = `${tensor.externalBuffer} ${tensor.buffer}`;
    if (!isConstant(model, tensor) || seen.has(key)) continue;
    seen.add(key);
    bytes.set(tensor.dtype, (bytes.get(tensor.dtype) ?? 0) + (external.get(tensor.externalBuffer) ?? model.buffers[tensor.buffer]?.data.length ?? 0));
  }
  return bytes;
}

function kinds(a: InspectedModel, b: InspectedModel, folded: Sides<readonly { readonly name: string }[]>): ModelComparison['kinds'] {
  const count = (ops: readonly { readonly name: string }[]): ReadonlyMap<string, number> => {
    const found = new Map<string, number>();
    for (const { name } of ops) found.set(name, (found.get(name) ?? 0) + 1);
    return found;
  };
  const [foldedA, foldedB] = [count(folded.a), count(folded.b)];
  const macs = ({ costs }: InspectedModel, name: string): number => costs.byKind.find((kind) => kind.name === name)?.macs ?? 0;
  return merge(count(a.costs.perOp), count(b.costs.perOp)).map(([name, one, other]) => ({
    name, a: one, b: other, foldedA: foldedA.get(name) ?? 0, foldedB: foldedB.get(name) ?? 0, macsA: macs(a, name), macsB: macs(b, name),
  }));
}

/** Both sides' figures by key, the largest first. */
function merge<Key>(a: ReadonlyMap<Key, number>, b: ReadonlyMap<Key, number>): [Key, number, number][] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((key): [Key, number, number] => [key, a.get(key) ?? 0, b.get(key) ?? 0])
    .sort((one, other) => Math.max(other[1], other[2]) - Math.max(one[1], one[2]));
}

function countMatches(matches: readonly Match[]): Omit<MatchCounts, 'foldedA' | 'foldedB'> {
  const count = (holds: (match: Match) => boolean): number => matches.filter(holds).length;
  return {
    equal: count(({ a, b, differences }) => a !== null && b !== null && differences.length === 0),
    different: count(({ differences }) => differences.length > 0),
    onlyA: count(({ b }) => b === null),
    onlyB: count(({ a }) => a === null),
  };
}
