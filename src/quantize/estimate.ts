import { elementCount } from '../tensor/dtype';
import { type Model, isConstant } from '../tflite/format/model';
import { weightLayout } from '../rewrite/weights';
import { planOperators } from './plan';
import { prepareForQuantization } from './prepare';
import type { Recipe, Scheme } from './recipe';

/** What a recipe would make of one file, told before anything is quantized. */
export interface RecipeEstimate {
  /** The file's size now and afterwards; the latter within some percent. */
  readonly original_bytes: number;
  readonly bytes: number;
  /** Ops that multiply with weights, and how many of them the recipe would give smaller ones. */
  readonly weighted: number;
  readonly changed: number;
  /** Why others keep theirs although the recipe wants it otherwise, the most frequent reason first. */
  readonly reasons: readonly { readonly reason: string; readonly ops: number }[];
}

/** A scale (float32) and a zero point (int64) for each channel. */
const channel_bytes = 4 + 8;
/** What a further tensor and the op that converts it take in a file: names, shapes and tables. */
const conversion_bytes = 100;

/**
 * How large a file would be by a recipe, from its own weights: their types, and which of the ops that read them the recipe
 * changes. Quantizing begins with float32 weights, so that float16 ones of ops that it leaves alone grow.
 *
 * @param original_bytes of the file that the model was read from
 */
export function estimateRecipe(model: Model, original_bytes: number, recipe: Recipe): RecipeEstimate {
  const { model: prepared } = prepareForQuantization(model);
  const plans = planOperators(prepared, recipe);
  const graph = prepared.subgraphs[0];
  /** By buffer: weights that several ops share are stored once. */
  const stored = new Map<number, number>();
  const reasons = new Map<string, number>();
  let [weighted, changed, added_bytes] = [0, 0, 0];
  for (const [index, { code, inputs }] of graph?.operators.entries() ?? []) {
    const layout = code.custom ? undefined : weightLayout(code.name);
    const weights = graph?.tensors[inputs[layout?.weights ?? -1] ?? -1];
    if (layout === undefined || weights === undefined) continue;
    const { scheme, reason } = plans[index] ?? { scheme: { kind: 'float' } as const, reason: null };
    weighted++;
    if (reason !== null && scheme.kind === 'float') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    if (scheme.kind === 'float') continue;
    changed++;
    const bias = graph?.tensors[inputs[layout.bias] ?? -1];
    const scales_bytes = channel_bytes * ('granularity' in scheme && scheme.granularity === 'channel' ? weights.shape[layout.channels] ?? 1 : 1);
    for (const [tensor, element_bytes] of [[weights, weightBytes(scheme)], [bias, biasBytes(scheme)]] as const) {
      if (tensor === undefined || element_bytes === null || !isConstant(prepared, tensor) || stored.has(tensor.buffer)) continue;
      stored.set(tensor.buffer, elementCount(tensor.shape) * element_bytes);
      if (scheme.kind === 'float16' || scheme.kind === 'weights') added_bytes += conversion_bytes;
      if (scheme.kind !== 'float16') added_bytes += scales_bytes;
    }
  }
  const before_bytes = model.buffers.reduce((sum, { data }) => sum + data.length, 0);
  const after_bytes = prepared.buffers.reduce((sum, { data }, buffer) => sum + (stored.get(buffer) ?? data.length), 0);
  const gone = (model.subgraphs[0]?.operators.length ?? 0) - (graph?.operators.length ?? 0);
  return {
    original_bytes,
    bytes: original_bytes - before_bytes - gone * conversion_bytes + after_bytes + added_bytes,
    weighted,
    changed,
    reasons: [...reasons].map(([reason, ops]) => ({ reason, ops })).sort((one, other) => other.ops - one.ops),
  };
}

function weightBytes({ kind }: Scheme): number {
  return kind === 'float16' ? 2 : 1;
}

/** Null where the bias stays as it is. */
function biasBytes(scheme: Scheme): number | null {
  if (scheme.kind === 'static') return scheme.bits === 16 ? 8 : 4;
  return scheme.kind === 'float16' ? 2 : null;
}
