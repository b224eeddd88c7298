import { quantize as words } from '../messages/quantize';
import { tfliteOps } from '../messages/tflite-ops';
import { type Model, type Operator, type SubGraph, isConstant } from '../tflite/format/model';
import { weightLayout } from '../rewrite/weights';
import { tailOf } from './float-tail';
import { opRule, ruleVersion } from './op-rules';
import { type Recipe, type Scheme, ruleFor } from './recipe';

/** What becomes of one op, and why where the recipe wanted something else. */
export interface OperatorPlan {
  readonly scheme: Scheme;
  /** Null where the recipe is followed. */
  readonly reason: string | null;
}

/** The plan of every op of the first subgraph, in order. */
export function planOperators(model: Model, recipe: Recipe): readonly OperatorPlan[] {
  const subgraph = model.subgraphs[0];
  const plans = subgraph?.operators.map((operator) => planOf(model, subgraph, operator, recipe)) ?? [];
  // Outputs that are integers round what they hold anyway.
  const tail = recipe.floatTail > 0 && recipe.outputs === 'float32' && plans.some(isStatic) ? tailOf(model, recipe.floatTail) : none;
  return plans.map((plan, index) => (isStatic(plan) && tail.has(index) ? inTail(subgraph?.operators[index]?.code.name ?? '') : plan));
}

function inTail(operation: string): OperatorPlan {
  return { scheme: opRule(operation)?.kind === 'weights' ? { kind: 'float16' } : float, reason: words.inTail };
}

const float: Scheme = { kind: 'float' };
const none: ReadonlySet<number> = new Set();
const isStatic = ({ scheme }: OperatorPlan): boolean => scheme.kind === 'static';

function planOf(model: Model, subgraph: SubGraph, operator: Operator, recipe: Recipe): OperatorPlan {
  const names = operator.outputs.map((index) => subgraph.tensors[index]?.name ?? '');
  const rule = ruleFor(recipe, operator.code.name, names);
  if (rule === undefined) return { scheme: float, reason: null };
  const obstacle = rule.scheme.kind === 'static'
    ? staticObstacle(model, subgraph, operator, rule.scheme.bits, rule.operation)
    : rule.scheme.kind === 'float' ? null : weightsObstacle(model, subgraph, operator);
  return obstacle === null ? { scheme: rule.scheme, reason: null } : { scheme: float, reason: obstacle };
}

function staticObstacle(model: Model, subgraph: SubGraph, operator: Operator, bits: 8 | 16, named: string): string | null {
  const { name, custom } = operator.code;
  const rule = custom ? undefined : opRule(name);
  if (rule === undefined) return words.noIntegerKernel;
  if (ruleVersion(rule, bits) === undefined) return words.takesNoBits(bits);
  if (rule.better !== undefined && named === '*') return tfliteOps.doubts[rule.better];
  const edges = [...operator.inputs, ...operator.outputs].filter((index) => index >= 0).map((index) => subgraph.tensors[index]);
  if (!operator.outputs.every((index) => subgraph.tensors[index]?.dtype === 'float32')) return words.notInFloat;
  if (edges.some((tensor) => tensor?.isVariable === true)) return words.keepsState;
  if (edges.some((tensor) => tensor?.sparsity !== null && tensor?.sparsity !== undefined)) return words.sparseWeights;
  return rule.kind === 'weights' ? weightsObstacle(model, subgraph, operator) : null;
}

/** Ops that only move numbers have no weights, which is no obstacle worth a word. */
function weightsObstacle(model: Model, subgraph: SubGraph, operator: Operator): string | null {
  const layout = operator.code.custom ? undefined : weightLayout(operator.code.name);
  if (layout === undefined) return words.noWeights;
  const weights = subgraph.tensors[operator.inputs[layout.weights] ?? -1];
  if (weights === undefined || !isConstant(model, weights) || weights.externalBuffer > 0) return words.weightsNotInFile;
  if (weights.dtype !== 'float32') return words.weightsAre(weights.dtype);
  if (weights.sparsity !== null) return words.sparseWeights;
  const bias = subgraph.tensors[operator.inputs[layout.bias] ?? -1];
  if (bias !== undefined && (!isConstant(model, bias) || bias.dtype !== 'float32')) return words.computedBias;
  return null;
}
