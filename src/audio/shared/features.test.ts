import { describe, expect, it } from 'vitest';
import { tone, waveform } from '../testing/sounds';
import { clipWindow } from './clip-window';
import { MelFeatures } from './mel-features';
import { MicroFrontend } from './micro-frontend/micro-frontend';
import { rowsFor, samplesFor, type SoundPreparation, type Spectrum } from './preparation';
import { SoundWindows } from './sound-windows';

const sampleRate = 16_000;
const logMel: Spectrum = { kind: 'log-mel', window: 400, hop: 160, fft: 512, bands: 40, lowest_hz: 125, highest_hz: 7500, offset: 1e-6 };
const mfcc: Spectrum = { ...logMel, kind: 'mfcc', coefficients: 13 };
/** A chord with noise of a fixed seed. */
const sound = Float32Array.from({ length: 4000 }, (_, index) => 0.3 * Math.sin(index * 0.17) + 0.2 * Math.sin(index * 0.9) + 0.1 * (((index * 7919) % 1009) / 504.5 - 1));

/** tf.signal's formulas, term by term: hann_window, rfft, linear_to_mel_weight_matrix, log, dct. */
function reference(samples: Float32Array, { window, fft, bands, lowest_hz, highest_hz, offset }: Spectrum): { logMel: number[]; mfcc: number[] } {
  const mel = (hz: number) => 1127 * Math.log(1 + hz / 700);
  const magnitudes = Array.from({ length: fft / 2 + 1 }, (_, bin) => {
    let [re, im] = [0, 0];
    for (let n = 0; n < window; n++) {
      const value = (samples[n] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / window));
      re += value * Math.cos((2 * Math.PI * bin * n) / fft);
      im -= value * Math.sin((2 * Math.PI * bin * n) / fft);
    }
    return Math.sqrt(re * re + im * im);
  });
  const edges = Array.from({ length: bands + 2 }, (_, index) => mel(lowest_hz) + ((mel(highest_hz) - mel(lowest_hz)) * index) / (bands + 1));
  const log = Array.from({ length: bands }, (_, band) => {
    const [low, centre, high] = [edges[band] ?? 0, edges[band + 1] ?? 0, edges[band + 2] ?? 0];
    return Math.log(offset + magnitudes.reduce((sum, magnitude, bin) => {
      const place = mel((bin * sampleRate) / fft);
      return bin === 0 ? sum : sum + magnitude * Math.max(0, Math.min((place - low) / (centre - low), (high - place) / (high - centre)));
    }, 0));
  });
  const cosines = Array.from({ length: 13 }, (_, k) => log.reduce((sum, value, n) => sum + 2 * value * Math.cos((Math.PI * k * (2 * n + 1)) / (2 * bands)), 0) / Math.sqrt(2 * bands));
  return { logMel: log, mfcc: cosines };
}

describe('features', () => {
  it('are within 1e-4 of tf.signal’s formulas in double precision', () => {
    const wanted = reference(sound.subarray(0, 400), logMel);
    expect(wanted.logMel.length).toBe(40);
    for (const [index, value] of new MelFeatures(logMel, sampleRate).next(sound.subarray(0, 400)).entries()) expect(Math.abs(value - (wanted.logMel[index] ?? NaN))).toBeLessThan(1e-4);
    for (const [index, value] of new MelFeatures(mfcc, sampleRate).next(sound.subarray(0, 400)).entries()) expect(Math.abs(value - (wanted.mfcc[index] ?? NaN))).toBeLessThan(1e-4);
  });

  it('fill a tensor row by row, or not at all', () => {
    const frontend = { kind: 'micro-frontend', window: 480, hop: 320, bands: 40 } as const;
    expect([rowsFor(frontend, 1960), rowsFor(frontend, 1961), rowsFor({ kind: 'waveform' }, 15_600)]).toEqual([49, null, 15_600]);
    expect([samplesFor(frontend, 49), samplesFor({ kind: 'waveform' }, 15_600), samplesFor(mfcc, 3)]).toEqual([15_840, 15_600, 720]);
  });
});

describe('windows', () => {
  const ends = (windows: SoundWindows): [end: number, first: number][] => {
    const found: [number, number][] = [];
    for (let window = windows.next(); window !== null; window = windows.next()) found.push([window.end, window.values[0] ?? NaN]);
    return found;
  };
  const ramp = Float32Array.from({ length: 100 }, (_, index) => index);

  it('of a waveform follow each other by the hop, however the sound arrives', () => {
    const preparation = { ...waveform, hop_s: 10 / sampleRate };
    const whole = new SoundWindows(preparation, 25);
    whole.push(ramp);
    expect(whole.ready).toBe(8);
    expect(ends(whole)).toEqual([[25, 0], [35, 10], [45, 20], [55, 30], [65, 40], [75, 50], [85, 60], [95, 70]]);
    const parts = new SoundWindows({ ...preparation, amplitude: 'int16' }, 25);
    const found = [...Array(20).keys()].flatMap((part) => { parts.push(ramp.subarray(part * 5, part * 5 + 5)); return ends(parts); });
    expect(found.map(([end]) => end)).toEqual([25, 35, 45, 55, 65, 75, 85, 95]);
    expect(found[1]).toEqual([35, 327_680]);
  });

  it('of a hop longer than the window leave out what lies between', () => {
    const windows = new SoundWindows({ ...waveform, hop_s: 40 / sampleRate }, 10);
    const found = [...Array(10).keys()].flatMap((part) => { windows.push(ramp.subarray(part * 10, part * 10 + 10)); return ends(windows); });
    expect(found).toEqual([[10, 0], [50, 40], [90, 80]]);
  });

  it('of features have each row once, in order, as the front end gives them to a stream', () => {
    const preparation: SoundPreparation = { ...waveform, hop_s: 0.02, features: { kind: 'micro-frontend', window: 480, hop: 160, bands: 40 } };
    const windows = new SoundWindows(preparation, 120);
    expect(windows.hop).toBe(320);
    windows.push(sound);
    const frontend = new MicroFrontend({ sampleRate, window: 480, channels: 40, lowest_hz: 125, highest_hz: 7500 });
    const rows = [...Array(9).keys()].map((row) => [...frontend.next(Int16Array.from(sound.subarray(row * 160, row * 160 + 480), (value) => Math.round(value * 32_768)))]);
    expect([...windows.next()?.values ?? []]).toEqual(rows.slice(0, 3).flat());
    const second = windows.next();
    expect([...second?.values ?? []]).toEqual(rows.slice(2, 5).flat());
    expect(second?.end).toBe(4 * 160 + 480);
  });

  it('of a clip say what was done for them', () => {
    const clip = { samples: tone(440, 48_000, 0.5), sampleRate: 48_000, channels: 2 };
    const { values, use } = clipWindow(clip, waveform, 15_600, 0.1);
    expect(use).toEqual({ sampleRate: 48_000, channels: 2, duration_s: 0.5, modelRate: 16_000, start_s: 0.1, window_s: 0.975, padded_s: (15_600 - 6400) / 16_000 });
    expect(Math.abs((values[100] ?? 0) - 0.5 * Math.sin((2 * Math.PI * 440 * 1700) / 16_000))).toBeLessThan(1e-3);
    expect(values.subarray(6400).every((value) => value === 0)).toBe(true);
    expect(() => clipWindow(clip, waveform, 15_600, 0.5)).toThrow('The window is to begin at');
  });
});
