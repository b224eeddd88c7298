import { describe, expect, it } from 'vitest';
import { FilterBank } from './filter-bank';
import { FixedFft } from './fixed-fft';
import { featureToInt8, MicroFrontend } from './micro-frontend';
import { GainControl, integerRoot, NoiseReduction, scaledLog } from './stages';

/** Inputs and values of the reference's own tests (fft_test, filterbank_test, noise_reduction_test, pcan_gain_control_test, log_scale_test, frontend_test), at 1,000 Hz. */
const windowed = [0, 1151, 0, -5944, 0, 13311, 0, -21448, 0, 28327, 0, -32256, 0, 32255, 0, -28328, 0, 21447, 0, -13312, 0, 5943, 0, -1152, 0];
const spectrum = [
  [0, 0], [-10, 9], [-20, 0], [-9, -10], [0, 25], [-119, 119], [-887, 0], [3000, 3000], [0, -6401], [-3000, 3000], [886, 0], [118, 119], [0, 25], [9, -10], [19, 0], [9, 9], [0, 0],
];
const clip = Int16Array.from({ length: 36 }, (_, index) => [0, 32767, 0, -32768][index % 4] ?? 0);
const small = { sampleRate: 1000, window: 25, channels: 2, lowest_hz: 8, highest_hz: 450 };

describe('TFLite Micro’s audio front end', () => {
  it('has the reference’s spectrum', () => {
    const fft = new FixedFft(32);
    fft.transform(Int16Array.from({ length: 32 }, (_, index) => windowed[index] ?? 0));
    expect(Array.from(fft.real, (real, bin) => [real, fft.imaginary[bin]])).toEqual(spectrum);
  });

  it.each([8, 32, 128, 512, 1024])('transforms %i samples as a transform in double precision does, to a few steps of its 16 bits', (size) => {
    const samples = Int16Array.from({ length: size }, (_, index) => Math.round(12_000 * Math.sin(index * 0.7) + 9_000 * Math.cos(index * index * 0.01)));
    const fft = new FixedFft(size);
    fft.transform(samples);
    for (let bin = 0; bin <= size / 2; bin++) {
      const [real, imaginary] = [Math.cos, Math.sin].map((wave, part) => samples.reduce((sum, value, index) => sum + (part === 0 ? value : -value) * wave((2 * Math.PI * bin * index) / size), 0) / size);
      expect(Math.abs((fft.real[bin] ?? NaN) - (real ?? 0))).toBeLessThan(6);
      expect(Math.abs((fft.imaginary[bin] ?? NaN) - (imaginary ?? 0))).toBeLessThan(6);
    }
  });

  it('has the reference’s filter bank', () => {
    const bank = new FilterBank(2, 8, 450, 1000, 17);
    expect([bank.start, bank.end]).toEqual([1, 15]);
    expect(bank.bands.map(({ start, weights }) => [start, weights.length])).toEqual([[1, 4], [5, 4], [9, 6]]);
    expect(bank.bands.map(({ weights }) => [...weights])).toEqual([[3277, 2217, 1200, 222], [3376, 2468, 1591, 744], [4020, 3226, 2456, 1708, 983, 277]]);
    expect(bank.bands.map(({ rests }) => [...rests])).toEqual([[819, 1879, 2896, 3874], [720, 1628, 2505, 3352], [76, 870, 1640, 2388, 3113, 3819]]);
    const energies = spectrum.map(([real = 0, imaginary = 0]) => real * real + imaginary * imaginary);
    expect(bank.sums(energies)).toEqual([61162970173, 258694800000]);
  });

  it('has the reference’s roots, noise, gain and logarithm', () => {
    expect([61162970173, 258694800000].map(integerRoot)).toEqual([247311, 508620]);
    const noise = new NoiseReduction(2);
    const signal = Uint32Array.of(247311, 508620);
    noise.apply(signal);
    expect([[...noise.estimates], [...signal]]).toEqual([[6321887, 31248341], [241137, 478104]]);
    new GainControl(-1).apply(signal, noise.estimates);
    expect([...signal]).toEqual([3578, 1533]);
    expect([...signal].map((value) => scaledLog(value, -1))).toEqual([479, 425]);
  });

  it('rounds roots to the nearest', () => {
    expect([0, 1, 2, 3, 6, 7, 2 ** 32 - 1, 2 ** 32, 2 ** 52 - 1].map(integerRoot)).toEqual([0, 1, 1, 2, 2, 3, 65535, 65536, 2 ** 26]);
  });

  it('gives the reference’s features for two windows that follow each other', () => {
    const frontend = new MicroFrontend(small);
    expect([...frontend.next(clip.subarray(0, 25))]).toEqual([479, 425]);
    expect([...frontend.next(clip.subarray(10, 35))]).toEqual([436, 378]);
  });

  it('says nothing of silence, and has each feature’s 8-bit form', () => {
    expect([...new MicroFrontend({ ...small, sampleRate: 16_000, window: 480, channels: 40, lowest_hz: 125, highest_hz: 7500 }).next(new Int16Array(480))]).toEqual(Array.from({ length: 40 }, () => 0));
    expect([0, 1, 2, 333, 664, 670, 60_000].map(featureToInt8)).toEqual([-128, -128, -127, 0, 127, 127, 127]);
  });
});
