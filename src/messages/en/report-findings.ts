import { counted } from './counted';

/** Why a model is as slow as it is: what was found, the figures behind it, and what to do. Times come with their units. */
export const reportFindings = {
  /** `2 × CUSTOM, 1 × GATHER, …` */
  kinds: (counts: readonly (readonly [kind: string, ops: number])[], areMore: boolean) => counts.map(([kind, ops]) => `${ops} × ${kind}`).join(', ') + (areMore ? ', …' : ''),

  notAccelerated: {
    title: 'Ops run outside XNNPACK',
    proof: (ops: number, kinds: string, own: string, invoke: string) =>
      `${counted(ops, 'op')} (${kinds}) took ${own} of ${invoke} in the interpreter’s own kernels; faster ones would take some of it too.`,
    advice: 'Replace these ops or their types by ones that XNNPACK has, or try the other runtime.',
  },
  requantization: {
    title: 'Values are quantized and dequantized on the way',
    proof: (kinds: string, own: string, invoke: string) => `${kinds} took ${own} of ${invoke}; what cannot be left out of it remains.`,
    advice: 'Quantize the ops between them too, or take floats at the model’s edges off.',
  },
  legacyUint8: {
    title: 'Weights are of the legacy 8-bit kind, unsigned and per tensor',
    atMost: (ops: number, own: string, invoke: string) => `${counted(ops, 'op')} with such weights took ${own} of ${invoke}: all that a conversion could shorten.`,
    timed: ({ runs, unsigned, signed, low, high }: { readonly runs: number; readonly unsigned: string; readonly signed: string; readonly low: string; readonly high: string }) =>
      `In ${runs} runs of each in turn, a run took ${unsigned} as the model is and ${signed} with its weights signed, with a scale for each channel: ${low} to ${high} less (95 %).`,
    advice: 'Convert to signed 8-bit weights (in “Compare & shrink”), for which runtimes have faster kernels.',
  },
  singleThreaded: {
    title: 'One thread does all the work, because the page is not isolated',
    /** @param told `onAll`: what all cores would save, null where there are two of them */
    proof: ({ ops, own, invoke, cores, onTwo, onAll }: { readonly ops: number; readonly own: string; readonly invoke: string; readonly cores: number; readonly onTwo: string; readonly onAll: string | null }) =>
      `${counted(ops, 'op')} that runtimes spread over threads took ${own} of ${invoke}. The device has ${counted(cores, 'core')}: two threads would save at most ${onTwo}${onAll === null ? '' : ` and ${cores} threads at most ${onAll}`}. How much they do save cannot be measured in this page.`,
    advice: 'Serve the page with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.',
  },
  threadCount: {
    moreThreads: 'More threads would be faster',
    tooManyThreads: 'There are too many threads',
    proof: (here: string, hereThreads: number, best: string, bestThreads: number) =>
      `The sweep measured ${here} on ${counted(hereThreads, 'thread')} and ${best} on ${bestThreads}, with intervals that do not touch.`,
    advice: (threads: number) => `Choose ${counted(threads, 'thread')}.`,
  },
  memoryBound: {
    title: 'Ops wait for memory',
    proof: (ops: number, own: string, bandwidth_gbs: string) =>
      `${counted(ops, 'op')} took ${own}, at more than half of the rate at which this browser reads as many bytes at best (${bandwidth_gbs} GB/s from memory, more from caches); faster arithmetic would not help them.`,
    advice: 'Smaller types help: 8-bit weights and activations move a quarter of the bytes.',
  },
  denormalWeights: {
    title: 'Denormal numbers slow multiplications down',
    advice: 'It is the runtime’s defect and not the model’s. Load the model again, or use tfjs-tflite.',
  },
  firstInference: {
    title: 'The first run is far slower than the others',
    proof: (first: string, median: string) => `The first run took ${first}, the median of later ones is ${median}.`,
    advice: 'Run once with any input before a person waits for a result.',
  },
  float16Unfolded: {
    title: 'Half-precision weights are unfolded when the model is loaded',
    proof: ({ loads, half, float, low, high, stored_mb, unfolded_mb }: {
      readonly loads: number; readonly half: string; readonly float: string; readonly low: string; readonly high: string; readonly stored_mb: string; readonly unfolded_mb: string;
    }) => `In ${loads} loads of each in turn, loading took ${half} as it is and ${float} with the same weights stored as float32: ${low} to ${high} more (95 %). ${stored_mb} MB of weights take ${unfolded_mb} MB of memory.`,
    advice: 'It halves the download. Where loading counts more, store the weights as float32 (in “Compare & shrink”).',
  },
};
