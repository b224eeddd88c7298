import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../errors';
import { integerWav } from '../testing/sounds';
import { readWav, writeWav } from './wav';

const reasonOf = (bytes: Uint8Array): string => {
  try {
    readWav(bytes);
    return 'read';
  } catch (error) {
    return error instanceof LitescopeError && error.code === 'INVALID_AUDIO' ? error.details : 'another error';
  }
};

describe('WAV files', () => {
  it.each([
    [8, [[0], [128], [255]], [-1, 0, 127 / 128]],
    [16, [[-32768], [0], [16384]], [-1, 0, 0.5]],
    [24, [[-8388608], [1], [4194304]], [-1, 1 / 8388608, 0.5]],
    [32, [[-2147483648], [0], [1073741824]], [-1, 0, 0.5]],
  ] as const)('of %i-bit integers', (bits, frames, samples) => {
    const clip = readWav(integerWav(frames, 16_000, bits));
    expect([clip.sampleRate, clip.channels, [...clip.samples]]).toEqual([16_000, 1, samples]);
  });

  it('mixes channels to one', () => {
    const clip = readWav(integerWav([[16384, 0], [-16384, -16384]], 44_100, 16));
    expect([clip.channels, [...clip.samples]]).toEqual([2, [0.25, -0.5]]);
  });

  it('of floats, which come back as they were written', async () => {
    const samples = Float32Array.of(0, 0.1, -1.5, 1e-20);
    expect(readWav(new Uint8Array(await writeWav({ samples, sampleRate: 22_050 }).arrayBuffer()))).toEqual({ samples, sampleRate: 22_050, channels: 1 });
  });

  it('with other chunks before the samples, an extensible format, and an end that is missing', () => {
    const plain = integerWav([[1000], [2000], [3000]], 8000, 16);
    const file = new Uint8Array([...plain.subarray(0, 12), ...new TextEncoder().encode('LIST'), 3, 0, 0, 0, 1, 2, 3, 0, ...plain.subarray(12)]);
    expect(readWav(file).samples.length).toBe(3);
    expect([...readWav(plain.subarray(0, plain.length - 3)).samples]).toEqual([1000 / 32768]);
    const extensible = new Uint8Array([...plain.subarray(0, 16), 40, 0, 0, 0, 0xfe, 0xff, ...plain.subarray(22, 36), 22, 0, 16, 0, 0, 0, 0, 0, 1, 0, ...new Uint8Array(14), ...plain.subarray(36)]);
    expect([...readWav(extensible).samples]).toEqual([1000 / 32768, 2000 / 32768, 3000 / 32768]);
  });

  it('says of others what they are', () => {
    const plain = integerWav([[1000]], 8000, 16);
    const changed = (offset: number, value: number): Uint8Array => { const copy = plain.slice(); copy[offset] = value; return copy; };
    expect(reasonOf(new TextEncoder().encode('no sound at all'))).toBe('It does not begin as a WAV file does.');
    expect(reasonOf(changed(20, 2))).toBe('The WAV file stores samples in a coding that is not read (number 2, 16 bits); integers of 8 to 32 bits and floats are.');
    expect(reasonOf(changed(22, 0))).toBe('The WAV file cannot be as it says: 0 channels of 16 bits at 8,000 Hz.');
    expect(reasonOf(plain.subarray(0, 44))).toBe('The WAV file holds no samples.');
    expect(reasonOf(plain.subarray(0, 12))).toBe('The WAV file does not say how its samples are stored.');
  });

  it('never fails in another way', () => {
    const plain = integerWav([[1, 2], [3, 4]], 8000, 24);
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(plain.length - 1), fc.nat(255)), { maxLength: 6 }), fc.nat(plain.length), (edits, length) => {
      const file = plain.slice(0, length);
      for (const [at, value] of edits) if (at < length) file[at] = value;
      expect(reasonOf(file)).not.toBe('another error');
    }));
  });
});
