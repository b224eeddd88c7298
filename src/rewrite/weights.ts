/** Where an op keeps its weights and its bias, and the dimension of the weights along which output channels lie. */
export interface WeightLayout {
  readonly weights: number;
  readonly bias: number;
  readonly channels: number;
  /** The input that is multiplied with the weights. */
  readonly activation: number;
}

const layouts: Readonly<Record<string, WeightLayout>> = {
  CONV_2D: { activation: 0, weights: 1, bias: 2, channels: 0 },
  DEPTHWISE_CONV_2D: { activation: 0, weights: 1, bias: 2, channels: 3 },
  FULLY_CONNECTED: { activation: 0, weights: 1, bias: 2, channels: 0 },
  TRANSPOSE_CONV: { activation: 2, weights: 1, bias: 3, channels: 0 },
};

/** The layout of an op that multiplies with weights per output channel; undefined for all others. */
export function weightLayout(name: string): WeightLayout | undefined {
  return Object.hasOwn(layouts, name) ? layouts[name] : undefined;
}

/** Elements in each run of one channel, so that `channel = floor(index ÷ inner) mod channels`. */
export function innerElements(shape: readonly number[], dimension: number): number {
  return shape.slice(dimension + 1).reduce((product, size) => product * size, 1);
}
