import { quantize as words } from '../messages/quantize';
import { tflitePlaces as places } from '../messages/tflite-places';
import { isConstant, type Model } from '../tflite/format/model';
import { setOperators } from '../tflite/format/edit';
import { assertSoundModel } from '../tflite/format/verify/verify';
import { fuseActivations } from '../rewrite/fuse-activations';
import { globalPooling } from '../rewrite/global-pooling';
import type { Note } from '../rewrite/pass';
import { transposeConvolution } from '../rewrite/transpose-convolution';
import { unfoldFloat16 } from '../rewrite/unfold-float16';

/**
 * The float model that is quantized: the same computation in as few and as common ops as can be, with weights in
 * float32. What calibration says, and every tensor index, belongs to this model.
 */
export function prepareForQuantization(model: Model): { readonly model: Model; readonly changed: readonly Note[] } {
  const changed: Note[] = [];
  const { model: unfolded, constants } = unfoldFloat16(model);
  if (constants > 0) changed.push({ place: places.weights, text: words.unfolded(constants) });
  let prepared = unfolded;
  for (const pass of [transposeConvolution, fuseActivations, globalPooling]) {
    const rewritten = pass.apply(prepared);
    prepared = rewritten.model;
    changed.push(...rewritten.changed);
  }
  return { model: prepared, changed };
}

/** The tensors of the first subgraph whose ranges a quantization may need: what inputs give and ops compute in float32. */
export function observableTensors(model: Model): readonly number[] {
  const subgraph = model.subgraphs[0];
  if (subgraph === undefined) return [];
  const written = [...subgraph.inputs, ...subgraph.operators.flatMap(({ outputs }) => outputs)];
  return [...new Set(written)].filter((index) => {
    const tensor = subgraph.tensors[index];
    return tensor?.dtype === 'float32' && !tensor.isVariable && !isConstant(model, tensor);
  });
}

/**
 * The model with what ops compute as its outputs, so that any runtime shows it. Signatures are gone, because they
 * would hide outputs that they do not name; callers go by the order of `tensors`.
 *
 * @throws LitescopeError MODEL_UNSOUND for a model that contradicts itself
 */
export function exposeTensors(model: Model, tensors: readonly number[]): Model {
  assertSoundModel(model);
  return {
    ...model,
    signatures: [],
    subgraphs: model.subgraphs.map((subgraph) => (subgraph.index === 0 ? setOperators(model, { ...subgraph, outputs: tensors }, subgraph.operators) : subgraph)),
  };
}
