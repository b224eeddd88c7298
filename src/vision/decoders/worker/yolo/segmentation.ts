import { realValues } from '../../../../tensor/values';
import { rescalePlacement } from '../../../frames/shared/placement';
import type { DecodedAs, Decoder, Detection, OutputTensor, Placement } from '../../../shared/types';
import { unsupportedDecoder } from '../../shared/outputs';
import { prototypeForm } from '../../shared/yolo-form';
import { vision as text } from '../../../../messages/vision';
import { detectionOf, edgesOf, strongest } from './detection';
import { readYoloRows, type YoloCandidate } from './rows';

/** Maps that are added up to an object's mask, with the object's own coefficients. */
interface Prototypes {
  readonly values: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly pixelStep: number;
  readonly mapStep: number;
}

function prototypesOf(outputs: readonly OutputTensor[]): Prototypes | null {
  for (const tensor of outputs) {
    const form = prototypeForm(tensor.shape);
    if (form === null) continue;
    const { width, height, count, channelsLast } = form;
    return { values: realValues(tensor), width, height, count, pixelStep: channelsLast ? count : 1, mapStep: channelsLast ? 1 : width * height };
  }
  return null;
}

/** Gives an object the free pixels whose centres lie in its box and where its mask's logit is positive: a probability above a half. */
function fillMask(ids: Uint16Array, id: number, candidate: YoloCandidate, coefficients: Float64Array, { values, width, height, count, pixelStep, mapStep }: Prototypes, placement: Placement): void {
  const [scaleX, scaleY] = [width / placement.targetWidth, height / placement.targetHeight];
  const { left, top, right, bottom } = edgesOf(candidate);
  const within = (edge: number, size: number): number => Math.min(Math.max(Math.ceil(edge - 0.5), 0), size);
  const [firstColumn, endColumn] = [within(left * scaleX, width), within(right * scaleX, width)];
  const [firstRow, endRow] = [within(top * scaleY, height), within(bottom * scaleY, height)];
  for (let row = firstRow; row < endRow; row++) {
    for (let column = firstColumn; column < endColumn; column++) {
      const pixel = row * width + column;
      if (ids[pixel] !== 0) continue;
      let logit = 0;
      for (let map = 0; map < count; map++) logit += (coefficients[map] as number) * (values[pixel * pixelStep + map * mapStep] as number);
      if (logit > 0) ids[pixel] = id;
    }
  }
}

/**
 * Objects with masks of the YOLO family's segmentation models: rows as in `readYoloRows`, then a coefficient for each of
 * the prototypes, which are the output of four dimensions. A mask is their weighted sum, cut off at the object's box, in
 * the prototypes' size.
 *
 * @returns objects in pixels of the source picture, best first, 300 at most; a pixel is the surest one's that covers it
 * @throws LitescopeError UNSUPPORTED_DECODER when there are no such outputs, INVALID_LABELS
 */
export function decodeYoloInstances(decoder: Extract<Decoder, { kind: 'yolo-segmentation' }>, outputs: readonly OutputTensor[], placement: Placement, labels?: readonly string[]): DecodedAs<'instances'> {
  const prototypes = prototypesOf(outputs);
  if (prototypes === null) throw unsupportedDecoder(text.expected.prototypes, outputs);
  const { width, height, count } = prototypes;
  const { candidates, extra } = readYoloRows(decoder, outputs, placement, { extras: count, labels });
  const ids = new Uint16Array(width * height);
  const detections: Detection[] = [];
  for (const candidate of strongest(decoder, candidates)) {
    const detection = detectionOf(candidate, placement, labels);
    if (detection === null) continue;
    detections.push(detection);
    const coefficients = Float64Array.from({ length: count }, (_, place) => extra(candidate.row, place));
    fillMask(ids, detections.length, candidate, coefficients, prototypes, placement);
  }
  return { kind: 'instances', detections, ids, width, height, placement: rescalePlacement(placement, width, height) };
}
