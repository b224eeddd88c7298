import { toFloat16Bits } from '../tensor/float16';
import { realValues } from '../tensor/values';
import type { Model, Tensor } from '../tflite/format/model';
import { dequantizeOperator } from '../rewrite/conversions';
import { Draft, type DraftOperator, type GraphDraft, affine } from '../rewrite/draft';
import { weightLayout } from '../rewrite/weights';
import type { OperatorPlan } from './plan';
import { quantizeWeights } from './weights';
import type { Scheme } from './recipe';

/** The first version of each op that takes int8 weights with float activations, one scale for all or one for each channel. */
const dynamicVersions: Readonly<Record<string, { readonly tensor: number; readonly channel: number }>> = {
  CONV_2D: { tensor: 2, channel: 5 }, DEPTHWISE_CONV_2D: { tensor: 6, channel: 6 }, FULLY_CONNECTED: { tensor: 9, channel: 12 },
};

/**
 * Stores weights smaller while activations stay floats: half precision or int8 with a conversion before the op, or int8
 * that the op takes as it is and multiplies with activations that it quantizes in each run (`dynamic`).
 */
export function quantizeWeightsOnly(model: Model, plans: readonly OperatorPlan[]): Model {
  const draft = new Draft(model);
  const graph = draft.graphs[0];
  if (graph === undefined) return model;
  const stored = new Map<string, number>();
  const before: DraftOperator[] = [];
  let changed = false;
  for (const [index, operator] of graph.operators.entries()) {
    const scheme = plans[index]?.scheme ?? { kind: 'float' };
    const layout = weightLayout(draft.nameOf(operator));
    if (scheme.kind === 'float' || scheme.kind === 'static' || layout === undefined) continue;
    changed = true;
    const positions = scheme.kind === 'float16' ? [layout.weights, layout.bias] : [layout.weights];
    for (const position of positions) {
      const tensor = operator.inputs[position] ?? -1;
      if (tensor < 0 || graph.tensor(tensor).dtype !== 'float32' || !draft.isConstant(graph.tensor(tensor))) continue;
      const key = `${tensor} ${scheme.kind} ${layout.channels}`;
      const known = stored.get(key) ?? store(draft, graph, graph.tensor(tensor), layout.channels, scheme, before);
      stored.set(key, known);
      operator.inputs[position] = known;
    }
    if (scheme.kind === 'dynamic') markDynamic(draft, operator, scheme.granularity);
  }
  // Constants are converted before anything runs, so that runtimes find and fold them.
  graph.operators = [...before, ...graph.operators];
  return changed ? draft.finish() : model;
}

/** @returns the tensor that the op reads in place of the constant */
function store(draft: Draft, graph: GraphDraft, tensor: Tensor, channels: number, scheme: Exclude<Scheme, { kind: 'float' | 'static' }>, before: DraftOperator[]): number {
  const { name, shape, hasRank } = tensor;
  const values = realValues({ dtype: 'float32', shape, data: draft.dataOf(tensor).slice().buffer });
  const float = (): number => graph.add({ name: `${name}/float32`, shape, hasRank });
  if (scheme.kind === 'float16') {
    const small = graph.add({ name, shape, hasRank, dtype: 'float16', data: new Uint8Array(Uint16Array.from(values, toFloat16Bits).buffer) });
    const large = float();
    before.push(dequantizeOperator(draft, small, large, 'float16'));
    return large;
  }
  const { integers, scale } = quantizeWeights(values, shape, channels, scheme.granularity);
  const small = graph.add({
    name, shape, hasRank, dtype: 'int8', data: new Uint8Array(integers.buffer),
    quantization: affine(scale, scale.map(() => 0), scale.length === 1 ? 0 : channels),
  });
  if (scheme.kind === 'dynamic') return small;
  const large = float();
  before.push(dequantizeOperator(draft, small, large, 'int8'));
  return large;
}

function markDynamic(draft: Draft, operator: DraftOperator, granularity: 'channel' | 'tensor'): void {
  draft.raiseVersion(operator, dynamicVersions[draft.nameOf(operator)]?.[granularity] ?? 1);
  if (operator.options?.table === 'FullyConnectedOptions') {
    // A range that need not be symmetric loses less.
    operator.options = { ...operator.options, values: { ...operator.options.values, asymmetric_quantize_inputs: true } };
  }
}
