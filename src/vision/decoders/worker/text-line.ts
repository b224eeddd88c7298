import { elementCount } from '../../../tensor/dtype';
import { realValues } from '../../../tensor/values';
import type { DecodedAs, Decoder, OutputTensor } from '../../shared/types';
import { unsupportedDecoder } from '../shared/outputs';
import { textForm, type TextForm } from '../shared/text-form';
import { charsetOf, type Charset } from './charset';
import { vision as text } from '../../../messages/vision';

interface Step {
  /** −1 where no score is a number. */
  readonly best: number;
  readonly score: number;
}

/** Probabilities of quantized models need not sum to 1 exactly. */
const tolerance = 0.2;

/** The best class of each step, with its probability: the value itself where a step's values are probabilities, else by softmax. */
function bestOfSteps(values: ArrayLike<number>, { steps, classes, stepStride, classStride }: TextForm): Step[] {
  return Array.from({ length: steps }, (_, step) => {
    const at = (index: number): number => values[step * stepStride + index * classStride] ?? NaN;
    let [best, sum, least] = [-1, 0, Infinity];
    for (let index = 0; index < classes; index++) {
      const value = at(index);
      if (!Number.isFinite(value)) continue;
      if (best === -1 || value > at(best)) best = index;
      sum += value;
      least = Math.min(least, value);
    }
    if (best === -1) return { best, score: 0 };
    if (least >= 0 && Math.abs(sum - 1) <= tolerance) return { best, score: Math.min(at(best), 1) };
    let total = 0;
    for (let index = 0; index < classes; index++) if (Number.isFinite(at(index))) total += Math.exp(at(index) - at(best));
    return { best, score: 1 / total };
  });
}

type Symbols = DecodedAs<'text'>['symbols'];

/** Greedy CTC decoding: what stays the same from step to step is written once, the blank not at all. */
function collapsed(steps: readonly Step[], charset: Charset, repeats: boolean): Symbols {
  return steps.flatMap(({ best, score }, step) => {
    const label = charset[best] ?? null;
    const goesOn = !repeats && steps[step - 1]?.best === best;
    return label === null || goesOn ? [] : [{ label, score, step }];
  });
}

function lineOf(symbols: Symbols): DecodedAs<'text'> {
  const score = symbols.length === 0 ? null : symbols.reduce((sum, symbol) => sum + (symbol.score ?? 1), 0) / symbols.length;
  return { kind: 'text', text: symbols.map(({ label }) => label).join(''), symbols, score: symbols.every((symbol) => symbol.score === null) ? null : score };
}

/** Digits and letters, where nothing is known of them, and more than any script has. */
const fewestCharacters = 36;
const mostCharacters = 65536;

/** A list of whole numbers: characters that the model has picked itself, filled up with numbers below 0. */
function pickedOutput(outputs: readonly OutputTensor[]): OutputTensor | undefined {
  return outputs.find(({ dtype, shape }) => (dtype === 'int32' || dtype === 'int64') && elementCount(shape) > 1 && shape.filter((size) => size !== 1).length === 1);
}

/**
 * A line of text: scores or logits of each step of time and class, decoded greedily (Graves et al. 2006, best path), or
 * the numbers of characters that a model has decoded itself. Where the blank is told neither by the decoder nor by the
 * labels, it is the first or the last class, whichever wins more steps: most of a line is between its characters.
 *
 * @param labels what the classes write; without them digits and letters by their number, as most models of that size have them
 * @returns characters from left to right with the probability of their first step; the line's score is their mean
 * @throws LitescopeError UNSUPPORTED_DECODER when no output has steps and classes, INVALID_LABELS
 */
export function decodeText({ blank }: Extract<Decoder, { kind: 'text' }>, outputs: readonly OutputTensor[], labels?: readonly string[]): DecodedAs<'text'> {
  for (const output of outputs) {
    const form = textForm(output.shape, labels?.length);
    if (form === null) continue;
    const steps = bestOfSteps(realValues(output), form);
    const wins = (index: number): number => steps.filter(({ best }) => best === index).length;
    const charset = charsetOf(form.classes, labels, blank, wins(0) > wins(form.classes - 1) ? 'first' : 'last');
    return lineOf(collapsed(steps, charset, !charset.includes(null)));
  }
  const picked = pickedOutput(outputs);
  if (picked === undefined) throw unsupportedDecoder(text.expected.text, outputs);
  const numbers = Array.from(realValues(picked));
  const classes = labels?.length ?? numbers.reduce((most, index) => Math.max(most, Math.min(index + 1, mostCharacters)), fewestCharacters);
  const charset = charsetOf(classes, labels, 'none', 'last');
  return lineOf(numbers.flatMap((index, step) => { const label = charset[index] ?? null; return label === null ? [] : [{ label, score: null, step }]; }));
}
