import { type Model, operatorPlace } from '../tflite/format/model';
import { edgeTypes } from '../rewrite/edge-types';
import type { Note } from '../rewrite/pass';
import type { CalibratedTensor } from './calibration';
import { type OperatorPlan, planOperators } from './plan';
import type { Recipe, Scheme } from './recipe';
import { type QuantizedTensor, quantizeStatically } from './static-quantization';
import { quantizeWeightsOnly } from './weight-quantization';

/** What became of one op. */
export interface OperatorOutcome {
  readonly place: string;
  readonly name: string;
  /** Of the op's first output: what a recipe's scope is looked for in. */
  readonly output: string;
  readonly scheme: Scheme['kind'];
  /** Why it stayed in float although the recipe wanted it otherwise; null where the recipe was followed. */
  readonly reason: string | null;
}

export interface Quantized {
  readonly model: Model;
  readonly operators: readonly OperatorOutcome[];
  /** Activations that became integers, with their ranges and scales. */
  readonly tensors: readonly QuantizedTensor[];
  /** What could not be done besides. */
  readonly skipped: readonly Note[];
}

/**
 * Quantizes the first subgraph of a prepared model (`prepareForQuantization`) by a recipe.
 *
 * @param calibrated by tensor index; must hold every float32 tensor that ops with a static scheme read or write, and may
 *   be empty for a recipe without such schemes
 * @throws RangeError for a tensor that was not calibrated
 */
export function quantizeModel(prepared: Model, recipe: Recipe, calibrated: ReadonlyMap<number, CalibratedTensor>): Quantized {
  const plans = planOperators(prepared, recipe);
  // Constants of ops with a static scheme do not change here, nor do indices of what ops compute.
  const integers = quantizeStatically(prepared, plans, calibrated, recipe);
  const model = plans.some(({ scheme }) => scheme.kind !== 'static' && scheme.kind !== 'float')
    ? quantizeWeightsOnly(integers.model, plansAfter(integers.model, prepared, plans))
    : integers.model;
  const edges = edgeTypes({ inputs: recipe.inputs, outputs: recipe.outputs }).apply(model);
  return { model: edges.model, operators: outcomes(prepared, plans), tensors: integers.tensors, skipped: edges.skipped };
}

/** The plans that are left to do, for ops among which conversions stand now. */
function plansAfter(model: Model, before: Model, plans: readonly OperatorPlan[]): readonly OperatorPlan[] {
  const byOutput = new Map(before.subgraphs[0]?.operators.map(({ outputs }, index) => [before.subgraphs[0]?.tensors[outputs[0] ?? -1]?.name, plans[index]]));
  return model.subgraphs[0]?.operators.map(({ code, outputs }): OperatorPlan => {
    const plan = code.name === 'QUANTIZE' || code.name === 'DEQUANTIZE' ? undefined : byOutput.get(model.subgraphs[0]?.tensors[outputs[0] ?? -1]?.name);
    return plan === undefined || plan.scheme.kind === 'static' ? { scheme: { kind: 'float' }, reason: null } : plan;
  }) ?? [];
}

function outcomes(model: Model, plans: readonly OperatorPlan[]): readonly OperatorOutcome[] {
  const subgraph = model.subgraphs[0];
  return subgraph?.operators.map(({ code, outputs }, index) => ({
    place: operatorPlace(0, index, code.name),
    name: code.name,
    output: subgraph.tensors[outputs[0] ?? -1]?.name ?? '',
    scheme: plans[index]?.scheme.kind ?? 'float',
    reason: plans[index]?.reason ?? null,
  })) ?? [];
}
