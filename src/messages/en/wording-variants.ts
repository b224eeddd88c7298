import { formatCount } from '../format';
import { counted } from './counted';

/** Recipes, what they would bring to a model, and what was found of a variant. Sizes, shares and ratios come formatted. */
export const wordingVariants = {
  recipes: {
    int8: 'Full int8',
    int16: 'int16 activations, int8 weights',
    'dynamic-int8': 'Dynamic range int8',
    'weights-int8': 'Weights int8',
    float16: 'Float16',
  },
  purposes: {
    int8: 'Weights and activations are int8, the last layers float; the fastest where a runtime has fast int8. Needs samples.',
    int16: 'Activations keep 16 bits: nearly float’s accuracy, many times slower where XNNPACK has no kernels for it, as on LiteRT. Needs samples.',
    'dynamic-int8': 'Weights are int8, activations are rounded in every run by what is seen in it. Needs no samples; several times slower on LiteRT.',
    'weights-int8': 'Weights are stored as int8 and converted when the model is loaded; speed and activations are those of float.',
    float16: 'Weights are stored in half precision; speed is that of float, and so, nearly, is the accuracy.',
  },
  schemes: { static: 'integers', dynamic: 'int8 weights, integers by the run', weights: 'int8 weights, computes in float', float16: 'float16 weights', float: 'float' },
  ranges: { mse: 'Least squared error', percentile: 'Percentile 99.99', 'moving-average': 'Moving average', 'min-max': 'Least and greatest value' },

  nothingSmaller: 'No op of this model has weights that could be stored smaller.',
  /** @param size null where it would hardly change. @param reason why those ops with weights would not change that would not */
  estimate: (size: { readonly bytes: string; readonly ratio: string; readonly original: string } | null, weighted: number, changed: number, reason: string | null) => {
    const large = size === null ? 'It would stay about as large as it is' : `About ${size.bytes}, ${size.ratio} × this file’s ${size.original}`;
    const why = reason === null ? '' : `: ${reason}`;
    if (changed === 0) return `${large}: none of its ${counted(weighted, 'op')} with weights would change${why}.`;
    return `${large}: the weights of ${counted(changed, 'op')} would change${weighted === changed ? '' : `, those of ${formatCount(weighted - changed)} not${why}`}.`;
  },

  verdicts: { good: 'Good', doubtful: 'Doubtful', wrong: 'Wrong', unproven: 'Unproven' },
  mixed: ({ isRight, slowerOn, isLarger, refusedBy }: { readonly isRight: boolean; readonly slowerOn: readonly string[]; readonly isLarger: boolean; readonly refusedBy: readonly string[] }) => {
    const costs = [
      ...(slowerOn.length > 0 ? [`slower on ${slowerOn.join(' and ')}`] : []),
      ...(isLarger ? ['larger'] : []),
      ...(refusedBy.length > 0 ? [`refused by ${refusedBy.join(' and ')}`] : []),
    ];
    const near = isRight ? 'Right' : 'Usable';
    return costs.length === 0 ? near : `${near}, but ${costs.join(' and ')}`;
  },
  speeds: { faster: 'faster', slower: 'slower', mixed: 'faster and slower', 'no measurable difference': 'no measurable difference', unproven: 'not compared' },
  notCompared: (runtime: string, reason: string | null) => `${runtime}: ${reason ?? 'not compared'}`,
  timesOriginal: ({ runtime, ratio, low, high }: { readonly runtime: string; readonly ratio: string; readonly low: string; readonly high: string }) =>
    `${runtime}: ${ratio} times the original’s time (${low} to ${high})`,
  ofRuntime: (runtime: string, told: string) => `${runtime}: ${told}`,
  /** @param off null where no value differs */
  furthestOff: (runtime: string, ratio: string, off: string | null) =>
    `${runtime}: the output that is furthest off has ${ratio}: ${off === null ? 'no value differs.' : `values are off by ${off} of their size.`}`,
};
