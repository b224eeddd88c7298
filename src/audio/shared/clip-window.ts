import { LitescopeError } from '../../errors';
import { audio as text } from '../../messages/audio';
import type { Clip } from './clip';
import { rowsFor, samplesFor, type SoundPreparation } from './preparation';
import { resampledPart } from './resampler';
import { SoundWindows } from './sound-windows';

/** What of a clip went into a model, and what had to be done for it. Times in seconds of the clip. */
export interface SoundUse {
  /** Of the file: samples a second, channels and length. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly duration_s: number;
  /** Samples a second that the model takes. */
  readonly modelRate: number;
  readonly start_s: number;
  /** Length of the window, silence at its end included. */
  readonly window_s: number;
  /** Silence behind the clip's end. */
  readonly padded_s: number;
}

/** Seconds of sound that a tensor of so many elements is filled from; null where the features do not fit it. */
export function windowSeconds({ features, sampleRate }: SoundPreparation, elements: number): number | null {
  const rows = rowsFor(features, elements);
  return rows === null ? null : samplesFor(features, rows) / sampleRate;
}

/**
 * One window of a clip as a tensor's real numbers.
 * @param elements of the tensor, which the preparation's rows fill (`rowsFor`)
 * @param start_s where in the clip the window begins; what lies behind the clip's end is silence
 * @throws LitescopeError INVALID_INPUT for a window that begins behind the clip's end
 */
export function clipWindow(clip: Clip, preparation: SoundPreparation, elements: number, start_s: number): { readonly values: Float32Array<ArrayBuffer>; readonly use: SoundUse } {
  const { sampleRate, features } = preparation;
  const duration_s = clip.samples.length / clip.sampleRate;
  if (start_s >= duration_s) throw new LitescopeError('INVALID_INPUT', text.startsBehind(start_s, duration_s));
  const count = samplesFor(features, rowsFor(features, elements) ?? 0);
  const part = resampledPart(clip.samples, clip.sampleRate, sampleRate, Math.round(start_s * sampleRate), count);
  const padded = new Float32Array(count);
  padded.set(part);
  const windows = new SoundWindows(preparation, elements);
  windows.push(padded);
  return {
    values: windows.next()?.values ?? new Float32Array(elements),
    use: { sampleRate: clip.sampleRate, channels: clip.channels, duration_s, modelRate: sampleRate, start_s, window_s: count / sampleRate, padded_s: (count - part.length) / sampleRate },
  };
}
