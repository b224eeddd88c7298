import type { Decoder } from '../../shared/types';

export type AnchoredPointsDecoder = Extract<Decoder, { kind: 'face-detection' | 'palm-detection' | 'pose-detection' }>;

/**
 * Values of an anchor: centre x, centre y, width and height of the box, then x and y of its points. Faces: right eye, left
 * eye, nose, mouth, right ear, left ear. Palms: wrist, the first joints of index, middle, ring and little finger, and of the
 * thumb the first and second. Bodies: middle of the hips, where a circle around the body reaches, and two for the upper body alone.
 */
export const anchoredValues: Readonly<Record<AnchoredPointsDecoder['kind'], number>> = { 'face-detection': 16, 'palm-detection': 18, 'pose-detection': 12 };
