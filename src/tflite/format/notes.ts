import { LitescopeError } from '../../errors';
import { tfliteFormat as text } from '../../messages/tflite-format';
import { tflitePlaces as places } from '../../messages/tflite-places';
import { type Tensor, tensorPlace } from './model';

/**
 * What a file may contradict itself in and still be opened: whether runtimes are given the model (not where they
 * could be led out of its bounds, or would compute something else). What will or will not work is said in the message files.
 */
const runsWith = {
  UNKNOWN_OP_CODE: false,
  NAMELESS_CUSTOM_OP: false,
  UNKNOWN_SETTING: true,
  MISSING_TENSOR: false,
  MISSING_BUFFER: false,
  MISSING_SUBGRAPH: false,
  NO_PRODUCER: false,
  UNSTATED_SHAPE: true,
  WRONG_ORDER: false,
  SHAPE_SIGNATURE: false,
  DATA_SIZE: false,
  STRINGS: false,
  SPARSITY: false,
  QUANTIZED_DIMENSION: true,
  SCALES: false,
  SCALE_VALUE: true,
  ZERO_POINT: true,
  MORE: true,
} as const satisfies Readonly<Record<keyof typeof text.consequences, boolean>>;

export type NoteCode = keyof typeof runsWith;

/** All codes, for documentation and tests. */
export const noteCodes = Object.keys(runsWith) as readonly NoteCode[];

/** One contradiction in a model that could be opened all the same. Survives structured clone. */
export interface ModelNote {
  readonly code: NoteCode;
  /** `subgraph 0, tensor 5 “bias”`, `subgraph 0, op 7, CONV_2D, input 2`. */
  readonly place: string;
  /** What is wrong there: the beginning of a sentence. */
  readonly details: string;
  /** What will or will not work: the sentence's end. */
  readonly consequence: string;
  /** Whether the model is given to runtimes and passes all the same. */
  readonly runs: boolean;
}

/** A note as one sentence with its place. */
export function noteSentence({ place, details, consequence }: ModelNote): string {
  return text.note(place, details, consequence);
}

/** Notes that are kept of those with which a model runs, and as many of the others; a hostile file could give one for each of its bytes. */
const most = 50;

/** Collects notes while a model is verified. */
export class Notes {
  readonly #notes: ModelNote[] = [];
  readonly #counts = { running: 0, refusing: 0 };

  /** @param consequence where this place has another one than the code says */
  add(code: NoteCode, place: string, details: string, consequence: string = text.consequences[code]): void {
    const runs = runsWith[code];
    const kind = runs ? 'running' : 'refusing';
    this.#counts[kind] += 1;
    if (this.#counts[kind] <= most) this.#notes.push({ code, place, details, consequence, runs });
  }

  /** In the order in which they were found; where there are too many, the last one says how many are left out. */
  all(): readonly ModelNote[] {
    const left = this.#counts.running + this.#counts.refusing - this.#notes.length;
    if (left === 0) return this.#notes;
    return [...this.#notes, { code: 'MORE', place: places.model, details: text.morePlaces(left), consequence: text.consequences.MORE, runs: runsWith.MORE }];
  }
}

/** `subgraph 0, tensor 5 “bias”`; names may be of any length and are cut. */
export function namedTensorPlace(subgraph: number, { index, name }: Tensor): string {
  return name === '' ? tensorPlace(subgraph, index) : places.named(tensorPlace(subgraph, index), name.slice(0, 200));
}

/** @throws LitescopeError MODEL_UNSOUND for notes that say that the model cannot run, with the first one's place */
export function assertSound(notes: readonly ModelNote[]): void {
  const note = notes.find(({ runs }) => !runs);
  if (note !== undefined) throw new LitescopeError('MODEL_UNSOUND', text.withCode(note.details, note.code), { place: note.place });
}
