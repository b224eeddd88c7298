import type { SoundPreparation } from '../shared/preparation';

/** A tone of full scale × `level`. */
export function tone(frequency: number, sampleRate: number, seconds: number, level = 0.5): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: Math.round(sampleRate * seconds) }, (_, index) => level * Math.sin((2 * Math.PI * frequency * index) / sampleRate));
}

/** A WAV file of integers, channel by channel in each frame. */
export function integerWav(frames: readonly (readonly number[])[], sampleRate: number, bits: 8 | 16 | 24 | 32): Uint8Array<ArrayBuffer> {
  const [channels, bytes] = [frames[0]?.length ?? 1, bits / 8];
  const size = frames.length * channels * bytes;
  const file = new Uint8Array(44 + size);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode('RIFF'), 0);
  view.setUint32(4, 36 + size, true);
  file.set(new TextEncoder().encode('WAVEfmt '), 8);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * bytes, true);
  view.setUint16(32, channels * bytes, true);
  view.setUint16(34, bits, true);
  file.set(new TextEncoder().encode('data'), 36);
  view.setUint32(40, size, true);
  for (const [index, value] of frames.flat().entries()) {
    for (let byte = 0; byte < bytes; byte++) view.setUint8(44 + index * bytes + byte, value >> (8 * byte));
  }
  return file;
}

export const waveform: SoundPreparation = { sampleRate: 16_000, amplitude: 'unit', hop_s: 0.1, features: { kind: 'waveform' } };
