import { builtinDescription } from '../tflite/analysis/op-table';

/** Where an op keeps its weights and its bias, and the dimension of the weights along which output channels lie. */
export interface WeightLayout {
  readonly weights: number;
  readonly bias: number;
  readonly channels: number;
  /** The input that is multiplied with the weights. */
  readonly activation: number;
}

/** The layout of an op that multiplies with weights per output channel; undefined for all others. */
export function weightLayout(name: string): WeightLayout | undefined {
  const { channels, activation = 0, weights: [weights] = [], biases: [bias] = [] } = builtinDescription(name) ?? {};
  return channels === undefined || weights === undefined || bias === undefined ? undefined : { activation, weights, bias, channels };
}

/** Elements in each run of one channel, so that `channel = floor(index ÷ inner) mod channels`. */
export function innerElements(shape: readonly number[], dimension: number): number {
  return shape.slice(dimension + 1).reduce((product, size) => product * size, 1);
}
