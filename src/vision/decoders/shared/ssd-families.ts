import type { Decoder } from '../../shared/types';
import { efficientDetAnchors, ssdMobileNetAnchors } from './ssd-anchors';

type SsdDetection = Extract<Decoder, { kind: 'ssd-detection' }>;

/** TensorFlow's SSD MobileNet v1 and v2 (`ssd_mobilenet_v2_coco.config`): box coder 10, 10, 5, 5, background first, suppression at 0.6. */
export function ssdMobileNet(scoreThreshold: number): SsdDetection {
  return { kind: 'ssd-detection', anchors: [...ssdMobileNetAnchors()], scales: [10, 10, 5, 5], background: true, scoreThreshold, overlapThreshold: 0.6 };
}

/** EfficientDet-Lite 0 to 2 are trained with smaller anchors than those above (`hparams_config.py` of google/automl), suppression at 0.5. */
const largestSmall = 448;

/** @param size the input's side in pixels */
export function efficientDet(size: number, scoreThreshold: number): SsdDetection {
  return { kind: 'ssd-detection', anchors: [...efficientDetAnchors(size, size <= largestSmall ? 3 : 4)], scales: [1, 1, 1, 1], background: false, scoreThreshold, overlapThreshold: 0.5 };
}
