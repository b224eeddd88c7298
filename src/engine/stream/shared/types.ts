/** What crosses the worker boundary for a stream of frames. */
import type { SerializedError } from '../../../errors';
import type { TensorStatistics } from '../../../tensor/statistics';
import type { DrawingStyle } from '../../../vision/drawing/shared/drawing-style';
import type { PixelPath } from '../../../vision/frames/shared/pixel-path';
import type { Region } from '../../../vision/shared/region';
import type { Decoded, Decoder, Placement, Preprocessing } from '../../../vision/shared/types';
import type { TensorInfo } from '../../runtimes/shared/types';

/** How the frames that follow are treated. */
export interface StreamSettings {
  /** The input tensor that gets the frames; what the others hold stays. */
  readonly input: string;
  readonly preprocessing: Preprocessing;
  readonly decoder?: Decoder | undefined;
  /** A label for each class, in order. */
  readonly labels?: readonly string[] | undefined;
  /** How much of earlier frames stays in what is shown: 0, the default, for nothing, to below 1; see `newShare`. */
  readonly smoothing?: number | undefined;
  readonly drawing: DrawingStyle;
  /** Whether replies show what the model sees. */
  readonly preview: boolean;
}

/** One frame on its way through the worker. Times are milliseconds since the epoch (`performance.timeOrigin` + `performance.now()`), the one clock that page and worker share. */
export interface FrameRequest {
  /** Moved to the worker, which closes it whatever happens. */
  readonly frame: VideoFrame | ImageBitmap;
  readonly captured_ms: number;
  readonly sent_ms: number;
  /** What of the frame the model is given, whatever the fit of its settings; all of it when left out. */
  readonly region?: Region | undefined;
}

/** When each step of a frame ended; they follow each other without gaps. The clock stands still during what is `extra_ms`. */
export interface FrameTimes {
  readonly captured_ms: number;
  readonly sent_ms: number;
  readonly received_ms: number;
  readonly preprocessed_ms: number;
  readonly invoked_ms: number;
  readonly decoded_ms: number;
  readonly drawn_ms: number;
}

/** What an output holds, for models that no decoder knows. */
export interface OutputFigures extends TensorInfo {
  readonly statistics: TensorStatistics;
}

/** Of a model behind a detector: whether that one was asked where to look in this frame, and how long it took to know. */
export interface Located {
  readonly asked: boolean;
  /** From the page to the detector, through it, and back; 0 where it was not asked. */
  readonly detect_ms: number;
}

export interface FrameReply {
  /** Counts the session's frames from 1. */
  readonly number: number;
  /** The frame with what was found drawn over it, in the frame's own size; moved to the page. */
  readonly picture: ImageBitmap;
  /** Coordinates in pixels of the frame, not mirrored. Masks and pictures are moved. */
  readonly decoded: Decoded | null;
  readonly decodeError: SerializedError | null;
  /** All outputs, only where nothing was decoded. */
  readonly outputs: readonly OutputFigures[];
  /** Of the whole frame; what a region shows is brought back from there by the region. */
  readonly placement: Placement;
  readonly located?: Located;
  /** What the model sees, in the input's own size; moved. */
  readonly preview: ImageBitmap | null;
  /** Time for the preview and for figures of outputs, which no frame needs to be shown; counted in no stage. */
  readonly extra_ms: number;
  readonly pixelPath: PixelPath;
  readonly times: FrameTimes;
  readonly wasm_memory_bytes: number;
}

/** The stages of a frame, in order. Their sum is the latency from capture to the picture on the page. */
export const frameStages = ['capture_wait', 'detect', 'transfer', 'preprocess', 'invoke', 'decode', 'draw'] as const;
export type FrameStage = (typeof frameStages)[number];

/** Milliseconds each. `detect` is a detector's before the model, `transfer` counts both ways, to the worker and back to the page. */
export type StageDurations = Readonly<Record<FrameStage, number>>;
