import { calibrate } from '../../../tflite/metadata/score-calibration';
import { elementCount } from '../../../tensor/dtype';
import { realValues } from '../../../tensor/values';
import type { DecodedAs, Decoder, Evidence, OutputTensor } from '../../shared/types';
import { checkLabels } from './labels';
import { sigmoid, unsupportedDecoder } from '../shared/outputs';
import { vision as text } from '../../../messages/vision';

type ClassScores = Extract<Evidence, { kind: 'class-scores' }>;

// Quantized and half precision probabilities may step over 1 by a fraction of a percent.
const tolerance = 0.01;

/** One score a class: at most one dimension is larger than 1. With labels, their number settles between several outputs. */
function scoreTensor(outputs: readonly OutputTensor[], labels: readonly string[] | undefined): OutputTensor {
  const lists = outputs.filter(({ shape }) => elementCount(shape) > 0 && shape.filter((dimension) => dimension !== 1).length <= 1);
  const withLabels = lists.filter(({ shape }) => elementCount(shape) === labels?.length);
  const [only, ...others] = lists.length === 1 || withLabels.length === 0 ? lists : withLabels;
  if (only === undefined || others.length > 0) throw unsupportedDecoder(text.expected.classes, outputs);
  return only;
}

/**
 * Scores that all lie between 0 and 1 are taken for probabilities and left alone, whether they sum to 1 (softmax) or not
 * (one sigmoid a class). Anything else is taken for logits: softmax, or the sigmoid of a single one. Logits that happen
 * to lie between 0 and 1 altogether cannot be told apart and are shown as they are.
 */
function toProbabilities(scores: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(scores);
  const finite = values.filter(Number.isFinite);
  if (finite.every((score) => score >= -tolerance && score <= 1 + tolerance)) {
    return values.map((score) => (Number.isFinite(score) ? Math.min(Math.max(score, 0), 1) : NaN));
  }
  if (values.length === 1) return values.map(sigmoid);
  const highest = finite.reduce((left, right) => Math.max(left, right), -Infinity);
  const sum = finite.reduce((total, score) => total + Math.exp(score - highest), 0);
  return values.map((score) => (Number.isFinite(score) ? Math.exp(score - highest) / sum : NaN));
}

/**
 * The scores of a classifier, with the labels of the model or its file. Whether class 0 is a background class is the
 * label file's business: labels are matched by position and nothing is shifted.
 *
 * @param labels one for each class
 * With a calibration, the scores go through it as they are.
 *
 * @returns a probability for each class, NaN where the score is not finite
 * @throws LitescopeError UNSUPPORTED_DECODER when no output, or more than one, is a list of scores; INVALID_LABELS when
 *   there are more or fewer labels than classes
 */
export function readClassScores(decoder: Extract<Decoder, { kind: 'classification' }>, outputs: readonly OutputTensor[], labels?: readonly string[]): ClassScores {
  const tensor = scoreTensor(outputs, labels);
  checkLabels(labels, elementCount(tensor.shape));
  const { scoreThreshold } = decoder;
  return { kind: 'class-scores', scores: probabilitiesOf(decoder, realValues(tensor)), labels, top: decoder.top, ...(scoreThreshold === undefined ? {} : { least: scoreThreshold }) };
}

/** A calibration for another number of classes belongs to another model. */
function probabilitiesOf({ calibration }: Extract<Decoder, { kind: 'classification' }>, scores: ArrayLike<number>): Float64Array {
  if (calibration?.classes.length !== scores.length) return toProbabilities(scores);
  return Float64Array.from(scores, (score, index) => (Number.isFinite(score) ? Math.min(Math.max(calibrate(calibration, index, score), 0), 1) : NaN));
}

/**
 * The best classes; without labels they are called `class 281`.
 *
 * @returns at most `top` classes, best first; equal scores in the order of the classes; scores that are not finite are left out
 */
export function bestClasses({ scores, labels, top, least = -Infinity }: ClassScores): DecodedAs<'classes'> {
  const indices = Array.from(scores.keys()).filter((index) => { const score = scores[index] ?? NaN; return Number.isFinite(score) && score >= least; });
  indices.sort((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0) || left - right);
  return {
    kind: 'classes',
    classes: indices.slice(0, top).map((index) => ({ index, label: labels?.[index] ?? text.classNumber(index), score: scores[index] ?? 0 })),
  };
}
