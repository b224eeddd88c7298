import type { SoundFeatures } from '../audio/shared/preparation';
import { recognition as text } from '../messages/recognition';
import type { SignatureTensor } from '../tflite/analysis/summary';
import { sizeOf, usesOp, wordsOf } from './forms';
import type { Recogniser, Recognition, RecognitionSubject, SoundInput } from './types';

const commonRate = 16_000;
/** Samples that published models take of a waveform: YAMNet’s 0.975 s, and whole or half seconds of the usual rates. */
const customaryLengths: readonly number[] = [8000, 15_360, 15_600, 16_000, 22_050, 24_000, 32_000, 40_000, 44_032, 44_100, 48_000, 80_000, 96_000, 144_000, 160_000, 220_500, 441_000, 480_000];
const soundWords = /audio|wave_?form|wav_data|pcm|speech|sound|decoded_sample_data(?!:1)/i;
/** Shorter is no sound that anybody would recognise. */
const fewestSamples = 1000;

function waveform(input: SignatureTensor, sampleRate: number, from: SoundInput['from'], window: number): SoundInput {
  const length = sizeOf(input);
  const samples = Number.isFinite(length) ? length : window;
  return {
    input: input.name, from, window: samples,
    // Halves overlap: what happens at the end of one window is in the middle of the next.
    preparation: { sampleRate, amplitude: input.dtype === 'int16' && input.quantization === undefined ? 'int16' : 'unit', hop_s: Math.max(0.001, Math.round((500 * samples) / sampleRate) / 1000), features: { kind: 'waveform' } },
  };
}

/** A list of samples, of an open length perhaps. */
function isList({ shape, dtype }: SignatureTensor): boolean {
  return ['float32', 'float16', 'int16', 'int8'].includes(dtype) && shape.length > 0 && shape.filter((size) => size !== 1).length === 1;
}

function frontend(input: SignatureTensor, hop: number, hop_s: number): SoundInput {
  const features: SoundFeatures = { kind: 'micro-frontend', window: 480, hop, bands: 40 };
  return { input: input.name, from: 'family', window: 480, preparation: { sampleRate: commonRate, amplitude: 'unit', hop_s, features } };
}

const yamnetClasses = 521;

function yamnet({ inputs, outputs }: RecognitionSubject): SoundInput | null {
  const [input, ...more] = inputs;
  if (input === undefined || more.length > 0 || !isList(input) || !outputs.some(({ shape }) => shape.at(-1) === yamnetClasses)) return null;
  const length = sizeOf(input);
  return Number.isFinite(length) && length < fewestSamples ? null : waveform(input, commonRate, 'family', 15_600);
}

/** TFLite Micro’s micro_speech: 49 rows of 40 features, 30 ms long, every 20 ms. Its example looks again after some 100 ms. */
function microSpeech({ inputs, outputs }: RecognitionSubject): SoundInput | null {
  const [input, ...more] = inputs;
  const [output] = outputs;
  if (input === undefined || more.length > 0 || input.dtype !== 'int8' || sizeOf(input) !== 1960 || output === undefined) return null;
  return outputs.length === 1 && sizeOf(output) === output.shape.at(-1) ? frontend(input, 320, 0.1) : null;
}

/** microWakeWord: a few rows of 40 features, 30 ms long, every 10 ms, into a model that remembers; one score. */
function wakeWord(subject: RecognitionSubject): SoundInput | null {
  const [input, ...more] = subject.inputs;
  const [output, ...others] = subject.outputs;
  if (input === undefined || more.length > 0 || output === undefined || others.length > 0 || input.dtype !== 'int8') return null;
  const [batch, rows = 0, bands, ...deeper] = input.shape;
  if (batch !== 1 || bands !== 40 || deeper.length > 0 || rows < 1 || sizeOf(output) !== 1 || !usesOp(subject, 'VAR_HANDLE', 'READ_VARIABLE')) return null;
  return frontend(input, 160, rows / 100);
}

/** Samples a second in words: “16 kHz”. */
function rateIn(words: string): number | null {
  const [, number, kilo] = /(\d+(?:\.\d+)?)\s?(k?)hz/i.exec(words) ?? [];
  const rate = Math.round(Number(number) * (kilo === undefined || kilo === '' ? 1 : 1000));
  return rate >= 1000 && rate <= 384_000 ? rate : null;
}

/** What the file’s metadata say of an input. */
function stated({ summary, inputs }: RecognitionSubject): SoundInput | null {
  for (const [place, input] of inputs.entries()) {
    const described = summary.metadata?.inputs[place];
    const rate = described?.sound?.sampleRate ?? (soundWords.test(`${described?.name ?? ''} ${described?.description ?? ''}`) ? rateIn(described?.description ?? '') : null);
    if (rate !== null && isList(input) && (described?.sound?.channels ?? 1) === 1) return waveform(input, rate, 'metadata', rate);
  }
  return null;
}

const families: readonly (readonly [find: (subject: RecognitionSubject) => SoundInput | null, tell: (subject: RecognitionSubject) => Omit<Recognition, 'decoder' | 'sound'>])[] = [
  [yamnet, () => ({ name: text.families.yamnet, because: text.because.yamnet(yamnetClasses) })],
  [microSpeech, ({ outputs }) => ({
    name: text.families.microSpeech, because: text.because.microSpeech,
    // The example’s four, in its order; retrained models have their own.
    ...(outputs[0]?.shape.at(-1) === 4 ? { labels: ['silence', 'unknown', 'yes', 'no'] } : {}),
  })],
  [wakeWord, (subject) => ({ name: text.families.wakeWord, because: text.because.wakeWord(subject.inputs[0]?.shape[1] ?? 0), labels: [text.wakeWord] })],
];

/** Families of models that hear. What the file’s metadata say of its sound is more than what a family does. */
export const recogniseSound: Recogniser = (subject) => {
  for (const [find, tell] of families) {
    const sound = find(subject);
    if (sound !== null) return { ...tell(subject), decoder: { kind: 'classification', top: 5 }, sound: stated(subject) ?? sound };
  }
  return null;
};

/** How sound goes into a model of no known family: as its metadata say, else a guess by names and lengths; null for a model that does not look like one that hears. */
export function soundByForm(subject: RecognitionSubject): SoundInput | null {
  const found = stated(subject);
  if (found !== null) return found;
  const input = subject.inputs.find((candidate) => isList(candidate) && (
    customaryLengths.includes(sizeOf(candidate)) || ((!Number.isFinite(sizeOf(candidate)) || sizeOf(candidate) >= fewestSamples) && soundWords.test(`${candidate.name} ${wordsOf(subject)}`))));
  if (input === undefined) return null;
  const length = sizeOf(input);
  // 44,032 and multiples of 22,050 are lengths of no other rate.
  const rate = length === 44_032 || length % 22_050 === 0 ? 44_100 : length % 48_000 === 0 && length % commonRate !== 0 ? 48_000 : commonRate;
  return waveform(input, rate, 'guess', rate);
}
