import { describe, expect, it } from 'vitest';
import { tone } from '../testing/sounds';
import { resampled, resampledPart, Resampler } from './resampler';

/** Away from the ends, where silence begins. */
function inner(samples: Float32Array, margin: number): Float32Array {
  return samples.subarray(margin, samples.length - margin);
}

function loudness(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
}

describe('sound at another rate', () => {
  it.each([[44_100, 16_000], [48_000, 16_000], [8000, 16_000], [22_050, 44_100], [44_099, 16_000]])('has a tone of 1 kHz where it was, from %i to %i Hz', (from, to) => {
    const samples = inner(resampled(tone(1000, from, 0.5), from, to), 400);
    const wanted = inner(tone(1000, to, 0.5), 400);
    expect(Math.abs(samples.length - wanted.length)).toBeLessThanOrEqual(1);
    const off = samples.reduce((most, value, index) => Math.max(most, Math.abs(value - (wanted[index] ?? 0))), 0);
    expect(off).toBeLessThan(1e-4);
  });

  it('has nothing left of what the lower rate cannot hold, and all of what it can', () => {
    expect(loudness(inner(resampled(tone(9000, 48_000, 0.3), 48_000, 16_000), 400))).toBeLessThan(0.5 * 1e-4);
    expect(loudness(inner(resampled(tone(6500, 48_000, 0.3), 48_000, 16_000), 400))).toBeCloseTo(0.5 / Math.SQRT2, 3);
  });

  it('is the same in blocks of any size, and the length that it should be', () => {
    const samples = tone(440, 44_100, 0.2);
    const whole = resampled(samples, 44_100, 16_000);
    const resampler = new Resampler(44_100, 16_000);
    const parts: number[] = [];
    for (let at = 0, size = 1; at < samples.length; at += size, size = (size * 7) % 1009) parts.push(...resampler.push(samples.subarray(at, at + size)));
    expect([...parts, ...resampler.flush()]).toEqual([...whole]);
    expect(whole.length).toBe(3200);
  });

  it('is the same in a part as in the whole', () => {
    const samples = Float32Array.from({ length: 60_000 }, (_, index) => Math.sin(index * index * 1e-5));
    const whole = resampled(samples, 44_100, 16_000);
    expect([...resampledPart(samples, 44_100, 16_000, 7001, 900)]).toEqual([...whole.subarray(7001, 7901)]);
    expect(resampledPart(samples, 44_100, 16_000, whole.length - 10, 900).length).toBe(10);
  });

  it('leaves alone what has the rate', () => {
    expect([...resampled(Float32Array.of(1, -1), 16_000, 16_000)]).toEqual([1, -1]);
  });
});
