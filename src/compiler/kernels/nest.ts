import { op, type Code } from '../emit/assembler';
import { lanes, vectorBytes, type FunctionWriter } from '../emit/function-writer';

/** A tensor that loops go through: bytes from one element to the next in each of the loops' dimensions, 0 where it stretches. */
export interface Strided {
  readonly base: number;
  readonly strides: readonly number[];
}

export interface NestSettings {
  readonly extents: readonly number[];
  readonly inputs: readonly Strided[];
  readonly output: Strided;
  /** Elements of the last dimension that may be written, where the output has room behind its own. */
  readonly room?: number;
  /** What is stored, from a vector of each input. Code that is evaluated once and in order. */
  readonly compute: (f: FunctionWriter, values: readonly Code[]) => Code;
}

const vectorsATurn = 4;

/**
 * Nested loops over elements of any tensors with the same extents: elementwise ops with broadcasting, and whatever moves
 * elements. Dimensions that lie one behind the other in all tensors are one; in the last one four elements are taken at once
 * where they lie side by side in each tensor (or are one and the same), else one by one in the same code.
 */
export function nest(f: FunctionWriter, settings: NestSettings): void {
  const all = [settings.output, ...settings.inputs];
  if (settings.extents.includes(0)) return;
  const { extents, strides } = merged(settings.extents, all.map((each) => each.strides));
  const pointers = all.map(({ base }) => {
    const pointer = f.local();
    f.point(pointer, base);
    return pointer;
  });
  const last = extents.length - 1;
  const innerStrides = strides.map((each) => each[last] ?? 0);
  const vectorized = innerStrides.every((stride, index) => stride === 4 || (stride === 0 && index > 0));
  const width = vectorized ? lanes : 1;
  const result = f.local('v128');

  /** One group of elements, `groups` groups behind where the pointers stand. */
  const group = (groups: number, stored: number): void => {
    const values = settings.inputs.map((_, index) => {
      const [pointer = 0, stride = 0] = [pointers[index + 1], innerStrides[index + 1]];
      return vectorized && stride === 4 ? f.load(op.get(pointer), groups * vectorBytes) : f.splat(op.get(pointer), groups * width * stride);
    });
    f.emit(settings.compute(f, values), op.set(result));
    f.store(op.get(pointers[0] ?? 0), groups * width * (innerStrides[0] ?? 0), result, stored);
  };
  const move = (dimension: number, elements: number): void => {
    pointers.forEach((pointer, index) => { f.advance(pointer, elements * (strides[index]?.[dimension] ?? 0)); });
  };
  const row = (count: number): void => {
    const whole = Math.floor(count / width);
    // An offset of an instruction cannot lead backwards.
    const atOnce = Math.min(innerStrides.some((stride) => stride < 0) ? 1 : vectorsATurn, whole);
    const turns = atOnce === 0 ? 0 : Math.floor(whole / atOnce);
    f.repeat(turns, () => {
      for (let groups = 0; groups < atOnce; groups++) group(groups, width);
      move(last, atOnce * width);
    });
    const rest = whole - turns * atOnce;
    for (let groups = 0; groups < rest; groups++) group(groups, width);
    const tail = count - whole * width;
    if (tail > 0) group(rest, (settings.room ?? 0) >= (whole + 1) * width ? width : tail);
    move(last, count - turns * atOnce * width);
  };
  const loop = (dimension: number): void => {
    if (dimension === last) {
      row(extents[last] ?? 1);
      move(last, -(extents[last] ?? 1));
      return;
    }
    f.repeat(extents[dimension] ?? 1, () => {
      loop(dimension + 1);
      move(dimension, 1);
    });
    move(dimension, -(extents[dimension] ?? 1));
  };
  loop(0);
}

function merged(extents: readonly number[], strides: readonly (readonly number[])[]): { readonly extents: number[]; readonly strides: number[][] } {
  const kept: { extent: number; strides: number[] }[] = [];
  extents.forEach((extent, dimension) => {
    if (extent === 1) return;
    const own = strides.map((each) => each[dimension] ?? 0);
    const before = kept.at(-1);
    if (before !== undefined && before.strides.every((stride, index) => stride === (own[index] ?? 0) * extent)) kept[kept.length - 1] = { extent: before.extent * extent, strides: own };
    else kept.push({ extent, strides: own });
  });
  // A single element: wherever it lies, it lies beside the next.
  if (kept.length === 0) kept.push({ extent: 1, strides: strides.map(() => 4) });
  return { extents: kept.map(({ extent }) => extent), strides: strides.map((_, index) => kept.map((each) => each.strides[index] ?? 0)) };
}
