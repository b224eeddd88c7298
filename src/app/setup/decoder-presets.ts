import { setup as text } from '../../messages/setup';
import { centreThreshold, keyPointThreshold, objectThreshold, yoloThresholds } from '../../vision/decoders/shared/thresholds';
import { ssdMobileNet } from '../../vision/decoders/shared/ssd-families';
import type { Decoder } from '../../vision/shared/types';

export interface DecoderPreset {
  /** Its title is the message of this name. */
  readonly id: keyof typeof text.decoding.presets;
  readonly decoder: Decoder;
}

const overlapThreshold = 0.3;

/** What a person can take outputs for when the model itself does not say. Face detectors differ in their anchors. */
export const decoderPresets: readonly DecoderPreset[] = [
  { id: 'classification', decoder: { kind: 'classification', top: 5 } },
  { id: 'face-short-range', decoder: { kind: 'face-detection', anchors: { strides: [8, 16, 16, 16], perCell: 2 }, scoreThreshold: 0.5, overlapThreshold } },
  { id: 'face-full-range', decoder: { kind: 'face-detection', anchors: { strides: [4], perCell: 1 }, scoreThreshold: 0.6, overlapThreshold } },
  { id: 'palm-detection', decoder: { kind: 'palm-detection', anchors: { strides: [8, 16, 16, 16], perCell: 2 }, scoreThreshold: 0.5, overlapThreshold } },
  { id: 'pose-detection', decoder: { kind: 'pose-detection', anchors: { strides: [8, 16, 32, 32, 32], perCell: 2 }, scoreThreshold: 0.5, overlapThreshold } },
  { id: 'selfie-segmentation', decoder: { kind: 'selfie-segmentation' } },
  { id: 'hand-landmarks', decoder: { kind: 'hand-landmarks' } },
  { id: 'pose-landmarks', decoder: { kind: 'pose-landmarks' } },
  { id: 'box-in-space', decoder: { kind: 'box-in-space' } },
  { id: 'face-mesh', decoder: { kind: 'face-mesh' } },
  { id: 'iris', decoder: { kind: 'iris' } },
  { id: 'object-detection', decoder: { kind: 'object-detection', scoreThreshold: objectThreshold } },
  { id: 'ssd-mobilenet', decoder: ssdMobileNet(objectThreshold) },
  { id: 'center-net', decoder: { kind: 'center-net', order: 'xy', scoreThreshold: centreThreshold } },
  { id: 'yolo-v8', decoder: { kind: 'yolo-detection', head: 'classes', ...yoloThresholds.classes } },
  { id: 'yolo-v5', decoder: { kind: 'yolo-detection', head: 'objectness', ...yoloThresholds.objectness } },
  { id: 'yolo-final', decoder: { kind: 'yolo-detection', head: 'final', ...yoloThresholds.final } },
  { id: 'yolo-segmentation', decoder: { kind: 'yolo-segmentation', head: 'classes', ...yoloThresholds.classes } },
  { id: 'yolo-pose', decoder: { kind: 'yolo-pose', head: 'classes', points: { count: 17, values: 3 }, ...yoloThresholds.classes } },
  { id: 'yolo-oriented', decoder: { kind: 'yolo-oriented', head: 'classes', ...yoloThresholds.classes } },
  { id: 'key-points', decoder: { kind: 'key-points', scoreThreshold: keyPointThreshold } },
  { id: 'segmentation', decoder: { kind: 'segmentation' } },
  { id: 'depth', decoder: { kind: 'depth', nearer: 'higher' } },
  { id: 'distance', decoder: { kind: 'depth', nearer: 'lower' } },
  { id: 'image', decoder: { kind: 'image' } },
  { id: 'text', decoder: { kind: 'text' } },
  { id: 'text-by-step', decoder: { kind: 'text', blank: 'none' } },
  { id: 'embedding', decoder: { kind: 'embedding' } },
];

/** What a decoder finds, in a word or two. */
export function decoderName({ kind }: Decoder): string {
  return text.decoding.tasks[kind];
}
