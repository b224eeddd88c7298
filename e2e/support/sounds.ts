import { noiseSamples, speechSamples, toneSamples } from '../../src/audio/shared/sample-sounds';
import { writeWav } from '../../src/audio/shared/wav';

/** WAV files of a second or more that the project's own synthesis makes, as base64: at the rates of microphones and of the model. */
export async function madeClips(seconds = 1.2): Promise<Readonly<Record<'tone' | 'noise' | 'speech', string>>> {
  const coded = async (samples: Float32Array<ArrayBuffer>, sampleRate: number): Promise<string> => Buffer.from(await writeWav({ samples, sampleRate }).arrayBuffer()).toString('base64');
  return {
    tone: await coded(toneSamples(440, 48_000, seconds), 48_000),
    noise: await coded(noiseSamples(44_100, seconds), 44_100),
    speech: await coded(speechSamples(16_000, seconds), 16_000),
  };
}
