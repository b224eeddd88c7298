import { compiler as text } from '../../messages/compiler';
import type { Shape4, View } from './layout';
import { convolution } from './convolution';
import type { Finish } from './finish';
import type { Kernel, Places } from './kernel';
import type { Margins } from './layout';

/** Several kernels as one, over parts of the same tensors. */
export function together(name: string, parts: readonly { readonly kernel: Kernel; readonly input: (view: View) => View; readonly output: (view: View) => View }[]): Kernel {
  const [first] = parts;
  const margins = parts.map(({ kernel }) => kernel.wishes[0]?.margins).filter((each) => each !== undefined);
  const widest = (side: keyof Margins): number => Math.max(0, ...margins.map((each) => each[side]));
  return {
    name,
    macs: parts.reduce((sum, { kernel }) => sum + kernel.macs, 0),
    wishes: [{ margins: { top: widest('top'), left: widest('left'), bottom: widest('bottom'), right: widest('right') }, dense: false }, ...first?.kernel.wishes.slice(1) ?? []],
    denseOutputs: false,
    packed: parts.flatMap(({ kernel }) => kernel.packed),
    write: (f, places) => {
      let packed = 0;
      for (const { kernel, input, output } of parts) {
        const [[picture, ...others], [result]] = [places.inputs, places.outputs];
        if (picture === undefined || result === undefined) return;
        const own: Places = { inputs: [input(picture), ...others.map(output)], outputs: [output(result)], packed: places.packed.slice(packed, packed + kernel.packed.length) };
        packed += kernel.packed.length;
        kernel.write(f, own);
      }
    },
  };
}

export interface TransposedSettings {
  readonly input: Shape4;
  readonly output: Shape4;
  readonly size: readonly [rows: number, columns: number];
  readonly stride: readonly [number, number];
  /** Rows and columns of the result that SAME cuts off at its beginning. */
  readonly before: readonly [number, number];
  /** [outputs, rows, columns, inputs] */
  readonly weights: Float32Array;
  readonly bias: Float32Array | null;
  readonly finish: Finish;
}

/** Which elements of the window meet outputs of one phase, and where their windows begin in the input. */
interface Phase {
  readonly taps: readonly number[];
  /** Rows or columns before the first input where the first window begins; below 0 for behind it. */
  readonly before: number;
  readonly outputs: number;
}

/** Outputs p, p + stride, p + 2 stride… each see the same elements of the window: what they are is a convolution with stride 1. */
function phasesOf(outputs: number, size: number, stride: number, before: number): readonly Phase[] {
  return Array.from({ length: Math.min(stride, outputs) }, (_, phase) => {
    const first = (phase + before) % stride;
    const taps = Array.from({ length: Math.max(0, Math.ceil((size - first) / stride)) }, (__, index) => first + index * stride).reverse();
    return { taps, before: taps.length - 1 - (phase + before - first) / stride, outputs: Math.ceil((outputs - phase) / stride) };
  });
}

/**
 * A transposed convolution as stride × stride convolutions, one for each place that an output has between the inputs; each writes
 * every stride-th pixel of every stride-th row. Layout, tile and packing are theirs.
 */
export function transposedConvolution({ input, output, size, stride, before, weights, bias, finish }: TransposedSettings): Kernel {
  const [rows, columns, channels] = [size[0], size[1], input[3]];
  const parts = phasesOf(output[1], rows, stride[0], before[0]).flatMap((down, phaseDown) => phasesOf(output[2], columns, stride[1], before[1]).map((across, phaseAcross) => {
    // A phase that no element meets is nothing but bias: one weight of zero.
    const [downTaps, acrossTaps] = down.taps.length === 0 || across.taps.length === 0 ? [[-1], [-1]] : [down.taps, across.taps];
    const own = new Float32Array(output[3] * downTaps.length * acrossTaps.length * channels);
    let at = 0;
    for (let channel = 0; channel < output[3]; channel++) for (const row of downTaps) for (const column of acrossTaps) {
      if (row >= 0) own.set(weights.subarray(((channel * rows + row) * columns + column) * channels, ((channel * rows + row) * columns + column + 1) * channels), at);
      at += channels;
    }
    const shape: Shape4 = [output[0], down.outputs, across.outputs, output[3]];
    const empty = (downTaps[0] ?? -1) < 0;
    return {
      kernel: convolution({
        input, output: shape, weights: own, bias, finish,
        window: { size: [downTaps.length, acrossTaps.length], stride: [1, 1], dilation: [1, 1], before: empty ? [0, 0] : [down.before, across.before] },
      }),
      input: (view: View) => view,
      output: (view: View): View => ({
        ...view, shape, base: view.base + phaseDown * view.strides[1] + phaseAcross * view.strides[2],
        strides: [view.strides[0], view.strides[1] * stride[0], view.strides[2] * stride[1], view.strides[3]],
      }),
    };
  }));
  return { ...together(text.transposedConvolution(`${rows}×${columns}`), parts), macs: input.reduce((product, each) => product * each, 1) * rows * columns * output[3] };
}

/** A convolution whose outputs see only the inputs of their group, as a convolution for each. */
export function groupedConvolution(groups: number, settings: Parameters<typeof convolution>[0]): Kernel {
  const [inputs, outputs] = [settings.input[3] / groups, settings.output[3] / groups];
  const perGroup = settings.weights.length / groups;
  const slice = (view: View, channels: number, group: number): View => ({ ...view, shape: [view.shape[0], view.shape[1], view.shape[2], channels], base: view.base + group * channels * 4, room: channels });
  const parts = Array.from({ length: groups }, (_, group) => ({
    kernel: convolution({
      ...settings,
      input: [settings.input[0], settings.input[1], settings.input[2], inputs],
      output: [settings.output[0], settings.output[1], settings.output[2], outputs],
      weights: settings.weights.subarray(group * perGroup, (group + 1) * perGroup),
      bias: settings.bias?.subarray(group * outputs, (group + 1) * outputs) ?? null,
    }),
    input: (view: View) => slice(view, inputs, group),
    output: (view: View) => slice(view, outputs, group),
  }));
  return together(text.groupedConvolution(settings.window.size.join('×'), groups), parts);
}
