import { elementCount } from '../tensor/dtype';
import type { SignatureSummary, SignatureTensor } from '../tflite/analysis/summary';
import { picturesAmong } from './forms';

/** An output that is what an input wants to have in the next run. */
export interface StatePair {
  readonly output: string;
  readonly input: string;
  /** What tells: `names` that differ in where they stand alone (`state_in`, `state_out`), or a type and `shape` that no other tensor has. */
  readonly because: 'names' | 'shape';
}

/** What converters put around a name. */
const wrapping = /^serving_default_|:\d+$|^(stateful)?partitionedcall(?=$|[:_])/gi;
/** Words that say at which end of a run a tensor stands, or when. */
const placeWords = new Set(['in', 'input', 'inputs', 'out', 'output', 'outputs', 'prev', 'previous', 'past', 'present', 'next', 'new', 'old', 'init', 'initial', 'final', 'current', 'cur', 'last', 'updated']);

/** A name without what tells input from output; empty where nothing else is in it. */
function stemOf(name: string): string {
  const words = name.replace(wrapping, '').replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z\d]+/);
  // PyTorch's own names of an LSTM's states: h0 and c0 before it, hn and cn after it.
  return words.filter((word) => word !== '' && !placeWords.has(word)).map((word) => word.replace(/^([hc])[0n]$/, '$1').replace(/^(in|out)(?=[hc]$|state|cache)/, '')).join(' ');
}

function formOf({ dtype, shape }: SignatureTensor): string {
  return `${dtype}[${shape.join(', ')}]`;
}

/** The pairs of those whose key is on each side one tensor's alone, and the same. */
function pairsBy(inputs: readonly SignatureTensor[], outputs: readonly SignatureTensor[], keyOf: (tensor: SignatureTensor) => string): readonly (readonly [SignatureTensor, SignatureTensor])[] {
  const only = (tensors: readonly SignatureTensor[], key: string): SignatureTensor | null => {
    const [found, more] = tensors.filter((tensor) => keyOf(tensor) === key);
    return found === undefined || more !== undefined ? null : found;
  };
  return inputs.flatMap((input) => {
    const key = keyOf(input);
    const output = key === '' ? null : only(outputs, key);
    return output === null || only(inputs, key) === null ? [] : [[input, output] as const];
  });
}

/**
 * Which outputs look like the state that an input wants to have in the next run: what a person is offered. Pairs of names are
 * sure. Those of shapes alone may be chance: a mask has the shape of what it is for; pictures and single numbers are left out, and
 * one input at least is not state.
 */
export function statePairs({ inputs, outputs }: Pick<SignatureSummary, 'inputs' | 'outputs'>): readonly StatePair[] {
  if (inputs.length < 2) return [];
  const named = pairsBy(inputs, outputs, (tensor) => {
    const stem = stemOf(tensor.name);
    return stem === '' ? '' : `${stem} ${formOf(tensor)}`;
  });
  const pictures = new Set(picturesAmong([...inputs, ...outputs]).map(({ tensor }) => tensor));
  const left = (tensors: readonly SignatureTensor[]): readonly SignatureTensor[] => tensors.filter((tensor) => (
    !named.some((pair) => pair.includes(tensor)) && !pictures.has(tensor) && elementCount(tensor.shape.map(Math.abs)) > 1));
  const shaped = pairsBy(left(inputs), left(outputs), formOf);
  // What comes from outside stands first.
  const all = named.length + shaped.length === inputs.length;
  const first = shaped.find(([input]) => input === inputs[0]) ?? shaped[0];
  const pair = (because: StatePair['because']) => ([input, output]: readonly [SignatureTensor, SignatureTensor]): StatePair => ({ output: output.name, input: input.name, because });
  return [...named.map(pair('names')), ...shaped.filter((each) => !all || each !== first).map(pair('shape'))];
}
