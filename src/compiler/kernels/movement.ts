import type { View } from './layout';
import type { Kernel } from './kernel';
import { nest, type Strided } from './nest';

/** Elements that are copied: `extents` of them, from where `from` finds them in the input to where `to` puts them in the output. */
export interface Movement {
  readonly extents: readonly number[];
  readonly from: (input: View) => Strided;
  readonly to: (output: View) => Strided;
}

/** Whatever puts elements elsewhere: copies, slices, transpositions. Elements that lie side by side before and after move four at a time. */
export function movement(name: string, movements: readonly Movement[]): Kernel {
  return {
    name, macs: 0, wishes: [], denseOutputs: false, packed: [],
    write: (f, { inputs: [input], outputs: [output] }) => {
      if (input === undefined || output === undefined) return;
      for (const { extents, from, to } of movements) nest(f, { extents, inputs: [from(input)], output: to(output), compute: (_, [value = []]) => value });
    },
  };
}

/** A part of a view: from `begin` on, every `step`-th element of each of the four dimensions. */
export function part({ base, strides }: View, begin: readonly number[], step: readonly number[] = [1, 1, 1, 1]): Strided {
  return { base: base + begin.reduce((sum, first, axis) => sum + first * (strides[axis] ?? 0), 0), strides: strides.map((stride, axis) => stride * (step[axis] ?? 1)) };
}

/** All of a view. */
export const whole = ({ base, strides }: View): Strided => ({ base, strides });
