import type { PoolingKind } from '../../kernels/pooling';
import { pooling } from '../../kernels/pooling';
import { reduction, type ReductionKind } from '../../kernels/reduction';
import { resize } from '../../kernels/resize';
import { softmax } from '../../kernels/softmax';
import { sameBefore } from '../../kernels/window';
import type { Graph, Node } from '../graph';
import { axis4 } from '../../kernels/layout';
import type { Step } from '../step';
import { type Lowering, type Lowerings, activationOf, settingsOf, shapeOf } from './lowering';

const pool = (kind: PoolingKind): Lowering => (graph, node) => {
  const [settings, activation] = [settingsOf(node, 'Pool2DOptions'), activationOf(node)];
  if (settings === null || activation === null) return null;
  const [input, output] = [shapeOf(graph, node.inputs[0]), shapeOf(graph, node.outputs[0])];
  const [size, stride] = [[settings.filter_height, settings.filter_width] as const, [settings.stride_h, settings.stride_w] as const];
  const same = settings.padding === 'SAME';
  const before = [same ? sameBefore(input[1], output[1], size[0], stride[0], 1) : 0, same ? sameBefore(input[2], output[2], size[1], stride[1], 1) : 0] as const;
  const kernel = pooling({ kind, input, output, window: { size, stride, dilation: [1, 1], before }, activation });
  return [{ kind: 'kernel', kernel, inputs: node.inputs.slice(0, 1), outputs: node.outputs }];
};

const resized = (bilinear: boolean): Lowering => (graph, node) => {
  const settings = bilinear ? settingsOf(node, 'ResizeBilinearOptions') : settingsOf(node, 'ResizeNearestNeighborOptions');
  if (settings === null) return null;
  const kernel = resize({ input: shapeOf(graph, node.inputs[0]), output: shapeOf(graph, node.outputs[0]), bilinear, alignCorners: settings.align_corners, halfPixelCenters: settings.half_pixel_centers });
  return [{ kind: 'kernel', kernel, inputs: node.inputs.slice(0, 1), outputs: node.outputs }];
};

const reduced = (kind: ReductionKind): Lowering => (graph, node) => {
  const [input = -1] = node.inputs;
  const [rank, axes] = [graph.shape(input).length, graph.integers(node.inputs[1])];
  const places = axes?.map((axis) => axis4(graph.shape(input), axis < 0 ? axis + rank : axis));
  if (places === undefined || places.includes(null)) return null;
  const over = [...new Set(places.flatMap((place) => place ?? []))].sort();
  return [{ kind: 'kernel', kernel: reduction(kind, shapeOf(graph, input), over), inputs: [input], outputs: node.outputs }];
};

/** Over the last dimension of any shape. */
function softmaxOf(graph: Graph, node: Node): readonly Step[] | null {
  const settings = settingsOf(node, 'SoftmaxOptions');
  return settings === null ? null : [{ kind: 'kernel', kernel: softmax(shapeOf(graph, node.inputs[0]), settings.beta), inputs: node.inputs, outputs: node.outputs }];
}

export const pictures: Lowerings = {
  MAX_POOL_2D: pool('maximum'),
  AVERAGE_POOL_2D: pool('mean'),
  RESIZE_BILINEAR: resized(true),
  RESIZE_NEAREST_NEIGHBOR: resized(false),
  MEAN: reduced('mean'),
  SUM: reduced('sum'),
  REDUCE_MAX: reduced('maximum'),
  REDUCE_MIN: reduced('minimum'),
  SOFTMAX: softmaxOf,
};
