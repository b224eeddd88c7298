import { recognition as text } from '../messages/recognition';
import { elementCount } from '../tensor/dtype';
import { anchoredValues, type AnchoredPointsDecoder } from '../vision/decoders/shared/anchored-form';
import { anchorCount } from '../vision/decoders/shared/anchors';
import { ofOnePicture, pictureInput, valuesBetween } from './picture-input';
import type { Recogniser } from './types';

type Anchors = AnchoredPointsDecoder['anchors'];

interface Detector {
  readonly kind: AnchoredPointsDecoder['kind'];
  readonly anchors: Anchors;
  readonly scoreThreshold: number;
  /** What a picture's black becomes; white is 1. */
  readonly lowest: number;
}

const [fine, coarse, wide, single]: readonly [Anchors, Anchors, Anchors, Anchors] = [
  { strides: [8, 16, 16, 16], perCell: 2 }, { strides: [16, 32, 32, 32], perCell: 2 }, { strides: [8, 16, 32, 32, 32], perCell: 2 }, { strides: [4], perCell: 1 },
];

/** As mediapipe/modules and mediapipe/tasks run them; of older models, which differ in their size, as their own graphs did. */
const detectors: readonly Detector[] = [
  { kind: 'face-detection', anchors: fine, scoreThreshold: 0.5, lowest: -1 },
  { kind: 'face-detection', anchors: coarse, scoreThreshold: 0.5, lowest: -1 },
  { kind: 'face-detection', anchors: single, scoreThreshold: 0.6, lowest: -1 },
  { kind: 'palm-detection', anchors: fine, scoreThreshold: 0.5, lowest: 0 },
  { kind: 'palm-detection', anchors: wide, scoreThreshold: 0.5, lowest: 0 },
  { kind: 'pose-detection', anchors: wide, scoreThreshold: 0.5, lowest: -1 },
  { kind: 'pose-detection', anchors: fine, scoreThreshold: 0.5, lowest: -1 },
];

/** MediaPipe's detectors of faces (BlazeFace), palms and bodies: by as many anchors as their grids make of the input, and the points of each. */
export const mediaPipeDetector: Recogniser = ({ inputs, outputs }) => {
  const picture = pictureInput(inputs);
  if (picture === null || outputs.length !== 2) return null;
  const shapes = outputs.map(({ shape }) => ofOnePicture(shape));
  const { width, height, tensor } = picture;
  for (const { kind, anchors, scoreThreshold, lowest } of detectors) {
    const [count, values] = [anchorCount(anchors, width, height), anchoredValues[kind]];
    const boxes = shapes.findIndex((shape) => shape.at(-1) === values && elementCount(shape) === count * values);
    if (boxes === -1 || elementCount(shapes[1 - boxes] ?? []) !== count) continue;
    return {
      name: text.families[kind], because: text.because.anchors(count, (values - 4) / 2, `${width} × ${height}`),
      decoder: { kind, anchors, scoreThreshold, overlapThreshold: 0.3 },
      preprocessing: { fit: 'letterbox', ...valuesBetween(lowest, 1, tensor) },
    };
  }
  return null;
};
