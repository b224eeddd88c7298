import type { SessionOptions } from '../engine/session';
import type { StreamSettings } from '../engine/stream/types';
import { LitescopeError } from '../errors';
import type { ModelSummary, SignatureTensor } from '../tflite/summary';
import { defaultPreprocessing } from '../vision/defaults';
import { defaultDrawingStyle } from '../vision/drawing-style';
import type { Decoder, Preprocessing } from '../vision/types';
import type { CatalogueEntry } from './catalogue';

/** What the defaults follow from: the gallery's entry for this very file, else the model's own metadata and form. */
export interface DescribedModel {
  readonly summary: ModelSummary;
  readonly entry: CatalogueEntry | null;
}

/** How a picture becomes this input, by default; null for an input that does not look like a picture. */
export function preprocessingFor({ summary, entry }: DescribedModel, input: Pick<SignatureTensor, 'name' | 'dtype' | 'shape'>): Preprocessing | null {
  if (entry !== null) return entry.preprocessing;
  const edge = summary.signatures[0]?.inputs.findIndex(({ name }) => name === input.name) ?? -1;
  return defaultPreprocessing(input, summary.metadata?.inputs[edge]?.normalisation);
}

/** Class labels that the model carries itself. */
export function labelsOf({ summary }: DescribedModel): readonly string[] | null {
  return summary.metadata?.outputs.find(({ labels }) => labels !== undefined && labels.length > 0)?.labels ?? null;
}

/** At least this many classes make a lone vector of scores look like a classifier's. */
const fewestClasses = 2;

/** What the outputs mean, by default: the gallery's word, else a lone vector of scores counts as classes. */
export function decoderFor({ summary, entry }: DescribedModel, outputs: readonly { readonly shape: readonly number[] }[]): Decoder | null {
  if (entry !== null) return entry.decoder;
  const [output, ...others] = outputs;
  const isVector = output !== undefined && others.length === 0 && (output.shape.at(-1) ?? 0) >= fewestClasses
    && output.shape.slice(0, -1).every((dimension) => dimension === 1);
  const takesPicture = summary.signatures[0]?.inputs.length === 1 && summary.signatures[0].inputs[0]?.shape.length === 4;
  return isVector && (takesPicture || labelsOf({ summary, entry }) !== null) ? { kind: 'classification', top: 5 } : null;
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
    throw new LitescopeError('INVALID_INPUT', 'No input of this model looks like a picture, so that it cannot take frames.');
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
