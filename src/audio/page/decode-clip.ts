import { LitescopeError } from '../../errors';
import { audio as text } from '../../messages/audio';
import { readBytes } from '../../tensor/read-file';
import { isWav, wavHeader } from '../shared/wav';
import { claimedRate } from '../shared/claimed-rate';

/** Where the file says nothing of its rate, or one that no context has. */
const usualRate = 48_000;

const decoded = new WeakMap<Blob, Promise<Blob>>();

/**
 * A clip as a WAV file, which workers read: WAV files as they are, all else (MP3, OGG, AAC, FLAC) as this browser decodes and mixes
 * it, off the main thread. Decoded once a file.
 * @throws LitescopeError INVALID_AUDIO, FILE_UNREADABLE
 */
export async function asWav(clip: Blob): Promise<Blob> {
  if (isWav(await readBytes(clip.slice(0, 12)))) return clip;
  const known = decoded.get(clip);
  if (known !== undefined) return known;
  const decoding = decode(clip);
  decoded.set(clip, decoding);
  return decoding;
}

async function decode(clip: Blob): Promise<Blob> {
  if (typeof OfflineAudioContext === 'undefined') throw new LitescopeError('INVALID_AUDIO', text.noDecoder);
  const bytes = await readBytes(clip);
  // At the file's own rate nothing is resampled before the model's rate is known.
  const sampleRate = claimedRate(bytes) ?? usualRate;
  let sound: AudioBuffer;
  try {
    sound = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(bytes.buffer);
  } catch (error) {
    throw new LitescopeError('INVALID_AUDIO', text.noDecoder, { cause: error });
  }
  const mono = sound.numberOfChannels === 1 ? sound : await mixed(sound);
  const samples = mono.getChannelData(0);
  return new Blob([wavHeader(samples.length, mono.sampleRate), samples], { type: 'audio/wav' });
}

/** The browser's own mixing: of two channels their mean. */
async function mixed(sound: AudioBuffer): Promise<AudioBuffer> {
  const context = new OfflineAudioContext(1, sound.length, sound.sampleRate);
  const source = context.createBufferSource();
  source.buffer = sound;
  source.connect(context.destination);
  source.start();
  return context.startRendering();
}
