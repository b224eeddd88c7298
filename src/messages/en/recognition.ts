import { counted } from './counted';
import { formatCount } from '../format';

type Shape = readonly number[];
const shaped = (shape: Shape) => `[${shape.join(', ')}]`;

/** What a model was recognised as, and from what. */
export const recognition = {
  families: {
    moveNetSingle: 'MoveNet, one body',
    moveNetMulti: 'MoveNet, several bodies',
    poseNet: 'PoseNet',
    handLandmarks: 'MediaPipe hand landmarks',
    poseLandmarks: 'MediaPipe pose landmarks',
    faceMesh: 'MediaPipe face mesh',
    faceMeshWithIrises: 'MediaPipe face mesh with irises',
    attentionMesh: 'MediaPipe face mesh with attention',
    boxInSpace: 'MediaPipe Objectron, a box in space',
    iris: 'MediaPipe iris',
    depth: 'Depth',
    classMap: 'Segmentation',
    superResolution: (factor: number) => `Super resolution, ${factor}×`,
    styleTransfer: 'Style transfer',
    style: 'Style of a picture, for style transfer',
    pictureMaker: 'Picture to picture',
    textLine: 'Reader of a line of text',
    embedding: 'Embedding',
    classes: 'Classifier',
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
  /** One sentence; shapes and sizes come formatted. */
  because: {
    moveNetSingle: (shape: string) => `Its one output, ${shape}, holds y, x and score of 17 points.`,
    moveNetMulti: (shape: string) => `Its one output, ${shape}, holds 17 points, a box and a score for each body.`,
    poseNet: (rows: number, columns: number) => `It gives heat maps of 17 points and their offsets on a grid of ${rows} × ${columns}.`,
    poseNetOfSeveral: (rows: number, columns: number) => `It gives heat maps of 17 points, their offsets and the ways between joints on a grid of ${rows} × ${columns}.`,
    named: (word: string) => `The file or its name says “${word}”.`,
    wholeNumbers: (shape: string) => `Its one output, ${shape}, is a map of whole numbers.`,
    argMax: (shape: string) => `Its one output, ${shape}, is a map behind ARG_MAX.`,
    larger: (from: string, to: string) => `It makes a picture of ${to} of one of ${from}.`,
    styleAndContent: 'It makes a picture of two, one of which is called a style.',
    bottleneckAndContent: (shape: string) => `It makes a picture of another and of a style, ${shape}.`,
    bottleneck: (shape: string) => `Its one output, ${shape}, is what Magenta’s style transfer takes for a style.`,
    sameSize: (shape: string) => `Its one output, ${shape}, is a picture of the size of one that it takes.`,
    stepsAndClasses: (steps: number, classes: number, width: number, height: number) => `It gives ${steps} steps of ${classes} classes for a picture of ${width} × ${height}.`,
    characters: (shape: string) => `Its one output, ${shape}, is a list of whole numbers for a picture that is wide and low.`,
    normalised: (shape: string) => `Its one output, ${shape}, is a vector of length 1 (L2_NORMALIZATION).`,
    unnamedVector: (shape: string) => `Its one output, ${shape}, is a vector without labels, as long as embeddings are, and nothing makes probabilities of it.`,
    labelled: (labels: number) => `One output has as many values as the file has labels, ${labels}.`,
    probabilities: (shape: string) => `Its one output, ${shape}, ends in SOFTMAX, and it looks at no picture.`,
    sizes: (sizes: string) => `Its outputs have ${sizes} values, for a square picture.`,
    centreMaps: (size: string, classes: number) => `It gives a heat map of ${counted(classes, 'class', 'classes')} with two maps of two channels beside it, all ${size}, a quarter of the input.`,
    postProcessed: 'It has the op TFLite_Detection_PostProcess, in which such detectors end.',
    rawBoxes: (boxes: number, input: string) => `The outputs hold ${formatCount(boxes)} boxes and scores: as many as the family’s anchors on an input of ${input} pixels.`,
    anchors: (anchors: number, points: number, input: string) => `The outputs hold ${formatCount(anchors)} boxes with ${points} points each: as many as the family’s anchors on an input of ${input} pixels.`,
    yoloMetadata: (task: string | null, classes: number) => (task === null ? `The file itself names ${counted(classes, 'class', 'classes')} as this family’s exporter does.` : `The file itself names the task (“${task}”) and ${counted(classes, 'class', 'classes')}.`),
    yoloRows: (shape: Shape, input: string) => `The output ${shaped(shape)} has as many candidates as this family makes of ${input} pixels.`,
    yoloFinal: (shape: Shape) => `The output ${shaped(shape)} has the form of ${formatCount(shape[1] ?? 0)} boxes that are suppressed already.`,
  },
};
