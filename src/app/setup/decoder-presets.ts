import { keyPointThreshold, objectThreshold } from '../../vision/decoders/shared/thresholds';
import type { Decoder } from '../../vision/shared/types';

export interface DecoderPreset {
  readonly id: string;
  readonly title: string;
  readonly decoder: Decoder;
}

const overlapThreshold = 0.3;

/** What a person can take outputs for when the model itself does not say. Face detectors differ in their anchors. */
export const decoderPresets: readonly DecoderPreset[] = [
  { id: 'classification', title: 'Classes, best 5', decoder: { kind: 'classification', top: 5 } },
  {
    id: 'face-short-range',
    title: 'Face detection, short range',
    decoder: { kind: 'face-detection', anchors: { strides: [8, 16, 16, 16], perCell: 2 }, scoreThreshold: 0.5, overlapThreshold },
  },
  {
    id: 'face-full-range',
    title: 'Face detection, full range',
    decoder: { kind: 'face-detection', anchors: { strides: [4], perCell: 1 }, scoreThreshold: 0.6, overlapThreshold },
  },
  { id: 'selfie-segmentation', title: 'Selfie segmentation', decoder: { kind: 'selfie-segmentation' } },
  { id: 'hand-landmarks', title: 'Hand landmarks', decoder: { kind: 'hand-landmarks' } },
  { id: 'pose-landmarks', title: 'Pose landmarks', decoder: { kind: 'pose-landmarks' } },
  { id: 'object-detection', title: 'Objects in boxes (SSD)', decoder: { kind: 'object-detection', scoreThreshold: objectThreshold } },
  { id: 'key-points', title: 'Body key points (MoveNet)', decoder: { kind: 'key-points', scoreThreshold: keyPointThreshold } },
  { id: 'segmentation', title: 'Segmentation map', decoder: { kind: 'segmentation' } },
  { id: 'image', title: 'Picture', decoder: { kind: 'image' } },
];

const taskNames: Readonly<Record<Decoder['kind'], string>> = {
  classification: 'classes',
  'face-detection': 'faces',
  'selfie-segmentation': 'person mask',
  'hand-landmarks': 'hand landmarks',
  'pose-landmarks': 'pose landmarks',
  'object-detection': 'objects',
  'key-points': 'body key points',
  segmentation: 'segmentation map',
  image: 'picture',
};

/** What a decoder finds, in a word or two. */
export function decoderName({ kind }: Decoder): string {
  return taskNames[kind];
}
