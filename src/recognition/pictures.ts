import { formatShape } from '../messages/format';
import { recognition as text } from '../messages/recognition';
import { fromZeroToOne, hasLabels, lonePicture, picturesAmong, sizeOf, type PictureForm } from './forms';
import type { DescribedOutput, Recogniser, RecognitionSubject } from './types';

/** The lone output, if it is a picture of these channels, and no map of classes with names. */
function pictureMade(subject: RecognitionSubject, channels: readonly number[]): PictureForm<DescribedOutput> | null {
  const [picture] = picturesAmong(subject.outputs);
  return picture !== undefined && subject.outputs.length === 1 && channels.includes(picture.channels) && !hasLabels(subject) ? picture : null;
}

/** Which values are black and white, where the file says so. */
function statedRange({ summary }: RecognitionSubject): { readonly range?: { lowest: number; highest: number } } {
  const range = summary.metadata?.outputs[0]?.range;
  return range === undefined ? {} : { range };
}

/** What makes a picture larger by a whole factor, in colour or in grey. The whole picture goes in: what is cut off would be missing. */
export const recogniseSuperResolution: Recogniser = (subject) => {
  const { inputs } = subject;
  const [from] = picturesAmong(inputs);
  const to = pictureMade(subject, [1, 3]);
  if (from === undefined || inputs.length > 1 || to?.channels !== from.channels || from.width < 0 || from.height < 0) return null;
  const factor = to.width / from.width;
  if (!Number.isInteger(factor) || factor < 2 || to.height !== from.height * factor) return null;
  return {
    name: text.families.superResolution(factor),
    because: text.because.larger(formatShape(from.tensor.shape), formatShape(to.tensor.shape)),
    decoder: { kind: 'image', ...statedRange(subject) },
    preprocessing: { fit: 'letterbox' },
  };
};

/** Values that say what a style is, in Magenta's arbitrary style transfer. */
const styleValues = 100;

/** The half that puts a style on a content picture: both sides of it 0 to 1. */
export const recogniseStyleTransfer: Recogniser = (subject) => {
  const { inputs } = subject;
  const contents = picturesAmong(inputs).filter(({ channels }) => channels === 3);
  const style = inputs.find((input) => sizeOf(input) === styleValues && input.shape.at(-1) === styleValues);
  const twoPictures = contents.length === 2 && inputs.some(({ name }) => /style/i.test(name));
  if (inputs.length !== 2 || pictureMade(subject, [3]) === null || !(twoPictures || (contents.length === 1 && style !== undefined))) return null;
  return {
    name: text.families.styleTransfer,
    because: style === undefined ? text.because.styleAndContent : text.because.bottleneckAndContent(formatShape(style.shape)),
    decoder: { kind: 'image', range: { lowest: 0, highest: 1 } },
    preprocessing: { fit: 'letterbox', values: fromZeroToOne },
  };
};

/** The half that reads a style: its values are what the other half takes. */
export const recogniseStyle: Recogniser = ({ inputs, outputs }) => {
  const [output, ...others] = outputs;
  if (lonePicture(inputs) === null || output === undefined || others.length > 0) return null;
  if (output.shape.length !== 4 || sizeOf(output) !== styleValues || output.shape.at(-1) !== styleValues) return null;
  return {
    name: text.families.style,
    because: text.because.bottleneck(formatShape(output.shape)),
    decoder: { kind: 'embedding' },
    preprocessing: { values: fromZeroToOne },
  };
};

/** Any other that makes a picture of a picture and what else it takes: masks, noise, a second frame. */
export const recognisePictureMaker: Recogniser = (subject) => {
  const { inputs } = subject;
  const to = pictureMade(subject, [3]);
  const from = picturesAmong(inputs).find(({ height, width }) => height === to?.height && width === to.width);
  if (to === null || from === undefined || inputs.length < 2) return null;
  return {
    name: text.families.pictureMaker,
    because: text.because.sameSize(formatShape(to.tensor.shape)),
    decoder: { kind: 'image', ...statedRange(subject) },
    preprocessing: { fit: 'letterbox' },
  };
};
