import { compiler as text } from '../../../messages/compiler';
import { elementwise } from '../../kernels/elementwise';
import { op } from '../../emit/assembler';
import { movement, part, whole, type Movement } from '../../kernels/movement';
import type { Shape } from '../../../tflite/analysis/ops/context';
import { isSet } from '../../../tflite/analysis/ops/layout-rules';
import type { Graph, Node } from '../graph';
import { axis4, shape4, type View } from '../../kernels/layout';
import type { Step } from '../step';
import { type Lowering, type Lowerings, activationOf, settingsOf, shapeOf } from './lowering';

const reshape: Lowering = (_, { inputs: [input = -1], outputs: [output = -1] }) => [{ kind: 'reshape', input, output }];

/** A list that has one entry an axis of a shape, with one for each of the four; null where the shape has more and they differ from `fill` there. */
function fourOf(shape: Shape, list: readonly number[], fill: number): [number, number, number, number] | null {
  if (list.length !== shape.length || list.slice(0, -4).some((each) => each !== fill)) return null;
  const [a = fill, b = fill, c = fill, d = fill] = [...new Array<number>(4).fill(fill), ...list].slice(-4);
  return shape.length > 4 && a !== fill ? null : [a, b, c, d];
}

const moved = (name: string, inputs: readonly number[], outputs: readonly number[], movements: readonly Movement[]): Step => ({ kind: 'kernel', kernel: movement(name, movements), inputs, outputs });

/** A part of a tensor, every `step`-th element of each axis. */
function sliced(graph: Graph, name: string, input: number, output: number, begin: readonly number[], step: readonly number[], extents: Shape): Step | null {
  const shape = graph.shape(input);
  const [from, by] = [fourOf(shape, begin, 0), fourOf(shape, step, 1)];
  if (from === null || by === null) return null;
  const size = shape4(extents);
  return moved(name, [input], [output], [{ extents: size, from: (view) => part(view, from, by), to: whole }]);
}

const along = (axis: number, at: number): [number, number, number, number] => [0, 1, 2, 3].map((each) => (each === axis ? at : 0)) as [number, number, number, number];
const axisIn = (graph: Graph, tensor: number, axis: number): number | null => axis4(graph.shape(tensor), axis < 0 ? axis + graph.shape(tensor).length : axis);

function split(graph: Graph, node: Node, input: number, axis: number | undefined): readonly Step[] | null {
  const place = axis === undefined ? null : axisIn(graph, input, axis);
  if (place === null) return null;
  let begin = 0;
  return node.outputs.map((output) => {
    const [extents, first] = [shapeOf(graph, output), begin];
    begin += extents[place] ?? 0;
    return moved(text.split, [input], [output], [{ extents, from: (view) => part(view, along(place, first)), to: whole }]);
  });
}

/** Blocks of pixels become channels of one, or the other way round: six dimensions, two pairs of which are one on either side. */
function blocks(graph: Graph, node: Node, block: number, toDepth: boolean): readonly Step[] {
  const [small, large] = toDepth ? [node.outputs[0], node.inputs[0]] : [node.inputs[0], node.outputs[0]];
  const [batches, height, width] = shapeOf(graph, small);
  const channels = shapeOf(graph, large)[3];
  const extents = [batches, height, block, width, block, channels];
  const deep = ({ base, strides: [batch, row, pixel] }: View) => ({ base, strides: [batch, row, block * channels * 4, pixel, channels * 4, 4] });
  const wide = ({ base, strides: [batch, row, pixel] }: View) => ({ base, strides: [batch, row * block, row, pixel * block, pixel, 4] });
  return [moved(toDepth ? text.spaceToDepth : text.depthToSpace, node.inputs.slice(0, 1), node.outputs, [{ extents, from: toDepth ? wide : deep, to: toDepth ? deep : wide }])];
}

/** Every `block`-th pixel of every `block`-th row is a batch of its own, or the other way round; the pictures have rows and columns around them that the batches' have not, or lack some. */
function batched(graph: Graph, node: Node, toBatches: boolean): readonly Step[] | null {
  const [input = -1, blockAt, aroundAt] = node.inputs;
  const [output = -1] = node.outputs;
  const [block, around] = [graph.integers(blockAt), graph.integers(aroundAt)];
  if (graph.shape(input).length !== 4 || block?.length !== 2 || around?.length !== 4) return null;
  const [picture, batches] = toBatches ? [shapeOf(graph, input), shapeOf(graph, output)] : [shapeOf(graph, output), shapeOf(graph, input)];
  const [[down = 1, across = 1], [top = 0, , left = 0]] = [block, around];
  /** Rows or columns of a batch that lie in the picture. */
  const inside = (offset: number, step: number, before: number, size: number, all: number): { readonly first: number; readonly count: number } => {
    const first = Math.max(0, Math.ceil((before - offset) / step));
    return { first, count: Math.max(0, Math.min(all, Math.floor((size - 1 + before - offset) / step) + 1) - first) };
  };
  const parts = Array.from({ length: down * across }, (_, index): Movement => {
    const [row, column] = [Math.floor(index / across), index % across];
    const [rows, columns] = [inside(row, down, top, picture[1], batches[1]), inside(column, across, left, picture[2], batches[2])];
    const inPicture = (view: View) => part(view, [0, rows.first * down + row - top, columns.first * across + column - left, 0], [1, down, across, 1]);
    const inBatches = (view: View) => part(view, [index * picture[0], rows.first, columns.first, 0]);
    return { extents: [picture[0], rows.count, columns.count, picture[3]], from: toBatches ? inPicture : inBatches, to: toBatches ? inBatches : inPicture };
  });
  const copy = movement(toBatches ? text.spaceToBatches : text.batchesToSpace, parts);
  if (!toBatches || around.every((amount) => amount === 0)) return [{ kind: 'kernel', kernel: copy, inputs: [input], outputs: [output] }];
  const fill = elementwise(text.pad, batches, () => op.v128Const(0), 'NONE');
  return [{ kind: 'kernel', kernel: { ...copy, write: (f, places) => { fill.write(f, { ...places, inputs: [] }); copy.write(f, places); } }, inputs: [input], outputs: [output] }];
}

function padded(graph: Graph, node: Node, value: number): readonly Step[] | null {
  const [input = -1] = node.inputs;
  const [output = -1] = node.outputs;
  const amounts = graph.integers(node.inputs[1]);
  const begin = amounts === null ? null : fourOf(graph.shape(input), amounts.filter((_, index) => index % 2 === 0), 0);
  const end = amounts === null ? null : fourOf(graph.shape(input), amounts.filter((_, index) => index % 2 === 1), 0);
  if (begin === null || end === null || [...begin, ...end].some((amount) => amount < 0)) return null;
  const [from, to] = [shapeOf(graph, input), shapeOf(graph, output)];
  const fill = elementwise(text.pad, to, () => op.v128Const(value), 'NONE');
  const copy = movement(text.pad, [{ extents: from, from: whole, to: (view) => part(view, begin) }]);
  return [{ kind: 'kernel', kernel: { ...copy, write: (f, places) => { fill.write(f, { ...places, inputs: [] }); copy.write(f, places); } }, inputs: [input], outputs: [output] }];
}

export const movements: Lowerings = {
  RESHAPE: reshape,
  SQUEEZE: reshape,
  EXPAND_DIMS: reshape,
  CONCATENATION: (graph, node) => {
    const settings = settingsOf(node, 'ConcatenationOptions');
    const [output = -1] = node.outputs;
    const [axis, activation] = [settings === null ? null : axisIn(graph, output, settings.axis), activationOf(node)];
    if (axis === null || activation === null) return null;
    const joined = activation === 'NONE' ? output : graph.add(graph.shape(output));
    const join: Step = { kind: 'join', inputs: node.inputs.filter((input) => graph.elements(input) > 0), output: joined, axis };
    return joined === output ? [join] : [join, { kind: 'kernel', kernel: elementwise(activation.toLowerCase(), shapeOf(graph, output), (_, [value = []]) => value, activation), inputs: [joined], outputs: [output] }];
  },
  PACK: (graph, node) => {
    const settings = settingsOf(node, 'PackOptions');
    const [output = -1] = node.outputs;
    const shape = graph.shape(output);
    const axis = settings === null ? 0 : settings.axis < 0 ? settings.axis + shape.length : settings.axis;
    const place = axis4(shape, axis);
    if (settings === null || place === null) return null;
    const parts = node.inputs.map(() => graph.add(shape.with(axis, 1)));
    return [...parts.map((each, index): Step => ({ kind: 'reshape', input: node.inputs[index] ?? -1, output: each })), { kind: 'join', inputs: parts, output, axis: place }];
  },
  UNPACK: (graph, node) => {
    const settings = settingsOf(node, 'UnpackOptions');
    const [input = -1] = node.inputs;
    const shape = graph.shape(input);
    if (settings === null) return null;
    const axis = settings.axis < 0 ? settings.axis + shape.length : settings.axis;
    const steps = node.outputs.map((output, index) => {
      const size = shape.with(axis, 1);
      const single = graph.add(size);
      const slice = sliced(graph, text.split, input, single, shape.map((_, each) => (each === axis ? index : 0)), shape.map(() => 1), size);
      return slice === null ? null : [slice, { kind: 'reshape', input: single, output } as const];
    });
    return steps.every((each) => each !== null) ? steps.flat() : null;
  },
  SPLIT: (graph, node) => split(graph, node, node.inputs[1] ?? -1, graph.integers(node.inputs[0])?.[0]),
  SPLIT_V: (graph, node) => split(graph, node, node.inputs[0] ?? -1, graph.integers(node.inputs[2])?.[0]),
  SLICE: (graph, node) => {
    const [input = -1, beginAt] = node.inputs;
    const [output = -1] = node.outputs;
    const begin = graph.integers(beginAt);
    const step = begin === null ? null : sliced(graph, text.slice, input, output, begin, begin.map(() => 1), graph.shape(output));
    return step === null ? null : [step];
  },
  STRIDED_SLICE: stridedSlice,
  TRANSPOSE: (graph, node) => {
    const [input = -1, orderAt] = node.inputs;
    const [output = -1] = node.outputs;
    const [shape, order] = [graph.shape(input), graph.integers(orderAt)];
    if (order === null || shape.length > 4) return null;
    const missing = 4 - shape.length;
    const places = [...Array.from({ length: missing }, (_, axis) => axis), ...order.map((axis) => axis + missing)];
    return [moved(text.transpose, [input], [output], [{ extents: shapeOf(graph, output), from: ({ base, strides }) => ({ base, strides: places.map((axis) => strides[axis] ?? 0) }), to: whole }])];
  },
  PAD: (graph, node) => padded(graph, node, 0),
  PADV2: (graph, node) => {
    const value = graph.values(node.inputs[2])?.[0];
    return value === undefined ? null : padded(graph, node, value);
  },
  DEPTH_TO_SPACE: (graph, node) => {
    const settings = settingsOf(node, 'DepthToSpaceOptions');
    return settings === null ? null : blocks(graph, node, settings.block_size, false);
  },
  SPACE_TO_DEPTH: (graph, node) => {
    const settings = settingsOf(node, 'SpaceToDepthOptions');
    return settings === null ? null : blocks(graph, node, settings.block_size, true);
  },
  SPACE_TO_BATCH_ND: (graph, node) => batched(graph, node, true),
  BATCH_TO_SPACE_ND: (graph, node) => batched(graph, node, false),
  TILE: (graph, node) => {
    const [input = -1, timesAt] = node.inputs;
    const times = graph.integers(timesAt);
    const repeats = times === null ? null : fourOf(graph.shape(input), times, 1);
    if (repeats === null) return null;
    const shape = shapeOf(graph, input);
    return [moved(text.tile, [input], node.outputs, [{
      extents: shape.flatMap((size, axis) => [repeats[axis] ?? 1, size]),
      from: ({ base, strides }) => ({ base, strides: strides.flatMap((stride) => [0, stride]) }),
      to: ({ base, strides }) => ({ base, strides: strides.flatMap((stride, axis) => [stride * (shape[axis] ?? 1), stride]) }),
    }])];
  },
  BROADCAST_TO: (graph, node) => {
    const shapes = [graph.shape(node.inputs[0] ?? -1), graph.shape(node.outputs[0] ?? -1)];
    if (shapes.some((shape) => shape.length > 4)) return null;
    return [{ kind: 'kernel', kernel: elementwise(text.broadcast, shapeOf(graph, node.outputs[0]), (_, [value = []]) => value, 'NONE'), inputs: node.inputs.slice(0, 1), outputs: node.outputs }];
  },
};

function stridedSlice(graph: Graph, node: Node): readonly Step[] | null {
  const settings = settingsOf(node, 'StridedSliceOptions');
  const [input = -1] = node.inputs;
  const [output = -1] = node.outputs;
  const [begin, end, stride] = [1, 2, 3].map((position) => graph.integers(node.inputs[position]));
  if (settings === null || !begin || !end || !stride || settings.ellipsis_mask !== 0 || settings.new_axis_mask !== 0 || settings.offset) return null;
  const shape = graph.shape(input);
  const axes = shape.map((size, axis) => {
    const by = stride[axis] ?? 1;
    const wrapped = (value: number): number => (value < 0 ? value + size : value);
    const [low, high] = by > 0 ? [0, size] : [-1, size - 1];
    const clamped = (value: number): number => Math.max(low, Math.min(high, wrapped(value)));
    const whole = axis >= begin.length;
    const first = whole || isSet(settings.begin_mask, axis) ? (by > 0 ? 0 : size - 1) : clamped(begin[axis] ?? 0);
    if (!whole && isSet(settings.shrink_axis_mask, axis)) return { first, by: 1, count: 1 };
    const last = whole || isSet(settings.end_mask, axis) ? (by > 0 ? size : -1) : clamped(end[axis] ?? 0);
    return { first, by, count: Math.max(0, Math.ceil((last - first) / by)) };
  });
  const extents = axes.map(({ count }) => count);
  const single = extents.length === graph.shape(output).length ? output : graph.add(extents);
  const step = sliced(graph, text.slice, input, single, axes.map(({ first }) => first), axes.map(({ by }) => by), extents);
  return step === null ? null : [step, ...(single === output ? [] : [{ kind: 'reshape', input: single, output } as const])];
}
