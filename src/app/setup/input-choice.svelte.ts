import type { Input, OpenModel } from '../../api';
import { preprocessingDefault, recognitionOf } from '../../gallery/page/model-defaults';
import { elementCount } from '../../tensor/dtype';
import { npyShape } from '../../tensor/npy';
import { stepsAlong } from '../../tensor/sequence';
import { LitescopeError } from '../../errors';
import { textInputs, type TextInputs } from '../../recognition/text-inputs';
import { setup as words } from '../../messages/setup';
import type { TokenizerSource } from '../../engine/session/shared/protocol';
import { tokenizerOf } from '../../gallery/page/model-tokenizer';
import type { SignatureTensor } from '../../tflite/analysis/summary';
import type { PreprocessingDefault } from '../../vision/frames/shared/defaults';
import type { Preprocessing } from '../../vision/shared/types';
import type { InputDraft } from './draft';
import type { SampleName } from '../../gallery/shared/catalogue';
import type { Picture, Pictures } from './pictures.svelte';
import type { SignatureChoice } from './signature-choice.svelte';
import { SoundChoice } from './sound-choice.svelte';
import { TypedValues } from './typed-values.svelte';

export type InputKind = 'image' | 'audio' | 'values' | 'random' | 'zeros' | 'file' | 'text';

export interface RandomRange {
  readonly seed: number;
  readonly min: number;
  readonly max: number;
}

export interface ValueFile {
  readonly file: File;
  readonly format: 'npy' | 'raw';
}

/** Pixels a side; larger grey pictures are photos or scans. */
const largestDrawing = 64;

/** More values than this nobody types or pastes. */
const mostTyped = 10_000;

/** Where the values of one input tensor come from. */
export class InputChoice {
  readonly tensor: SignatureTensor;
  readonly typed: TypedValues;
  readonly sound: SoundChoice;
  readonly #model: OpenModel;
  readonly #pictures: Pictures;
  readonly #signature: SignatureChoice;
  readonly #isFed: () => boolean;
  readonly #beside: () => readonly InputChoice[];
  /** The same object each time, by which a run's setup is known again. */
  readonly #fileTokenizer: TokenizerSource | null;
  #kind = $state<InputKind | null>(null);
  #picture = $state.raw<Picture | null>(null);
  #range = $state.raw<RandomRange>({ seed: 1, min: 0, max: 1 });
  #file = $state.raw<ValueFile | null>(null);
  #array = $state.raw<readonly number[] | null>(null);
  /** Null while nobody has written anything. */
  #text = $state<string | null>(null);
  #second = $state('');
  #vocabulary = $state.raw<File | null>(null);
  #preprocessing = $state.raw<Preprocessing | null>(null);

  /**
   * @param seed one of its own for each input, so that two inputs of one shape do not get the same values
   * @param beside the inputs of its signature, itself among them
   * @param isFed whether an output is fed back to it: a state begins with nothing in it
   */
  constructor(tensor: SignatureTensor, seed: number, model: OpenModel, pictures: Pictures, signature: SignatureChoice, beside: () => readonly InputChoice[], isFed: () => boolean = () => false) {
    this.#beside = beside;
    this.#fileTokenizer = tokenizerOf(model);
    this.tensor = tensor;
    this.typed = new TypedValues(tensor.name, () => elementCount(this.shape));
    this.sound = new SoundChoice(tensor, model, signature);
    this.#model = model;
    this.#pictures = pictures;
    this.#signature = signature;
    this.#isFed = isFed;
    this.#range = { seed, min: 0, max: 1 };
  }

  /** With free dimensions settled. */
  get shape(): readonly number[] {
    return this.#signature.shapeOf(this.tensor);
  }

  /** The model's own way from a picture to this input, and from where it is known; null for what does not look like one. */
  get default(): PreprocessingDefault | null {
    return preprocessingDefault(this.#model, { ...this.tensor, shape: this.shape });
  }

  get defaultPreprocessing(): Preprocessing | null {
    return this.default?.preprocessing ?? null;
  }

  get preprocessing(): Preprocessing | null {
    return this.#preprocessing ?? this.defaultPreprocessing;
  }

  /** Small pictures of one grey channel are drawn by hand; photos say little to models that take them. */
  get canBeDrawn(): boolean {
    const { defaultPreprocessing, shape } = this;
    const [height = 0, width = 0] = shape.filter((size) => size > 1);
    // Lines of text are wide: nobody writes one with a mouse.
    return defaultPreprocessing?.channels === 'gray' && Math.max(...shape) <= largestDrawing && Math.max(height, width) < 2 * Math.min(height, width);
  }

  /** The sample that the model can make something of. */
  get sample(): SampleName {
    const { entry } = this.#model;
    if (entry?.sample !== undefined) return entry.sample;
    if (this.canBeDrawn) return 'digit';
    switch ((entry?.decoder ?? recognitionOf(this.#model)?.decoder)?.kind) {
      case 'face-mesh': return 'face';
      case 'palm-detection': return 'hands';
      case 'hand-landmarks': return 'hand';
      case 'pose-detection':
      case 'pose-landmarks':
      case 'key-points': return 'body';
      case 'box-in-space': return 'chair';
      default: return 'photo';
    }
  }

  async loadSample(): Promise<void> {
    if (this.defaultPreprocessing !== null) await this.#pictures.load(this.sample);
  }

  get isPreprocessingOwn(): boolean {
    return this.#preprocessing !== null;
  }

  /** Strings are written by a person: no number and no picture stands for them. */
  get kinds(): readonly InputKind[] {
    if (this.tensor.dtype === 'string') return ['text'];
    if (this.sound.preparation !== null) return ['audio', 'random', 'zeros', 'file'];
    if (this.part !== null) return ['text', 'values', 'random', 'zeros', 'file'];
    if (this.preprocessing === null && elementCount(this.shape) <= mostTyped) return ['values', 'random', 'zeros', 'file'];
    return this.preprocessing === null ? ['random', 'zeros', 'file'] : ['image', 'random', 'zeros', 'file'];
  }

  get kind(): InputKind {
    if (this.tensor.dtype === 'string') return 'text';
    if (this.#kind === null && this.sound.default !== null) return 'audio';
    if (this.#kind === null && (this.followsText || (this.part === 'ids' && this.tokenizer !== null))) return 'text';
    return this.#kind ?? (this.defaultPreprocessing !== null && (this.picture !== null || this.#pictures.expects(this.sample)) ? 'image' : this.#isFed() ? 'zeros' : 'random');
  }

  get picture(): Picture | null {
    return this.#picture ?? this.#pictures.latest ?? this.#pictures.sample(this.sample);
  }

  get range(): RandomRange {
    return this.#range;
  }

  get file(): ValueFile | null {
    return this.#file;
  }

  /** How many steps the file's array has along its time axis; 1 where it is the input itself or nobody knows. */
  get steps(): number {
    if (this.#array === null || elementCount(this.#array) === elementCount(this.shape)) return 1;
    try {
      return stepsAlong({ shape: this.#array }, this.shape).steps;
    } catch (error) {
      if (error instanceof LitescopeError) return 1;
      throw error;
    }
  }

  /** What of a text goes into this input; null where no text does. */
  get part(): 'ids' | 'mask' | 'segments' | null {
    const words = this.#words;
    const { name } = this.tensor;
    return words === null ? null : words.ids === name ? 'ids' : words.mask === name ? 'mask' : words.segments === name ? 'segments' : null;
  }

  /** Whether a text that another input takes fills this one as well. */
  get followsText(): boolean {
    if (this.#kind !== null || this.part === null || this.part === 'ids') return false;
    const ids = this.#words?.ids;
    return this.#beside().find(({ tensor }) => tensor.name === ids)?.kind === 'text';
  }

  /** Whether two sentences that belong together can be told apart. */
  get takesTwo(): boolean {
    return (this.#words?.segments ?? null) !== null;
  }

  get #words(): TextInputs | null {
    return textInputs(this.#beside().map(({ tensor }) => tensor), this.#model.summary.metadata);
  }

  /** What makes numbers of a text: what the person brought, else what the file names. */
  get tokenizer(): TokenizerSource | null {
    return this.#vocabulary === null ? this.#fileTokenizer : { vocabulary: this.#vocabulary };
  }

  /** What the vocabulary's file is called; null without one. */
  get vocabularyName(): string | null {
    return this.#vocabulary?.name ?? this.#model.summary.metadata?.tokenizer?.vocabulary.name ?? null;
  }

  chooseVocabulary(file: File): void {
    this.#vocabulary = file;
    this.#kind = 'text';
  }

  /** A sentence; of an input of strings, a string a line. */
  get text(): string {
    return this.#text ?? (this.tensor.dtype === 'string' ? '' : words.input.sampleSentence);
  }

  /** The sentence that belongs to the first, where there is one. */
  get second(): string {
    return this.#second;
  }

  get draft(): InputDraft {
    const values = this.typed.draft;
    const text = this.#text;
    return { ...(text === null ? {} : { text }), kind: this.#kind === 'file' || this.#kind === 'text' ? null : this.#kind, range: this.#range, preprocessing: this.#preprocessing, ...(values === null ? {} : { values: [...values] }) };
  }

  restore({ kind, range, preprocessing, values, text }: InputDraft): void {
    this.#text = text ?? null;
    this.#kind = kind;
    this.typed.restore(values ?? null);
    this.#range = range;
    // One that was chosen for another shape or kind of input would be refused at the first run.
    if (this.defaultPreprocessing !== null) this.#preprocessing = preprocessing;
  }

  choose(kind: InputKind): void {
    // A mask takes no text of its own: it goes with the words.
    this.#kind = kind === 'text' && this.part !== 'ids' ? null : kind;
  }

  /** Whether nobody has said where its values come from. */
  get isUntouched(): boolean {
    return this.#kind === null;
  }

  /** Null goes back to the sample. */
  chooseSound(file: File | null): void {
    this.sound.choose(file);
    this.#kind = 'audio';
  }

  chooseText(text: string): void {
    this.#text = text;
  }

  chooseSecond(text: string): void {
    this.#second = text;
  }

  choosePicture(picture: Picture): void {
    this.#picture = picture;
    this.#kind = 'image';
  }

  chooseFile(file: ValueFile): void {
    this.#file = file;
    this.#kind = 'file';
    this.#array = null;
    if (file.format === 'npy') void this.#lookAt(file.file);
  }

  /** The array's shape tells whether it is one step or many; what is wrong with a file, the run says. */
  async #lookAt(file: File): Promise<void> {
    const array = await npyShape(file).catch(() => null);
    if (this.#file?.file === file) this.#array = array;
  }

  chooseRange(range: Partial<RandomRange>): void {
    this.#range = { ...this.#range, ...range };
  }

  /** Null goes back to the model's own way. */
  choosePreprocessing(preprocessing: Preprocessing | null): void {
    this.#preprocessing = preprocessing;
  }

  /** What the values of this input are called, where the file says it of each. */
  get features(): readonly string[] | null {
    const features = this.#described?.features;
    return features?.length === this.typed.count ? features : null;
  }

  /** What its whole numbers stand for, where the file says it. */
  get categories(): readonly string[] | null {
    return this.#described?.categories ?? null;
  }

  get #described() {
    const { metadata, signatures } = this.#model.summary;
    return metadata?.inputs[signatures[0]?.inputs.findIndex(({ name }) => name === this.tensor.name) ?? -1];
  }

  /**
   * Null when a file is wanted and none was chosen: random values would not be what the person asked for; and where another
   * input's text fills this one.
   * @throws LitescopeError NOT_A_NUMBER, WRONG_VALUE_COUNT for typed values
   */
  get input(): Input | null {
    switch (this.kind) {
      case 'image': {
        const { picture, preprocessing } = this;
        return picture === null || preprocessing === null ? null : { kind: 'image', image: picture.blob, preprocessing };
      }
      case 'audio': return this.sound.input;
      case 'values': return { kind: 'values', values: this.typed.values };
      case 'random': return { kind: 'random', ...this.#range };
      case 'zeros': return { kind: 'zeros' };
      case 'text': {
        if (this.tensor.dtype === 'string') return { kind: 'text', text: this.text.split('\n') };
        return this.followsText ? null : { kind: 'text', text: this.second.trim() === '' ? [this.text] : [this.text, this.second], ...(this.tokenizer === null ? {} : { tokenizer: this.tokenizer }) };
      }
      case 'file': return this.#file === null ? null : this.steps > 1 ? { kind: 'sequence', file: this.#file.file } : { kind: 'file', ...this.#file };
    }
  }
}
