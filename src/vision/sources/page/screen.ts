import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import { screenError } from './capture-errors';
import { FedSource } from './feed';
import { watchTrack } from './track-watch';
import type { FrameSource, FrameWay } from './types';
import { chooseWay, streamFeed } from './ways';

export interface ScreenOptions {
  /** Instead of the better of the ways that this browser has. */
  readonly way?: FrameWay | undefined;
}

/** What is shared, by the browser's name for its kind; a screen where it says none that is known. */
function surfaceName(kind = ''): string {
  const names: Readonly<Record<string, string>> = text.surfaces;
  return names[kind] ?? text.surfaces.monitor;
}

async function screenStream(): Promise<MediaStream> {
  // Not there on insecure pages and on phones, whatever the type says.
  const devices = (navigator as { mediaDevices?: Partial<MediaDevices> }).mediaDevices;
  if (devices?.getDisplayMedia === undefined) throw new LitescopeError('NO_CAPTURE', text.noScreens);
  try {
    return await devices.getDisplayMedia({ video: true, audio: false });
  } catch (error) {
    throw screenError(error);
  }
}

/**
 * Asks the person for a screen, a window or a tab. Call it from a click: browsers refuse otherwise.
 *
 * @throws LitescopeError SCREEN_REFUSED, INVALID_CONFIGURATION, NO_CAPTURE, SOURCE_LOST
 */
export async function openScreen(options: ScreenOptions = {}): Promise<FrameSource> {
  const way = chooseWay(options.way);
  const stream = await screenStream();
  const stop = () => { for (const track of stream.getTracks()) track.stop(); };
  const [track] = stream.getVideoTracks();
  if (track === undefined) {
    stop();
    throw new LitescopeError('SCREEN_REFUSED', text.sharedNoPicture);
  }
  try {
    const { feed, free } = await streamFeed(stream, track, way);
    const source = new FedSource({
      kind: 'screen',
      // The track's own label is an internal address in most browsers.
      name: surfaceName(track.getSettings().displaySurface),
      facesPerson: false,
      frameRate: () => track.getSettings().frameRate ?? null,
    }, feed, () => {
      unwatch();
      stop();
      free();
    });
    const unwatch = watchTrack(track, false, () => document.hidden, (error) => { source.lose(error); });
    return source;
  } catch (error) {
    stop();
    throw error;
  }
}
