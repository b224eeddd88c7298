import { formatShape } from '../messages/format';
import { recognition as text } from '../messages/recognition';
import { hasLabels, lonePicture, outputWords, picturesAmong, sizeOf, usesOp, wordsOf } from './forms';
import { scoresOf } from './scores';
import { textInputs } from './text-inputs';
import type { Recogniser } from './types';

/** In any words, and in names of outputs alone. */
const ofEmbeddings = /embed(?:dings?|der)|face_?net|arc_?face/i;
const namedEmbedding = /embed|features?|descriptors?|bottleneck|avg_?pool|l2_?norm(?:alize|alization)?/i;

/** How long embeddings of published models are; classes come in these numbers by chance alone. */
const customaryLengths: readonly number[] = [128, 160, 192, 256, 320, 384, 512, 576, 640, 768, 960, 1024, 1280, 1408, 1536, 1792, 2048];

const fewestValues = 16;

/**
 * A vector of a picture that nobody named the values of. What makes it an embedding, and not the scores of classes: it is
 * called so, its length is brought to 1, or it is as long as embeddings are and nothing makes probabilities of it.
 */
export const recogniseEmbedding: Recogniser = (subject) => {
  const [output, ...others] = subject.outputs;
  if (lonePicture(subject.inputs) === null || output === undefined || others.length > 0 || hasLabels(subject)) return null;
  const size = sizeOf(output);
  if (!(size >= fewestValues) || output.shape.at(-1) !== size) return null;
  const word = (ofEmbeddings.exec(wordsOf(subject)) ?? namedEmbedding.exec(outputWords(subject)))?.[0];
  const because = word !== undefined ? text.because.named(word)
    : usesOp(subject, 'L2_NORMALIZATION') ? text.because.normalised(formatShape(output.shape))
      : customaryLengths.includes(size) && !usesOp(subject, 'SOFTMAX', 'LOGISTIC') ? text.because.unnamedVector(formatShape(output.shape)) : null;
  return because === null ? null : { name: text.families.embedding, because, decoder: { kind: 'embedding' } };
};

/** Of several outputs the one that has as many values as its labels. */
export const recogniseLabelledClasses: Recogniser = ({ summary, inputs, outputs }) => {
  const labels = summary.metadata?.outputs.find((output) => output.labels !== undefined && output.labels.length > 1)?.labels;
  if (labels === undefined || outputs.length < 2 || lonePicture(inputs) === null) return null;
  const [output, ...others] = outputs.filter((each) => sizeOf(each) === labels.length && each.shape.at(-1) === labels.length);
  if (output === undefined || others.length > 0) return null;
  return { name: text.families.classes, because: text.because.labelled(labels.length), decoder: { kind: 'classification', top: 5 }, labels };
};

/**
 * A vector that ends in SOFTMAX, of what is no picture: probabilities of classes, with names or without. Inside of a model
 * SOFTMAX is attention; at its end it is made for nothing else.
 */
export const recogniseProbabilities: Recogniser = ({ summary, inputs, outputs: [output, ...others] }) => {
  if (output === undefined || others.length > 0 || inputs.length === 0 || picturesAmong(inputs).length > 0) return null;
  const size = sizeOf(output);
  if (!(size > 1) || output.shape.at(-1) !== size || output.probabilities !== true) return null;
  const words = textInputs(inputs, summary.metadata);
  const rows = inputs.find(({ name }) => name === words?.ids)?.tableRows;
  const because = words === null || rows === undefined ? text.because.probabilities(formatShape(output.shape)) : text.because.wordsAndProbabilities(formatShape(output.shape), rows);
  return { name: words === null ? text.families.classes : text.families.textClasses, because, decoder: { kind: 'classification', top: 5, ...scoresOf(summary.metadata?.outputs[0]) } };
};
