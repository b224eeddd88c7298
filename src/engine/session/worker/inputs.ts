import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { assignNpy, assignRaw, assignValues } from '../../../tensor/assign';
import { encodeReals } from '../../../tensor/encode';
import { fillRandom, fillZeros } from '../../../tensor/fill';
import { readNpy } from '../../../tensor/npy';
import { sequenceOf, type Sequence } from '../../../tensor/sequence';
import { readBytes } from '../../../tensor/read-file';
import { viewOf, bytesPerElement } from '../../../tensor/values';
import { asksForRate } from '../../stream/shared/sample-rate';
import type { Placement } from '../../../vision/shared/types';
import type { InputSource, InputSources, ReadText } from '../shared/protocol';
import type { RuntimeTensor } from '../../runtimes/worker/runtime';
import type { PictureWriter } from './picture-input';
import type { ReadySound } from './sound-input';
import type { Words } from './text-input';

const unnamedInput: InputSource = { kind: 'random', seed: 1, min: 0, max: 1 };

/** A source whose files and pictures are decoded: what is left is filling the tensor. */
type ReadyInput =
  | Exclude<InputSource, { kind: 'image' | 'audio' | 'file' | 'sequence' }>
  | ReadySound
  | { readonly kind: 'sample-rate'; readonly rate: number }
  | { readonly kind: 'picture'; readonly write: PictureWriter }
  | { readonly kind: 'bytes'; readonly bytes: ArrayBuffer; readonly source: Extract<InputSource, { kind: 'file' }> }
  | { readonly kind: 'words'; readonly words: Words }
  | { readonly kind: 'steps'; readonly sequence: Sequence };

export type ReadyInputs = ReadonlyMap<string, ReadyInput>;

/**
 * Reads files and decodes pictures, the part of filling that is not the model's business.
 * @throws LitescopeError INVALID_IMAGE, INVALID_AUDIO, INVALID_INPUT, INVALID_NPY, EMPTY_TEXT, INVALID_VOCABULARY, FILE_UNREADABLE
 */
export async function readSources(tensors: readonly RuntimeTensor[], sources: InputSources): Promise<ReadyInputs> {
  const unknown = Object.keys(sources).find((name) => !tensors.some((tensor) => tensor.name === name));
  if (unknown !== undefined) {
    throw new LitescopeError('INVALID_INPUT', text.noInputOf(unknown, tensors.map(({ name }) => name)));
  }
  const ready = await Promise.all(tensors.map(async (tensor): Promise<[string, ReadyInput]> => {
    const { name, shape } = tensor;
    const rate = sources[name] === undefined ? sampleRateFor(tensor, sources) : null;
    if (rate !== null) return [name, { kind: 'sample-rate', rate }];
    const source = sources[name] ?? unnamedInput;
    if (source.kind === 'image') {
      const { readPicture } = await import('./picture-input');
      return [name, { kind: 'picture', write: await readPicture(source.image, source.preprocessing) }];
    }
    if (source.kind === 'audio') {
      const { readSound } = await import('./sound-input');
      return [name, await readSound(source, tensor)];
    }
    if (source.kind === 'file') return [name, { kind: 'bytes', bytes: (await readBytes(source.file)).buffer, source }];
    if (source.kind === 'sequence') return [name, { kind: 'steps', sequence: sequenceOf(readNpy((await readBytes(source.file)).buffer), shape) }];
    if (source.kind === 'text' && source.tokens !== undefined) {
      const { readWords } = await import('./text-input');
      return [name, { kind: 'words', words: await readWords({ name, shape }, source.text, source.tokens) }];
    }
    return [name, source];
  }));
  return new Map(ready);
}

/** What became of the texts among the inputs. */
export function textsOf(ready: ReadyInputs): readonly ReadText[] {
  return [...ready.values()].flatMap((input) => (input.kind === 'words' && input.words.read !== null ? [input.words.read] : []));
}

/**
 * How many steps inputs go through; null where none is a sequence.
 * @throws LitescopeError INVALID_INPUT for sequences of different lengths
 */
export function stepsOf(ready: ReadyInputs): number | null {
  const sequences = [...ready].flatMap(([name, input]) => (input.kind === 'steps' ? [{ name, steps: input.sequence.steps }] : []));
  const [first] = sequences;
  const other = sequences.find(({ steps }) => steps !== first?.steps);
  if (first !== undefined && other !== undefined) throw new LitescopeError('INVALID_INPUT', text.otherSteps(first.name, first.steps, other.name, other.steps));
  return first?.steps ?? null;
}

/**
 * Writes every input straight into the runtime's memory.
 * @param step of those that are sequences, from 0
 * @returns where the first picture lies in its tensor, null without a picture
 * @throws LitescopeError INVALID_INPUT, INVALID_NPY, WRONG_VALUE_COUNT, VALUE_OUT_OF_RANGE
 */
export function fillInputs(tensors: readonly RuntimeTensor[], ready: ReadyInputs, step = 0): Placement | null {
  let placement: Placement | null = null;
  for (const tensor of tensors) {
    const input = ready.get(tensor.name) as ReadyInput;
    // A view taken afresh: reading the sources may have let the heap grow.
    const bytes = tensor.data();
    const view = viewOf(tensor.dtype, bytes.buffer, bytes.byteOffset, bytes.byteLength / bytesPerElement(tensor.dtype));
    switch (input.kind) {
      case 'picture': {
        const placed = input.write({ ...tensor, view });
        placement ??= placed;
        break;
      }
      case 'sound':
        input.write({ ...tensor, view });
        break;
      case 'sample-rate':
        encodeReals(view, tensor.dtype, tensor.quantization, tensor.shape, () => input.rate);
        break;
      case 'bytes':
        if (input.source.format === 'npy') assignNpy(tensor, view, readNpy(input.bytes));
        else assignRaw(tensor, view, input.bytes);
        break;
      case 'steps':
        assignNpy(tensor, view, input.sequence.at(step));
        break;
      case 'random':
        fillRandom(view, tensor.dtype, tensor.quantization, input, tensor.shape);
        break;
      case 'words':
        assignValues(tensor, view, input.words.values);
        break;
      case 'values':
        assignValues(tensor, view, input.values);
        break;
      case 'text': throw new LitescopeError('INVALID_INPUT', text.textIntoNumbers(tensor.name, tensor.dtype));
      case 'zeros':
        fillZeros(view, tensor.dtype, tensor.quantization, tensor.shape);
        break;
    }
  }
  return placement;
}

/** Samples a second for a lone number that asks for them beside a sound; null for any other input. */
function sampleRateFor(tensor: RuntimeTensor, sources: InputSources): number | null {
  const sound = Object.values(sources).find((source) => source.kind === 'audio');
  return sound !== undefined && asksForRate(tensor) ? sound.preparation.sampleRate : null;
}
