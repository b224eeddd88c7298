import { elementCount } from '../../../tensor/dtype';
import { realValues } from '../../../tensor/values';
import type { DecodedAs, Decoder, OutputTensor, Placement } from '../../shared/types';
import { probability, sigmoid, unsupportedDecoder } from '../shared/outputs';
import { gridOf, layersTotal, type AnchorLayers } from '../shared/ssd-anchors';
import { vision as text } from '../../../messages/vision';
import type { Edges } from './box-candidate';
import { boxInSource, labelOfNumber } from './boxes';
import { withoutBackground } from './labels';
import { overlap, suppressByClass } from './suppression';

type SsdDetection = Extract<Decoder, { kind: 'ssd-detection' }>;

interface Candidate extends Edges {
  readonly score: number;
  readonly type: number;
}

/** As many as TensorFlow's post-processing gives. */
const mostResults = 100;

/** Centre x, centre y, width and height of every anchor in shares of the input: layer by layer, row by row, cell by cell. */
function anchorsOf(layers: AnchorLayers, width: number, height: number): Float64Array {
  const anchors = new Float64Array(layersTotal(layers, width, height) * 4);
  let position = 0;
  for (const layer of layers) {
    const { columns, rows } = gridOf(layer, width, height);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        for (const [anchorWidth, anchorHeight] of layer.sizes) {
          anchors.set([(column + 0.5) / columns, (row + 0.5) / rows, anchorWidth, anchorHeight], position);
          position += 4;
        }
      }
    }
  }
  return anchors;
}

/** Whether scores are probabilities: logits of all anchors and classes never lie between 0 and 1 alone. */
function areProbabilities(scores: ArrayLike<number>): boolean {
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index] as number;
    if (score < 0 || score > 1) return false;
  }
  return true;
}

/** What lies on an anchor, in pixels of the input; null for edges beyond float32. */
function edgesOf({ scales: [scaleY, scaleX, scaleHeight, scaleWidth] }: SsdDetection, boxes: ArrayLike<number>, anchors: Float64Array, index: number, { targetWidth, targetHeight }: Placement): Edges | null {
  const encoded = (place: number): number => boxes[index * 4 + place] as number;
  const anchor = (place: number): number => anchors[index * 4 + place] as number;
  const x = (encoded(1) / scaleX) * anchor(2) + anchor(0);
  const y = (encoded(0) / scaleY) * anchor(3) + anchor(1);
  const width = Math.exp(encoded(3) / scaleWidth) * anchor(2);
  const height = Math.exp(encoded(2) / scaleHeight) * anchor(3);
  const edges = { left: (x - width / 2) * targetWidth, top: (y - height / 2) * targetHeight, right: (x + width / 2) * targetWidth, bottom: (y + height / 2) * targetHeight };
  return Object.values(edges).every((edge) => Number.isFinite(Math.fround(edge))) ? edges : null;
}

/**
 * SSD detectors and EfficientDets without a post-processing op: boxes [1, anchors, 4] as offsets of centre y, centre x and
 * logarithms of height and width against the anchors, divided by `scales`; scores [1, anchors, classes] as logits or
 * probabilities, with the background first where the decoder says so. Each anchor has its best class.
 *
 * @returns boxes in pixels of the source picture, best first, 100 at most
 * @throws LitescopeError UNSUPPORTED_DECODER when no outputs fit the anchors
 */
export function decodeSsd(decoder: SsdDetection, outputs: readonly OutputTensor[], placement: Placement, labels?: readonly string[]): DecodedAs<'detections'> {
  const { targetWidth, targetHeight } = placement;
  const count = layersTotal(decoder.anchors, targetWidth, targetHeight);
  const boxTensor = outputs.find(({ shape }) => shape.at(-1) === 4 && elementCount(shape) === count * 4);
  const scoreTensor = outputs.find((output) => output !== boxTensor && output.shape.length === 3 && output.shape.at(-2) === count);
  const classes = scoreTensor?.shape.at(-1) ?? 0;
  const first = decoder.background ? 1 : 0;
  if (count === 0 || boxTensor === undefined || scoreTensor === undefined || classes <= first || elementCount(scoreTensor.shape) !== count * classes) {
    throw unsupportedDecoder(text.expected.ssd(count, targetWidth, targetHeight), outputs);
  }
  const [boxes, scores] = [realValues(boxTensor), realValues(scoreTensor)];
  const probabilities = areProbabilities(scores);
  const anchors = anchorsOf(decoder.anchors, targetWidth, targetHeight);
  const candidates: Candidate[] = [];
  for (let index = 0; index < count; index++) {
    let [best, type] = [-Infinity, 0];
    for (let place = first; place < classes; place++) {
      const score = scores[index * classes + place] as number;
      if (score > best) [best, type] = [score, place - first];
    }
    const score = probability(probabilities ? best : sigmoid(best));
    if (best === -Infinity || !(score >= decoder.scoreThreshold)) continue;
    const edges = edgesOf(decoder, boxes, anchors, index, placement);
    if (edges !== null) candidates.push({ ...edges, score, type });
  }
  const names = withoutBackground(labels);
  const detections = suppressByClass(candidates, decoder.overlapThreshold, mostResults, overlap).flatMap((candidate) => {
    const box = boxInSource(candidate, placement);
    return box === null ? [] : { box, score: candidate.score, label: labelOfNumber(names, candidate.type), keypoints: [] };
  });
  return { kind: 'detections', detections };
}
