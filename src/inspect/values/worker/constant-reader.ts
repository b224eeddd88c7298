import { constantTensor, constantTexts, realConstant } from '../../../tflite/constants/constants';
import type { TensorPlace, ValueStatistics, ValuePage } from '../../describe/shared/descriptions';
import type { TextPage } from '../../../tflite/constants/texts';
import type { InspectedModel } from '../../describe/shared/inspected';
import { ValueReader } from './value-reader';

/** Reads constants for tables, figures and files. The latest one is kept: a person turns pages and looks at its histogram. */
export class ConstantReader {
  readonly #inspected: InspectedModel;
  #latest: { readonly key: string; readonly reader: ValueReader } | null = null;

  constructor(inspected: InspectedModel) {
    this.#inspected = inspected;
  }

  /** @throws LitescopeError INVALID_INPUT for a tensor that is not there, UNSUPPORTED_DTYPE for one whose values cannot be read, and what damaged ones give */
  statistics(place: TensorPlace): ValueStatistics {
    return this.#read(place).statistics();
  }

  /** Rows from `first` on, as many as there are of `count`. @throws LitescopeError as `statistics` does */
  page(place: TensorPlace, first: number, count: number): ValuePage {
    return this.#read(place).page(first, count);
  }

  /** Strings from `first` on, as many as there are of `count`. @throws LitescopeError as `statistics` does */
  texts({ subgraph, tensor }: TensorPlace, first: number, count: number): TextPage {
    return constantTexts(this.#inspected.model, this.#inspected.tensor(subgraph, tensor)).page(first, count);
  }

  /** The stored values as a `.npy` file. @throws LitescopeError as `statistics` does */
  npy(place: TensorPlace): ArrayBuffer {
    return this.#read(place).npy();
  }

  #read({ subgraph, tensor: index }: TensorPlace): ValueReader {
    const key = `${subgraph} ${index}`;
    if (this.#latest?.key === key) return this.#latest.reader;
    const { model } = this.#inspected;
    const tensor = this.#inspected.tensor(subgraph, index);
    const stored = constantTensor(model, tensor);
    const blockwise = tensor.quantization?.details?.kind === 'blockwise';
    const reader = new ValueReader(stored, blockwise ? realConstant(model, this.#inspected.subgraph(subgraph), tensor, stored) : null);
    this.#latest = { key, reader };
    return reader;
  }
}
