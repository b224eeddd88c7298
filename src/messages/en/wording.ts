import { formatCount } from '../format';
import { counted } from './counted';

/** Models, configurations, results and where they were measured, in a few words each. Times, sizes and shares come with their units. */
export const wording = {
  // Configurations
  threads: (threads: number) => counted(threads, 'thread'),
  anyRuntime: 'any runtime',
  anyAccelerator: 'any accelerator',
  threadsByChoice: 'threads by choice',
  allAuto: 'Auto: runtime, accelerator and threads',
  autoCameTo: (parts: readonly string[]) => `Auto: ${parts.join(', ')}`,
  /** @param isRestAuto whether parts that are not among these were left to the engine */
  configuration: (parts: readonly { readonly text: string; readonly isAuto: boolean }[], isRestAuto: boolean) =>
    parts.map(({ text, isAuto }) => (isAuto ? `${text} (auto)` : text)).join(', ') + (isRestAuto ? ', the rest auto' : ''),
  askedFor: (refused: string, ran: string) => `${refused} was asked for, ${ran} ran.`,
  passedOver: (refused: string, ran: string) => `${refused} was passed over, ${ran} ran.`,
  reason: (title: string, details: string, place: string | null) => {
    const reason = details === '' ? title : `${title}: ${details}`;
    return place === null ? reason : `${reason.replace(/\.$/, '')} (${place}).`;
  },

  // Models and tensors
  noWeights: 'no weights',
  noEdges: 'nothing',
  severalEdges: (tensors: number, first: string) => `${counted(tensors, 'tensor')}, ${first} first`,
  scales: (scales: number, dimension: number) => `${scales} scales along dimension ${dimension}`,
  scale: (scale: string, zeroPoint: string) => `scale ${scale}, zero point ${zeroPoint}`,
  inputPicture: ({ width, height, isTurnedBack, isExchanged, hasAlpha }: { readonly width: number; readonly height: number; readonly isTurnedBack: boolean; readonly isExchanged: boolean; readonly hasAlpha: boolean }) => [
    `The input tensor, ${width} × ${height} pixels${isTurnedBack ? ', its values turned back into brightness by mean and std' : ''}.`,
    ...(isExchanged ? ['Its channels are B, G, R and drawn as red, green, blue, in the model’s order: red and blue look exchanged.'] : []),
    ...(hasAlpha ? ['The fourth channel, alpha, is not drawn.'] : []),
  ].join(' '),

  // Decoded results
  nothingFound: 'Nothing was found',
  /** @param name of each; null where they have none in common */
  found: (objects: number, name: string | null) => `${counted(objects, name ?? 'object')} found`,
  landmarksAlone: (points: number) => counted(points, 'landmark'),
  landmarks: (points: number, score: string) => `${counted(points, 'landmark')}, score ${score}`,
  notInPicture: (score: string) => `Not in the picture, score ${score}; landmarks are not drawn`,
  nobodyFound: 'Nobody was found',
  bodiesFound: (bodies: number) => `${formatCount(bodies)} bodies found`,
  keyPoints: (shown: number, all: number, score: string) => `${formatCount(shown)} of ${counted(all, 'key point')}, score ${score}`,
  classMap: (width: number, height: number, classes: number) => `Map of ${width} × ${height} pixels, ${counted(classes, 'class', 'classes')}`,
  noText: 'No text was read',
  line: (line: string) => `“${line}”`,
  scoredLine: (line: string, score: string) => `“${line}”, score ${score}`,
  embedding: (values: number, length: string) => `Embedding of ${counted(values, 'value')}, length ${length}`,
  depth: (width: number, height: number) => `Depth map of ${width} × ${height} pixels, bright is near`,
  enlargedPicture: ({ width, height, factor, black, white }: { readonly width: number; readonly height: number; readonly factor: number; readonly black: string; readonly white: string }) =>
    `Picture of ${width} × ${height} pixels, ${factor} times as wide and high as the input, black at ${black}, white at ${white}`,
  picture: ({ width, height, black, white }: { readonly width: number; readonly height: number; readonly black: string; readonly white: string }) =>
    `Picture of ${width} × ${height} pixels, black at ${black}, white at ${white}`,
  mask: (width: number, height: number) => `Mask of ${width} × ${height} pixels`,
  noClass: 'No class has a score',
  bestClass: (label: string, score: string) => `${label}, ${score}`,

  // Latencies
  oneRun: (time: string) => `The one run that was timed took ${time}.`,
  belowClock: 'Runs are shorter than this browser’s clock can tell.',
  mostBelowClock: (mean_us: string) => `Most runs are shorter than the clock’s step; on average one takes ${mean_us} µs.`,
  timedTogether: (runs: number, median: string, p95: string) => `Timed ${formatCount(runs)} at once, half of the runs take at most ${median} each, 95 of 100 at most ${p95}.`,
  distribution: (median: string, p95: string) => `Half of the runs take at most ${median}, 95 of 100 at most ${p95}.`,
  /** @param told of the second of two models: `time` is null where it was not compared, its `ratio` null where it does not measurably differ */
  pair: ({ isSameSize, size, sizeRatio, time, agreement }: {
    readonly isSameSize: boolean; readonly size: string; readonly sizeRatio: string; readonly time: { readonly ratio: string | null } | null; readonly agreement: string | null;
  }) => {
    const large = isSameSize ? `B is as large as A, ${size}` : `B is ${size}, ${sizeRatio} × the size of A`;
    const fast = time === null ? '' : time.ratio === null ? ', and as fast as far as can be measured' : `, and takes ${time.ratio} × its time`;
    const near = agreement === null ? '' : ` ${agreement.charAt(0).toUpperCase()}${agreement.slice(1).replace(/\.$/, '')}.`;
    return `${large}${fast}.${near}`;
  },

  // Where a report was measured
  yes: 'yes',
  no: 'no',
  none: 'none',
  environment: {
    browser: 'Browser', platform: 'Platform', cores: 'Cores', memory: 'Memory', isolated: 'Isolated, so threads', simd: 'SIMD', relaxedSimd: 'Relaxed SIMD', gpuAdapter: 'WebGPU adapter',
  },
  memoryNotTold: 'not told',
  memoryAtLeast: (gigabytes: number) => `${gigabytes} GB or more`,

  // A measured row as plain text
  result: {
    model: 'model', ran: 'ran', runs: 'runs', median: 'median', mean: 'mean', p5ToP95: 'p5 to p95', minToMax: 'min to max', init: 'init', firstInference: 'first inference',
    warmUpMean: 'warm-up mean', wasmMemory: 'WASM memory', measured: 'measured',
  },
  resultModel: (name: string, size: string, sha256: string) => `${name} (${size}, SHA-256 ${sha256})`,
  resultRan: (configuration: string, build: string, version: string) => `${configuration} (${build}, version ${version})`,
  resultRuns: (runs: number, warmUpRuns: number) => `${runs} after ${warmUpRuns} of warm-up`,
  resultMean: (mean: string, deviation: string) => `${mean} ± ${deviation} (standard deviation)`,
  fromTo: (from: string, to: string) => `${from} to ${to}`,
  beforeAfter: (before: string, after: string) => `${before} before, ${after} after`,
  resultMeasured: (when: string, userAgent: string, cores: number) => `${when} in ${userAgent}, ${cores} cores`,
  resultRows: (rows: readonly (readonly [name: string, value: string])[]) => {
    const width = Math.max(...rows.map(([name]) => name.length));
    return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
  },
};
