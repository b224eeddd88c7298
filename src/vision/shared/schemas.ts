import * as v from 'valibot';

/** How a picture becomes an input tensor. A pixel channel has the values 0 to 255 before `values` is applied. */
export const preprocessingSchema = v.strictObject({
  /** `crop` fills the input from the centre, `letterbox` keeps everything and pads with black pixels, `stretch` distorts. */
  fit: v.picklist(['crop', 'letterbox', 'stretch']),
  resize: v.picklist(['auto', 'bilinear', 'area']),
  channels: v.picklist(['rgb', 'bgr', 'gray']),
  layout: v.picklist(['nhwc', 'nchw']),
  /**
   * `normalise`: real value = (pixel − mean) ÷ std, then quantized with the tensor's own parameters if it has any.
   * `pixels`: the pixel itself (minus 128 for int8), the habit of quantized image models.
   */
  values: v.variant('kind', [
    v.strictObject({ kind: v.literal('normalise'), mean: v.array(v.number()), std: v.array(v.pipe(v.number(), v.notValue(0))) }),
    v.strictObject({ kind: v.literal('pixels') }),
  ]),
  /** What a channel beyond the three colours holds everywhere (an earlier mask, an alpha), as the tensor's real number; without it the picture's own alpha, treated as a colour is. */
  extra: v.exactOptional(v.pipe(v.number(), v.finite())),
});

/** See ScoreCalibration in src/tflite. */
const calibration = v.strictObject({
  transformation: v.picklist(['identity', 'log', 'inverse-logistic']),
  defaultScore: v.number(),
  classes: v.pipe(v.array(v.nullable(v.strictObject({ scale: v.number(), slope: v.number(), offset: v.number(), leastScore: v.optional(v.number()) }))), v.readonly()),
});

/** What MediaPipe's detectors have in common. */
const anchoredPoints = {
  /** SSD anchors: one layer a stride; consecutive equal strides share a feature map. */
  anchors: v.strictObject({
    strides: v.array(v.pipe(v.number(), v.integer(), v.minValue(1))),
    /** Anchors at each cell per layer (MediaPipe: 1, plus 1 when an interpolated scale is used). */
    perCell: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
  scoreThreshold: v.number(),
  overlapThreshold: v.number(),
};

/** What the YOLO family's heads have in common. */
const yolo = {
  /**
   * What a row of the output holds. `classes`: a box and a score for each class (v8, v9, 11, 12); `objectness`: a box, a
   * score that anything is there, and one for each class (v5, v7); `final`: corners, score and class of a box that is
   * suppressed already (v10, 26, exports with NMS).
   */
  head: v.picklist(['classes', 'objectness', 'final']),
  /** Shares of the input's size, or its pixels; without it the values tell. */
  unit: v.optional(v.picklist(['ratio', 'pixel'])),
  scoreThreshold: v.number(),
  /** Of two boxes of a class that overlap by more, the one with the lower score is dropped. */
  overlapThreshold: v.number(),
};

/** What a task's output tensors mean. Thresholds are scores after the sigmoid, 0 to 1. */
export const decoderSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('face-detection'), ...anchoredPoints }),
  v.strictObject({ kind: v.literal('palm-detection'), ...anchoredPoints }),
  v.strictObject({ kind: v.literal('pose-detection'), ...anchoredPoints }),
  v.strictObject({ kind: v.literal('selfie-segmentation') }),
  v.strictObject({ kind: v.literal('hand-landmarks') }),
  v.strictObject({ kind: v.literal('pose-landmarks') }),
  v.strictObject({ kind: v.literal('face-mesh') }),
  v.strictObject({ kind: v.literal('box-in-space') }),
  v.strictObject({ kind: v.literal('iris') }),
  v.strictObject({
    kind: v.literal('classification'),
    top: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** Where the model brings it: what makes scores of it comparable between classes. */
    calibration: v.optional(calibration),
    /** Classes with a lower score are left out. */
    scoreThreshold: v.optional(v.number()),
  }),
  v.strictObject({
    kind: v.literal('object-detection'),
    /** Names of the outputs, where the model says which is which. */
    outputs: v.optional(v.strictObject({ boxes: v.string(), classes: v.string(), scores: v.string(), count: v.string() })),
    scoreThreshold: v.number(),
    calibration: v.optional(calibration),
    /** How a box's numbers are to be read; without it as top, left, bottom, right in shares of the input. */
    boxes: v.optional(v.strictObject({
      form: v.picklist(['boundaries', 'upper-left', 'center']),
      order: v.pipe(v.tuple([v.number(), v.number(), v.number(), v.number()]), v.readonly()),
      unit: v.picklist(['ratio', 'pixel']),
    })),
  }),
  v.strictObject({
    kind: v.literal('ssd-detection'),
    /** Layer by layer: pixels from one cell to the next, and width and height of a cell's anchors in shares of the input. */
    anchors: v.array(v.strictObject({ stride: v.pipe(v.number(), v.integer(), v.minValue(1)), sizes: v.array(v.tuple([v.number(), v.number()])) })),
    /** What a box's centre y, centre x, height and width were multiplied by. */
    scales: v.tuple([v.number(), v.number(), v.number(), v.number()]),
    /** Whether the first class is the background. */
    background: v.boolean(),
    scoreThreshold: v.number(),
    overlapThreshold: v.number(),
  }),
  /** `order`: whether sizes and offsets are x before y, as in the original, or y before x, as in TensorFlow's. */
  v.strictObject({ kind: v.literal('center-net'), order: v.picklist(['xy', 'yx']), scoreThreshold: v.number() }),
  v.strictObject({ kind: v.literal('yolo-detection'), ...yolo }),
  /** Behind box and score a row has a coefficient for each of the prototypes of masks, which are another output. */
  v.strictObject({ kind: v.literal('yolo-segmentation'), ...yolo }),
  v.strictObject({
    kind: v.literal('yolo-pose'), ...yolo,
    /** Behind box and score a row has this many points: x, y, and with three values how sure it is of them. */
    points: v.strictObject({ count: v.pipe(v.number(), v.integer(), v.minValue(1)), values: v.picklist([2, 3]) }),
  }),
  /** The last value of a row is an angle in radians. */
  v.strictObject({ kind: v.literal('yolo-oriented'), ...yolo }),
  /** MoveNet's and PoseNet's forms, told apart by shape. `scoreThreshold`: what a point needs to be shown, and a body to be there. */
  v.strictObject({ kind: v.literal('key-points'), scoreThreshold: v.number() }),
  v.strictObject({ kind: v.literal('segmentation') }),
  /** One value a pixel. `nearer`: whether what is near has the higher values (inverse depth, the default) or the lower ones (distance). */
  v.strictObject({ kind: v.literal('depth'), nearer: v.optional(v.picklist(['higher', 'lower'])) }),
  v.strictObject({
    kind: v.literal('image'),
    /** The values that are black and white, where the model says so. */
    range: v.optional(v.strictObject({ lowest: v.number(), highest: v.number() })),
  }),
  /** A line of text. `blank`: the class that writes nothing, `none` where every step writes; without it, whichever end wins more steps. */
  v.strictObject({ kind: v.literal('text'), blank: v.optional(v.picklist(['first', 'last', 'none'])) }),
  v.strictObject({ kind: v.literal('embedding') }),
]);
