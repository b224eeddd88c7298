import { LitescopeError } from '../errors';
import { api as text } from '../messages/api';
import { preprocessingFor, soundDefault, statesPreprocessing, type DescribedModel } from '../gallery/page/model-defaults';
import { tokenizerOf } from '../gallery/page/model-tokenizer';
import type { Input, InputSources } from '../engine/session/shared/protocol';
import type { SessionOptions } from '../engine/session/page/session';
import type { ComparisonSample } from '../studies/accuracy/page/compare-outputs';

/** A model with the file in which its vocabulary may lie. */
type SampledModel = DescribedModel & { readonly blob?: Blob };

/** Inputs to compare models on. */
export interface GivenSample {
  /** By the first model's input names, as for a run. */
  readonly inputs: Readonly<Record<string, Input>>;
  /** Shown in the sample's row: a file's name. */
  readonly name?: string | undefined;
  /** What is to be seen there: a class of the model by name, or by number. */
  readonly label?: string | undefined;
}

/**
 * Gives every model the same inputs: by name, and where a converter renamed an input by its place. A picture goes in the way
 * that the first model takes it, unless a model says itself what it expects: a variant that says nothing would be guessed at.
 *
 * @param sourcesOf fills in what is left to a model's defaults
 * @throws LitescopeError INVALID_INPUT, from a sample's `sourcesFor`, for raw elements of a type that another model does not take
 */
export function samplesFor<M extends SampledModel>(
  models: readonly M[],
  samples: readonly GivenSample[],
  sourcesOf: (model: M, inputs: Readonly<Record<string, Input>>) => InputSources,
  options: SessionOptions,
): readonly ComparisonSample[] {
  return samples.map(({ inputs, name, label }, index) => ({
    name: name ?? text.sample(index + 1),
    label: label ?? null,
    sourcesFor(position): InputSources {
      const [reference, model] = [models[0], models[position]];
      if (reference === undefined || model === undefined) return {};
      return sourcesOf(model, position === 0 ? inputs : inputsFor(model, reference, inputs, options));
    },
  }));
}

function signatureOf({ summary }: DescribedModel, { signature }: SessionOptions): DescribedModel['summary']['signatures'][number] | undefined {
  return summary.signatures.find(({ key }) => key === signature) ?? summary.signatures[0];
}

function inputsFor(model: DescribedModel, reference: SampledModel, inputs: Readonly<Record<string, Input>>, options: SessionOptions): Readonly<Record<string, Input>> {
  const [own, wanted] = [signatureOf(model, options)?.inputs ?? [], signatureOf(reference, options)?.inputs ?? []];
  return Object.fromEntries(Object.entries(inputs).flatMap(([name, input]): [string, Input][] => {
    const place = wanted.findIndex((tensor) => tensor.name === name);
    const target = own.find((tensor) => tensor.name === name) ?? own[place];
    if (target === undefined) return [];
    const tensor = wanted[place];
    if (input.kind === 'file' && input.format === 'raw' && tensor !== undefined && tensor.dtype !== target.dtype) {
      throw new LitescopeError('INVALID_INPUT', text.rawOfOtherType({ input: name, type: tensor.dtype, other: target.name, otherType: target.dtype }));
    }
    // A variant, which may have lost what the file said of itself, hears as its original does.
    if (input.kind === 'audio' && input.preparation === undefined) return [[target.name, { ...input, preparation: soundDefault(reference, options.signature)?.preparation }]];
    // A variant may have lost its vocabulary, and words would get other numbers with another one.
    if (input.kind === 'text' && input.tokenizer === undefined && target.dtype !== 'string') return [[target.name, { ...input, tokenizer: (reference.blob === undefined ? null : tokenizerOf({ ...reference, blob: reference.blob })) ?? undefined }]];
    if (input.kind !== 'image' || input.preprocessing !== undefined || tensor === undefined || statesPreprocessing(model, target.name)) return [[target.name, input]];
    const shape = options.shapes?.[name] ?? tensor.shape.map((size) => (size === -1 ? 1 : size));
    const preprocessing = preprocessingFor(reference, { ...tensor, shape });
    // The reference's habit for whole numbers means nothing to a variant of floats, and the other way round.
    if (preprocessing === null || (preprocessing.values.kind === 'pixels' && tensor.dtype !== target.dtype)) return [[target.name, input]];
    return [[target.name, { ...input, preprocessing }]];
  }));
}
