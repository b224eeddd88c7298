import { LitescopeError } from '../../../errors';
import { studies as text } from '../../../messages/studies';
import type { CalibratedTensor } from '../../../quantize/calibration';
import { equaliseChannels } from '../../../quantize/equalisation';
import { estimateRecipe, type RecipeEstimate } from '../../../quantize/estimate';
import type { Recipe } from '../../../quantize/recipe';
import { exposeTensors, observableTensors, prepareForQuantization } from '../../../quantize/prepare';
import { quantizeModel } from '../../../quantize/quantize';
import { edgeTypes } from '../../../rewrite/edge-types';
import { editMetadata } from '../../../rewrite/edit-metadata';
import type { Note, Pass } from '../../../rewrite/pass';
import { passes } from '../../../rewrite/passes';
import { type Slice, sliceModel } from '../../../rewrite/slice';
import type { Model } from '../../../tflite/format/model';
import { summarize } from '../../../tflite/analysis/summarize';
import { openModel } from '../../../tflite/format/verify/verify';
import { writeModel } from '../../../tflite/format/write/writer';
import { readModelFile } from '../../../tflite/format/read-model-file';
import { serve } from '../../../threads/worker/serve';
import { OutputErrors } from './output-errors';
import type { ComparedOutputs, MadeFile, OutputPair, PartReference, PassPreview, QuantizedFile, Rewriting, RewrittenFile } from '../shared/protocol';
import { TaskAgreement } from './task-agreement';

/** What `prepare` made, for the calls that follow it. */
let prepared: Model | null = null;
/** What its outputs held; nothing for recipes that need no calibration. */
let observed: readonly CalibratedTensor[] = [];
let errors = new OutputErrors();
let task = new TaskAgreement();

/** A file is given away only after it was read again and found in order. */
function made(model: Model): MadeFile {
  const bytes = writeModel(model);
  return { file: new Blob([bytes]), summary: summarize(openModel(bytes)) };
}

function current(): Model {
  if (prepared === null) throw new LitescopeError('UNKNOWN_MODEL', text.nothingPrepared);
  return prepared;
}

function exposed(model: Model): MadeFile {
  return made(exposeTensors(model, observableTensors(model)));
}

function observedByTensor(model: Model): ReadonlyMap<number, CalibratedTensor> {
  const tensors = observableTensors(model);
  if (observed.length > 0 && observed.length !== tensors.length) throw new LitescopeError('INTERNAL', text.observedCount(observed.length, tensors.length));
  return new Map(observed.map((calibrated, index) => [tensors[index] ?? -1, calibrated]));
}

function stepsOf({ passes: ids, edges, metadata }: Rewriting): readonly Pass[] {
  const known = (ids ?? []).map((id) => {
    const pass = passes.find((candidate) => candidate.id === id);
    if (pass === undefined) throw new LitescopeError('INVALID_CONFIGURATION', text.noPass(id, passes.map((candidate) => candidate.id)));
    return pass;
  });
  return [...known, ...(edges === undefined ? [] : [edgeTypes(edges)]), ...(metadata === undefined ? [] : [editMetadata(metadata)])];
}

/** The whole model, which gives what the part is given besides what the part gives. */
function referenceOf(whole: Model, slice: Slice, part: MadeFile): PartReference {
  const graph = whole.subgraphs[slice.subgraph];
  const own = graph?.inputs ?? [];
  const inputs = slice.inputs ?? own;
  const inner = [...new Set(inputs)].filter((tensor) => !own.includes(tensor));
  const reference = made(sliceModel(whole, { subgraph: slice.subgraph, outputs: [...inner, ...slice.outputs.filter((tensor) => !inner.includes(tensor))] }));
  const [partSignature, wholeSignature] = [part.summary.signatures[0], reference.summary.signatures[0]];
  const given = inputs.map((tensor, index) => {
    const from = own.includes(tensor) ? 'input' as const : 'output' as const;
    const name = from === 'input' ? wholeSignature?.inputs[own.indexOf(tensor)]?.name : wholeSignature?.outputs[inner.indexOf(tensor)]?.name;
    return { input: partSignature?.inputs[index]?.name ?? '', from, name: name ?? '' };
  });
  return { ...reference, given };
}

/** It holds one model from `prepare` on, and what was observed of it; every call that makes a file leaves both as they were, but for `equalise`. */
const methods = {
  async previewPasses(blob: Blob): Promise<readonly PassPreview[]> {
    const model = await readModelFile(blob);
    return passes.map((pass) => {
      const { id, title, purpose } = pass;
      const { changed, skipped } = pass.apply(model);
      return { id, title, purpose, changed, skipped };
    });
  },

  async rewrite({ model: blob, rewriting }: { readonly model: Blob; readonly rewriting: Rewriting }): Promise<RewrittenFile> {
    const whole = await readModelFile(blob);
    const { part } = rewriting;
    let model = part === undefined ? whole : sliceModel(whole, part);
    const changed: Note[] = part === undefined ? [] : [{ place: `subgraph ${part.subgraph}`, text: text.opsLeft(model.subgraphs[0]?.operators.length ?? 0, whole.subgraphs[part.subgraph]?.operators.length ?? 0) }];
    const skipped: Note[] = [];
    let precision: 'exact' | 'rounding' = 'exact';
    for (const pass of stepsOf(rewriting)) {
      const rewritten = pass.apply(model);
      model = rewritten.model;
      changed.push(...rewritten.changed);
      skipped.push(...rewritten.skipped);
      if (rewritten.changed.length > 0 && pass.precision === 'rounding') precision = 'rounding';
    }
    const file = made(model);
    return { ...file, changed, skipped, precision, reference: part === undefined ? null : referenceOf(whole, part, file) };
  },

  /** How large this very file would be by a recipe; nothing is run. */
  estimateRecipe: async ({ model, recipe }: { readonly model: Blob; readonly recipe: Recipe }): Promise<RecipeEstimate> => estimateRecipe(await readModelFile(model), model.size, recipe),

  /** @returns the float model that will be quantized, with all that its ops compute as outputs */
  async prepare(blob: Blob): Promise<MadeFile> {
    prepared = prepareForQuantization(await readModelFile(blob)).model;
    observed = [];
    return exposed(prepared);
  },

  /** Takes what the outputs of the latest file to calibrate held, in their order. Moved in. */
  takeObserved(tensors: readonly CalibratedTensor[]): void { observed = tensors; },

  /** Spreads the channels' scales by what was observed, which has to be observed anew afterwards. */
  equalise(): MadeFile & { readonly channels: number } {
    const { model, channels } = equaliseChannels(current(), observedByTensor(current()));
    prepared = model;
    observed = [];
    return { ...exposed(model), channels };
  },

  /** By what was observed, where the recipe needs it. */
  quantize(recipe: Recipe): QuantizedFile {
    const { model, operators, tensors, skipped } = quantizeModel(current(), recipe, observedByTensor(current()));
    return { ...made(model), operators, tensors, skipped };
  },

  /** Adds outputs and their references, which are moved in, to what `compared` gives. */
  compare({ reference, outputs, meaning }: OutputPair): void {
    errors.add(reference, outputs);
    if (meaning !== undefined) task.add(meaning, reference, outputs);
  },

  /** What was compared since the last call. */
  compared(): ComparedOutputs {
    const result = { outputs: errors.result(), task: task.result() };
    errors = new OutputErrors();
    task = new TaskAgreement();
    return result;
  },
};

export type VariantMethods = typeof methods;

serve(methods);
