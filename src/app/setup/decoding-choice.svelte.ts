import type { OpenModel } from '../../api';
import { LitescopeError } from '../../errors';
import { areNamedByLabels, automaticDecoder, decoderFor, labelsOf, recognisedAs, type Recognised } from '../../gallery/page/model-defaults';
import { setup as text } from '../../messages/setup';
import type { Decoder } from '../../vision/shared/types';
import { decoderName, decoderPresets, type DecoderPreset } from './decoder-presets';
import type { DecodingDraft } from './draft';
import { assertLabelsFit, classCounts, labelledKinds, readLabels } from './labels';
import type { SignatureChoice } from './signature-choice.svelte';

export interface Labels {
  readonly name: string;
  readonly list: readonly string[];
}

export type DecoderChoice = 'auto' | 'none' | DecoderPreset['id'];

/** What the outputs are taken for, and what classes are called. */
export class DecodingChoice {
  readonly #model: OpenModel;
  readonly #signature: SignatureChoice;
  #choice = $state<DecoderChoice>('auto');
  #labels = $state.raw<Labels | null>(null);

  constructor(model: OpenModel, signature: SignatureChoice) {
    this.#model = model;
    this.#signature = signature;
  }

  get choice(): DecoderChoice {
    return this.#choice;
  }

  get ownLabels(): Labels | null {
    return this.#labels;
  }

  get modelLabels(): readonly string[] | null {
    return labelsOf(this.#model);
  }

  get labels(): readonly string[] | undefined {
    return this.#labels?.list ?? this.modelLabels ?? undefined;
  }

  /** What follows from the model alone. */
  get #known(): Decoder | null {
    return decoderFor(this.#model, this.#outputs);
  }

  get #outputs() {
    return this.#signature.signature?.outputs ?? [];
  }

  /** What `auto` stands for. */
  get automatic(): Decoder | null {
    return automaticDecoder(this.#model, this.#outputs, this.#labels?.list);
  }

  /** What the model was taken for by itself, while that is what is shown; null where nothing is known or a person has chosen. */
  get recognised(): Recognised | null {
    return this.#choice === 'auto' ? recognisedAs(this.#model, this.#outputs, this.#labels?.list) : null;
  }

  get decoder(): Decoder | undefined {
    if (this.#choice === 'auto') return this.automatic ?? undefined;
    return decoderPresets.find(({ id }) => id === this.#choice)?.decoder;
  }

  get draft(): DecodingDraft {
    return { choice: this.#choice, labels: this.#labels === null ? null : { name: this.#labels.name, list: [...this.#labels.list] } };
  }

  restore({ choice, labels }: DecodingDraft): void {
    this.#choice = choice === 'auto' || choice === 'none' ? choice : decoderPresets.find(({ id }) => id === choice)?.id ?? this.#choice;
    this.#labels = labels;
  }

  choose(choice: DecoderChoice): void {
    this.#choice = choice;
  }

  /** The labels of a file that may name the classes of these outputs. @throws LitescopeError INVALID_LABELS, FILE_UNREADABLE */
  async labelsOf(file: File): Promise<Labels> {
    const list = await readLabels(file);
    const outputs = this.#outputs;
    // A lone output that nothing is known of is one of classes, if labels belong to it; of several nobody knows which.
    const known = areNamedByLabels(this.#known) ? null : this.#known;
    const decoder = this.#choice === 'auto' ? known : this.decoder;
    if (decoder !== undefined && decoder !== null && !labelledKinds.includes(decoder.kind)) throw new LitescopeError('INVALID_LABELS', text.labels.noClasses(file.name, decoderName(decoder)));
    assertLabelsFit(file.name, list, classCounts(decoder?.kind ?? (this.#choice === 'auto' && outputs.length === 1 ? 'classification' : undefined), outputs));
    return { name: file.name, list };
  }

  useLabels(labels: Labels): void {
    this.#labels = labels;
  }

  forgetLabels(): void {
    this.#labels = null;
  }
}
