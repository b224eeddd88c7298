/** Sounds that the project makes itself, so that a model that hears can be tried without a microphone or a file. */

/** Numbers of −1 to 1 that are the same each time (a linear congruence of 32 bits). */
function noiseOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** A steady sine of half of full scale, faded in and out over 10 ms. */
export function toneSamples(frequency: number, sampleRate: number, seconds: number): Float32Array<ArrayBuffer> {
  const length = Math.round(sampleRate * seconds);
  return Float32Array.from({ length }, (_, index) => 0.5 * Math.sin((2 * Math.PI * frequency * index) / sampleRate) * Math.min(1, index / (0.01 * sampleRate), (length - index) / (0.01 * sampleRate)));
}

/** White noise, a third of full scale. */
export function noiseSamples(sampleRate: number, seconds: number): Float32Array<ArrayBuffer> {
  const noise = noiseOf(7);
  return Float32Array.from({ length: Math.round(sampleRate * seconds) }, () => 0.33 * noise());
}

/** First three formants of vowels of a man’s voice in hertz (Peterson and Barney, 1952). */
const vowels = { a: [730, 1090, 2440], e: [530, 1840, 2480], i: [270, 2290, 3010], o: [570, 840, 2410], u: [300, 870, 2240], schwa: [500, 1500, 2500] } as const;
const bandwidths = [80, 100, 140] as const;

interface Syllable {
  /** A hiss before the vowel, at this frequency; none for 0. */
  readonly hiss: number;
  readonly vowel: keyof typeof vowels;
  readonly seconds: number;
}

/** Something like a sentence that means nothing. */
const syllables: readonly Syllable[] = [
  { hiss: 0, vowel: 'a', seconds: 0.2 }, { hiss: 4500, vowel: 'e', seconds: 0.17 }, { hiss: 0, vowel: 'o', seconds: 0.24 }, { hiss: 2500, vowel: 'i', seconds: 0.16 },
  { hiss: 0, vowel: 'schwa', seconds: 0.12 }, { hiss: 5000, vowel: 'u', seconds: 0.22 }, { hiss: 0, vowel: 'a', seconds: 0.26 },
];

/** A resonance of two poles; its gain at the centre is about 1. */
class Resonator {
  #one = 0;
  #two = 0;

  next(input: number, frequency: number, bandwidth: number, sampleRate: number): number {
    const radius = Math.exp((-Math.PI * bandwidth) / sampleRate);
    const turn = 2 * radius * Math.cos((2 * Math.PI * frequency) / sampleRate);
    const output = (1 - turn + radius * radius) * input + turn * this.#one - radius * radius * this.#two;
    [this.#two, this.#one] = [this.#one, output];
    return output;
  }
}

/** A man’s voice by source and filter: glottal pulses whose pitch falls, through formants that glide from vowel to vowel, with hisses between. */
export function speechSamples(sampleRate: number, seconds: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(sampleRate * seconds));
  const noise = noiseOf(3);
  const formants = bandwidths.map(() => new Resonator());
  const hissing = new Resonator();
  const glide: [number, number, number] = [500, 1500, 2500];
  let [phase, at, place, flow] = [0, 0, 0, 0];
  while (at < samples.length) {
    const syllable = syllables[place++ % syllables.length] as Syllable;
    const [hissLength, length] = [syllable.hiss === 0 ? 0 : 0.07 * sampleRate, syllable.seconds * sampleRate];
    const phrase = (place % syllables.length) / syllables.length;
    for (let index = 0; index < hissLength + length + 0.03 * sampleRate && at < samples.length; index++, at++) {
      const voiced = index - hissLength;
      const loudness = voiced < 0 || voiced > length ? 0 : Math.sin(Math.PI * Math.min(1, Math.max(0, voiced / length))) ** 0.5;
      for (const [formant, target] of vowels[syllable.vowel].entries()) glide[formant as 0 | 1 | 2] += (target - glide[formant as 0 | 1 | 2]) * (30 / sampleRate);
      const pitch = 135 - 35 * phrase + 4 * Math.sin((2 * Math.PI * 5 * at) / sampleRate) + noise();
      phase = (phase + pitch / sampleRate) % 1;
      // Rosenberg's pulse: the folds open slowly and close fast; what is heard is its change.
      const opening = phase < 0.4 ? 0.5 * (1 - Math.cos((Math.PI * phase) / 0.4)) : phase < 0.56 ? Math.cos((Math.PI * (phase - 0.4)) / 0.32) : 0;
      const source = (opening - flow) * loudness * 12 + 0.004 * noise() * loudness;
      flow = opening;
      let value = 0;
      let through = source;
      for (const [formant, resonator] of formants.entries()) through = resonator.next(through, glide[formant as 0 | 1 | 2], bandwidths[formant] ?? 100, sampleRate);
      value += through;
      if (voiced < 0 && syllable.hiss > 0) value += 0.6 * Math.sin((Math.PI * index) / hissLength) * hissing.next(noise(), Math.min(syllable.hiss, sampleRate * 0.45), 1500, sampleRate);
      samples[at] = value;
    }
  }
  const loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  return samples.map((value) => (0.6 * value) / loudest);
}

/** Two seconds each of a tone of 440 Hz, noise and a voice, with half a second of silence between. */
export function sampleSamples(sampleRate: number): Float32Array<ArrayBuffer> {
  const parts = [toneSamples(440, sampleRate, 2), noiseSamples(sampleRate, 2), speechSamples(sampleRate, 2)];
  const gap = Math.round(sampleRate * 0.5);
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length + gap, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length + gap;
  }
  return all;
}
