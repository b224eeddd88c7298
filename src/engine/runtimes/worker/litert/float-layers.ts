import { constantTensor } from '../../../../tflite/constants/constants';
import { elementCount } from '../../../../tensor/dtype';
import { halfValues } from '../../../../tensor/half';
import { type Model, type Operator, type SubGraph, type Tensor, isConstant, operatorPlace } from '../../../../tflite/format/model';
import type { FloatLayer, PackedLayout } from './xnnpack-packing';

/** Output channels in a tile and input channels in a block, of the float kernels that XNNPACK has for WASM; measured on @litertjs/core 2.5.3 are 16 × 1 and 8 × 1, and without relaxed SIMD 8 × 1 and 2 × 4. */
const matrixTiles = [16, 8, 4, 2] as const;
const matrixBlocks = [{ depth: 1, rotation: 1 }, { depth: 4, rotation: 1 }, { depth: 1, rotation: 4 }] as const;
/** Channels in a tile of the depthwise kernels; measured are 8 and 4. */
const depthwiseTiles = [16, 8, 4] as const;
/** Kernel positions that depthwise kernels are made for. */
const depthwiseTaps = [3, 4, 9, 25] as const;
/** The widest tile: a number of channels that it divides fills every narrower tile, too. */
const widestTile = 16;

/**
 * The layers of a model whose weights XNNPACK packs as floats in tiles that their channels do not fill, for one kernel
 * or another: those with constant float32 weights, and with float16 or sparse ones that are unfolded when the model is
 * loaded. `unreadable` counts such layers whose weights cannot be told from the file.
 */
export function paddedLayers(model: Model): { readonly layers: readonly FloatLayer[]; readonly unreadable: number } {
  const layers: FloatLayer[] = [];
  let unreadable = 0;
  for (const subgraph of model.subgraphs) {
    const producers = new Map(subgraph.operators.flatMap((operator) => operator.outputs.map((output) => [output, operator] as const)));
    for (const operator of subgraph.operators) {
      const shape = shapeOf(subgraph, operator);
      if (shape === null || shape.outputs % widestTile === 0) continue;
      const weights = bitsOf(model, subgraph, producers, shape.weights);
      const bias = shape.bias < 0 ? null : bitsOf(model, subgraph, producers, shape.bias);
      const { outputs, inputs, groups, kernel } = shape;
      const complete = weights?.length === outputs * inputs * groups * kernel.height * kernel.width && (shape.bias < 0 || bias?.length === outputs * groups);
      if (!complete || weights === null) {
        unreadable++;
        continue;
      }
      layers.push({ place: operatorPlace(subgraph.index, operator.index, operator.code.name), weights, bias, outputs, inputs, groups, kernel, strides: shape.strides, layouts: shape.layouts });
    }
  }
  return { layers, unreadable };
}

interface LayerShape extends Pick<FloatLayer, 'groups' | 'outputs' | 'inputs' | 'kernel' | 'strides' | 'layouts'> {
  /** Tensor indices; −1 for no bias. */
  readonly weights: number;
  readonly bias: number;
}

/** What kind of layer an op is; null for those without float weights that XNNPACK packs. */
function shapeOf(subgraph: SubGraph, operator: Operator): LayerShape | null {
  const tensorOf = (position: number): Tensor | undefined => subgraph.tensors[operator.inputs[position] ?? -1];
  const weightsTensor = tensorOf(1);
  if (weightsTensor === undefined || weightsTensor.dtype !== 'float32' || weightsTensor.shape.some((size) => size <= 0)) return null;
  const weights = weightsTensor.index;
  const { shape } = weightsTensor;
  const values = operator.options?.values as { readonly stride_h?: number; readonly stride_w?: number; readonly depth_multiplier?: number } | undefined;
  switch (operator.code.name) {
    case 'CONV_2D': {
      const [outputs, height, width, inputs] = shape;
      const channels = tensorOf(0)?.shape[3];
      if (outputs === undefined || height === undefined || width === undefined || inputs === undefined || channels === undefined) return null;
      const groups = Math.max(1, Math.floor(channels / inputs));
      if (outputs % groups !== 0) return null;
      return { weights, bias: operator.inputs[2] ?? -1, ...convolution(outputs / groups, height, width, inputs, groups) };
    }
    case 'FULLY_CONNECTED': {
      const [outputs, inputs] = shape;
      if (outputs === undefined || inputs === undefined || shape.length !== 2) return null;
      return { weights, bias: operator.inputs[2] ?? -1, ...convolution(outputs, 1, 1, inputs, 1) };
    }
    case 'DEPTHWISE_CONV_2D': {
      const [, height, width, channels] = shape;
      if (height === undefined || width === undefined || channels === undefined) return null;
      return { weights, bias: operator.inputs[2] ?? -1, ...depthwise(height, width, channels, Math.max(1, values?.depth_multiplier ?? 1)) };
    }
    case 'TRANSPOSE_CONV':
    case 'Convolution2DTransposeBias': {
      const [outputs, height, width, inputs] = shape;
      if (outputs === undefined || height === undefined || width === undefined || inputs === undefined) return null;
      const custom = operator.code.custom;
      // The custom op keeps its strides in bytes of its own; MediaPipe's models use kernels as large as their strides.
      const strideHeight = custom ? height : values?.stride_h ?? 1;
      const strideWidth = custom ? width : values?.stride_w ?? 1;
      return { weights, bias: operator.inputs[custom ? 2 : 3] ?? -1, ...transposed(outputs, height, width, inputs, strideHeight, strideWidth) };
    }
    default: return null;
  }
}

/** Weights as output, row, column, input. */
function convolution(outputs: number, height: number, width: number, inputs: number, groups: number): Omit<LayerShape, 'weights' | 'bias'> {
  const positions = range(height * width);
  return {
    groups, outputs, inputs, kernel: { height, width },
    strides: { group: outputs * positions.length * inputs, output: positions.length * inputs, position: inputs, input: 1 },
    layouts: matrixLayouts([positions]),
  };
}

/** As a convolution, or with a sub-convolution for each offset inside the stride, which has every stride-th position from there on. */
function transposed(outputs: number, height: number, width: number, inputs: number, strideHeight: number, strideWidth: number): Omit<LayerShape, 'weights' | 'bias'> {
  const plain = convolution(outputs, height, width, inputs, 1);
  const phases = range(strideHeight * strideWidth).map((phase) => {
    const row = Math.floor(phase / strideWidth);
    const column = phase % strideWidth;
    return range(height * width).filter((position) => Math.floor(position / width) % strideHeight === row && (position % width) % strideWidth === column);
  });
  return phases.length === 1 ? plain : { ...plain, layouts: [...plain.layouts, ...matrixLayouts(phases)] };
}

/** Weights as row, column, channel. More than one output for each input channel makes it a convolution in groups. */
function depthwise(height: number, width: number, channels: number, multiplier: number): Omit<LayerShape, 'weights' | 'bias'> {
  const kernel = { height, width };
  const positions = range(height * width);
  if (multiplier > 1) {
    const groups = Math.floor(channels / multiplier);
    return { groups, outputs: multiplier, inputs: 1, kernel, strides: { group: multiplier, output: 1, position: channels, input: 0 }, layouts: matrixLayouts([positions]) };
  }
  // Column by column.
  const order = range(width).flatMap((column) => range(height).map((row) => row * width + column));
  const taps = new Set([positions.length, ...depthwiseTaps.filter((count) => count > positions.length)]);
  return {
    groups: 1, outputs: channels, inputs: 1, kernel, strides: { group: 0, output: 1, position: channels, input: 0 },
    layouts: depthwiseTiles.flatMap((tile) => [...taps].map((count) => ({ tile, depth: 1, rotation: 1, phases: [order], spareRows: count - positions.length }))),
  };
}

function matrixLayouts(phases: readonly (readonly number[])[]): PackedLayout[] {
  return matrixTiles.flatMap((tile) => matrixBlocks.map((block) => ({ tile, ...block, phases, spareRows: 0 })));
}

/** The float32 bits of a constant, or of the constant that it is unfolded from; null where it is none. */
function bitsOf(model: Model, subgraph: SubGraph, producers: ReadonlyMap<number, Operator>, index: number): Uint32Array | null {
  let tensor = subgraph.tensors[index];
  // At most a DENSIFY, then a DEQUANTIZE.
  for (let step = 0; step < 3 && tensor !== undefined; step++) {
    if (isConstant(model, tensor)) return constantBits(model, tensor);
    const producer = producers.get(tensor.index);
    if (producer === undefined || (producer.code.name !== 'DEQUANTIZE' && producer.code.name !== 'DENSIFY')) return null;
    tensor = subgraph.tensors[producer.inputs[0] ?? -1];
  }
  return null;
}

function constantBits(model: Model, tensor: Tensor): Uint32Array | null {
  if ((tensor.dtype !== 'float32' && tensor.dtype !== 'float16') || tensor.externalBuffer > 0) return null;
  const { data } = constantTensor(model, tensor);
  const bytesEach = tensor.dtype === 'float32' ? 4 : 2;
  if (data.byteLength !== elementCount(tensor.shape) * bytesEach) return null;
  return tensor.dtype === 'float32' ? new Uint32Array(data) : new Uint32Array(halfValues(new Uint16Array(data)).buffer);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
