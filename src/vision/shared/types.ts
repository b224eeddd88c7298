import type { InferOutput } from 'valibot';
import type { ValueDType } from '../../tensor/dtype';
import type { Quantization } from '../../tensor/quantization';
import type { decoderSchema, preprocessingSchema } from './schemas';

/** See `preprocessingSchema`. */
export type Preprocessing = InferOutput<typeof preprocessingSchema>;

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

/** See `decoderSchema`. */
export type Decoder = InferOutput<typeof decoderSchema>;

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
