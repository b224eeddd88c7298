import { writeNpy } from '../tensor/npy';
import { affineQuantization, viewOf, type ValueTensor } from '../tensor/values';
import { constantTensor, constantTexts, realConstant } from './constants';
import type { ConstantStatistics, TensorPlace, TextPage, ValuePage } from './descriptions';
import type { InspectedModel } from './inspected';
import { constantStatistics, valueStep } from './statistics';

interface ReadConstant {
  readonly key: string;
  readonly stored: ValueTensor;
  readonly real: Float32Array | Float64Array;
}

/** Reads constants for tables, figures and files. The latest one is kept: a person turns pages and looks at its histogram. */
export class ConstantReader {
  readonly #inspected: InspectedModel;
  #latest: ReadConstant | null = null;

  constructor(inspected: InspectedModel) {
    this.#inspected = inspected;
  }

  /** @throws LitescopeError INVALID_INPUT for a tensor that is not there, UNSUPPORTED_DTYPE for one whose values cannot be read, and what damaged ones give */
  statistics(place: TensorPlace): ConstantStatistics {
    const { real, stored } = this.#read(place);
    return constantStatistics(real, valueStep(stored));
  }

  /** Rows from `first` on, as many as there are of `count`. @throws LitescopeError as `statistics` does */
  page(place: TensorPlace, first: number, count: number): ValuePage {
    const { real, stored } = this.#read(place);
    const end = Math.min(real.length, first + count);
    const quantized = affineQuantization(stored.dtype, stored.quantization) !== undefined || this.#inspected.tensor(place.subgraph, place.tensor).quantization?.details?.kind === 'blockwise';
    const elements = viewOf(stored.dtype, stored.data);
    return {
      first,
      total: real.length,
      stored: quantized ? Array.from(elements.subarray(first, end), String) : null,
      real: Array.from(real.subarray(first, end)),
    };
  }

  /** Strings from `first` on, as many as there are of `count`. @throws LitescopeError as `statistics` does */
  texts({ subgraph, tensor }: TensorPlace, first: number, count: number): TextPage {
    return constantTexts(this.#inspected.model, this.#inspected.tensor(subgraph, tensor)).page(first, count);
  }

  /** The stored values as a `.npy` file. @throws LitescopeError as `statistics` does */
  npy(place: TensorPlace): ArrayBuffer {
    return writeNpy(this.#read(place).stored).buffer;
  }

  #read({ subgraph, tensor: index }: TensorPlace): ReadConstant {
    const key = `${subgraph} ${index}`;
    if (this.#latest?.key === key) return this.#latest;
    const { model } = this.#inspected;
    const tensor = this.#inspected.tensor(subgraph, index);
    const stored = constantTensor(model, tensor);
    const real = realConstant(model, this.#inspected.subgraph(subgraph), tensor, stored);
    this.#latest = { key, stored, real };
    return this.#latest;
  }
}
