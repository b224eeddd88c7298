import { formatList } from '../messages/format';
import { recognition as text } from '../messages/recognition';
import type { Decoder } from '../vision/shared/types';
import { fromZeroToOne, lonePicture, sizeOf } from './forms';
import type { Recogniser } from './types';

interface Family {
  readonly name: 'attentionMesh' | 'faceMesh' | 'faceMeshWithIrises' | 'iris' | 'boxInSpace' | 'handLandmarks' | 'poseLandmarks';
  readonly decoder: Decoder;
  /** How many values its outputs have at least; the same number twice means two of them. */
  readonly sizes: readonly number[];
}

/** By the sizes of their outputs, which no other published models share; what is more special comes first. */
const families: readonly Family[] = [
  { name: 'attentionMesh', decoder: { kind: 'face-mesh' }, sizes: [1404, 160, 142, 142, 10, 10, 1] },
  { name: 'faceMesh', decoder: { kind: 'face-mesh' }, sizes: [1404, 1] },
  { name: 'faceMeshWithIrises', decoder: { kind: 'face-mesh' }, sizes: [1434, 1] },
  { name: 'iris', decoder: { kind: 'iris' }, sizes: [213, 15] },
  { name: 'boxInSpace', decoder: { kind: 'box-in-space' }, sizes: [18, 1] },
  { name: 'handLandmarks', decoder: { kind: 'hand-landmarks' }, sizes: [63, 1] },
  { name: 'poseLandmarks', decoder: { kind: 'pose-landmarks' }, sizes: [195, 1] },
];

/**
 * MediaPipe's landmarks of a face, an eye, a hand or a body that fills its picture. All of them read square pictures of 0 to 1
 * (mediapipe/modules, the .pbtxt files), which their pipelines cut out and pad.
 */
export const recogniseMediapipeLandmarks: Recogniser = ({ inputs, outputs }) => {
  const picture = lonePicture(inputs);
  if (picture === null || picture.height !== picture.width) return null;
  const sizes = outputs.map(sizeOf);
  const family = families.find((each) => each.sizes.every((size) => sizes.filter((other) => other === size).length >= each.sizes.filter((other) => other === size).length));
  if (family === undefined) return null;
  return {
    name: text.families[family.name],
    because: text.because.sizes(formatList(family.sizes.map(String))),
    decoder: family.decoder,
    preprocessing: { fit: 'letterbox', ...(picture.tensor.dtype === 'float32' || picture.tensor.dtype === 'float16' ? { values: fromZeroToOne } : {}) },
  };
};
