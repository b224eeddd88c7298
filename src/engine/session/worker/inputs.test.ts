import { describe, expect, it, vi, afterEach } from 'vitest';
import { writeNpy } from '../../../tensor/npy';
import { fillInputs, readSources } from './inputs';
import type { InputSources } from '../shared/protocol';
import type { RuntimeTensor } from '../../runtimes/worker/runtime';
import { rejectionOf } from '../../../threads/testing/errors';

/** Two inputs in one memory that begins in the middle of a heap, as a runtime's does. */
function twoInputs() {
  const heap = new ArrayBuffer(64);
  const view = (offset: number) => new Uint8Array(heap, offset, 16);
  const a: RuntimeTensor = { name: 'a', dtype: 'float32', shape: [4], data: () => view(16) };
  const b: RuntimeTensor = { name: 'b', dtype: 'int32', shape: [2, 2], data: () => view(32) };
  return { tensors: [a, b], a: () => [...new Float32Array(heap, 16, 4)], b: () => [...new Int32Array(heap, 32, 4)] };
}

async function fill(tensors: readonly RuntimeTensor[], sources: InputSources) {
  return fillInputs(tensors, await readSources(tensors, sources));
}

afterEach(() => { vi.unstubAllGlobals(); });

describe('inputs', () => {
  it('writes raw elements and .npy files where the runtime reads them', async () => {
    const inputs = twoInputs();
    const raw = new Blob([Float32Array.of(1, -2, 0.5, 4)]);
    const npy = new Blob([writeNpy({ dtype: 'int32', shape: [2, 2], data: Int32Array.of(1, 2, 3, -4).buffer })]);
    expect(await fill(inputs.tensors, { a: { kind: 'file', file: raw, format: 'raw' }, b: { kind: 'file', file: npy, format: 'npy' } })).toBeNull();
    expect([inputs.a(), inputs.b()]).toEqual([[1, -2, 0.5, 4], [1, 2, 3, -4]]);
  });

  it('writes real values where the runtime reads them, and refuses what does not fit', async () => {
    const inputs = twoInputs();
    await fill(inputs.tensors, { a: { kind: 'values', values: [5.5, -1, 0, 2] }, b: { kind: 'values', values: [1, 2, 3, 4] } });
    expect([inputs.a(), inputs.b()]).toEqual([[5.5, -1, 0, 2], [1, 2, 3, 4]]);
    expect((await rejectionOf(fill(inputs.tensors, { a: { kind: 'values', values: [1] } }))).code).toBe('WRONG_VALUE_COUNT');
  });

  it('gives an input that is not named the same random values every time', async () => {
    const [first, second] = [twoInputs(), twoInputs()];
    await fill(first.tensors, { b: { kind: 'zeros' } });
    await fill(second.tensors, { a: { kind: 'random', seed: 1, min: 0, max: 1 }, b: { kind: 'zeros' } });
    expect(first.a()).toEqual(second.a());
    expect(new Set(first.a()).size).toBe(4);
    expect(first.a().every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it('takes the memory afresh for each filling, because the heap may have grown', async () => {
    let memory = new Uint8Array(4);
    const tensor: RuntimeTensor = { name: 'a', dtype: 'uint8', shape: [4], data: () => memory };
    const ready = await readSources([tensor], { a: { kind: 'file', file: new Blob([Uint8Array.of(1, 2, 3, 4)]), format: 'raw' } });
    const old = memory;
    memory = new Uint8Array(4);
    fillInputs([tensor], ready);
    expect([[...old], [...memory]]).toEqual([[0, 0, 0, 0], [1, 2, 3, 4]]);
  });

  it('names an input that the model does not have, and those that it has', async () => {
    const error = await rejectionOf(fill(twoInputs().tensors, { c: { kind: 'zeros' } }));
    expect([error.code, error.details]).toEqual(['INVALID_INPUT', 'The model has no input “c”; it has “a”, “b”.']);
  });

  it.each([
    ['INVALID_INPUT', 'raw', new Blob([new Uint8Array(15)])],
    ['INVALID_NPY', 'npy', new Blob(['no array'])],
  ] as const)('has %s for a file that does not fit', async (code, format, file) => {
    expect((await rejectionOf(fill(twoInputs().tensors, { a: { kind: 'file', file, format } }))).code).toBe(code);
  });

  it('has its own error for a file that is gone', async () => {
    const file = new Blob([]);
    vi.spyOn(file, 'arrayBuffer').mockRejectedValue(new DOMException('The file was moved.', 'NotReadableError'));
    const error = await rejectionOf(fill(twoInputs().tensors, { a: { kind: 'file', file, format: 'raw' } }));
    expect([error.code, error.details]).toEqual(['FILE_UNREADABLE', 'The file was moved.']);
  });

  it('has its own errors for a picture that cannot be decoded and for one that is too large', async () => {
    const image: InputSources = { a: { kind: 'image', image: new Blob(['no picture']), preprocessing: { fit: 'crop', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'pixels' } } } };
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('The source image could not be decoded.', 'InvalidStateError')));
    const undecoded = await rejectionOf(fill(twoInputs().tensors, image));
    expect([undecoded.code, undecoded.details]).toEqual(['INVALID_IMAGE', 'The source image could not be decoded.']);
    const close = vi.fn();
    vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width: 20_000, height: 10_000, close }));
    const tooLarge = await rejectionOf(fill(twoInputs().tensors, image));
    expect([tooLarge.code, tooLarge.details]).toEqual(['INVALID_IMAGE', '20000 × 10000 pixels are more than Litescope reads (100 megapixels).']);
    expect(close).toHaveBeenCalledTimes(1);
  });
});
