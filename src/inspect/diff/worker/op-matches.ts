import type { DType } from '../../../tensor/dtype';
import { type Operator, declaredShape, isConstant } from '../../../tflite/format/model';
import type { OperatorOptions } from '../../../tflite/format/schema/tables';
import type { FoldedOp as FoldedPart, OpPair } from '../../../tflite/analysis/match/match-subgraphs';
import { opEntry } from '../../../tflite/analysis/op-table';
import { describeOptions, optionsText } from '../../describe/shared/options';
import { shapeWord } from '../../describe/shared/words';
import type { InspectedModel } from '../../describe/shared/inspected';
import type { Difference, FoldedOp, OpMatch } from '../shared/comparison';
import { addDifference, bytesWord } from './difference';
import { inspect as text } from '../../../messages/inspect';

/** What one side has in a row. */
interface Side {
  readonly operator: Operator | null;
  readonly folded: readonly FoldedOp[];
  readonly options: string;
  readonly dtype: DType | null;
  readonly shape: string;
  readonly weights: DType | null;
  readonly weightBytes: number | null;
}

/** Rows of ops of one subgraph, each op of either side in one of them. */
export function opMatches(a: InspectedModel, b: InspectedModel, subgraph: number, pairs: readonly OpPair[]): OpMatch[] {
  const [sideA, sideB] = [sidesOf(a, subgraph), sidesOf(b, subgraph)];
  return pairs.map(({ a: indexA, b: indexB, by, foldedA, foldedB }) => {
    const [one, other] = [sideA(indexA, foldedA), sideB(indexB, foldedB)];
    return {
      subgraph, a: indexA, b: indexB, by,
      name: (one.operator ?? other.operator)?.code.name ?? '',
      differences: one.operator === null || other.operator === null ? [] : differencesOf(one, one.operator, other, other.operator),
      folded: { a: one.folded, b: other.folded },
      dtypes: { a: one.dtype, b: other.dtype },
      weights: { a: one.weights, b: other.weights },
      bytes: { a: one.weightBytes, b: other.weightBytes },
    };
  });
}

function differencesOf(one: Side, operator: Operator, other: Side, otherOperator: Operator): Difference[] {
  const differences: Difference[] = [];
  addDifference(differences, 'kind', operator.code.name, otherOperator.code.name);
  addDifference(differences, 'folding', foldingWord(one.folded), foldingWord(other.folded));
  addDifference(differences, 'options', one.options, other.options);
  if (one.dtype !== null && other.dtype !== null) {
    addDifference(differences, 'dtype', one.dtype, other.dtype);
    addDifference(differences, 'shape', one.shape, other.shape);
  }
  addDifference(differences, 'weights', one.weights ?? text.none, other.weights ?? text.none);
  addDifference(differences, 'size', bytesWord(one.weightBytes ?? 0), bytesWord(other.weightBytes ?? 0));
  addDifference(differences, 'version', text.version(operator.code.version), text.version(otherOperator.code.version));
  return differences;
}

function sidesOf(inspected: InspectedModel, subgraph: number): (index: number | null, folded: readonly FoldedPart[]) => Side {
  const { model, costs } = inspected;
  const graph = model.subgraphs[subgraph];
  const weightBytes = new Map(costs.perOp.filter((cost) => cost.subgraph === subgraph).map((cost) => [cost.operator, cost.weightBytes]));
  return (index, parts) => {
    const operator = graph?.operators[index ?? -1];
    const folded = parts.map(({ op, role }): FoldedOp => ({ op, role, name: graph?.operators[op]?.code.name ?? '' }));
    if (graph === undefined || operator === undefined) return { operator: null, folded, options: '', dtype: null, shape: '', weights: null, weightBytes: null };
    const output = graph.tensors[operator.outputs[0] ?? -1];
    const weights = weightsOf(inspected, subgraph, operator);
    return {
      operator,
      folded,
      options: optionsText(describeOptions(model, graph, withFolded(operator, folded))),
      dtype: output?.dtype ?? null,
      shape: output === undefined ? '' : shapeWord(declaredShape(output)),
      weights,
      weightBytes: weights === null ? null : weightBytes.get(operator.index) ?? null,
    };
  };
}

/** The type in which the file stores an op's first weights. */
function weightsOf(inspected: InspectedModel, subgraph: number, { code, inputs }: Operator): DType | null {
  const index = inputs[opEntry(code)?.weights?.[0] ?? -1] ?? -1;
  const tensor = inspected.model.subgraphs[subgraph]?.tensors[index];
  if (tensor === undefined) return null;
  return inspected.origin(subgraph, index)?.dtype ?? (isConstant(inspected.model, tensor) ? tensor.dtype : null);
}

/** The op as the other side has it: with what is folded into it for a setting. */
function withFolded(operator: Operator, folded: readonly FoldedOp[]): Operator {
  const activation = folded.find(({ role }) => role === 'activation');
  const padding = folded.some(({ role }) => role === 'padding');
  if (operator.options === null || (activation === undefined && !padding)) return operator;
  const settings = { ...(activation === undefined ? {} : { fused_activation_function: activation.name }), ...(padding ? { padding: 'SAME' } : {}) };
  // What is folded was found by these very fields; TypeScript cannot see that the union stays within its table.
  return { ...operator, options: { ...operator.options, values: { ...operator.options.values, ...settings } } as OperatorOptions };
}

/** `2 DEQUANTIZE, RELU`; order and role go unsaid. */
function foldingWord(folded: readonly FoldedOp[]): string {
  const counts = new Map<string, number>();
  for (const key of folded.map(({ name, role }) => text.folded(role, name))) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort().map(([key, count]) => (count === 1 ? key : `${count} × ${key}`)).join(', ') || text.none;
}
