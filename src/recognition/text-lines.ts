import { formatShape } from '../messages/format';
import { recognition as text } from '../messages/recognition';
import { textForm } from '../vision/decoders/shared/text-form';
import { picturesAmong } from './forms';
import type { Recogniser } from './types';

/** Digits and the blank: no script has fewer. */
const fewestClasses = 11;
const fewestSteps = 4;

/**
 * Readers of a line of text: a picture at least twice as wide as high, and an output of steps and classes with no more
 * steps than the picture has columns, or the numbers of characters themselves. Trained on lines that fill the picture.
 */
export const recogniseTextLine: Recogniser = ({ summary, inputs, outputs }) => {
  const [picture] = picturesAmong(inputs);
  const [output, ...others] = outputs;
  if (picture === undefined || inputs.length > 1 || output === undefined || others.length > 0 || output.shape.some((size) => size < 1)) return null;
  if (picture.height < 0 || picture.width < 2 * picture.height) return null;
  const known = { name: text.families.textLine, decoder: { kind: 'text' }, preprocessing: { fit: 'stretch' } } as const;
  const isPicked = (output.dtype === 'int32' || output.dtype === 'int64') && output.shape.length === 2 && output.shape[0] === 1;
  if (isPicked && (output.shape[1] ?? 0) >= fewestSteps && (output.shape[1] ?? 0) <= picture.width) return { ...known, because: text.because.characters(formatShape(output.shape)) };
  const form = output.shape.length === 3 ? textForm(output.shape, summary.metadata?.outputs[0]?.labels?.length) : null;
  if (form === null || form.steps < fewestSteps || form.steps > picture.width || form.classes < fewestClasses) return null;
  return { ...known, because: text.because.stepsAndClasses(form.steps, form.classes, picture.width, picture.height) };
};
