import { elementCount } from '../../../tensor/dtype';
import { type OpShapes, elementsOf, optionsAs } from './context';

/** A number of operations as a function of an op's shapes and settings. */
export type Count = (shapes: OpShapes) => number;

const outputElements = ({ outputs }: OpShapes): number => outputs.reduce((sum, shape) => sum + elementCount(shape), 0);
const product = (numbers: readonly number[]): number => numbers.reduce((result, number) => result * number, 1);

/** `count` operations for each element of the outputs. */
export function perOutput(count: number): Count {
  return (shapes) => count * outputElements(shapes);
}

/** `count` operations for each element of an input. */
export function perInput(count: number, input = 0): Count {
  return ({ inputs }) => count * elementsOf(inputs[input]);
}

/** For each output element, one multiply-accumulate for each weight of its channel: filters are [out, height, width, in ÷ groups]. */
export const convolution: Count = (shapes) => outputElements(shapes) * product(shapes.inputs[1]?.slice(1) ?? [0]);

/** Filters are [1, height, width, channels]; each output element sees one of the channels. */
export const depthwiseConvolution: Count = (shapes) => outputElements(shapes) * product(shapes.inputs[1]?.slice(1, 3) ?? [0]);

/** Each input element is spread by all weights of its channel: filters are [out, height, width, in]. */
export function transposedConvolution(input: number, filter: number): Count {
  return ({ inputs }) => elementsOf(inputs[input]) * product(inputs[filter]?.slice(0, 3) ?? [0]);
}

/** Filters are [depth, height, width, in, out]. */
export const convolution3D: Count = (shapes) => outputElements(shapes) * product(shapes.inputs[1]?.slice(0, 4) ?? [0]);

/** Inputs are output shape, filters [depth, height, width, out, in], input. */
export const transposedConvolution3D: Count = ({ inputs }) => elementsOf(inputs[2]) * product(inputs[1]?.slice(0, 4) ?? [0]);

/** Weights are [out, in]. */
export const fullyConnected: Count = (shapes) => outputElements(shapes) * (shapes.inputs[1]?.at(-1) ?? 0);

export const batchMatrixMultiplication: Count = (shapes) => {
  const adjoint = optionsAs(shapes.options, 'BatchMatMulOptions')?.adj_x === true;
  return outputElements(shapes) * (shapes.inputs[0]?.at(adjoint ? -2 : -1) ?? 0);
};

/** Every weight is used once for every step of every sequence. */
export function recurrent(weights: readonly number[]): Count {
  return ({ inputs }) => {
    const [sequence] = inputs;
    const steps = elementsOf(sequence) / Math.max(1, sequence?.at(-1) ?? 1);
    return steps * weights.reduce((sum, input) => sum + elementsOf(inputs[input]), 0);
  };
}

/** A window of one operation an element for each output element. */
export const pooling: Count = (shapes) => {
  const window = optionsAs(shapes.options, 'Pool2DOptions');
  return outputElements(shapes) * (window === null ? 0 : window.filter_width * window.filter_height);
};

/** A comparison, addition or multiplication for each element beyond an output's first. */
export const reduction: Count = ({ inputs }) => elementsOf(inputs[0]);

/** One addition less than there are inputs. */
export const additionOfMany: Count = (shapes) => outputElements(shapes) * Math.max(0, shapes.inputs.length - 1);

/** Sums over a window of channels: square, add, scale, power, divide. */
export const localResponseNormalization: Count = (shapes) => {
  const radius = optionsAs(shapes.options, 'LocalResponseNormalizationOptions')?.radius ?? 0;
  return outputElements(shapes) * (2 * (2 * radius + 1) + 4);
};

export const generalDotProduct: Count = (shapes) => {
  const dimensions = optionsAs(shapes.options, 'StablehloDotGeneralOptions')?.lhs_contracting_dimensions ?? [];
  return outputElements(shapes) * product(dimensions.map((dimension) => shapes.inputs[0]?.[Number(dimension)] ?? 0));
};

export const generalConvolution: Count = (shapes) => {
  const features = Number(optionsAs(shapes.options, 'StablehloConvolutionOptions')?.kernel_output_feature_dimension ?? -1);
  const kernel = shapes.inputs[1] ?? [0];
  return outputElements(shapes) * product(kernel.filter((_, dimension) => dimension !== features));
};
