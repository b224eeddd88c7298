import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import type { FrameFeed } from './feed';
import { TrackFeed } from './track-feed';
import type { FrameWay } from './types';
import { VideoFeed } from './video-feed';

/** Not in TypeScript's library, because only Chromium has it on the page (MediaStreamTrack Insertable Media Processing). */
type TrackProcessorConstructor = new (init: { track: MediaStreamTrack; maxBufferSize?: number }) => { readonly readable: ReadableStream<VideoFrame> };

function trackProcessor(): TrackProcessorConstructor | undefined {
  return (globalThis as { MediaStreamTrackProcessor?: TrackProcessorConstructor }).MediaStreamTrackProcessor;
}

/** How the frames of a track or a video leave the page. */
export type StreamWay = Exclude<FrameWay, 'timer'>;

/**
 * The way that is asked for, else the first that this browser has.
 * @param ways those that lead to these frames, the best one first
 * @throws LitescopeError INVALID_CONFIGURATION when the way that is asked for is not there; NO_CAPTURE when none is
 */
export function chooseWay(asked: FrameWay | undefined, ways: readonly StreamWay[] = ['track-processor', 'video-callback']): StreamWay {
  const exists: Readonly<Record<StreamWay, boolean>> = {
    'track-processor': trackProcessor() !== undefined,
    'video-callback': 'requestVideoFrameCallback' in HTMLVideoElement.prototype,
  };
  const way = ways.find((candidate) => exists[candidate] && (asked === undefined || asked === candidate));
  if (way !== undefined) return way;
  if (asked !== undefined) throw new LitescopeError('INVALID_CONFIGURATION', text.noSuchWay(asked));
  throw new LitescopeError('NO_CAPTURE', text.noVideoFrames);
}

/** A video element that plays anywhere without asking: no sound, not full-screen, not in the document. */
export function hiddenVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  return video;
}

/** Reads a track's frames; of those that come faster than they are read, the latest one. */
export function trackFeed(track: MediaStreamTrack, size: { readonly width: number; readonly height: number }): FrameFeed {
  const Processor = trackProcessor();
  if (Processor === undefined) throw new LitescopeError('NO_CAPTURE', text.noTrackProcessor);
  return new TrackFeed(() => new Processor({ track, maxBufferSize: 1 }).readable, size);
}

/**
 * A VideoFrame shares the pixels of the frame that the video shows (640×480: 0.5 ms of the page a frame, with all that
 * belongs to it); a bitmap is a copy in another format (2.8 ms), for browsers without VideoFrame.
 */
export function videoFeed(video: HTMLVideoElement): FrameFeed {
  return new VideoFeed(video, async (captured_ms) => (
    'VideoFrame' in globalThis ? new VideoFrame(video, { timestamp: Math.round(captured_ms * 1000) }) : createImageBitmap(video)
  ));
}

/**
 * The feed of a stream's only video track, with what frees it.
 * @throws LitescopeError SOURCE_LOST when the track ends before it shows its size
 */
export async function streamFeed(stream: MediaStream, track: MediaStreamTrack, way: StreamWay): Promise<{ readonly feed: FrameFeed; readonly free: () => void }> {
  const { width = 0, height = 0 } = track.getSettings();
  if (way === 'track-processor') return { feed: trackFeed(track, { width, height }), free: () => undefined };
  const video = hiddenVideo();
  video.srcObject = stream;
  const free = () => { video.srcObject = null; };
  try {
    await videoSize(video, (details) => new LitescopeError('SOURCE_LOST', details), track);
  } catch (error) {
    free();
    throw error;
  }
  return { feed: videoFeed(video), free };
}

/** Waits until a video knows its size and has its first frame. */
export async function videoSize(video: HTMLVideoElement, failure: (details: string) => LitescopeError, track?: MediaStreamTrack): Promise<void> {
  const waiting = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      const { signal } = waiting;
      video.addEventListener('loadeddata', () => { resolve(); }, { signal });
      video.addEventListener('error', () => { reject(failure(video.error?.message || text.noReason)); }, { signal });
      track?.addEventListener('ended', () => { reject(failure(text.trackEndedEarly)); }, { signal });
      if (track?.readyState === 'ended') reject(failure(text.trackEndedEarly));
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) resolve();
    });
  } finally {
    waiting.abort();
  }
}
