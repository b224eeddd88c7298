/** What crosses between the live bench's Node side and its page. Times are milliseconds. */

/**
 * Who finds faces in frames: `ours` is a live stream as the page runs it, `mediapipe` FaceDetector of
 * @mediapipe/tasks-vision (CPU) with the same model on the page, with its picture and boxes drawn on a canvas as its
 * samples do. `frames` only makes and closes the frames: what of the main thread's time is the bench's own.
 */
export const liveContestants = ['ours', 'mediapipe', 'frames'] as const;
export type LiveContestant = (typeof liveContestants)[number];

export type LiveFrameKind = 'I420' | 'RGBA';

/** What a turn of so many frames gave. */
export interface LiveTurn {
  readonly elapsed_ms: number;
  /** For each frame: ours preprocess and invoke, MediaPipe's `detectForVideo`, which decodes as well. */
  readonly run_ms: readonly number[];
}

/** The page's side, `window.live`. */
export interface LivePage {
  /** Loads all that is compared. */
  prepare(): Promise<{ readonly ours: string; readonly mediapipe: string }>;
  /** Overlap of the best boxes of both on each frame of the set, 0 to 1. */
  agreement(kind: LiveFrameKind): Promise<readonly number[]>;
  /** Frames one after the other, each as soon as the one before is done. */
  turn(contestant: LiveContestant, kind: LiveFrameKind, frames: number): Promise<LiveTurn>;
  /**
   * Frames that find nothing in their way: for each, from the moment in which the made frame is handed over to the one
   * in which the pixels of the drawn picture are on the page's canvas.
   */
  latencies(contestant: Exclude<LiveContestant, 'frames'>, kind: LiveFrameKind, frames: number): Promise<readonly number[]>;
}

/** A row of the table: each contestant's turns, in the order of the rounds. */
export interface LiveComparison {
  readonly kind: LiveFrameKind;
  readonly configuration: { readonly ours: string; readonly mediapipe: string };
  readonly agreement: readonly number[];
  readonly turns: Readonly<Record<LiveContestant, readonly (LiveTurn & { readonly mainThread_ms: number; readonly whole_ms: readonly number[] })[]>>;
  readonly frames: number;
}
