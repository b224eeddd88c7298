/** What crosses between the preprocessing bench's Node side, its page and its worker. Times are milliseconds. */

/** How the frames come: as VideoFrames of a pixel format, or as ImageBitmaps. */
export type FrameKind = 'I420' | 'NV12' | 'RGBA' | 'bitmap';

/**
 * Who turns a frame into a float32 tensor. `bilinear` and `area`: ours. `tfjs-canvas`, `tfjs-copy`: `tf.browser.fromPixels`,
 * `resizeBilinear` and arithmetic on tfjs-backend-wasm, with the frame drawn on a canvas or copied as RGBA by the browser
 * before. `canvas`: drawn on a canvas in the tensor's size, read back, normalised in a loop.
 */
export const frameContestants = ['bilinear', 'area', 'tfjs-canvas', 'tfjs-copy', 'canvas'] as const;
export type FrameContestant = (typeof frameContestants)[number];

export interface FramesRequest {
  readonly kind: FrameKind;
  /** Pixels of the frames. */
  readonly width: number;
  readonly height: number;
  /** Width and height of the tensor [1, side, side, 3], float32 from −1 to 1. */
  readonly side: number;
  readonly fit: 'letterbox' | 'crop';
  readonly rounds: number;
  /** Frames that each contestant gets in each round. */
  readonly frames: number;
}

export interface FrameTimes extends FramesRequest {
  /** Samples of each round. */
  readonly times: Readonly<Record<FrameContestant, readonly (readonly number[])[]>>;
  /** Mean absolute difference of the tensors from that of `bilinear`, in parts of 255. */
  readonly differences: Readonly<Record<FrameContestant, number>>;
  /** The WebAssembly build that tfjs-backend-wasm took. */
  readonly tfjs: string;
}

/** The page's side, `window.preprocessing`. */
export interface PreprocessPage {
  measure(request: FramesRequest): Promise<FrameTimes>;
}
