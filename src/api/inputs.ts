import * as v from 'valibot';
import type { Input, InputSource, InputSources, TextTokens } from '../engine/session/shared/protocol';
import type { SessionOptions } from '../engine/session/page/session';
import type { SoundPreparation } from '../audio/shared/preparation';
import { LitescopeError } from '../errors';
import { api as text } from '../messages/api';
import { preprocessingFor, shapeForSound, soundDefault } from '../gallery/page/model-defaults';
import { tokenizerOf } from '../gallery/page/model-tokenizer';
import { textInputs } from '../recognition/text-inputs';
import type { SignatureTensor } from '../tflite/analysis/summary';
import { kindOf } from './check';
import type { Inputs, InputsOfModels, OpenModel } from './types';

/**
 * Fills in what the caller left to the model's defaults.
 * @throws LitescopeError INVALID_INPUT for a picture in an input that does not look like one, NO_VOCABULARY for a text where nothing says what makes numbers of it
 */
export function sourcesFor(target: OpenModel, inputs: Inputs, options: SessionOptions): InputSources {
  const signature = target.summary.signatures.find(({ key }) => key === options.signature) ?? target.summary.signatures[0];
  const texts = Object.entries(inputs).flatMap(([name, input]) => (input.kind === 'text' ? Object.entries(textSources(target, signature?.inputs ?? [], name, input)) : []));
  // What is given for an input that a text would fill beside its own stands.
  return { ...Object.fromEntries(texts), ...Object.fromEntries(Object.entries(inputs).flatMap(([name, input]): [string, InputSource][] => {
    if (input.kind === 'text') return [];
    if (input.kind === 'audio') return [[name, { ...input, preparation: input.preparation ?? soundPreparationFor(target, name, options) }]];
    if (input.kind !== 'image' || input.preprocessing !== undefined) return [[name, input as InputSource]];
    const tensor = signature?.inputs.find((candidate) => candidate.name === name);
    const preprocessing = tensor === undefined ? null : preprocessingFor(target, { ...tensor, shape: options.shapes?.[name] ?? tensor.shape.map((d) => (d === -1 ? 1 : d)) });
    if (preprocessing === null) throw new LitescopeError('INVALID_INPUT', text.noPicture(name));
    return [[name, { ...input, preprocessing }]];
  })) };
}

/** A text's own input and those that it fills as well. An input of strings, or one that the model does not have, gets the strings. */
function textSources(target: OpenModel, inputs: readonly SignatureTensor[], name: string, { text: given, tokenizer = tokenizerOf(target) ?? undefined }: Extract<Input, { kind: 'text' }>): InputSources {
  const strings = typeof given === 'string' ? [given] : given;
  const tensor = inputs.find((candidate) => candidate.name === name);
  if (tensor === undefined || tensor.dtype === 'string') return { [name]: { kind: 'text', text: strings } };
  if (tokenizer === undefined) throw new LitescopeError('NO_VOCABULARY', text.noVocabulary(name));
  const group = textInputs(inputs, target.summary.metadata);
  const source = (part: TextTokens['part'], rows: number | undefined): InputSource => ({ kind: 'text', text: strings, tokens: { tokenizer, part, rows } });
  if (group === null || !Object.values(group).includes(name)) return { [name]: source('ids', tensor.tableRows) };
  return Object.fromEntries((['ids', 'mask', 'segments'] as const).flatMap((part) => {
    const own = group[part];
    return own === null ? [] : [[own, source(part, part === 'ids' ? inputs.find((candidate) => candidate.name === own)?.tableRows : undefined)]];
  }));
}

/** @throws LitescopeError INVALID_INPUT for a sound in an input that does not look like one */
function soundPreparationFor(target: OpenModel, name: string, { signature }: SessionOptions): SoundPreparation {
  const sound = soundDefault(target, signature);
  if (sound?.input !== name) throw new LitescopeError('INVALID_INPUT', text.noSound(name));
  return sound.preparation;
}

/** The input that gets a sound; null where none does. */
export function soundAmong(inputs: Inputs): string | null {
  return Object.entries(inputs).find(([, { kind }]) => kind === 'audio')?.[0] ?? null;
}

/**
 * Shapes for an input that takes sound of any length, where none was asked for: one window of the model.
 * @param input that gets sound; null for none, left out for the one that looks like it
 */
export function withSoundShapes<Options extends Pick<SessionOptions, 'signature' | 'shapes'>>(target: OpenModel, input: string | null | undefined, options: Options): Options {
  const sound = input === null ? null : soundDefault(target, options.signature);
  if (sound === null || (input !== undefined && input !== sound.input) || options.shapes?.[sound.input] !== undefined) return options;
  const { signatures } = target.summary;
  const tensor = (signatures.find(({ key }) => key === options.signature) ?? signatures[0])?.inputs.find(({ name }) => name === sound.input);
  const shape = tensor === undefined ? null : shapeForSound(target, options.signature, tensor);
  return shape === null ? options : { ...options, shapes: { ...options.shapes, [sound.input]: shape } };
}

/**
 * A model's inputs among those of several models. Of one record for all, an input belongs to the models that have one of
 * its name.
 * @param models all that are measured, in order
 * @throws LitescopeError INVALID_INPUT for an input of a record for all that fits another model's tensor and would be something else in this one's
 */
export function inputsOf(target: OpenModel, given: InputsOfModels, models: readonly OpenModel[], options: SessionOptions): Inputs {
  if (isByModel(given)) return given.get(target.id) ?? {};
  return Object.fromEntries(Object.entries(given).filter(([name, input]) => {
    const own = tensorOf(target, name, options);
    if (own === undefined) return false;
    const first = models.find((model) => tensorOf(model, name, options) !== undefined) ?? target;
    const meant = tensorOf(first, name, options) ?? own;
    if (!meansTheSame(input, meant, own)) {
      throw new LitescopeError('INVALID_INPUT', text.twoMeanings({ input: name, type: described(meant), model: first.name, otherType: described(own), otherModel: target.name }));
    }
    return true;
  }));
}

/** @throws LitescopeError INVALID_ARGUMENT for inputs of a model that is not among those that are measured */
export function assertOwners(given: InputsOfModels, models: readonly OpenModel[]): void {
  if (!isByModel(given)) return;
  const stranger = [...given.keys()].find((id) => !models.some((model) => model.id === id));
  if (stranger !== undefined) throw new LitescopeError('INVALID_ARGUMENT', text.inputsOfStranger(stranger, models.map(({ id }) => id)));
}

function isByModel(given: InputsOfModels): given is ReadonlyMap<string, Inputs> {
  return v.is(kindOf('Map'), given);
}

/** Of the signature that runs; else of any. */
function tensorOf({ summary: { signatures } }: OpenModel, name: string, { signature }: SessionOptions): SignatureTensor | undefined {
  const run = signatures.find(({ key }) => key === signature) ?? signatures[0];
  return [...(run === undefined ? [] : [run]), ...signatures].flatMap(({ inputs }) => inputs).find((tensor) => tensor.name === name);
}

/** Whether what was given for one tensor has its meaning in another, too. Arrays say their own type and shape, numbers and normalised pictures are real values. */
function meansTheSame(input: Input, meant: SignatureTensor, own: SignatureTensor): boolean {
  if (input.kind === 'file' && input.format === 'raw') return meant.dtype === own.dtype && String(meant.shape) === String(own.shape);
  if (input.kind === 'image' && input.preprocessing?.values.kind === 'pixels') return isFloat(meant) === isFloat(own);
  return true;
}

function isFloat({ dtype }: SignatureTensor): boolean {
  return dtype.startsWith('float');
}

function described({ dtype, shape }: SignatureTensor): string {
  return `${dtype}[${shape.join(', ')}]`;
}
