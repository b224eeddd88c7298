import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import { FedSource, type FrameFeed } from './feed';
import type { FrameSource, FrameWay } from './types';
import { chooseWay, hiddenVideo, trackFeed, videoFeed, videoSize } from './ways';

export interface VideoOptions {
  /** Instead of the better of the ways that this browser has. */
  readonly way?: FrameWay | undefined;
}

/** Chromium's and, under another name, Firefox's; not in TypeScript's library. */
type CapturableVideo = HTMLVideoElement & { captureStream?: () => MediaStream };

/** The frames of a playing video as a track, which is not that of a device: it has no end while the video repeats. */
function capturedTrack(video: CapturableVideo): MediaStreamTrack {
  const stream = video.captureStream?.();
  for (const sound of stream?.getAudioTracks() ?? []) sound.stop();
  const track = stream?.getVideoTracks()[0];
  if (track === undefined) throw new LitescopeError('INVALID_VIDEO', text.fileNoPicture);
  return track;
}

/** Plays the video when frames are asked for; the track's own feed does not know that there is one. */
function played(video: HTMLVideoElement, feed: FrameFeed): FrameFeed {
  return {
    way: feed.way,
    get clock() { return feed.clock; },
    get width() { return feed.width; },
    get height() { return feed.height; },
    start(deliver, fail) {
      feed.start(deliver, fail);
      // A pause because the source was closed rejects too, and then nobody listens any more.
      video.play().catch((error: unknown) => { fail(LitescopeError.from(error, 'INVALID_VIDEO')); });
    },
    stop() {
      feed.stop();
      video.pause();
    },
  };
}

/**
 * Opens a video file, which is played over and over without sound.
 *
 * @param file any video that the browser plays; read while it plays, by reference
 * @throws LitescopeError INVALID_VIDEO, INVALID_CONFIGURATION, NO_CAPTURE
 */
export async function openVideo(file: Blob, name: string, options: VideoOptions = {}): Promise<FrameSource> {
  // A captured stream samples the video by a timer of its own: of 30 frames a second, 23 came out of it.
  const way = chooseWay(options.way, 'captureStream' in HTMLVideoElement.prototype ? ['video-callback', 'track-processor'] : ['video-callback']);
  const video = hiddenVideo();
  const address = URL.createObjectURL(file);
  let track: MediaStreamTrack | null = null;
  const free = () => {
    track?.stop();
    // An empty source, and not a missing one, lets go of the file at once.
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  };
  const failure = (details: string) => new LitescopeError('INVALID_VIDEO', details);
  try {
    video.loop = true;
    video.preload = 'auto';
    video.src = address;
    await videoSize(video, failure);
    if (video.videoWidth === 0) throw failure(text.fileNoPicture);
    track = way === 'track-processor' ? capturedTrack(video) : null;
    const captured = track;
    const feed = captured === null ? videoFeed(video) : played(video, trackFeed(captured, { width: video.videoWidth, height: video.videoHeight }));
    const source = new FedSource({
      kind: 'video',
      name,
      facesPerson: false,
      frameRate: () => captured?.getSettings().frameRate ?? null,
    }, feed, () => {
      video.removeEventListener('error', onError);
      free();
    });
    const onError = () => { source.lose(failure(video.error?.message || text.noReason)); };
    video.addEventListener('error', onError);
    return source;
  } catch (error) {
    free();
    throw error;
  }
}
