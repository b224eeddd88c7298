import type { SessionOptions } from '../../engine/session/page/session';
import type { SoundSettings } from '../../engine/stream/shared/sound';
import type { StreamSettings } from '../../engine/stream/shared/types';
import { LitescopeError } from '../../errors';
import { gallery as words } from '../../messages/gallery';
import { setup } from '../../messages/setup';
import type { ModelSummary, SignatureTensor } from '../../tflite/analysis/summary';
import { defaultPreprocessing, type PreprocessingDefault } from '../../vision/frames/shared/defaults';
import { defaultDrawingStyle } from '../../vision/drawing/shared/drawing-style';
import { recognise } from '../../recognition/recognise';
import { soundByForm } from '../../recognition/sounds';
import { scoresOf } from '../../recognition/scores';
import type { DescribedOutput, Recognition, SoundInput } from '../../recognition/types';
import type { Decoder, Preprocessing } from '../../vision/shared/types';
import type { CatalogueEntry } from '../shared/catalogue';

/** What the defaults follow from: the gallery's entry for this very file, else the model's own metadata and form. */
export interface DescribedModel {
  readonly summary: ModelSummary;
  readonly entry: CatalogueEntry | null;
  /** Of the file, where it has one. */
  readonly name?: string;
}

/** What the file was recognised as; null for a model that nothing is known of. The gallery's own models need no guess. */
export function recognitionOf({ summary, name }: DescribedModel, outputs: readonly DescribedOutput[] = summary.signatures[0]?.outputs ?? []): Recognition | null {
  return recognise({ summary, inputs: summary.signatures[0]?.inputs ?? [], outputs, fileName: name });
}

/**
 * How a picture becomes this input, by default, and from where that is known; null for an input that does not look like a
 * picture. The gallery knows its own models. Of others, what the file's tensors prove of the values has the last word, then
 * its metadata, then the family that it was recognised as, then a guess; the fit and all else are the family's where it has
 * a word.
 */
export function preprocessingDefault(model: DescribedModel, input: Pick<SignatureTensor, 'name' | 'dtype' | 'shape' | 'range'>): PreprocessingDefault | null {
  const { summary, entry } = model;
  if (entry !== null) return { preprocessing: entry.preprocessing, from: 'gallery', doubtful: false };
  const edge = summary.signatures[0]?.inputs.findIndex(({ name }) => name === input.name) ?? -1;
  const byForm = defaultPreprocessing(input, summary.metadata?.inputs[edge]?.normalisation);
  if (byForm === null) return null;
  const { values: familyValues, ...family } = recognitionOf(model)?.preprocessing ?? {};
  const preprocessing = { ...byForm.preprocessing, ...family };
  return familyValues !== undefined && byForm.doubtful
    ? { preprocessing: { ...preprocessing, values: familyValues }, from: 'family', doubtful: false }
    : { ...byForm, preprocessing };
}

/** The way in alone, as it goes into a run. */
export function preprocessingFor(model: DescribedModel, input: Pick<SignatureTensor, 'name' | 'dtype' | 'shape' | 'range'>): Preprocessing | null {
  return preprocessingDefault(model, input)?.preprocessing ?? null;
}

/** Whether the model itself, its family, or the gallery says what values a picture has in this input; else its defaults are a guess. */
export function statesPreprocessing({ summary, entry }: DescribedModel, input: string): boolean {
  const edge = summary.signatures[0]?.inputs.findIndex(({ name }) => name === input) ?? -1;
  return entry !== null || summary.metadata?.inputs[edge]?.normalisation !== undefined || recognitionOf({ summary, entry })?.preprocessing?.values !== undefined;
}

/** Which of a signature's inputs takes sound, and how, by default; null for a model that does not look like one that hears. */
export function soundDefault(model: DescribedModel, key?: string): SoundInput | null {
  const { summary, entry, name } = model;
  const signature = summary.signatures.find((each) => each.key === key) ?? summary.signatures[0];
  if (signature === undefined || entry !== null) return null;
  const subject = { summary, inputs: signature.inputs, outputs: signature.outputs, fileName: name };
  return recognise(subject)?.sound ?? soundByForm(subject);
}

/** The shape of an input of any length that takes sound: one window of the model; null for all others. */
export function shapeForSound(model: DescribedModel, key: string | undefined, { name, shape }: Pick<SignatureTensor, 'name' | 'shape'>): readonly number[] | null {
  if (!shape.includes(-1)) return null;
  const sound = soundDefault(model, key);
  return sound?.input === name ? shape.map((size, axis) => (size !== -1 ? size : axis === shape.lastIndexOf(-1) ? sound.window : 1)) : null;
}

/** Class labels that the model carries itself. */
export function labelsOf(model: DescribedModel): readonly string[] | null {
  if (model.entry?.labels !== undefined) return model.entry.labels;
  const recognised = model.entry === null ? recognitionOf(model)?.labels : undefined;
  return recognised ?? model.summary.metadata?.outputs.find(({ labels }) => labels !== undefined && labels.length > 0)?.labels ?? null;
}

/** At least this many classes make a lone vector of scores look like a classifier's. */
const fewestClasses = 2;

/** Smaller than any picture or map that a model makes, larger than the small dimensions of other tensors. */
const smallestSide = 8;

/**
 * What the outputs mean, by default: the gallery's word, else that of a family that knows the model, else what follows from
 * its form without doubt. Of lone outputs, a vector of scores counts as classes; a map as segmentation when the labels
 * fit its channels, or it is as large as the picture and has no form of a picture itself; three channels from a picture
 * as a picture. A single channel may be a mask, a depth or a picture: that is for a person to say.
 */
export function decoderFor(model: DescribedModel, outputs: readonly DescribedOutput[]): Decoder | null {
  if (model.entry !== null) return model.entry.decoder;
  const recognised = recognitionOf(model, outputs);
  if (recognised !== null) return recognised.decoder;
  const [output, ...others] = outputs;
  if (output === undefined || others.length > 0) return null;
  const inputs = model.summary.signatures[0]?.inputs ?? [];
  const pictureShape = inputs.length === 1 && inputs[0]?.shape.length === 4 ? inputs[0].shape : null;
  const labels = labelsOf(model);
  const isVector = (output.shape.at(-1) ?? 0) >= fewestClasses && (output.shape.slice(0, -1).every((dimension) => dimension === 1) || (output.shape.length === 2 && output.shape[0] === -1));
  if (isVector) return pictureShape !== null || labels !== null || soundDefault(model) !== null ? { kind: 'classification', top: 5, ...scoresOf(model.summary.metadata?.outputs[0]) } : null;
  if (pictureShape === null) return null;
  return mapDecoderFor(output, pictureShape, labels, model.summary.metadata?.outputs[0]?.range);
}

function mapDecoderFor({ shape }: DescribedOutput, [, inputHeight, inputWidth]: readonly number[], labels: readonly string[] | null, range: { lowest: number; highest: number } | undefined): Decoder | null {
  const [batch, height = 0, width = 0, channels = 1, ...more] = shape;
  if (batch !== 1 || more.length > 0) return null;
  if (labels !== null && channels >= fewestClasses && labels.length === channels) return { kind: 'segmentation' };
  // A free dimension is −1; its size is not known yet.
  if ([height, width].some((side) => side !== -1 && side < smallestSide)) return null;
  if (channels === 1) return null;
  if (shape.length === 4 && channels === 3) return { kind: 'image', ...(range === undefined ? {} : { range }) };
  return height === inputHeight && width === inputWidth && channels !== 4 ? { kind: 'segmentation' } : null;
}

/** Whether labels that a person brings make classes of outputs: of those that nothing is known of, and of vectors whose values nobody has named. */
export function areNamedByLabels(decoder: Decoder | null): boolean {
  return decoder === null || decoder.kind === 'embedding';
}

/** What outputs are taken for when nobody says it. Classes that a person names are classes. */
export function automaticDecoder(model: DescribedModel, outputs: readonly DescribedOutput[], ownLabels: readonly string[] | undefined): Decoder | null {
  const known = decoderFor(model, outputs);
  return ownLabels !== undefined && areNamedByLabels(known) ? { kind: 'classification', top: 5 } : known;
}

/** What a model was taken for by itself, in a person's words, and from what that is known. */
export interface Recognised {
  readonly name: string;
  readonly because: string;
}

/** Why the outputs are decoded as `automaticDecoder` says; null where nothing is known of them, or a person's labels say it. */
export function recognisedAs(model: DescribedModel, outputs: readonly DescribedOutput[], ownLabels: readonly string[] | undefined): Recognised | null {
  if (ownLabels !== undefined && areNamedByLabels(decoderFor(model, outputs))) return null;
  if (model.entry !== null) return { name: model.entry.title, because: words.ofGallery };
  const recognised = recognitionOf(model, outputs);
  if (recognised !== null) return { name: recognised.name, because: recognised.because };
  const decoder = decoderFor(model, outputs);
  return decoder === null ? null : { name: setup.decoding.tasks[decoder.kind], because: words.byForm };
}

/** The outputs of the signature that runs. */
export function outputsOf({ summary }: DescribedModel, { signature: key }: Pick<SessionOptions, 'signature'>): readonly DescribedOutput[] {
  return (summary.signatures.find((candidate) => candidate.key === key) ?? summary.signatures[0])?.outputs ?? [];
}

/** What a run's outputs mean by default, in the form of options. */
export function resultDefaults(model: DescribedModel, options: SessionOptions): { readonly decoder?: Decoder; readonly labels?: readonly string[] } {
  const [decoder, labels] = [decoderFor(model, outputsOf(model, options)), labelsOf(model)];
  return { ...(decoder === null ? {} : { decoder }), ...(labels === null ? {} : { labels }) };
}

/**
 * How a stream's frames go through a model, by default: into its first input that takes pictures, the model's own way,
 * decoded as the model's outputs are.
 * @throws LitescopeError INVALID_INPUT when no input looks like a picture and the caller does not say which one and how
 */
export function streamSettings(model: DescribedModel, own: Partial<StreamSettings>, options: SessionOptions): StreamSettings {
  const { signatures } = model.summary;
  const signature = signatures.find(({ key }) => key === options.signature) ?? signatures[0];
  const shaped = signature?.inputs.map((tensor) => ({ ...tensor, shape: options.shapes?.[tensor.name] ?? tensor.shape.map((dimension) => (dimension === -1 ? 1 : dimension)) })) ?? [];
  const taking = shaped
    .map((tensor) => ({ input: tensor.name, preprocessing: preprocessingFor(model, tensor) }))
    .find(({ input, preprocessing }) => preprocessing !== null && (own.input === undefined || own.input === input));
  const input = own.input ?? taking?.input;
  const preprocessing = own.preprocessing ?? taking?.preprocessing;
  if (input === undefined || preprocessing === undefined || preprocessing === null) {
    throw new LitescopeError('INVALID_INPUT', words.noPicture);
  }
  return {
    decoder: decoderFor(model, signature?.outputs ?? []) ?? undefined,
    labels: labelsOf(model) ?? undefined,
    drawing: defaultDrawingStyle,
    preview: false,
    ...own,
    input,
    preprocessing,
  };
}

/**
 * How sound goes through a model, by default: into the input that takes it, prepared and decoded as the model's own.
 * @throws LitescopeError INVALID_INPUT when no input looks like sound and the caller does not say which one and how
 */
export function soundSettings(model: DescribedModel, own: Partial<SoundSettings>, options: SessionOptions): SoundSettings {
  const sound = soundDefault(model, options.signature);
  const input = own.input ?? sound?.input;
  const preparation = own.preparation ?? sound?.preparation;
  if (input === undefined || preparation === undefined) throw new LitescopeError('INVALID_INPUT', words.noSound);
  return { decoder: decoderFor(model, outputsOf(model, options)) ?? undefined, labels: labelsOf(model) ?? undefined, ...own, input, preparation };
}
