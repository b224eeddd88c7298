import type { OutputTensor } from '../../../vision/shared/types';
import type { RuntimeTensor } from './runtime';

/** Copies every output out of the runtime's memory, once, in the order given. */
export function copyOutputs(tensors: readonly RuntimeTensor[]): OutputTensor[] {
  return tensors.map((tensor) => {
    const { name, dtype, shape, quantization } = tensor;
    return { name, dtype, shape, quantization, data: copyOf(tensor.data()) };
  });
}

/**
 * Copies outputs of one run after the other into memory that it keeps: new memory for every frame of a stream costs more
 * than the copy. What it gives holds until the next run is read, and is not to be moved.
 */
export class OutputReader {
  readonly #tensors: readonly RuntimeTensor[];
  #kept: OutputTensor[] | null = null;

  constructor(tensors: readonly RuntimeTensor[]) {
    this.#tensors = tensors;
  }

  read(): readonly OutputTensor[] {
    const kept = this.#kept;
    return this.#kept = this.#tensors.map((tensor, index) => {
      const { name, dtype, shape, quantization } = tensor;
      const bytes = tensor.data();
      const before = kept?.[index]?.data;
      // Some outputs are as large as what was found.
      if (before?.byteLength !== bytes.byteLength) return { name, dtype, shape, quantization, data: copyOf(bytes) };
      new Uint8Array(before).set(bytes);
      return { name, dtype, shape, quantization, data: before };
    });
  }
}

/** The memory of a threaded runtime is shared and cannot be moved to the page, nor can a slice of it. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}
