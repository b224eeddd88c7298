import { dtypes, type DType } from '../../tensor/dtype';
import { builtinOperators, type BuiltinOperator } from '../format/schema/operators';
import { buildModel, type Fields } from './build';

export interface GraphTensor {
  readonly shape?: readonly number[];
  readonly dtype?: DType;
  /** With −1 for free dimensions. */
  readonly signature?: readonly number[];
  /** Left out by old files, whose empty shapes then say nothing. */
  readonly hasRank?: false;
  readonly variable?: true;
}

/** Models of a few ops, tensor by tensor: what is made last is the current subgraph's. */
export class GraphBuilder {
  readonly #codes: Fields[] = [];
  readonly #buffers: Fields[] = [{}];
  readonly #subgraphs: { tensors: Fields[]; operators: Fields[]; inputs: readonly number[]; outputs: readonly number[] }[] = [];

  constructor() {
    this.subgraph();
  }

  /** Begins another subgraph. @returns its index */
  subgraph(): number {
    return this.#subgraphs.push({ tensors: [], operators: [], inputs: [], outputs: [] }) - 1;
  }

  tensor(name: string, { shape = [], dtype = 'float32', signature, hasRank, variable }: GraphTensor = {}, buffer = 0): number {
    return this.#current.tensors.push({
      name, shape, type: dtypes.indexOf(dtype), buffer, has_rank: hasRank ?? true, is_variable: variable ?? false,
      ...(signature === undefined ? {} : { shape_signature: signature }),
    }) - 1;
  }

  constant(values: readonly number[], dtype: 'int32' | 'float32' = 'int32', shape: readonly number[] = [values.length]): number {
    const data = dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
    return this.tensor(`constant ${this.#current.tensors.length}`, { shape, dtype }, this.#buffers.push({ data: new Uint8Array(data.buffer) }) - 1);
  }

  op(name: BuiltinOperator, inputs: readonly number[], outputs: readonly number[], member?: string, value: Fields = {}): void {
    const code = builtinOperators.indexOf(name);
    this.#add({ deprecated_builtin_code: Math.min(code, 127), builtin_code: code, version: 1 }, { inputs, outputs, ...(member === undefined ? {} : { builtin_options: { member, value } }) });
  }

  custom(name: string, inputs: readonly number[], outputs: readonly number[], options: Uint8Array): void {
    this.#add({ deprecated_builtin_code: 32, builtin_code: 32, custom_code: name, version: 1 }, { inputs, outputs, custom_options: options });
  }

  edges(inputs: readonly number[], outputs: readonly number[]): void {
    Object.assign(this.#current, { inputs, outputs });
  }

  bytes(): Uint8Array {
    return buildModel({ version: 3, operator_codes: this.#codes, buffers: this.#buffers, subgraphs: this.#subgraphs });
  }

  get #current() {
    const current = this.#subgraphs.at(-1);
    if (current === undefined) throw new Error('There is no subgraph.');
    return current;
  }

  #add(code: Fields, operator: Fields): void {
    this.#current.operators.push({ opcode_index: this.#codes.push(code) - 1, ...operator });
  }
}
