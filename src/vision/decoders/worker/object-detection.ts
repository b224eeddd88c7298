import { calibrate } from '../../../tflite/metadata/score-calibration';
import { elementCount } from '../../../tensor/dtype';
import { realValues } from '../../../tensor/values';
import type { DecodedAs, Decoder, Detection, OutputTensor, Placement } from '../../shared/types';
import type { Edges } from './box-candidate';
import { boxInSource, labelOfNumber } from './boxes';
import { withoutBackground } from './labels';
import { probability, unsupportedDecoder } from '../shared/outputs';
import { vision as text } from '../../../messages/vision';

type ObjectDetection = Extract<Decoder, { kind: 'object-detection' }>;

interface DetectorOutputs {
  readonly boxes: ArrayLike<number>;
  readonly classes: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
  /** Boxes that count; those behind them are left over in the tensors. */
  readonly count: number;
}

function validCount(value: number | undefined, most: number): number {
  return value === undefined || !Number.isFinite(value) ? most : Math.min(Math.max(Math.round(value), 0), most);
}

function namedOutputs(names: ObjectDetection['outputs'], outputs: readonly OutputTensor[]): DetectorOutputs | null {
  const named = (name: string | undefined): OutputTensor | undefined => (name === undefined ? undefined : outputs.find((output) => output.name === name));
  const [boxes, classes, scores, count] = [named(names?.boxes), named(names?.classes), named(names?.scores), named(names?.count)];
  if (boxes === undefined || classes === undefined || scores === undefined || count === undefined) return null;
  const most = Math.min(Math.floor(elementCount(boxes.shape) / 4), elementCount(classes.shape), elementCount(scores.shape));
  return { boxes: realValues(boxes), classes: realValues(classes), scores: realValues(scores), count: validCount(realValues(count)[0], most) };
}

function isEvery(values: ArrayLike<number>, count: number, test: (value: number) => boolean): boolean {
  for (let index = 0; index < count; index++) if (!test(values[index] ?? NaN)) return false;
  return true;
}

const isClass = (value: number): boolean => Number.isInteger(value) && value >= 0;
const isScore = (value: number): boolean => value >= 0 && value <= 1;

/**
 * Outputs without a word on what they are: boxes are four times as long as two others. Of these two classes come
 * first, the op's own order, unless their values say that it is the other way round, which exporters of TensorFlow 2 do.
 */
function outputsByForm(outputs: readonly OutputTensor[]): DetectorOutputs | null {
  for (const boxes of outputs) {
    const most = elementCount(boxes.shape) / 4;
    if (boxes.shape.at(-1) !== 4 || most < 1) continue;
    const others = outputs.filter((output) => output !== boxes);
    // With a single box all others have one element; the count is the one of lower rank, or the last.
    const lists = others.filter(({ shape }) => elementCount(shape) === most).sort((left, right) => right.shape.length - left.shape.length);
    const [first, second] = lists;
    if (first === undefined || second === undefined) continue;
    const counter = others.find((output) => output !== first && output !== second && elementCount(output.shape) === 1);
    const count = validCount(counter === undefined ? undefined : realValues(counter)[0], most);
    const [one, other] = [realValues(first), realValues(second)];
    const usual = isEvery(one, count, isClass) && isEvery(other, count, isScore);
    const turned = !usual && isEvery(one, count, isScore) && isEvery(other, count, isClass);
    return { boxes: realValues(boxes), classes: turned ? other : one, scores: turned ? one : other, count };
  }
  return null;
}

/** What the op TFLite_Detection_PostProcess gives: top, left, bottom, right in shares of the input. */
const usualBoxes: NonNullable<ObjectDetection['boxes']> = { form: 'boundaries', order: [1, 0, 3, 2], unit: 'ratio' };

/** The edges of a box from its four numbers. */
function edgesOf({ form, order }: NonNullable<ObjectDetection['boxes']>, numberAt: (position: number) => number): Edges {
  const [first, second, third, fourth] = [numberAt(order[0]), numberAt(order[1]), numberAt(order[2]), numberAt(order[3])];
  if (form === 'boundaries') return { left: first, top: second, right: third, bottom: fourth };
  if (form === 'upper-left') return { left: first, top: second, right: first + third, bottom: second + fourth };
  return { left: first - third / 2, top: second - fourth / 2, right: first + third / 2, bottom: second + fourth / 2 };
}

/**
 * SSD detectors that end in the op TFLite_Detection_PostProcess: boxes [1, n, 4] as top, left, bottom, right in shares of
 * the input (0 to 1), classes [1, n], scores [1, n] and the number of boxes that count, [1]. Which is which is told by
 * the names in `decoder.outputs`, else by shapes and values. `decoder.boxes` tells of another order of a box's numbers. The op has suppressed overlapping boxes itself.
 *
 * Classes count without the background. A label list that begins with a line for it (`???` or `background`, as in the
 * files beside TensorFlow's own models) is therefore read from its second line on.
 *
 * @returns boxes in pixels of the source picture, best first
 * @throws LitescopeError UNSUPPORTED_DECODER when there are no such outputs
 */
export function decodeObjects(decoder: ObjectDetection, outputs: readonly OutputTensor[], placement: Placement, labels?: readonly string[]): DecodedAs<'detections'> {
  const found = namedOutputs(decoder.outputs, outputs) ?? outputsByForm(outputs);
  if (found === null) throw unsupportedDecoder(text.expected.objects, outputs);
  const ownLabels = withoutBackground(labels);
  const detections: Detection[] = [];
  for (let index = 0; index < found.count; index++) {
    const type = Math.round(found.classes[index] ?? NaN);
    const raw = found.scores[index] ?? NaN;
    const score = probability(decoder.calibration === undefined ? raw : calibrate(decoder.calibration, type, raw));
    // Written so that NaN fails too.
    if (!(score >= decoder.scoreThreshold)) continue;
    const edges = edgesOf(decoder.boxes ?? usualBoxes, (position) => found.boxes[index * 4 + position] ?? NaN);
    const [scaleX, scaleY] = decoder.boxes?.unit === 'pixel' ? [1, 1] : [placement.targetWidth, placement.targetHeight];
    const box = boxInSource({ left: edges.left * scaleX, top: edges.top * scaleY, right: edges.right * scaleX, bottom: edges.bottom * scaleY }, placement);
    if (box !== null) detections.push({ box, score, label: labelOfNumber(ownLabels, type), keypoints: [] });
  }
  return { kind: 'detections', detections: detections.sort((left, right) => right.score - left.score) };
}
