/** What the page's side of a live stream shows to those who watch it. */
import type { SerializedError } from '../../../errors';
import type { DriftReading } from '../../../stats/drift';
import type { SlidingSummary } from '../../../stats/sliding-window';
import type { FrameReply, FrameStage, StageDurations } from '../../stream/shared/types';

/**
 * Frames since the stream began. `received` is the sum of all others and of the frame that waits and the one that is
 * in flight, if any.
 */
export interface FrameCounts {
  /** Delivered by the source. */
  readonly received: number;
  /** Shown on the page with their result. */
  readonly processed: number;
  /** Overtaken by a newer frame while the worker was busy: what the device could not keep up with. */
  readonly dropped: number;
  /** Left out on purpose: over the frame-rate cap, while paused, or slowed down because the page is hidden. */
  readonly skipped: number;
  /** Taken, but lost by an error or by a change of session while in flight. */
  readonly failed: number;
}

/** A frame that was just shown. */
export interface ShownFrame {
  readonly reply: FrameReply;
  readonly stages: StageDurations;
  /** Milliseconds from capture to the picture on the page; the sum of the stages. */
  readonly latency_ms: number;
}

/** Figures over the latest seconds. */
export interface LiveFigures {
  /** Length of the sliding window in seconds. */
  readonly window_s: number;
  readonly stages: Readonly<Record<FrameStage, SlidingSummary>>;
  readonly latency: SlidingSummary;
  /** Frames a second; null until two frames are in the window. */
  readonly achieved_fps: number | null;
  readonly source_fps: number | null;
  /** Dropped share of the frames received within the window, 0 to 1; null without frames. */
  readonly dropped_share: number | null;
  /** Share of the frames for which a detector was asked where to look, 0 to 1; null without one. */
  readonly detected_share: number | null;
  /** Whether the device has slowed since the first minute. */
  readonly drift: DriftReading;
}

export type LiveState =
  | { readonly kind: 'running' }
  | { readonly kind: 'paused' }
  /** The source or the session ended by itself; another one brings the stream back. */
  | { readonly kind: 'interrupted'; readonly by: 'source' | 'session'; readonly error: SerializedError }
  | { readonly kind: 'closed' };
