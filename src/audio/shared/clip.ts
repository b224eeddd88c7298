/** Sound as samples: mono, −1 to 1 (loud passages of float files may go beyond). */
export interface Clip {
  readonly samples: Float32Array<ArrayBuffer>;
  /** Samples a second. */
  readonly sampleRate: number;
  /** Channels that the file had, before they were mixed to one. */
  readonly channels: number;
}

/** The mean of the channels. */
export function mixedDown(channels: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const [first = new Float32Array(0)] = channels;
  return Float32Array.from(first, (value, index) => (channels.length === 1 ? value : channels.reduce((sum, channel) => sum + (channel[index] ?? 0), 0) / channels.length));
}
