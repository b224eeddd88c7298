import type { Decoder } from '../../vision/shared/types';

/** Ids of the gallery's detectors that find what models of landmarks look at, as MediaPipe's graphs pair them. */
const detectors: Readonly<Partial<Record<Decoder['kind'], string>>> = {
  'face-mesh': 'face-detection-short-range',
  'hand-landmarks': 'palm-detection-lite',
  'pose-landmarks': 'pose-detection',
};

/** The gallery's detector that goes before a model; null for one that looks at whole pictures. */
export function detectorBefore(decoder: Decoder | undefined): string | null {
  return decoder === undefined ? null : detectors[decoder.kind] ?? null;
}
