import { expect, it } from 'vitest';
import { claimedRate } from './claimed-rate';

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

it.each<[string, number[], number | null]>([
  ['MP3 of MPEG-1', [0xff, 0xfb, 0x90, 0x00], 44_100],
  ['MP3 of MPEG-2 behind a tag', [...ascii('ID3'), 4, 0, 0, 0, 0, 0, 3, 0xff, 0xfb, 0xff, 0, 0xff, 0xf3, 0x48, 0], 16_000],
  ['Ogg Vorbis', [...ascii('OggS'), ...new Array<number>(24).fill(0), 1, ...ascii('vorbis'), 0, 0, 0, 0, 1, 0x22, 0x56, 0, 0, 0, 0], 22_050],
  ['Ogg Opus', [...ascii('OggS'), ...new Array<number>(24).fill(0), ...ascii('OpusHead'), ...new Array<number>(20).fill(0)], null],
  ['FLAC', [...ascii('fLaC'), 0, 0, 0, 34, ...new Array<number>(10).fill(0), 0x0b, 0xb8, 0x02, 0xf0], 48_000],
  ['another file with such bits', [...ascii('\x1aE\xdf\xa3'), 0xff, 0xfb, 0x90, 0x00], null],
  ['text', ascii('no sound at all, but long enough'), null],
])('reads the rate of %s', (_, bytes, rate) => {
  expect(claimedRate(Uint8Array.from(bytes))).toBe(rate);
});
