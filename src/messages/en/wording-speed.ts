import { formatCount, formatList } from '../format';
import { counted } from './counted';

/** What was measured of speed, by threads and by ops, a sentence each. Times, sizes and shares come with their units. */
export const wordingSpeed = {
  // In short
  perSecond: (rate: string) => `about ${rate} a second`,
  secondsEach: (seconds: string) => `one takes about ${seconds} s`,
  noOpTimed: 'No op has a time of its own.',
  largestKind: (kind: string, percent: number) => `${kind} takes ${percent} % of the time.`,
  onlyOneThread: 'Only one thread could be measured.',
  threadsSlower: (threads: number, times: string) => `${counted(threads, 'thread')} take ${times} times as long as one.`,
  noDifference: 'More threads make no measurable difference.',
  threadsUnsure: (threads: number, low: string, high: string) => `The rounds differ too much to tell: ${counted(threads, 'thread')} may be ${low} to ${high} times as fast as one.`,
  bringNothing: 'More threads bring nothing.',
  threadsFaster: (threads: number, times: string, isEnough: boolean) => `${counted(threads, 'thread')} are ${times} times as fast${isEnough ? '; more bring nothing' : ''}.`,
  nothingToGain: (reason: string) => `Nothing to gain: ${reason}.`,
  int8AsLarge: 'int8 would leave it about as large as it is.',
  int8Size: (size: string, ratio: string) => `int8 would make it about ${size}, ${ratio} × its size.`,

  // By threads
  fastest: (name: string, threads: number, time: string) => `${name}: ${counted(threads, 'thread')} ${threads === 1 ? 'is' : 'are'} fastest, with ${time}.`,
  noFewer: 'No smaller count comes within 5 % of it.',
  fewer: (threads: number) => `${counted(threads, 'thread')} ${threads === 1 ? 'is' : 'are'} within 5 % of it.`,
  slower: (threads: readonly string[], times: readonly string[]) => `${formatList(threads)} threads are slower than one: ${formatList(times)} times as long.`,
  noDifferenceOf: (threads: readonly string[]) => `${formatList(threads)} threads make no measurable difference from one.`,
  amdahl: (serial: string) => `Amdahl’s law fits with ${serial} of the time serial.`,
  scalability: (contention: string, coherence: string) => `The universal scalability law fits with contention ${contention} and coherence ${coherence}.`,

  // By ops
  fates: { folded: 'folded at load', elided: 'nothing to run', unknown: 'not told apart' },
  fusedInto: (op: number) => `fused into op ${op}`,
  notAccelerated: (kernel: string | null) => `not accelerated${kernel === null ? '' : ` · ${kernel}`}`,
  byProfiler: (runs: number) => `By the runtime’s own profiler in a session of its own, mean of ${counted(runs, 'run')} between the quartiles.`,
  byKernels: (runs: number) => `By the runtime’s clock around each kernel in a session of its own, mean of ${counted(runs, 'run')} between the quartiles.`,
  bySlicing: (runs: number) => `By timing parts of the model in turn with the whole, ${counted(runs, 'run')} in all: ops alone, set to what the model takes between cuts.`,
  /** For a screen reader. */
  spokenOp: ({ op, kind, time, percent }: { readonly op: number; readonly kind: string; readonly time: string; readonly percent: string }) => `Op ${formatCount(op)}, ${kind}, ${time}, ${percent} percent`,
  spokenFate: (op: number, kind: string, fate: string) => `Op ${formatCount(op)}, ${kind}, ${fate}`,
  longestOp: ({ op, kind, time, share }: { readonly op: number; readonly kind: string; readonly time: string; readonly share: string }) => `Op ${formatCount(op)}, ${kind}, is the longest: ${time}, ${share}.`,
};
