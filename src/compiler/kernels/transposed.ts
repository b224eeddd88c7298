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
 *
 * Of fewer than four channels the outputs that one input makes in a row, where that is all they come from, lie side by side: they
 * are the channels of one convolution, or most of a vector would be computed for nothing.
 */
export function transposedConvolution(settings: TransposedSettings): Kernel {
  const { input, output, size, stride, before } = settings;
  const name = text.transposedConvolution(size.join('×'));
  const macs = input.reduce((product, each) => product * each, 1) * size[0] * size[1] * output[3];
  const sideBySide = output[3] < 4 && stride[1] > 1 && size[1] === stride[1] && before[1] === 0 && output[2] === input[2] * stride[1];
  const downs = phasesOf(output[1], size[0], stride[0], before[0]);
  if (sideBySide) {
    const shape: Shape4 = [output[0], output[1], input[2], output[3] * stride[1]];
    const columns = Array.from({ length: size[1] }, (_, column) => column);
    const joined = together(name, downs.map((down, phase) => phaseOf(settings, shape, { down, phase, step: stride[0] }, { groups: columns.map((column) => [column]), before: 0, phase: 0, step: stride[1] })));
    return { ...joined, macs, denseOutputs: true };
  }
  const parts = downs.flatMap((down, phase) => phasesOf(output[2], size[1], stride[1], before[1]).map((across, column) => phaseOf(
    settings, [output[0], output[1], across.outputs, output[3]], { down, phase, step: stride[0] }, { groups: [across.taps], before: across.before, phase: column, step: stride[1] })));
  return { ...together(name, parts), macs };
}

/**
 * The convolution of one phase.
 *
 * @param shape of what it gives, but for its rows
 * @param across which columns of the window each group of its channels sees
 */
function phaseOf(
  { input, size: [rows, columns], weights, bias, finish }: TransposedSettings, [batches, , width, channels]: Shape4,
  { down, phase, step }: { readonly down: Phase; readonly phase: number; readonly step: number },
  across: { readonly groups: readonly (readonly number[])[]; readonly before: number; readonly phase: number; readonly step: number },
): { readonly kernel: Kernel; readonly input: (view: View) => View; readonly output: (view: View) => View } {
  const depth = input[3];
  const own = channels / across.groups.length;
  // A phase that no element meets is nothing but bias: one weight of zero.
  const empty = down.taps.length === 0 || across.groups[0]?.length === 0;
  const downTaps = empty ? [0] : down.taps;
  const groups = empty ? across.groups.map(() => [0]) : across.groups;
  const taps = groups[0]?.length ?? 0;
  const picked = new Float32Array(channels * downTaps.length * taps * depth);
  let at = 0;
  for (const columnsOfGroup of groups) for (let channel = 0; channel < own; channel++) for (const row of downTaps) for (const column of columnsOfGroup) {
    const from = ((channel * rows + row) * columns + column) * depth;
    if (!empty) picked.set(weights.subarray(from, from + depth), at);
    at += depth;
  }
  const shape: Shape4 = [batches, down.outputs, width, channels];
  return {
    kernel: convolution({
      input, output: shape, weights: picked, bias: bias === null ? null : Float32Array.from({ length: channels }, (_, channel) => bias[channel % own] ?? 0), finish,
      window: { size: [downTaps.length, taps], stride: [1, 1], dilation: [1, 1], before: empty ? [0, 0] : [down.before, across.before] },
    }),
    input: (view) => view,
    output: (view) => ({
      shape, base: view.base + phase * view.strides[1] + across.phase * view.strides[2], room: Math.max(view.room, channels),
      strides: [view.strides[0], view.strides[1] * step, view.strides[2] * across.step, view.strides[3]],
    }),
  };
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
