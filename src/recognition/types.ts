import type { SoundPreparation } from '../audio/shared/preparation';
import type { ModelSummary, SignatureTensor } from '../tflite/analysis/summary';
import type { Decoder, Preprocessing } from '../vision/shared/types';

/** An output before a runtime has started. */
export type DescribedOutput = Pick<SignatureTensor, 'shape'> & Partial<Pick<SignatureTensor, 'name' | 'dtype' | 'tensorIndex' | 'probabilities'>>;

/** What a recogniser looks at: the file as it was read, and the signature that will run. Shapes may have free dimensions (−1). */
export interface RecognitionSubject {
  readonly summary: ModelSummary;
  readonly inputs: readonly SignatureTensor[];
  readonly outputs: readonly DescribedOutput[];
  /** What the file is called; many say nowhere else what they are. */
  readonly fileName?: string | undefined;
}

/** What takes sound, and how. */
export interface SoundInput {
  /** Name of the input tensor. */
  readonly input: string;
  readonly preparation: SoundPreparation;
  /** Who says so: the file, the family that it was recognised as, or nobody. */
  readonly from: 'metadata' | 'family' | 'guess';
  /** Samples of a window, for inputs that leave their length open. */
  readonly window: number;
}

/** What a model is for, as far as its shapes, names and metadata tell. */
export interface Recognition {
  /** The family in a person's words, such as “YOLOv8 detector”; a message of `recognition.families`. */
  readonly name: string;
  /** From what it was recognised, one sentence. */
  readonly because: string;
  readonly decoder: Decoder;
  /** What the family was trained on, where it is known; what is left out follows from the file. */
  readonly preprocessing?: Partial<Preprocessing>;
  /** What takes sound, of families that hear. */
  readonly sound?: SoundInput;
  /** A name for each class, where the file brings them. */
  readonly labels?: readonly string[];
}

/** One family's rule. Returns null for a model that is not of the family; never guesses. */
export type Recogniser = (subject: RecognitionSubject) => Recognition | null;
