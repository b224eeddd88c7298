import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { assignNpy, assignRaw } from '../../../tensor/assign';
import { fillRandom, fillZeros } from '../../../tensor/fill';
import { readNpy } from '../../../tensor/npy';
import { readBytes } from '../../../tensor/read-file';
import { viewOf, bytesPerElement } from '../../../tensor/values';
import { rgbaPixels } from '../../../vision/frames/worker/pixels';
import { preprocess, type PixelSource } from '../../../vision/frames/worker/preprocess';
import type { Placement } from '../../../vision/shared/types';
import type { InputSource, InputSources } from '../shared/protocol';
import type { RuntimeTensor } from '../../runtimes/worker/runtime';

/** Pictures above this many pixels would need more than 400 MB only to be looked at. */
const maximumPixels = 100_000_000;

const unnamedInput: InputSource = { kind: 'random', seed: 1, min: 0, max: 1 };

/** A source whose files and pictures are decoded: what is left is filling the tensor. */
type ReadyInput =
  | Exclude<InputSource, { kind: 'image' | 'file' }>
  | { readonly kind: 'pixels'; readonly pixels: PixelSource; readonly source: Extract<InputSource, { kind: 'image' }> }
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
    if (source.kind === 'image') return [name, { kind: 'pixels', pixels: await readPixels(source.image), source }];
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
      case 'pixels': {
        const placed = preprocess(input.pixels, { ...tensor, view }, input.source.preprocessing);
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

async function readPixels(image: Blob): Promise<PixelSource> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(image);
  } catch (error) {
    throw new LitescopeError('INVALID_IMAGE', error instanceof Error ? error.message : String(error), { cause: error });
  }
  try {
    const { width, height } = bitmap;
    if (width * height > maximumPixels) throw new LitescopeError('INVALID_IMAGE', text.tooManyPixels(width, height, maximumPixels / 1e6));
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) throw new LitescopeError('INVALID_IMAGE', text.noCanvas);
    context.drawImage(bitmap, 0, 0);
    return rgbaPixels(context.getImageData(0, 0, width, height));
  } finally {
    bitmap.close();
  }
}
