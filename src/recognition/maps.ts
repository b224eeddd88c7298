import { formatShape } from '../messages/format';
import { recognition as text } from '../messages/recognition';
import type { Preprocessing } from '../vision/shared/types';
import { fromZeroToOne, lonePicture, mapForm, picturesAmong, usesOp, wordsOf } from './forms';
import type { Recogniser } from './types';

/** Not what makes convolutions cheap, and not what enlarges pictures. */
const ofDepth = /depth(?!wise|_?to)|disparity|midas|(^|[^a-z])dpt([^a-z]|$)/i;
/** Models whose values grow with the distance. */
const ofDistance = /fast.?depth|metric|distance/i;

/** Mean and deviation of ImageNet's pixels. */
const ofImageNet: Preprocessing['values'] = { kind: 'normalise', mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] };
/** Trained on pictures that were normalised so; Qualcomm's exports, whose input is called `image`, do it themselves. */
const imageNetFamilies = /midas|depth.?anything/i;

/** Depth from one picture, by name alone: its form could as well be a mask's. Trained on stretched pictures. */
export const recogniseDepth: Recogniser = (subject) => {
  const [output, ...others] = subject.outputs;
  const word = ofDepth.exec(wordsOf(subject))?.[0].replace(/^[^a-z]|[^a-z]$/gi, '');
  const picture = lonePicture(subject.inputs);
  if (picture === null || output === undefined || others.length > 0 || mapForm(output) === null || word === undefined) return null;
  return {
    name: text.families.depth,
    because: text.because.named(word),
    decoder: { kind: 'depth', nearer: ofDistance.test(wordsOf(subject)) ? 'lower' : 'higher' },
    preprocessing: {
      fit: 'stretch',
      ...(picture.tensor.dtype === 'float32' && imageNetFamilies.test(wordsOf(subject)) ? { values: picture.tensor.name === 'image' ? fromZeroToOne : ofImageNet } : {}),
    },
  };
};

/** Segmentation whose winners the model has taken itself: whole numbers, or whatever follows ARG_MAX. */
export const recogniseClassMap: Recogniser = (subject) => {
  const [output, ...others] = subject.outputs;
  if (output === undefined || others.length > 0 || mapForm(output) === null || picturesAmong(subject.inputs).length !== 1) return null;
  const whole = output.dtype === 'int32' || output.dtype === 'int64';
  if (!whole && !usesOp(subject, 'ARG_MAX')) return null;
  return {
    name: text.families.classMap,
    because: whole ? text.because.wholeNumbers(formatShape(output.shape)) : text.because.argMax(formatShape(output.shape)),
    decoder: { kind: 'segmentation' },
  };
};
