import { LitescopeError } from '../../errors';
import { audio as text } from '../../messages/audio';
import { readBytes } from '../../tensor/read-file';

/** What is drawn of a clip. */
export interface Outline {
  readonly duration_s: number;
  /** Loudness by column, 0 to 1. */
  readonly peaks: readonly number[];
}

/** Columns of the drawing, and samples that are looked at for each: of long clips not all, so that a page never waits for it. */
const columns = 300;
const samplesPerColumn = 256;
/** Enough for a drawing. */
const drawnRate = 8000;

/** Decodes a clip, off the main thread, as far as it takes to draw it. @throws LitescopeError INVALID_AUDIO, FILE_UNREADABLE */
export async function outlineOf(clip: Blob): Promise<Outline> {
  const bytes = await readBytes(clip);
  let sound: AudioBuffer;
  try {
    sound = await new OfflineAudioContext(1, 1, drawnRate).decodeAudioData(bytes.buffer);
  } catch (error) {
    throw new LitescopeError('INVALID_AUDIO', text.noDecoder, { cause: error });
  }
  const samples = sound.getChannelData(0);
  return {
    duration_s: sound.duration,
    peaks: Array.from({ length: columns }, (_, column) => {
      const [from, to] = [Math.floor((column * samples.length) / columns), Math.floor(((column + 1) * samples.length) / columns)];
      const step = Math.max(1, Math.floor((to - from) / samplesPerColumn));
      let peak = 0;
      for (let at = from; at < to; at += step) peak = Math.max(peak, Math.abs(samples[at] ?? 0));
      return Math.min(1, peak);
    }),
  };
}
