import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';

/** How long a muted camera may deliver nothing before it counts as gone, in milliseconds. */
const mutedLimit_ms = 5000;

/** What of a media track is watched. */
export type WatchedTrack = Pick<MediaStreamTrack, 'muted' | 'readyState' | 'addEventListener' | 'removeEventListener'>;

/**
 * Tells once when a track is gone: it ended, or the system has muted it and does not let it go on. A phone mutes its
 * camera while another app is in front, so that a page nobody sees waits for as long as it takes.
 *
 * @param live whether a track without frames is broken: a camera's is, that of a shared window that is put away is not
 * @param isHidden whether nobody sees the page
 * @returns a function that stops watching
 */
export function watchTrack(track: WatchedTrack, live: boolean, isHidden: () => boolean, onLost: (error: LitescopeError) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
    track.removeEventListener('ended', onEnded);
    track.removeEventListener('mute', onMute);
    track.removeEventListener('unmute', onUnmute);
  };
  const lose = (details: string) => {
    stop();
    onLost(new LitescopeError('SOURCE_LOST', details));
  };
  const onEnded = () => { lose(live ? text.cameraGone : text.sharingStopped); };
  const onMute = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (isHidden()) onMute();
      else lose(text.cameraSilent(mutedLimit_ms / 1000));
    }, mutedLimit_ms);
  };
  const onUnmute = () => { clearTimeout(timer); };
  track.addEventListener('ended', onEnded);
  // A device that fails as it starts may have ended before anybody could listen; its event does not come again.
  if (track.readyState === 'ended') {
    queueMicrotask(() => {
      if (!stopped) onEnded();
    });
  }
  if (live) {
    track.addEventListener('mute', onMute);
    track.addEventListener('unmute', onUnmute);
    if (track.muted) onMute();
  }
  return stop;
}
