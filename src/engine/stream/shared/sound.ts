/** What crosses the worker boundary for a stream of sound, and for a clip that is longer than a model's window. */
import type { SerializedError } from '../../../errors';
import type { SoundPreparation } from '../../../audio/shared/preparation';
import type { Decoded, Decoder } from '../../../vision/shared/types';

/** How the sound that follows is treated. */
export interface SoundSettings {
  /** The input tensor that gets the windows. A sample rate beside it is filled in; what the others hold stays. */
  readonly input: string;
  readonly preparation: SoundPreparation;
  readonly decoder?: Decoder | undefined;
  /** A label for each class, in order. */
  readonly labels?: readonly string[] | undefined;
}

export interface HearRequest {
  /** Moved to the worker. */
  readonly samples: Float32Array<ArrayBuffer>;
  readonly sampleRate: number;
  /** Windows that may be waiting when the oldest is taken; what is older is dropped. 1 for models without memory. */
  readonly mostWaiting: number;
}

/** One window through the model. */
export interface HeardWindow {
  /** Seconds from where the settings were given to the window's end. */
  readonly end_s: number;
  readonly decoded: Decoded | null;
  readonly decodeError: SerializedError | null;
  /** A probability for each class, where the outputs are classes; moved. */
  readonly scores: Float32Array<ArrayBuffer> | null;
  /** Resampling, features and filling; the run alone; reading and decoding. */
  readonly prepare_ms: number;
  readonly invoke_ms: number;
  readonly decode_ms: number;
}

export interface HeardReply {
  readonly windows: readonly HeardWindow[];
  /** Windows that were overtaken. */
  readonly dropped: number;
}

export interface ListenRequest {
  /** A WAV file. */
  readonly clip: Blob;
  readonly settings: SoundSettings;
}

/** A clip, window by window. */
export interface HeardClip {
  readonly windows: readonly HeardWindow[];
  readonly duration_s: number;
  readonly window_s: number;
  readonly hop_s: number;
}
