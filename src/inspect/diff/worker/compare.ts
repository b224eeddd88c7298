import type { DType } from '../../../tensor/dtype';
import { type Model, type Tensor, declaredShape, isConstant } from '../../../tflite/format/model';
import type { Difference, Match, MatchCounts, ModelComparison, ModelFigures } from '../shared/comparison';
import { referTo } from '../../describe/shared/describe';
import type { InspectedModel } from '../../describe/shared/inspected';
import { type Pair, matchSubGraphs } from '../../../tflite/analysis/match';
import { describeOptions, optionsText } from '../../describe/shared/options';
import { shapeWord } from '../../describe/shared/words';

/** What differs in the structure of two models: figures, ops by kind, ops and tensors with their matches. */
export function compareModels(a: InspectedModel, b: InspectedModel): ModelComparison {
  const subgraphs = Math.max(a.model.subgraphs.length, b.model.subgraphs.length);
  const ops: Match[] = [];
  const tensors: Match[] = [];
  for (let subgraph = 0; subgraph < subgraphs; subgraph += 1) {
    const pairs = matchSubGraphs(a.model.subgraphs[subgraph], b.model.subgraphs[subgraph]);
    for (const pair of pairs.ops) ops.push(opMatch(a, b, subgraph, pair));
    for (const pair of pairs.tensors) tensors.push(tensorMatch(a, b, subgraph, pair));
  }
  return {
    figures: { a: figuresOf(a), b: figuresOf(b) },
    precisions: merge(weightBytes(a.model), weightBytes(b.model)).map(([dtype, one, other]) => ({ dtype, a: one, b: other })),
    kinds: kinds(a, b),
    ops,
    opCounts: countMatches(ops),
    tensors,
    tensorCounts: countMatches(tensors),
  };
}

function opMatch(a: InspectedModel, b: InspectedModel, subgraph: number, pair: Pair): Match {
  const [graphA, graphB] = [a.model.subgraphs[subgraph], b.model.subgraphs[subgraph]];
  const [one, other] = [graphA?.operators[pair.a ?? -1], graphB?.operators[pair.b ?? -1]];
  const differences: Difference[] = [];
  if (graphA !== undefined && graphB !== undefined && one !== undefined && other !== undefined) {
    add(differences, 'kind', one.code.name, other.code.name);
    add(differences, 'options', optionsText(describeOptions(a.model, graphA, one)), optionsText(describeOptions(b.model, graphB, other)));
    const [outA, outB] = [graphA.tensors[one.outputs[0] ?? -1], graphB.tensors[other.outputs[0] ?? -1]];
    if (outA !== undefined && outB !== undefined) {
      add(differences, 'dtype', outA.dtype, outB.dtype);
      add(differences, 'shape', shapeWord(declaredShape(outA)), shapeWord(declaredShape(outB)));
    }
    add(differences, 'version', `version ${one.code.version}`, `version ${other.code.version}`);
  }
  return { subgraph, ...pair, name: (one ?? other)?.code.name ?? '', differences };
}

function tensorMatch(a: InspectedModel, b: InspectedModel, subgraph: number, pair: Pair): Match {
  const [one, other] = [a.model.subgraphs[subgraph]?.tensors[pair.a ?? -1], b.model.subgraphs[subgraph]?.tensors[pair.b ?? -1]];
  const differences: Difference[] = [];
  if (one !== undefined && other !== undefined) {
    const [left, right] = [referTo(a, subgraph, one.index), referTo(b, subgraph, other.index)];
    add(differences, 'role', left.constant ? 'constant' : 'computed', right.constant ? 'constant' : 'computed');
    add(differences, 'dtype', one.dtype, other.dtype);
    add(differences, 'shape', shapeWord(declaredShape(one)), shapeWord(declaredShape(other)));
    add(differences, 'size', bytesWord(left.bytes), bytesWord(right.bytes));
    const formula = ({ quantization }: typeof left): string => (quantization === null ? 'none' : [quantization.formula, quantization.note].filter((part) => part !== '').join(', '));
    add(differences, 'quantization', formula(left), formula(right));
    if (differences.length === 0 && !sameData(a.model, one, b.model, other)) differences.push({ what: 'values', a: 'its own', b: 'its own' });
  }
  const [tensor] = [one, other].filter((each) => each !== undefined);
  return { subgraph, ...pair, name: tensor === undefined || tensor.name === '' ? `tensor ${tensor?.index ?? ''}` : tensor.name, differences };
}

function add(differences: Difference[], what: Difference['what'], a: string, b: string): void {
  if (a !== b) differences.push({ what, a, b });
}

function bytesWord(bytes: number | null): string {
  return bytes === null ? 'no fixed size' : `${bytes} bytes`;
}

function sameData(modelA: Model, a: Tensor, modelB: Model, b: Tensor): boolean {
  if (!isConstant(modelA, a) || !isConstant(modelB, b)) return true;
  const [one, other] = [modelA.buffers[a.buffer]?.data, modelB.buffers[b.buffer]?.data];
  return one !== undefined && other !== undefined && one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function figuresOf({ model, costs }: InspectedModel): ModelFigures {
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

function kinds(a: InspectedModel, b: InspectedModel): ModelComparison['kinds'] {
  const counts = ({ costs }: InspectedModel): ReadonlyMap<string, number> => {
    const found = new Map<string, number>();
    for (const { name } of costs.perOp) found.set(name, (found.get(name) ?? 0) + 1);
    return found;
  };
  const macs = ({ costs }: InspectedModel, name: string): number => costs.byKind.find((kind) => kind.name === name)?.macs ?? 0;
  return merge(counts(a), counts(b)).map(([name, one, other]) => ({ name, a: one, b: other, macsA: macs(a, name), macsB: macs(b, name) }));
}

/** Both sides' figures by key, the largest first. */
function merge<Key>(a: ReadonlyMap<Key, number>, b: ReadonlyMap<Key, number>): [Key, number, number][] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((key): [Key, number, number] => [key, a.get(key) ?? 0, b.get(key) ?? 0])
    .sort((one, other) => Math.max(other[1], other[2]) - Math.max(one[1], one[2]));
}

function countMatches(matches: readonly Match[]): MatchCounts {
  const count = (holds: (match: Match) => boolean): number => matches.filter(holds).length;
  return {
    equal: count(({ a, b, differences }) => a !== null && b !== null && differences.length === 0),
    different: count(({ differences }) => differences.length > 0),
    onlyA: count(({ b }) => b === null),
    onlyB: count(({ a }) => a === null),
  };
}
