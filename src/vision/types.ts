import * as v from 'valibot';
import type { ValueDType } from '../tensor/dtype';
import type { Quantization } from '../tensor/quantization';

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

/** What a task's output tensors mean. Thresholds are scores after the sigmoid, 0 to 1. */
export const decoderSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('face-detection'),
    /** SSD anchors: one layer a stride; consecutive equal strides share a feature map. */
    anchors: v.strictObject({
      strides: v.array(v.pipe(v.number(), v.integer(), v.minValue(1))),
      /** Anchors at each cell per layer (MediaPipe: 1, plus 1 when an interpolated scale is used). */
      perCell: v.pipe(v.number(), v.integer(), v.minValue(1)),
    }),
    scoreThreshold: v.number(),
    overlapThreshold: v.number(),
  }),
  v.strictObject({ kind: v.literal('selfie-segmentation') }),
  v.strictObject({ kind: v.literal('hand-landmarks') }),
  v.strictObject({ kind: v.literal('pose-landmarks') }),
  v.strictObject({ kind: v.literal('classification'), top: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
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

export interface Detection {
  /** Pixels of the source picture. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** 0 to 1. */
  readonly score: number;
  readonly label: string;
  readonly keypoints: readonly Point[];
}

/** What a decoder made of the outputs, in pixels of the source picture. */
export type Decoded =
  | { readonly kind: 'detections'; readonly detections: readonly Detection[] }
  | {
      readonly kind: 'landmarks';
      readonly points: readonly Point[];
      /** Pairs of indices into `points` that are joined by a line. */
      readonly connections: readonly (readonly [number, number])[];
      /** Probability 0 to 1 that the object is there at all. */
      readonly score: number;
      /** `left` or `right` and its probability, where the model tells. */
      readonly handedness?: { readonly label: string; readonly score: number };
    }
  | {
      readonly kind: 'mask';
      /** Foreground probability 0 to 255 in rows, the size of the model's output; move, do not copy. */
      readonly mask: Uint8ClampedArray<ArrayBuffer>;
      readonly width: number;
      readonly height: number;
      /** From source picture to mask pixels. */
      readonly placement: Placement;
    }
  | { readonly kind: 'classes'; readonly classes: readonly { readonly index: number; readonly label: string; readonly score: number }[] };
