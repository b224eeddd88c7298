import { writeNpy } from '../../../tensor/npy';
import { affineQuantization, realValues, viewOf, type ValueTensor } from '../../../tensor/values';
import type { ValueStatistics, ValuePage } from '../../describe/shared/descriptions';
import { valueStatistics, valueStep } from './statistics';

/** Reads one tensor's elements for tables, figures and files. */
export class ValueReader {
  readonly #stored: ValueTensor;
  readonly #quantized: boolean;
  /** What the elements stand for: dequantised, in their order. */
  readonly real: Float32Array | Float64Array;

  /**
   * @param real what the elements stand for, where that takes more than their own quantization
   * @throws LitescopeError INVALID_INPUT when the data are not as long as the shape says, INVALID_QUANTIZATION
   */
  constructor(stored: ValueTensor, real: Float32Array | Float64Array | null = null) {
    this.#stored = stored;
    this.#quantized = real !== null || affineQuantization(stored.dtype, stored.quantization) !== undefined;
    this.real = real ?? realValues(stored);
  }

  statistics(): ValueStatistics {
    return valueStatistics(this.real, valueStep(this.#stored));
  }

  /** Rows from `first` on, as many as there are of `count`. */
  page(first: number, count: number): ValuePage {
    const end = Math.min(this.real.length, first + count);
    const elements = viewOf(this.#stored.dtype, this.#stored.data);
    return {
      first,
      total: this.real.length,
      stored: this.#quantized ? Array.from(elements.subarray(first, end), String) : null,
      real: Array.from(this.real.subarray(first, end)),
    };
  }

  /** The stored values as a `.npy` file. */
  npy(): ArrayBuffer {
    return writeNpy(this.#stored).buffer;
  }
}
