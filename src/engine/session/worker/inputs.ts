import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { assignNpy, assignRaw } from '../../../tensor/assign';
import { fillRandom, fillZeros } from '../../../tensor/fill';
import { readNpy } from '../../../tensor/npy';
import { readBytes } from '../../../tensor/read-file';
import { viewOf, bytesPerElement } from '../../../tensor/values';
import type { Placement } from '../../../vision/shared/types';
import type { InputSource, InputSources } from '../shared/protocol';
import type { RuntimeTensor } from '../../runtimes/worker/runtime';
import type { PictureWriter } from './picture-input';

const unnamedInput: InputSource = { kind: 'random', seed: 1, min: 0, max: 1 };

/** A source whose files and pictures are decoded: what is left is filling the tensor. */
type ReadyInput =
  | Exclude<InputSource, { kind: 'image' | 'file' }>
  | { readonly kind: 'picture'; readonly write: PictureWriter }
  | { readonly kind: 'bytes'; readonly bytes: ArrayBuffer; readonly source: Extract<InputSource, { kind: 'file' }> };

/**
 * Reads files and decodes pictures, the part of filling that is not the model's business.
 * @throws LitescopeError INVALID_IMAGE, INVALID_INPUT, FILE_UNREADABLE
 */
export async function readSources(tensors: readonly RuntimeTensor[], sources: InputSources): Promise<Map<string, ReadyInput>> {
  const unknown = Object.keys(sources).find((name) => !tensors.some((tensor) => tensor.name === name));
  if (unknown !== undefined) {
    throw new LitescopeError('INVALID_INPUT', text.noInputOf(unknown, tensors.map(({ name }) => name)));
  }
  const ready = await Promise.all(tensors.map(async ({ name }): Promise<[string, ReadyInput]> => {
    const source = sources[name] ?? unnamedInput;
    if (source.kind === 'image') {
      const { readPicture } = await import('./picture-input');
      return [name, { kind: 'picture', write: await readPicture(source.image, source.preprocessing) }];
    }
    if (source.kind === 'file') return [name, { kind: 'bytes', bytes: (await readBytes(source.file)).buffer, source }];
    return [name, source];
  }));
  return new Map(ready);
}

/**
 * Writes every input straight into the runtime's memory.
 * @returns where the first picture lies in its tensor, null without a picture
 * @throws LitescopeError INVALID_INPUT, INVALID_NPY
 */
export function fillInputs(tensors: readonly RuntimeTensor[], ready: ReadonlyMap<string, ReadyInput>): Placement | null {
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
      case 'bytes':
        if (input.source.format === 'npy') assignNpy(tensor, view, readNpy(input.bytes));
        else assignRaw(tensor, view, input.bytes);
        break;
      case 'random':
        fillRandom(view, tensor.dtype, tensor.quantization, input, tensor.shape);
        break;
      case 'text': throw new LitescopeError('INVALID_INPUT', text.textIntoNumbers(tensor.name, tensor.dtype));
      case 'zeros':
        fillZeros(view, tensor.dtype, tensor.quantization, tensor.shape);
        break;
    }
  }
  return placement;
}
