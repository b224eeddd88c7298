import { centerNet } from './center-net';
import { mediaPipeDetector } from './mediapipe-detectors';
import { ssdWithoutPostProcessing, ssdWithPostProcessing } from './ssd';
import { yolo } from './yolo';
import type { Recogniser, Recognition, RecognitionSubject } from './types';

/** In order: the first that knows a model has the word, so what is more special comes first. */
const recognisers: readonly Recogniser[] = [
  yolo,
  mediaPipeDetector,
  ssdWithPostProcessing,
  ssdWithoutPostProcessing,
  centerNet,
];

/** What a model is for, told by its shapes, names and metadata; null where nothing is known of it. */
export function recognise(subject: RecognitionSubject): Recognition | null {
  for (const recogniser of recognisers) {
    const recognition = recogniser(subject);
    if (recognition !== null) return recognition;
  }
  return null;
}
