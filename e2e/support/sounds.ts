import { noiseSamples, sampleSamples, speechSamples, toneSamples } from '../../src/audio/shared/sample-sounds';
import { writeWav } from '../../src/audio/shared/wav';
import { integerWav } from '../../src/audio/testing/sounds';
import { madeOnce } from './films';

/** WAV files of a second or more that the project's own synthesis makes, as base64: at the rates of microphones and of the model. */
export async function madeClips(seconds = 1.2): Promise<Readonly<Record<'tone' | 'noise' | 'speech', string>>> {
  const coded = async (samples: Float32Array<ArrayBuffer>, sampleRate: number): Promise<string> => Buffer.from(await writeWav({ samples, sampleRate }).arrayBuffer()).toString('base64');
  return {
    tone: await coded(toneSamples(440, 48_000, seconds), 48_000),
    noise: await coded(noiseSamples(44_100, seconds), 44_100),
    speech: await coded(speechSamples(16_000, seconds), 16_000),
  };
}

/** Seconds within which the fake microphone, and the page's own sample, hold one kind of sound; silence lies between. */
export const soundTimes = { tone: [0, 2], noise: [2.5, 4.5], speech: [5, 7] } as const;

/** Launch arguments that make the sample what a microphone hears, over and over; 16 bits, which Chromium's fake device reads. */
export async function fakeMicrophone(): Promise<string[]> {
  const path = await madeOnce('sounds.wav', () => Buffer.from(integerWav(Array.from(sampleSamples(48_000), (value) => [Math.round(value * 32_767)]), 48_000, 16)));
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${path}`];
}

/** The page's own sample as a WAV file, base64. */
export async function sampleClip(sampleRate: number): Promise<string> {
  return Buffer.from(await writeWav({ samples: sampleSamples(sampleRate), sampleRate }).arrayBuffer()).toString('base64');
}
