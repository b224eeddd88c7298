import { recognition as text } from '../messages/recognition';
import { elementCount } from '../tensor/dtype';
import type { ModelSummary } from '../tflite/analysis/summary';
import { layersTotal } from '../vision/decoders/shared/ssd-anchors';
import { efficientDet, ssdMobileNet } from '../vision/decoders/shared/ssd-families';
import { objectThreshold } from '../vision/decoders/shared/thresholds';
import type { Decoder } from '../vision/shared/types';
import { ofOnePicture, pictureInput } from './picture-input';
import { scoresOf } from './scores';
import type { DescribedOutput, Recogniser, Recognition } from './types';

/** Detectors that end in TFLite's own post-processing are known by that op. They are trained on pictures that are stretched. */
export const ssdWithPostProcessing: Recogniser = ({ summary, outputs }) => (summary.detectorOutputs === undefined ? null : {
  name: text.families.postProcessed, because: text.because.postProcessed, decoder: decoderOf(summary, outputs), preprocessing: { fit: 'stretch' },
});

/** The op tells its outputs apart; where other ops follow it, the names in TFLite's metadata do. */
function decoderOf({ detectorOutputs, signatures, metadata }: ModelSummary, outputs: readonly DescribedOutput[]): Decoder {
  const nameOf = (tensor: number | undefined): string | undefined => outputs.find(({ tensorIndex }) => tensor !== undefined && tensorIndex === tensor)?.name;
  const sameSubgraph = signatures[0]?.subgraph === detectorOutputs?.subgraph;
  const [boxes, classes, scores, count] = sameSubgraph ? detectorOutputs?.tensors.map(nameOf) ?? [] : [];
  const byOp = completeNames(boxes, classes, scores, count);
  // Metadata follow the subgraph's order, which is that of the outputs only where the file has no signature.
  const described = signatures[0]?.key === '' ? metadata?.outputs ?? [] : [];
  const nameBy = (words: RegExp): string | undefined => outputs[described.findIndex(({ name }) => words.test(name))]?.name;
  const names = byOp ?? completeNames(nameBy(/^(location|box)/i), nameBy(/^(categor|class)/i), nameBy(/^score/i), nameBy(/^(number|num|count)/i));
  const boxForm = metadata?.outputs.find((output) => output.boxes !== undefined)?.boxes;
  const scored = metadata?.outputs.find(({ calibration, scoreThreshold }) => calibration !== undefined || scoreThreshold !== undefined);
  return {
    kind: 'object-detection', ...scoresOf(scored), scoreThreshold: scored?.scoreThreshold ?? objectThreshold, ...(names === null ? {} : { outputs: names }), ...(boxForm === undefined ? {} : { boxes: boxForm }),
  };
}

function completeNames(boxes?: string, classes?: string, scores?: string, count?: string): { boxes: string; classes: string; scores: string; count: string } | null {
  return boxes === undefined || classes === undefined || scores === undefined || count === undefined ? null : { boxes, classes, scores, count };
}

/**
 * Boxes and scores before any post-processing, as many as a family's anchors on this input: SSD MobileNet, trained on
 * stretched pictures, and EfficientDet, on letterboxed ones. How values are scaled follows from the file.
 */
export const ssdWithoutPostProcessing: Recogniser = ({ inputs, outputs }) => {
  const picture = pictureInput(inputs);
  const [one, two, ...others] = outputs.map(({ shape }) => ofOnePicture(shape));
  if (picture === null || one === undefined || two === undefined || others.length > 0) return null;
  const { width, height } = picture;
  const [boxes, scores] = one.at(-1) === 4 ? [one, two] : [two, one];
  const count = scores.length === 3 ? scores[1] ?? 0 : 0;
  const classes = scores.at(-1) ?? 0;
  if (boxes.at(-1) !== 4 || elementCount(boxes) !== count * 4 || elementCount(scores) !== count * classes) return null;
  const known = (decoder: ReturnType<typeof ssdMobileNet>): boolean => layersTotal(decoder.anchors, width, height) === count && classes > (decoder.background ? 1 : 0);
  const recognised = (name: string, decoder: Decoder, fit: 'stretch' | 'letterbox'): Recognition => ({ name, because: text.because.rawBoxes(count, `${width} × ${height}`), decoder, preprocessing: { fit } });
  const mobileNet = ssdMobileNet(objectThreshold);
  if (known(mobileNet)) return recognised(text.families.ssdMobileNet, mobileNet, 'stretch');
  const efficient = width === height ? efficientDet(width, objectThreshold) : null;
  return efficient !== null && known(efficient) ? recognised(text.families.efficientDet, efficient, 'letterbox') : null;
};
