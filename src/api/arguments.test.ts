import { describe, expect, it } from 'vitest';
import { errorOf, rejectionOf } from '../threads/testing/errors';
import { recipes } from '../quantize/recipe';
import { withCheckedArguments } from './arguments';
import type { Litescope } from './types';

const calls: unknown[][] = [];

const openedVideo = Promise.resolve('opened');
const sources = { openVideo: () => openedVideo, openPicture: () => openedVideo, shareSource: () => ['part'] } as unknown as Litescope['sources'];

/** An API of which every method notes that it was called. */
const litescope = withCheckedArguments(new Proxy({} as Litescope, {
  get: (_, method) => method === 'sources' ? sources : (...given: unknown[]) => {
    calls.push([method, ...given]);
    return Promise.resolve(method);
  },
}));

type Method = Exclude<keyof Litescope, 'sources'>;
/** As JavaScript calls it, where nothing holds types. */
function call(method: Method, ...given: readonly unknown[]): Promise<unknown> {
  return (litescope[method] as (...given: readonly unknown[]) => Promise<unknown>)(...given);
}

async function refusal(method: Method, ...given: readonly unknown[]): Promise<readonly [string, string]> {
  const before = calls.length;
  const { code, details } = await rejectionOf(call(method, ...given));
  expect(calls.length, 'the method began').toBe(before);
  return [code, details];
}

const photo = new Blob([]);

describe('an argument that a method does not take is refused before anything starts', () => {
  it.each<[Method, readonly unknown[], string, string]>([
    // Seen: taken as zeros without a word.
    ['run', ['m', {}, { x: { kind: 'numbers', values: [1] } }], 'INVALID_ARGUMENT', '“inputs.x.kind” is "numbers" and must be "image" or "audio" or "random" or "zeros" or "values" or "text" or "file" or "sequence".'],
    ['run', ['m', {}, { x: { kind: 'values', values: [1, NaN] } }], 'INVALID_ARGUMENT', '“inputs.x.values[1]” is NaN and must be number.'],
    // Seen: a TypeError about rules of undefined.
    ['quantize', ['m', 'dynamic-range'], 'INVALID_RECIPE', '“recipe” is "dynamic-range" and must be "float16" or "weights-int8" or "dynamic-int8" or "int8" or "int16": "dynamic-int8", probably.'],
    ['quantize', ['m', { ...recipes.int8, rules: [{ scope: '(', operation: '*', scheme: { kind: 'float' } }] }], 'INVALID_RECIPE', '“recipe.rules[0].scope” is "(" and must be a regular expression.'],
    ['quantize', ['m', null], 'INVALID_RECIPE', '“recipe” is null and must be Object.'],
    ['quantize', ['m', 'int8', { x: { kind: 'zeros' } }], 'INVALID_ARGUMENT', '“samples” is Object and must be Array.'],
    ['run', [undefined], 'INVALID_ARGUMENT', '“id” is missing and must be string.'],
    ['run', [{ id: 'm' }], 'INVALID_ARGUMENT', '“id” is Object and must be string.'],
    ['run', ['m', { runtime: 'lite-rt' }], 'INVALID_CONFIGURATION', '“configuration.runtime” is "lite-rt" and must be "auto" or "tfjs-tflite" or "litert" or "tfjs-kernels" or "compiled": "litert", probably.'],
    ['run', ['m', { thread: 2 }], 'INVALID_CONFIGURATION', '“configuration” has no “thread”: “threads”, probably.'],
    ['run', ['m', { threads: 0 }], 'INVALID_CONFIGURATION', '“configuration.threads” is 0 and must be >=1.'],
    ['run', ['m', { threads: 1.5 }], 'INVALID_CONFIGURATION', '“configuration.threads” is 1.5 and must be a whole number.'],
    ['run', ['m', {}, { x: { kind: 'file', file: 'x.npy', format: 'npy' } }], 'INVALID_ARGUMENT', '“inputs.x.file” is "x.npy" and must be Blob or File.'],
    ['run', ['m', {}, { x: { kind: 'random', seed: 1 } }], 'INVALID_ARGUMENT', '“inputs.x.min” is missing.'],
    ['run', ['m', {}, {}, { signl: AbortSignal.abort() }], 'INVALID_ARGUMENT', '“options” has no “signl”: “signal”, probably.'],
    ['run', ['m', {}, {}, { signal: {} }], 'INVALID_ARGUMENT', '“options.signal” is Object and must be AbortSignal.'],
    ['run', ['m', {}, {}, { watchdog_ms: '100' }], 'INVALID_ARGUMENT', '“options.watchdog_ms” is "100" and must be number.'],
    ['run', ['m', {}, {}, { decoder: { kind: 'classification', top: 5, labels: [] } }], 'INVALID_ARGUMENT', '“options.decoder” has no “labels”.'],
    ['profile', ['m', {}, {}, { plan: { runs: 3 } }], 'INVALID_ARGUMENT', '“options.plan” has no “runs”: “warmup_runs”, “warmup_min_secs”, “num_runs”, “min_secs”, “max_secs”.'],
    ['benchmark', [['m'], [{}], { num_runs: Infinity }], 'INVALID_ARGUMENT', '“plan.num_runs” is Infinity and must be a finite number.'],
    ['benchmark', ['m', [{}]], 'INVALID_ARGUMENT', '“ids” is "m" and must be Array.'],
    ['benchmark', [['m'], [{}], {}, new Map([['m', { x: { kind: 'values' } }]])], 'INVALID_ARGUMENT', '“inputs.m.x.values” is missing.'],
    ['benchmarkRows', [[{ id: 'm', configuration: {}, input: {} }]], 'INVALID_ARGUMENT', '“rows[0]” has no “input”: “inputs”, probably.'],
    ['sweep', [['m'], [{ threads: 2 }]], 'INVALID_CONFIGURATION', '“configurations[0]” has no “threads”: “variant”, “version”, “fullyAccelerated”, “padding”, “runtime”, “accelerator”.'],
    ['sweep', [['m'], [{}], [0]], 'INVALID_ARGUMENT', '“threadCounts[0]” is 0 and must be >=1.'],
    ['peak', [4], 'INVALID_ARGUMENT', '“threadCounts” is 4 and must be Array.'],
    ['timeUnfolding', ['m', { runtime: 'litert', accelerator: 'wasm' }], 'INVALID_CONFIGURATION', '“configuration.threads” is missing.'],
    ['compareLayers', [['m']], 'INVALID_ARGUMENT', '“ids[1]” is missing and must be string.'],
    ['crossCheck', ['m', {}, { copies: { litert: 1 } }], 'INVALID_ARGUMENT', '“options.copies.litert” is 1 and must be string.'],
    ['rewrite', ['m', { pases: [] }], 'INVALID_ARGUMENT', '“rewriting” has no “pases”: “passes”, probably.'],
    ['rewrite', ['m', { edges: { inputs: 'int16' } }], 'INVALID_ARGUMENT', '“rewriting.edges.inputs” is "int16" and must be "float32" or "uint8" or "int8": "int8", probably.'],
    ['open', [{}], 'INVALID_ARGUMENT', '“source” is Object and must be String or URL or Blob or File or ArrayBuffer or Uint8Array.'],
    ['open', ['m.tflite', 'name'], 'INVALID_ARGUMENT', '“options” is "name" and must be Object.'],
    ['switchStream', [{}, 'm'], 'INVALID_ARGUMENT', '“stream” is Object and must be an object with switchTo and endSession.'],
    ['reportLink', [{ results: [] }], 'INVALID_REPORT', '“report.schema” is missing.'],
    ['readReportLink', [5], 'INVALID_LINK', '“text” is 5 and must be string.'],
  ])('%s %j', async (method, given, code, details) => {
    expect(await refusal(method, ...given)).toEqual([code, details]);
  });

  it('also where a stream’s source waits, which is closed then', async () => {
    let closed = 0;
    const source = { start: () => undefined, close: () => { closed++; } };
    expect((await refusal('stream', 'm', source, {}))[1]).toBe('“watcher” is Object and must be an object with show.');
    expect(closed).toBe(1);
  });
});

describe('what opens a source', () => {
  const opening = litescope.sources as unknown as Readonly<Record<string, (...given: unknown[]) => unknown>>;

  it.each<[string, readonly unknown[], string]>([
    ['openVideo', ['film.mp4', 'film'], '“file” is "film.mp4" and must be Blob or File.'],
    ['openVideo', [photo, 'film', { way: 'track' }], '“options.way” is "track" and must be "track-processor" or "video-callback" or "timer".'],
    ['openPicture', [photo, 'photo', '30'], '“frameRate” is "30" and must be number or NaN.'],
  ])('%s %j', async (method, given, details) => {
    const error = await rejectionOf(Promise.resolve(opening[method]?.(...given)));
    expect([error.code, error.details]).toEqual(['INVALID_ARGUMENT', details]);
  });

  it('shares no source in less than one part', () => {
    expect(errorOf(() => opening['shareSource']?.({ start: () => undefined, close: () => undefined }, 0)).details).toBe('“count” is 0 and must be >=1.');
  });

  it('takes what it takes', async () => {
    expect(await litescope.sources.openVideo(photo, 'film')).toBe('opened');
    expect(await litescope.sources.openPicture(photo, 'photo', Number.NaN)).toBe('opened');
    expect(litescope.sources.shareSource({ start: () => undefined, close: () => undefined } as never, 2)).toEqual(['part']);
  });
});

describe('what a method takes goes through as it is', () => {
  it.each<[Method, readonly unknown[]]>([
    ['run', ['m']],
    ['run', ['m', undefined, undefined, undefined]],
    ['run', ['m', { runtime: 'litert', accelerator: 'wasm', threads: 2, variant: 'simd', version: '1', fullyAccelerated: null, padding: {} }]],
    ['run', ['m', {}, { x: { kind: 'image', image: photo }, y: { kind: 'file', file: new File([], 'y'), format: 'raw' } }, { signal: new AbortController().signal, onProgress: () => undefined, decoder: undefined, tensors: 'all', labels: ['a'], fallback: false }]],
    ['benchmark', [['m'], [{}], { num_runs: 3, min_secs: 0 }, new Map([['m', { x: { kind: 'zeros' } }]]), { comparison: { rounds: 6 }, slowedBy: [0, 0.1] }]],
    ['quantize', ['m', recipes.int8, [], { heldOut: [], acceptance: { least_sqnr_db: 20 } }]],
    ['quantize', ['m', { ...recipes.int8, range: { kind: 'percentile', percentile: 99.99 } }]],
    ['rewrite', ['m', { passes: ['unfold-float16'], part: undefined, edges: { inputs: 'uint8' }, metadata: { name: 'x', inputs: [{ index: 0 }] } }]],
    ['open', [new Uint8Array(4), { name: 'x' }]],
    ['stream', ['m', { start: () => undefined, close: () => undefined }, { show: () => undefined }, {}, { cap_fps: null, settings: { preview: true, smoothing: 0 } }]],
  ])('%s %j', async (method, given) => {
    calls.length = 0;
    await call(method, ...given);
    expect(calls).toEqual([[method, ...given]]);
    // Nothing is copied on the way: who gave a Blob gave a reference.
    given.forEach((each, place) => { expect(calls[0]?.[place + 1]).toBe(each); });
  });
});
