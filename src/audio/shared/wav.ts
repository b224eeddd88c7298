import { LitescopeError } from '../../errors';
import { audio as text } from '../../messages/audio';
import type { Clip } from './clip';

/** Codes of the `fmt ` chunk that are read: integers, floats, and the form that says which of them behind. */
const formats = { pcm: 1, float: 3, extensible: 0xfffe } as const;
/** More than 100 minutes at 16 kHz, or half an hour at 48 kHz: 400 MB of samples. */
const mostFrames = 100_000_000;

function tag(view: DataView, offset: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + offset, 4));
}

/** Whether the bytes begin as a WAV file does. */
export function isWav(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.length >= 12 && (tag(view, 0) === 'RIFF' || tag(view, 0) === 'RF64') && tag(view, 8) === 'WAVE';
}

interface Format {
  readonly code: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bytesPerFrame: number;
  readonly bits: number;
}

function readFormat(view: DataView, offset: number, size: number): Format {
  const code = view.getUint16(offset, true);
  return {
    code: code === formats.extensible && size >= 26 ? view.getUint16(offset + 24, true) : code,
    channels: view.getUint16(offset + 2, true),
    sampleRate: view.getUint32(offset + 4, true),
    bytesPerFrame: view.getUint16(offset + 12, true),
    bits: view.getUint16(offset + 14, true),
  };
}

/** One sample as a number of −1 to 1. */
function sampleReader({ code, bits }: Format, view: DataView): ((offset: number) => number) | null {
  if (code === formats.float) return bits === 32 ? (offset) => view.getFloat32(offset, true) : bits === 64 ? (offset) => view.getFloat64(offset, true) : null;
  if (code !== formats.pcm) return null;
  switch (bits) {
    // Of one byte, samples have no sign.
    case 8: return (offset) => (view.getUint8(offset) - 128) / 128;
    case 16: return (offset) => view.getInt16(offset, true) / 32_768;
    case 24: return (offset) => ((view.getInt8(offset + 2) << 16) | view.getUint16(offset, true)) / 8_388_608;
    case 32: return (offset) => view.getInt32(offset, true) / 2_147_483_648;
    default: return null;
  }
}

/**
 * Reads a WAV file: integers of 8, 16, 24 and 32 bits, floats of 32 and 64, any number of channels, which are mixed to one.
 * A file that ends before its samples do gives those that are there, as recorders leave them that are switched off.
 * @throws LitescopeError INVALID_AUDIO, with what the file is or lacks
 */
export function readWav(bytes: Uint8Array): Clip {
  if (!isWav(bytes)) throw new LitescopeError('INVALID_AUDIO', text.noWav);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Format | null = null;
  for (let offset = 12; offset + 8 <= bytes.length;) {
    const [name, size] = [tag(view, offset), view.getUint32(offset + 4, true)];
    const body = offset + 8;
    if (name === 'fmt ' && size >= 16 && body + size <= bytes.length) format = readFormat(view, body, size);
    if (name === 'data') {
      if (format === null) break;
      return readSamples(view, format, body, Math.min(size, bytes.length - body));
    }
    // Chunks begin at even places.
    offset = body + size + (size % 2);
  }
  throw new LitescopeError('INVALID_AUDIO', format === null ? text.noFormat : text.noSamples);
}

function readSamples(view: DataView, format: Format, start: number, size: number): Clip {
  const { channels, sampleRate, bits, code } = format;
  const read = sampleReader(format, view);
  const bytesPerSample = bits / 8;
  if (read === null) throw new LitescopeError('INVALID_AUDIO', text.unknownCoding(code, bits));
  if (channels === 0 || sampleRate < 1000 || sampleRate > 768_000 || format.bytesPerFrame !== channels * bytesPerSample) {
    throw new LitescopeError('INVALID_AUDIO', text.impossible(channels, sampleRate, bits));
  }
  const frames = Math.floor(size / format.bytesPerFrame);
  if (frames === 0) throw new LitescopeError('INVALID_AUDIO', text.noSamples);
  if (frames > mostFrames) throw new LitescopeError('INVALID_AUDIO', text.tooLong(frames / sampleRate));
  const samples = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    const at = start + frame * format.bytesPerFrame;
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += read(at + channel * bytesPerSample);
    const value = sum / channels;
    samples[frame] = Number.isFinite(value) ? value : 0;
  }
  return { samples, sampleRate, channels };
}

/** What stands before so many mono samples of 32-bit floats. */
export function wavHeader(frames: number, sampleRate: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(44);
  const view = new DataView(bytes.buffer);
  const put = (offset: number, name: string): void => { for (let index = 0; index < 4; index++) bytes[offset + index] = name.charCodeAt(index); };
  put(0, 'RIFF');
  view.setUint32(4, 36 + frames * 4, true);
  put(8, 'WAVE');
  put(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, formats.float, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 4, true);
  view.setUint16(32, 4, true);
  view.setUint16(34, 32, true);
  put(36, 'data');
  view.setUint32(40, frames * 4, true);
  return bytes;
}

/** A WAV file of mono float samples, which loses nothing. */
export function writeWav({ samples, sampleRate }: Pick<Clip, 'samples' | 'sampleRate'>): Blob {
  return new Blob([wavHeader(samples.length, sampleRate), samples], { type: 'audio/wav' });
}
