import { LitescopeError } from '../../errors';
import { type Tensor, tensorPlace } from './model';

/**
 * What a file may contradict itself in and still be opened: whether runtimes are given the model (not where they
 * could be led out of its bounds, or would compute something else), and what will or will not work.
 */
const kinds = {
  UNKNOWN_OP_CODE: [false, 'the op is shown under its number; the model cannot run or be changed here'],
  NAMELESS_CUSTOM_OP: [false, 'the op is shown without a name; the model cannot run or be changed here'],
  UNKNOWN_SETTING: [true, 'the op’s settings are kept as they are and not shown; runtimes decide for themselves'],
  MISSING_TENSOR: [false, 'the graph is shown without it; the model cannot run or be changed here'],
  MISSING_BUFFER: [false, 'it is shown without values; the model cannot run or be changed here'],
  MISSING_SUBGRAPH: [false, 'it is left out; the model cannot run or be changed here'],
  NO_PRODUCER: [false, 'the graph is shown; the model cannot run or be changed here'],
  UNSTATED_SHAPE: [true, 'the op takes the shape from its settings'],
  WRONG_ORDER: [false, 'the graph is shown without this connection; the model cannot run or be changed here'],
  SHAPE_SIGNATURE: [false, 'its free dimensions are not known; the model cannot run or be changed here'],
  DATA_SIZE: [false, 'its values are not shown; the model cannot run or be changed here'],
  STRINGS: [false, 'its values are not shown; the model cannot run or be changed here'],
  SPARSITY: [false, 'its values are not shown; the model cannot run or be changed here'],
  QUANTIZED_DIMENSION: [true, 'its values are shown as stored; runtimes may refuse the model'],
  SCALES: [false, 'its values are shown as stored; the model cannot run or be changed here'],
  SCALE_VALUE: [true, 'its real values mean nothing; runtimes decide for themselves'],
  ZERO_POINT: [true, 'its real values mean nothing, and the model cannot be changed here; runtimes decide for themselves'],
  MORE: [true, 'they are not listed'],
} as const satisfies Record<string, readonly [runs: boolean, consequence: string]>;

export type NoteCode = keyof typeof kinds;

/** All codes, for documentation and tests. */
export const noteCodes = Object.keys(kinds) as readonly NoteCode[];

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
  return `${place}: ${details}; ${consequence}.`;
}

/** Notes that are kept of those with which a model runs, and as many of the others; a hostile file could give one for each of its bytes. */
const most = 50;

/** Collects notes while a model is verified. */
export class Notes {
  readonly #notes: ModelNote[] = [];
  readonly #counts = { running: 0, refusing: 0 };

  /** @param consequence where this place has another one than the code says */
  add(code: NoteCode, place: string, details: string, consequence: string = kinds[code][1]): void {
    const [runs] = kinds[code];
    const kind = runs ? 'running' : 'refusing';
    this.#counts[kind] += 1;
    if (this.#counts[kind] <= most) this.#notes.push({ code, place, details, consequence, runs });
  }

  /** In the order in which they were found; where there are too many, the last one says how many are left out. */
  all(): readonly ModelNote[] {
    const left = this.#counts.running + this.#counts.refusing - this.#notes.length;
    if (left === 0) return this.#notes;
    const [runs, consequence] = kinds.MORE;
    return [...this.#notes, { code: 'MORE', place: 'model', details: `${left} more places contradict something`, consequence, runs }];
  }
}

/** `subgraph 0, tensor 5 “bias”`; names may be of any length and are cut. */
export function namedTensorPlace(subgraph: number, { index, name }: Tensor): string {
  return name === '' ? tensorPlace(subgraph, index) : `${tensorPlace(subgraph, index)} “${name.slice(0, 200)}”`;
}

/** @throws LitescopeError MODEL_UNSOUND for notes that say that the model cannot run, with the first one's place */
export function assertSound(notes: readonly ModelNote[]): void {
  const note = notes.find(({ runs }) => !runs);
  if (note !== undefined) throw new LitescopeError('MODEL_UNSOUND', `${note.details} (${note.code})`, { place: note.place });
}
