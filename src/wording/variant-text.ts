import type { RecipeName } from '../quantize/recipe';
import type { OperatorOutcome } from '../quantize/quantize';
import type { RangeMethod } from '../quantize/ranges';

export const recipeTitles: Readonly<Record<RecipeName, string>> = {
  int8: 'Full int8',
  int16: 'int16 activations, int8 weights',
  'dynamic-int8': 'Dynamic range int8',
  'weights-int8': 'Weights int8',
  float16: 'Float16',
};

export const recipePurposes: Readonly<Record<RecipeName, string>> = {
  int8: 'Weights and activations are int8, the last layers float: about a third of float32’s size, and the fastest where int8 is. Needs samples.',
  int16: 'Activations keep 16 bits: nearly float’s accuracy, a quarter of the size, many times slower where XNNPACK has no kernels for it, as on LiteRT. Needs samples.',
  'dynamic-int8': 'Weights are int8, activations are rounded in every run by what is seen in it: a quarter of the size without samples, several times slower on LiteRT.',
  'weights-int8': 'Weights are stored as int8 and converted when the model is loaded: a quarter of the size, speed and activations of float.',
  float16: 'Weights are stored in half precision: half the size, speed and as good as the accuracy of float.',
};

export const schemeTitles: Readonly<Record<OperatorOutcome['scheme'], string>> = {
  static: 'integers', dynamic: 'int8 weights, integers by the run', weights: 'int8 weights, computes in float', float16: 'float16 weights', float: 'float',
};

export const rangeMethods = {
  mse: ['Least squared error', { kind: 'mse' }],
  percentile: ['Percentile 99.99', { kind: 'percentile', percentile: 99.99 }],
  'moving-average': ['Moving average', { kind: 'moving-average' }],
  'min-max': ['Least and greatest value', { kind: 'min-max' }],
} as const satisfies Readonly<Record<RangeMethod['kind'], readonly [title: string, method: RangeMethod]>>;

export const verdictTitles = { good: 'Good', wrong: 'Wrong', unproven: 'Unproven' } as const;
