import { counted } from './counted';
import { formatCount } from '../format';

type Shape = readonly number[];
const shaped = (shape: Shape) => `[${shape.join(', ')}]`;

/** What a model was recognised as, and from what. */
export const recognition = {
  families: {
    yolo: (task: 'detect' | 'segment' | 'pose' | 'obb' | 'classify', model: string) =>
      `${model} ${{ detect: 'detector', segment: 'instance segmentation', pose: 'pose', obb: 'oriented boxes', classify: 'classifier' }[task]}`,
    'face-detection': 'BlazeFace face detector',
    'palm-detection': 'MediaPipe palm detector',
    'pose-detection': 'BlazePose detector',
    postProcessed: 'SSD or EfficientDet detector',
    centerNet: 'CenterNet detector',
    ssdMobileNet: 'SSD MobileNet detector without post-processing',
    efficientDet: 'EfficientDet detector without post-processing',
  },
  yoloVersions: { classes: 'YOLO v8, v9, 11 or 12', objectness: 'YOLO v5 or v7', final: 'YOLO v10 or 26' },
  because: {
    centreMaps: (size: string, classes: number) => `It gives a heat map of ${counted(classes, 'class', 'classes')} with two maps of two channels beside it, all ${size}, a quarter of the input.`,
    postProcessed: 'It has the op TFLite_Detection_PostProcess, in which such detectors end.',
    rawBoxes: (boxes: number, input: string) => `The outputs hold ${formatCount(boxes)} boxes and scores: as many as the family’s anchors on an input of ${input} pixels.`,
    anchors: (anchors: number, points: number, input: string) => `The outputs hold ${formatCount(anchors)} boxes with ${points} points each: as many as the family’s anchors on an input of ${input} pixels.`,
    yoloMetadata: (task: string | null, classes: number) => (task === null ? `The file itself names ${counted(classes, 'class', 'classes')} as this family’s exporter does.` : `The file itself names the task (“${task}”) and ${counted(classes, 'class', 'classes')}.`),
    yoloRows: (shape: Shape, input: string) => `The output ${shaped(shape)} has as many candidates as this family makes of ${input} pixels.`,
    yoloFinal: (shape: Shape) => `The output ${shaped(shape)} has the form of ${formatCount(shape[1] ?? 0)} boxes that are suppressed already.`,
  },
};
