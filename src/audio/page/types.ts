import type { LitescopeError } from '../../errors';

/** Samples that just arrived. */
export interface SoundBlock {
  /** Mono; whoever hears of it may move it. */
  readonly samples: Float32Array<ArrayBuffer>;
  /** When the last of them reached the page, on the clock of `performance.now()`. */
  readonly captured_ms: number;
}

export interface SoundListener {
  onBlock(block: SoundBlock): void;
  /** The source ended by itself and is closed already: a clip is over (null), or a microphone was lost. */
  onEnd(error: LitescopeError | null): void;
}

/** Where live sound comes from. Started once, closed by its owner. */
export interface SoundSource {
  readonly kind: 'microphone' | 'clip';
  /** The microphone's or file's name. */
  readonly name: string;
  readonly sampleRate: number;
  /** Of a clip, its length in seconds; null for a microphone. */
  readonly duration_s: number | null;
  start(listener: SoundListener): void;
  /** Stops the device and frees everything. Harmless when called again. */
  close(): void;
}
