import { formatCount, formatDuration } from '../format';

const rate = (sampleRate: number): string => `${formatCount(sampleRate)} Hz`;

/** What becomes of sound on its way into a model, and what is wrong with a file. */
export const audio = {
  noWav: 'It does not begin as a WAV file does.',
  noFormat: 'The WAV file does not say how its samples are stored.',
  noSamples: 'The WAV file holds no samples.',
  unknownCoding: (code: number, bits: number) => `The WAV file stores samples in a coding that is not read (number ${code}, ${bits} bits); integers of 8 to 32 bits and floats are.`,
  impossible: (channels: number, sampleRate: number, bits: number) => `The WAV file cannot be as it says: ${channels} channels of ${bits} bits at ${rate(sampleRate)}.`,
  tooLong: (seconds: number) => `The sound is ${formatDuration(seconds)} long; that is more than is read. Cut out the part that matters.`,
  noDecoder: 'It is no WAV file, and this browser does not decode it.',
  noMicrophoneAccess: 'This page has no access to sound here.',
  soundDoesNotStart: 'The browser does not start its sound: it has no device for it, or waits for a click on the page.',
  microphoneLost: 'The microphone was disconnected, or its permission was taken back.',
  startsBehind: (start: number, duration: number) => `The window is to begin at ${formatDuration(start)}, and the sound ends at ${formatDuration(duration)}.`,
  noRows: (tensor: string, elements: number, width: number) => `The input “${tensor}” has ${formatCount(elements)} elements, which rows of ${formatCount(width)} do not fill.`,
  /** What was done to a clip. */
  resampled: (from: number, to: number) => `Resampled from ${rate(from)} to the model’s ${rate(to)}.`,
  mixed: (channels: number) => `${channels} channels mixed to one.`,
  padded: (seconds: number) => `Shorter than the model’s window: ${formatDuration(seconds)} of silence at the end.`,
};
