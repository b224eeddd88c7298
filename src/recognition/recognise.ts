import { recogniseMoveNet, recognisePoseNet } from './body-key-points';
import { centerNet } from './center-net';
import { mediaPipeDetector } from './mediapipe-detectors';
import { recogniseMediapipeLandmarks } from './mediapipe-landmarks';
import { recogniseClassMap, recogniseDepth } from './maps';
import { recognisePictureMaker, recogniseStyle, recogniseStyleTransfer, recogniseSuperResolution } from './pictures';
import { recogniseSound } from './sounds';
import { ssdWithoutPostProcessing, ssdWithPostProcessing } from './ssd';
import { recogniseTextLine } from './text-lines';
import { recogniseEmbedding, recogniseLabelledClasses, recogniseProbabilities } from './vectors';
import { yolo } from './yolo';
import type { Recogniser, Recognition, RecognitionSubject } from './types';

/** In order: the first that knows a model has the word, so what is more special comes first. */
const recognisers: readonly Recogniser[] = [
  yolo,
  mediaPipeDetector,
  ssdWithPostProcessing,
  ssdWithoutPostProcessing,
  centerNet,
  recogniseMediapipeLandmarks,
  recogniseMoveNet,
  recognisePoseNet,
  recogniseStyleTransfer,
  recogniseStyle,
  recogniseSuperResolution,
  recogniseDepth,
  recogniseSound,
  recogniseTextLine,
  recogniseClassMap,
  recogniseEmbedding,
  recogniseLabelledClasses,
  recogniseProbabilities,
  recognisePictureMaker,
];

/** A batch of any size is run as one; so are its shapes read. */
function asOne<Tensor extends { readonly shape: readonly number[] }>(tensors: readonly Tensor[]): readonly Tensor[] {
  return tensors.map((tensor) => (tensor.shape.length > 1 && tensor.shape[0] === -1 ? { ...tensor, shape: [1, ...tensor.shape.slice(1)] } : tensor));
}

/** What a model is for, told by its shapes, names and metadata; null where nothing is known of it. */
export function recognise(subject: RecognitionSubject): Recognition | null {
  const one = { ...subject, inputs: asOne(subject.inputs), outputs: asOne(subject.outputs) };
  for (const recogniser of recognisers) {
    const recognition = recogniser(one);
    if (recognition !== null) return recognition;
  }
  return null;
}
