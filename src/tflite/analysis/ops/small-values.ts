import { elementCount } from '../../../tensor/dtype';
import { type Model, type Operator, type SubGraph, type Tensor, isConstant } from '../../format/model';
import { type Shape, optionsAs } from './context';
import { isSet } from './layout-rules';

/** Longer tensors are no shapes, axes or paddings. */
const maximumElements = 64;

/**
 * The integers of small tensors that are known before the model runs: constants, and what converters compute from
 * the shapes of inputs (SHAPE, STRIDED_SLICE, PACK and the like, in front of a RESHAPE).
 */
export class SmallValues {
  readonly #model: Model;
  readonly #subgraph: SubGraph;
  readonly #computed = new Map<number, readonly number[]>();

  constructor(model: Model, subgraph: SubGraph) {
    this.#model = model;
    this.#subgraph = subgraph;
  }

  of(index: number | undefined): readonly number[] | null {
    const tensor = this.#subgraph.tensors[index ?? -1];
    if (tensor === undefined) return null;
    return this.#computed.get(tensor.index) ?? readIntegers(this.#model, tensor);
  }

  /** Follows one op whose inputs' shapes are known. */
  follow(operator: Operator, shapes: readonly Shape[]): void {
    const [output] = operator.outputs;
    const values = output === undefined ? null : this.#evaluate(operator, shapes);
    if (output !== undefined && values !== null && values.length <= maximumElements) this.#computed.set(output, values);
  }

  #evaluate({ code, inputs, options }: Operator, shapes: readonly Shape[]): readonly number[] | null {
    if (code.custom) return null;
    const first = inputs[0] ?? -1;
    const value = (position: number): readonly number[] | null => this.of(inputs[position]);
    switch (code.name) {
      case 'SHAPE': return shapes[first] ?? null;
      case 'CAST': case 'RESHAPE': case 'SQUEEZE': case 'EXPAND_DIMS': return value(0);
      case 'PACK': case 'CONCATENATION': {
        const parts = inputs.map((_, position) => value(position));
        return parts.every((part) => part !== null) && parts.length <= maximumElements ? parts.flat() : null;
      }
      case 'STRIDED_SLICE': {
        const settings = optionsAs(options, 'StridedSliceOptions');
        const [source, begin, end, stride] = [value(0), value(1)?.[0], value(2)?.[0], value(3)?.[0]];
        if (source === null || settings === null || begin === undefined || end === undefined || stride !== 1) return null;
        if (isSet(settings.shrink_axis_mask, 0)) return source.slice(begin).slice(0, 1);
        return source.slice(isSet(settings.begin_mask, 0) ? 0 : begin, isSet(settings.end_mask, 0) ? undefined : end);
      }
      case 'GATHER': {
        const [source, indices] = [value(0), value(1)];
        const picked = source === null ? undefined : indices?.map((index) => source[index]);
        return picked?.every((each) => each !== undefined) === true ? picked : null;
      }
      case 'REDUCE_PROD': return value(0) === null || optionsAs(options, 'ReducerOptions') === null ? null : [value(0)?.reduce((product, each) => product * each, 1) ?? 0];
      case 'ADD': return elementwise(value(0), value(1), (one, other) => one + other);
      case 'SUB': return elementwise(value(0), value(1), (one, other) => one - other);
      case 'MUL': return elementwise(value(0), value(1), (one, other) => one * other);
      default: return null;
    }
  }
}

function elementwise(one: readonly number[] | null, other: readonly number[] | null, combine: (one: number, other: number) => number): readonly number[] | null {
  if (one === null || other === null || one.length === 0 || other.length === 0) return null;
  if (one.length !== other.length && one.length !== 1 && other.length !== 1) return null;
  return Array.from({ length: Math.max(one.length, other.length) }, (_, index) => combine(one[one.length === 1 ? 0 : index] ?? 0, other[other.length === 1 ? 0 : index] ?? 0));
}

function readIntegers(model: Model, tensor: Tensor): readonly number[] | null {
  const elements = elementCount(tensor.shape);
  if ((tensor.dtype !== 'int32' && tensor.dtype !== 'int64') || elements > maximumElements) return null;
  if (elements === 0) return [];
  const data = model.buffers[tensor.buffer]?.data;
  const bytes = tensor.dtype === 'int32' ? 4 : 8;
  if (!isConstant(model, tensor) || data === undefined || data.length < elements * bytes) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({ length: elements }, (_, index) => (bytes === 4 ? view.getInt32(4 * index, true) : Number(view.getBigInt64(8 * index, true))));
}
