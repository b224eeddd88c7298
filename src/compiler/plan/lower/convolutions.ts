import { compiler as text } from '../../../messages/compiler';
import { convolution } from '../../kernels/convolution';
import { depthwise } from '../../kernels/depthwise';
import type { Kernel } from '../../kernels/kernel';
import { groupedConvolution, transposedConvolution } from '../../kernels/transposed';
import { sameBefore, type Window } from '../../kernels/window';
import type { Graph, Node } from '../graph';
import type { Shape4 } from '../../kernels/layout';
import type { Step } from '../step';
import { type Lowerings, finishOf, residualOf, settingsOf, shapeOf } from './lowering';

interface WindowSettings {
  readonly padding: string | number;
  readonly stride_h: number;
  readonly stride_w: number;
  readonly dilation_h_factor?: number;
  readonly dilation_w_factor?: number;
}

function windowOf(settings: WindowSettings, size: readonly [number, number], [, height, width]: Shape4, output: Shape4, [top, bottom, left, right]: Node['padding']): Window {
  const stride = [settings.stride_h, settings.stride_w] as const;
  const dilation = [settings.dilation_h_factor ?? 1, settings.dilation_w_factor ?? 1] as const;
  const same = settings.padding === 'SAME';
  const before = [
    top + (same ? sameBefore(height + top + bottom, output[1], size[0], stride[0], dilation[0]) : 0),
    left + (same ? sameBefore(width + left + right, output[2], size[1], stride[1], dilation[1]) : 0),
  ] as const;
  return { size, stride, dilation, before };
}

/** A bias that is left out is null, one that is computed undefined. */
function biasOf(graph: Graph, tensor: number | undefined): Float32Array | null | undefined {
  return tensor === undefined || tensor < 0 ? null : graph.values(tensor) ?? undefined;
}

const step = (kernel: Kernel, input: number | undefined, node: Node): Step => ({ kind: 'kernel', kernel, inputs: [input ?? -1, ...residualOf(node)], outputs: node.outputs });

/** [a][b] as [b][a] */
function turned(values: Float32Array, outer: number, inner: number): Float32Array {
  return values.map((_, index) => values[(index % outer) * inner + Math.floor(index / outer)] ?? 0);
}

export const convolutions: Lowerings = {
  CONV_2D: (graph, node) => {
    const settings = settingsOf(node, 'Conv2DOptions');
    const [weights, bias, finish] = [graph.values(node.inputs[1]), biasOf(graph, node.inputs[2]), finishOf(graph, node)];
    if (settings === null || weights === null || bias === undefined || finish === null) return null;
    const [input, output] = [shapeOf(graph, node.inputs[0]), shapeOf(graph, node.outputs[0])];
    const [, rows, columns, channels] = shapeOf(graph, node.inputs[1]);
    const all = { input, output, window: windowOf(settings, [rows, columns], input, output, node.padding), weights, bias, finish };
    const groups = input[3] / channels;
    if (groups > 1 && finish.residual !== null && finish.residual.channels !== output[3]) return null;
    return [step(groups === 1 ? convolution(all) : groupedConvolution(groups, all), node.inputs[0], node)];
  },
  DEPTHWISE_CONV_2D: (graph, node) => {
    const settings = settingsOf(node, 'DepthwiseConv2DOptions');
    const [weights, bias, finish] = [graph.values(node.inputs[1]), biasOf(graph, node.inputs[2]), finishOf(graph, node)];
    if (settings === null || weights === null || bias === undefined || finish === null) return null;
    const [input, output] = [shapeOf(graph, node.inputs[0]), shapeOf(graph, node.outputs[0])];
    const [, rows, columns] = shapeOf(graph, node.inputs[1]);
    const window = windowOf(settings, [rows, columns], input, output, node.padding);
    // Every output of a single channel sees the same: that is a convolution.
    const kernel = input[3] === 1 && output[3] > 1
      ? convolution({ input, output, window, weights: turned(weights, rows * columns, output[3]), bias, finish })
      : depthwise({ input, output, window, multiplier: output[3] / input[3], weights, bias, finish });
    return [step(kernel, node.inputs[0], node)];
  },
  FULLY_CONNECTED: (graph, node) => {
    const settings = settingsOf(node, 'FullyConnectedOptions');
    const [input = -1, weightsAt] = node.inputs;
    const [output = -1] = node.outputs;
    const [weights, bias, finish] = [graph.values(weightsAt), biasOf(graph, node.inputs[2]), finishOf(graph, node)];
    if (settings === null || settings.weights_format !== 'DEFAULT' || weights === null || bias === undefined || finish === null) return null;
    const [units = 1, depth = 1] = graph.shape(weightsAt ?? -1);
    const rows = graph.elements(input) / depth;
    const [from, to]: [Shape4, Shape4] = [[1, 1, rows, depth], [1, 1, rows, units]];
    const kernel = convolution({ input: from, output: to, window: { size: [1, 1], stride: [1, 1], dilation: [1, 1], before: [0, 0] }, weights, bias, finish });
    const flat = graph.add([rows, depth]);
    const result = graph.add([rows, units]);
    // What is added lies as the result does.
    const other = node.residual === null ? null : graph.add([rows, units]);
    return [
      { kind: 'reshape', input, output: flat },
      ...(other === null || node.residual === null ? [] : [{ kind: 'reshape', input: node.residual.tensor, output: other } as const]),
      { kind: 'kernel', kernel: { ...kernel, name: text.fullyConnected }, inputs: [flat, ...(other === null ? [] : [other])], outputs: [result] },
      { kind: 'reshape', input: result, output },
    ];
  },
  TRANSPOSE_CONV: (graph, node) => transposed(graph, node, node.inputs[2], node.inputs[1], node.inputs[3], settingsOf(node, 'TransposeConvOptions')),
  Convolution2DTransposeBias: (graph, node) => {
    const options = node.operators[0]?.customOptions;
    if (options === null || options === undefined || options.byteLength < 12) return null;
    const view = new DataView(options.buffer, options.byteOffset, options.byteLength);
    const [padding = 0, stride_w = 1, stride_h = 1] = [0, 4, 8].map((at) => view.getInt32(at, true));
    return transposed(graph, node, node.inputs[0], node.inputs[1], node.inputs[2], { padding: padding === 1 ? 'SAME' : 'VALID', stride_w, stride_h });
  },
};

function transposed(graph: Graph, node: Node, from: number | undefined, weightsAt: number | undefined, biasAt: number | undefined, settings: WindowSettings | null): readonly Step[] | null {
  const [weights, bias, finish] = [graph.values(weightsAt), biasOf(graph, biasAt), finishOf(graph, node)];
  if (settings === null || weights === null || bias === undefined || finish === null) return null;
  const [input, output] = [shapeOf(graph, from), shapeOf(graph, node.outputs[0])];
  const [, rows, columns] = shapeOf(graph, weightsAt);
  const same = settings.padding === 'SAME';
  const before = [same ? sameBefore(output[1], input[1], rows, settings.stride_h, 1) : 0, same ? sameBefore(output[2], input[2], columns, settings.stride_w, 1) : 0] as const;
  return [step(transposedConvolution({ input, output, size: [rows, columns], stride: [settings.stride_h, settings.stride_w], before, weights, bias, finish }), from, node)];
}
