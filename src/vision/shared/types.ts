import * as v from 'valibot';
import type { ValueDType } from '../../tensor/dtype';
import type { Quantization } from '../../tensor/quantization';

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
export type Preprocessing = v.InferOutput<typeof preprocessingSchema>;

/** Where the picture lies in the input: `tensor px = source px × scale + offset`, per axis. */
export interface Placement {
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly targetWidth: number;
  readonly targetHeight: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

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
export type Decoder = v.InferOutput<typeof decoderSchema>;

/** An output tensor as decoders and the page see it: raw little-endian elements, densely packed. */
export interface OutputTensor {
  readonly name: string;
  readonly dtype: ValueDType;
  readonly shape: readonly number[];
  readonly quantization?: Quantization | undefined;
  readonly data: ArrayBuffer;
}

/** A point in pixels of the source picture; `z` in the model's own units where it gives one. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z?: number;
  /** Probability 0 to 1 that the point is visible, where the model gives one. */
  readonly visibility?: number;
}

/** In pixels of the source picture; it may reach over the picture's edges. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Detection {
  readonly box: Box;
  /** Of an oriented box: how far it is turned about its centre, clockwise in radians. */
  readonly angle?: number;
  /** 0 to 1. */
  readonly score: number;
  readonly label: string;
  readonly keypoints: readonly Point[];
}

/** Pairs of indices into a list of points that are joined by a line. */
export type Connections = readonly (readonly [number, number])[];

/** One body. `visibility` of each point is the model's score for it. */
export interface Skeleton {
  readonly points: readonly Point[];
  /** 0 to 1. */
  readonly score: number;
  /** Around the body, where the model gives one. */
  readonly box?: Box;
}

/** A map in the size of the model's output, which may show more of the picture, or less. */
interface MapFrame {
  readonly width: number;
  readonly height: number;
  /** From source picture to pixels of the map. */
  readonly placement: Placement;
}

export interface LegendEntry {
  readonly index: number;
  readonly label: string;
  /** Red, green and blue, 0 to 255; null for the background, over which nothing is drawn. */
  readonly colour: readonly [number, number, number] | null;
  /** Of the part of the picture that the model saw, 0 to 1. */
  readonly share: number;
}

/** What a decoder made of the outputs, in pixels of the source picture. Buffers are moved across threads, see `decodedBuffers`. */
export type Decoded =
  | { readonly kind: 'detections'; readonly detections: readonly Detection[] }
  /** Objects with their masks. `ids` in rows: which of them has a pixel, counted from 1; 0 for none. Where they overlap it is the surer one. */
  | ({ readonly kind: 'instances'; readonly detections: readonly Detection[]; readonly ids: Uint16Array<ArrayBuffer> } & MapFrame)
  | {
      readonly kind: 'landmarks';
      readonly points: readonly Point[];
      readonly connections: Connections;
      /** Probability 0 to 1 that the object is there at all; null where the model does not say. */
      readonly score: number | null;
      /** `left` or `right` and its probability, where the model tells. */
      readonly handedness?: { readonly label: string; readonly score: number };
      /** Points that are not shown and only serve to find the region of the next frame, where the model gives some. */
      readonly auxiliary?: readonly Point[];
    }
  /** Any number of bodies. Points with a `visibility` below the threshold are not shown. */
  | { readonly kind: 'skeletons'; readonly skeletons: readonly Skeleton[]; readonly connections: Connections; readonly threshold: number }
  /** Foreground probability 0 to 255 in rows. */
  | ({ readonly kind: 'mask'; readonly mask: Uint8ClampedArray<ArrayBuffer> } & MapFrame)
  /** Nearness 0 (farthest in the picture) to 255 (nearest) in rows, and the model's values that these two stand for, in its own units. */
  | ({ readonly kind: 'depth'; readonly nearness: Uint8ClampedArray<ArrayBuffer>; readonly nearest: number; readonly farthest: number } & MapFrame)
  /** A class for each pixel, in rows, and the classes that occur in the picture, largest share first. */
  | ({ readonly kind: 'class-map'; readonly ids: Uint16Array<ArrayBuffer>; readonly legend: readonly LegendEntry[] } & MapFrame)
  /** RGBA in rows, opaque. `range`: the values that became black and white, and who said so. `enlarged`: how many times as wide and high as the input, where it is a whole number above 1. */
  | ({
      readonly kind: 'picture';
      readonly pixels: Uint8ClampedArray<ArrayBuffer>;
      readonly range: { readonly lowest: number; readonly highest: number; readonly from: 'model' | 'type' | 'values' };
      readonly enlarged?: number;
    } & MapFrame)
  /** A line of text and its characters from left to right, each with the step of time where it begins; scores are null where the model gives none. */
  | { readonly kind: 'text'; readonly text: string; readonly symbols: readonly { readonly label: string; readonly score: number | null; readonly step: number }[]; readonly score: number | null }
  /** A vector that stands for the input, and its Euclidean length. */
  | { readonly kind: 'embedding'; readonly values: Float32Array<ArrayBuffer>; readonly length: number }
  | { readonly kind: 'classes'; readonly classes: readonly { readonly index: number; readonly label: string; readonly score: number }[] };

export type DecodedAs<Kind extends Decoded['kind']> = Extract<Decoded, { readonly kind: Kind }>;

/** The buffers of a result that are worth moving to another thread. */
export function decodedBuffers(decoded: Decoded | null): ArrayBuffer[] {
  switch (decoded?.kind) {
    case 'mask': return [decoded.mask.buffer];
    case 'depth': return [decoded.nearness.buffer];
    case 'instances':
    case 'class-map': return [decoded.ids.buffer];
    case 'embedding': return [decoded.values.buffer];
    case 'picture': return [decoded.pixels.buffer];
    default: return [];
  }
}

/** What the outputs say before a winner is taken: the place where frames of a stream are blended. */
export type Evidence =
  | Exclude<Decoded, { kind: 'classes' | 'class-map' }>
  /** A probability for each class, NaN where the model gives none; the best `top` become the result. */
  | { readonly kind: 'class-scores'; readonly scores: Float64Array; readonly labels: readonly string[] | undefined; readonly top: number; /** Classes with a lower score are left out. */ readonly least?: number | undefined }
  /** A score for each pixel and class, pixel by pixel. */
  | ({ readonly kind: 'map-scores'; readonly scores: Float32Array | Float64Array; readonly classes: number; readonly labels: readonly string[] | undefined } & MapFrame)
  /** The model has taken the winner itself. */
  | ({ readonly kind: 'map-ids'; readonly ids: Uint16Array<ArrayBuffer>; readonly labels: readonly string[] | undefined } & MapFrame);
